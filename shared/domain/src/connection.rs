//! An organisation's authorised account at a provider.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::fault::Why;
use crate::ids::ConnectionId;
use crate::secret::SecretText;

/// A Connection as it is stored, without its credentials: those are sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// What people call it.
    pub name: String,
    /// The account.
    pub account: Account,
    /// Whether it works.
    pub state: ConnectionState,
    /// Why it needs attention, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// When it was last found to work.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Timestamp>,
}

/// Which account at which provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Account {
    /// The organisation's own WhatsApp number ("branded").
    Whatsapp(WhatsappNumber),
    /// A Google service account.
    Google {
        /// The address to share a sheet with.
        client_email: String,
    },
    /// The signing secret and the custom headers of one webhook Destination.
    Webhook {},
    /// A model at Anthropic that writes readings.
    Anthropic {
        /// Its name, as Anthropic lists it.
        model: String,
    },
    /// A model at OpenAI, or at a server that speaks its protocol.
    #[serde(rename = "openai")]
    OpenAi {
        /// Where that server is; OpenAI itself where not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = "uri"))]
        base_url: Option<Url>,
        /// Its name, as that server lists it.
        model: String,
    },
    /// A model at Amazon Bedrock, reached with our function's own role.
    Bedrock {
        /// AWS's region: `eu-central-1`.
        region: String,
        /// Id of a model or of an inference profile.
        model_id: String,
    },
}

impl Account {
    /// Whether it is a model, which can write readings.
    pub fn is_model(&self) -> bool {
        matches!(self, Self::Anthropic { .. } | Self::OpenAi { .. } | Self::Bedrock { .. })
    }
}

/// A number at WhatsApp's Cloud API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WhatsappNumber {
    /// Meta's id of the number: decimal digits.
    pub phone_number_id: String,
    /// Meta's id of the WhatsApp Business Account: decimal digits.
    pub waba_id: String,
    /// The number as people see it, confirmed by Meta.
    pub display_number: String,
}

/// Whether a Connection works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// It works.
    Connected,
    /// A person has to mend it; Deliveries through it are held.
    NeedsAttention,
    /// Taken back by the organisation.
    Revoked,
}

/// What is sealed for [`Account::Whatsapp`], as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatsappCredentials {
    /// A system user's token with `whatsapp_business_messaging` and `whatsapp_business_management`.
    pub token: SecretText,
}

/// What is sealed for [`Account::Anthropic`] and [`Account::OpenAi`], as JSON. For [`Account::Bedrock`] there is no key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelCredentials {
    /// The provider's API key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<SecretText>,
}

/// What is sealed for [`Account::Webhook`], as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookCredentials {
    /// The newest first; more than one only while an old one runs out.
    pub secrets: Vec<WebhookSecret>,
    /// Headers to send along, by lower-case name.
    #[serde(default)]
    pub headers: BTreeMap<String, SecretText>,
}

/// One signing secret of a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookSecret {
    /// `whsec_` and base64 of 24 to 64 bytes.
    pub secret: SecretText,
    /// From this moment nothing is signed with it; without it, it is the one in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// How long an old signing secret signs beside the new one after a rotation. As Svix does.
pub const SECRET_OVERLAP_H: i64 = 24;

impl WebhookCredentials {
    /// The secrets that sign at `now`, the newest first: one signature each.
    pub fn signing(&self, now: Timestamp) -> impl Iterator<Item = &SecretText> {
        self.secrets
            .iter()
            .filter(move |secret| secret.until.is_none_or(|until| now < until))
            .map(|secret| &secret.secret)
    }

    /// Puts `secret` in force; the one before it signs beside it for [`SECRET_OVERLAP_H`]. Older ones sign to their own end, the newest
    /// [`SECRETS_MAX`] of all: a rotation that is repeated must not cut off the secret that the receiver knows.
    pub fn rotate(&mut self, secret: SecretText, now: Timestamp) {
        let until = now.checked_add(SECRET_OVERLAP_H.hours()).unwrap_or(Timestamp::MAX);
        self.secrets.retain(|old| old.until.is_none_or(|until| now < until));
        for old in &mut self.secrets {
            old.until = Some(old.until.unwrap_or(until));
        }
        self.secrets.insert(0, WebhookSecret { secret, until: None });
        self.secrets.truncate(SECRETS_MAX);
    }
}

/// Most secrets that sign at once: each is a signature in every request.
pub const SECRETS_MAX: usize = 4;

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_rotated_secret_signs_for_a_day_more() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let secret = SecretText::new;
        let mut credentials = WebhookCredentials {
            secrets: vec![WebhookSecret {
                secret: secret("a"),
                until: None,
            }],
            headers: BTreeMap::new(),
        };
        let signing =
            |credentials: &WebhookCredentials, now: &str| credentials.signing(at(now)).map(|s| s.expose().to_owned()).collect::<Vec<_>>();

        credentials.rotate(secret("b"), at("2026-11-20T09:00:00Z"));
        assert_eq!(signing(&credentials, "2026-11-21T08:59:59Z"), ["b", "a"]);
        assert_eq!(signing(&credentials, "2026-11-21T09:00:00Z"), ["b"]);

        credentials.rotate(secret("c"), at("2026-11-20T10:00:00Z"));
        assert_eq!(
            signing(&credentials, "2026-11-20T10:00:01Z"),
            ["c", "b", "a"],
            "a second rotation cuts nobody off"
        );
        assert_eq!(signing(&credentials, "2026-11-21T09:30:00Z"), ["c", "b"]);
        for (minute, text) in ["d", "e", "f"].into_iter().enumerate() {
            credentials.rotate(secret(text), at(&format!("2026-11-20T10:0{}:00Z", minute + 1)));
        }
        assert_eq!(signing(&credentials, "2026-11-20T10:09:00Z"), ["f", "e", "d", "c"], "four at most");
        credentials.rotate(secret("g"), at("2026-11-25T00:00:00Z"));
        assert_eq!(credentials.secrets.len(), 2, "those that ran out are forgotten");
        assert!(!format!("{credentials:?}").contains('"'), "no secret is printed");
    }
}
