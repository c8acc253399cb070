//! A webhook destination's secret and headers: judged, sealed in a Connection of their own, changed.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::connection::{Account, Connection, ConnectionState, WebhookCredentials, WebhookSecret};
use domain::ids::{ConnectionId, OrgId};
use domain::secret::SecretText;
use store::registry::StoredConnection;

use crate::api::Api;
use crate::problem::{FieldError, Problem};

/// Most custom headers of a webhook. Ours.
const HEADERS_MAX: usize = 20;
/// Longest value of one, in bytes. Ours.
const HEADER_BYTES_MAX: usize = 4_096;
/// Decoded size of a signing secret, in bytes. Standard Webhooks'.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// Headers that are ours or the connection's own.
const OWN_HEADERS: [&str; 9] = [
    "host",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "expect",
    "user-agent",
];

/// `whsec_` and 32 random bytes in base64, as Standard Webhooks writes a secret.
pub(crate) fn new_secret(bytes: [u8; 32]) -> SecretText {
    SecretText::new(format!("whsec_{}", STANDARD.encode(bytes)))
}

impl Api {
    /// Puts a webhook's Connection where there is none; where there is one, gives it the headers and the secret that were written out.
    /// Returns the secret where it was made up here.
    pub(crate) async fn put_webhook_connection(
        &self,
        org: &OrgId,
        id: &ConnectionId,
        name: &str,
        headers: &BTreeMap<String, SecretText>,
        secret: Option<&SecretText>,
    ) -> Result<Option<SecretText>, Problem> {
        let headers: BTreeMap<String, SecretText> = headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect();
        let Some(stored) = self.store.connection(org, id).await? else {
            let made = secret.is_none().then(|| new_secret(self.entropy.bytes()));
            let in_force = secret
                .or(made.as_ref())
                .ok_or_else(|| Problem::internal("no signing secret"))?
                .clone();
            let credentials = WebhookCredentials {
                secrets: vec![WebhookSecret {
                    secret: in_force,
                    until: None,
                }],
                headers,
            };
            let sealed = self.seal_json(org, id, &credentials).await?;
            let account = Account::Webhook {};
            let connection = Connection {
                id: id.clone(),
                name: name.to_owned(),
                account,
                state: ConnectionState::Connected,
                why: None,
                verified_at: None,
            };
            let created = self.store.create_connection(org, &connection, &sealed).await?;
            // Somebody else put it at the same moment: theirs is kept, so ours is not shown.
            return Ok(made.filter(|_| created));
        };
        let changes = |credentials: &mut WebhookCredentials, now| {
            if !headers.is_empty() {
                credentials.headers.clone_from(&headers);
            }
            if let Some(secret) = secret.filter(|secret| credentials.secrets.first().is_none_or(|first| first.secret != **secret)) {
                credentials.rotate(secret.clone(), now);
            }
        };
        self.change_webhook(org, stored, changes).await.map(|()| None)
    }

    /// Opens a webhook's credentials, changes them and seals them anew; nothing is written where nothing changed.
    pub(crate) async fn change_webhook(
        &self,
        org: &OrgId,
        stored: StoredConnection,
        change: impl FnOnce(&mut WebhookCredentials, jiff::Timestamp),
    ) -> Result<(), Problem> {
        let StoredConnection {
            connection,
            sealed,
            revision,
        } = stored;
        let sealed =
            sealed.ok_or_else(|| Problem::conflict("The webhook's credentials were erased. Delete the destination and make it anew."))?;
        let before: WebhookCredentials = self.open_json(org, &connection.id, &sealed).await?;
        let mut credentials = before.clone();
        change(&mut credentials, self.now());
        if credentials == before {
            return Ok(());
        }
        let sealed = self.seal_json(org, &connection.id, &credentials).await?;
        Ok(self.store.replace_connection(org, &connection, Some(&sealed), revision).await?)
    }
}

/// Names and values that HTTP takes, and none of ours.
pub(crate) fn check_headers(pointer: &str, headers: &BTreeMap<String, SecretText>) -> Result<(), Problem> {
    if headers.len() > HEADERS_MAX {
        return Err(Problem::field(
            pointer,
            format!("{} headers", headers.len()),
            format!("at most {HEADERS_MAX}"),
        ));
    }
    let mut errors = Vec::new();
    for (name, value) in headers {
        let lower = name.to_ascii_lowercase();
        let place = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        let is_ours =
            OWN_HEADERS.contains(&lower.as_str()) || ["webhook-", "content-", "proxy-"].iter().any(|prefix| lower.starts_with(prefix));
        if is_ours || lower.parse::<http::HeaderName>().is_err() {
            errors.push(FieldError::silent(
                place,
                "a header name that is not ours: `webhook-*`, `content-*`, `host` and the connection's own are",
            ));
        } else if value.expose().len() > HEADER_BYTES_MAX || http::HeaderValue::from_str(value.expose()).is_err() {
            errors.push(FieldError::silent(
                place,
                format!("a value in one line of at most {HEADER_BYTES_MAX} bytes"),
            ));
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
}

pub(crate) fn check_secret(pointer: &str, secret: &SecretText) -> Result<(), Problem> {
    let decoded = secret.expose().strip_prefix("whsec_").and_then(|text| STANDARD.decode(text).ok());
    if decoded.is_some_and(|bytes| SECRET_BYTES.contains(&bytes.len())) {
        Ok(())
    } else {
        Err(Problem::field_silent(
            pointer,
            "`whsec_` and base64 of 24 to 64 bytes, or nothing: we make one then",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str, value: &str) -> BTreeMap<String, SecretText> {
        BTreeMap::from([(name.to_owned(), SecretText::new(value))])
    }

    #[test]
    fn headers_of_ours_and_odd_ones_are_refused_without_their_values() {
        for (name, value) in [
            ("Webhook-Id", "planted"),
            ("content-type", "planted"),
            ("HOST", "planted"),
            ("Transfer-Encoding", "planted"),
            ("proxy-authorization", "planted"),
            ("sp ace", "planted"),
            ("x-a", "planted\r\nx-b: c"),
            ("x-a", &"planted".repeat(1_000)),
        ] {
            let problem = check_headers("/headers", &header(name, value)).expect_err(name);
            assert!(problem.status == 422 && !format!("{problem:?}").contains("planted"), "{problem:?}");
        }
        assert!(check_headers("/headers", &header("Authorization", "Bearer x")).is_ok());
        let many = (0..21).map(|n| (format!("x-{n}"), SecretText::new("a"))).collect();
        assert!(check_headers("/headers", &many).is_err_and(|problem| problem.detail.contains("at most 20")));
    }

    #[test]
    fn secrets_are_standard_webhooks() {
        let of = |bytes: usize| SecretText::new(format!("whsec_{}", STANDARD.encode(vec![7; bytes])));
        for bytes in [24, 32, 64] {
            assert!(check_secret("/secret", &of(bytes)).is_ok(), "{bytes}");
        }
        for bad in [of(23), of(65), SecretText::new("whsec_?"), SecretText::new("hunter2")] {
            assert!(check_secret("/secret", &bad).is_err_and(|problem| !format!("{problem:?}").contains("hunter2")));
        }
        assert!(check_secret("/secret", &new_secret([1; 32])).is_ok());
    }
}
