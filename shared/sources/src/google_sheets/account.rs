//! A service account's key file, and the signed claim that it is us.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine};
use jiff::Timestamp;
use ring::digest;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use crate::SourceError;

/// To whom the claim is addressed. Google's own name even where another address stands in for it: the address is where we send, the audience
/// who is meant, and a stand-in that demands less would hide a claim that Google refuses.
const AUDIENCE: &str = "https://oauth2.googleapis.com/token";
/// Reading sheets, nothing else.
const SCOPE: &str = "https://www.googleapis.com/auth/spreadsheets.readonly";
/// How long the claim is good for. Google's limit is an hour.
const CLAIM_S: i64 = 3_600;

/// A parsed key file.
pub(super) struct ServiceAccount {
    /// The address to share sheets with.
    pub(super) client_email: String,
    pub(super) project_id: Option<String>,
    /// SHA-256 of the whole file: the same only for who holds the same key.
    pub(super) fingerprint: Vec<u8>,
    key_id: Option<String>,
    key: RsaKeyPair,
}

impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceAccount")
            .field("client_email", &self.client_email)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct KeyFile {
    #[serde(rename = "type")]
    kind: Option<String>,
    client_email: Option<String>,
    project_id: Option<String>,
    private_key_id: Option<String>,
    private_key: Option<String>,
}

impl ServiceAccount {
    /// Reads the JSON that Google lets one download when a key is made.
    pub(super) fn parse(credentials: &SecretString) -> Result<Self, SourceError> {
        let text = credentials.expose_secret();
        // The parser's message may quote what it met: it is not passed on.
        let file: KeyFile =
            serde_json::from_str(text).map_err(|_| refused("it is no JSON object of texts; give the whole file as it was downloaded"))?;
        match file.kind.as_deref() {
            Some("service_account") => {}
            Some("authorized_user") => return Err(refused("it is the file of a person (`authorized_user`), not of a service account")),
            Some(_) => return Err(refused("its `type` is not `service_account`")),
            None => return Err(refused("`type` is missing")),
        }
        let client_email = file.client_email.ok_or_else(|| refused("`client_email` is missing"))?;
        if !client_email.contains('@') {
            return Err(refused("`client_email` is not a mail address"));
        }
        let pem = SecretString::from(file.private_key.ok_or_else(|| refused("`private_key` is missing"))?);
        Ok(Self {
            key: key_pair(&pem)?,
            client_email,
            project_id: file.project_id,
            key_id: file.private_key_id,
            fingerprint: digest::digest(&digest::SHA256, text.as_bytes()).as_ref().to_vec(),
        })
    }

    /// The signed claim (RFC 7523) that Google turns into a token.
    pub(super) fn assertion(&self, now: Timestamp) -> Result<SecretString, SourceError> {
        let mut header = json!({"alg": "RS256", "typ": "JWT"});
        if let Some(key_id) = &self.key_id {
            header["kid"] = json!(key_id);
        }
        let issued_at = now.as_second();
        let claims = json!({"iss": self.client_email, "scope": SCOPE, "aud": AUDIENCE, "iat": issued_at, "exp": issued_at + CLAIM_S});
        let encode = |part: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .map_err(|_| refused("its `private_key` cannot sign"))?;
        Ok(SecretString::from(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))))
    }
}

fn key_pair(pem: &SecretString) -> Result<RsaKeyPair, SourceError> {
    let pem = pem.expose_secret();
    let body = pem
        .split_once("-----BEGIN PRIVATE KEY-----")
        .and_then(|(_, rest)| rest.split_once("-----END PRIVATE KEY-----"))
        .ok_or_else(|| refused("`private_key` does not begin with `-----BEGIN PRIVATE KEY-----`"))?
        .0;
    let compact: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let der = BASE64_STANDARD.decode(compact).map_err(|_| refused("`private_key` is damaged"))?;
    RsaKeyPair::from_pkcs8(&der).map_err(|_| refused("`private_key` is no RSA key of 2048 bits or more"))
}

fn refused(why: &str) -> SourceError {
    SourceError::unreadable(
        "google_sheets.key_file",
        format!("This is not the key file of a Google service account: {why}."),
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const PEM: &str = include_str!("../../fixtures/test-only-rsa-private-key.pem");

    #[test]
    fn what_is_no_key_file_is_refused_without_repeating_it() {
        let table = [
            ("hunter2", "no JSON object"),
            (r#"{"type": "service_account", "client_email": ["hunter2"]}"#, "no JSON object"),
            (r#"{"type": "hunter2"}"#, "`type` is not"),
            (r#"{"type": "authorized_user", "refresh_token": "hunter2"}"#, "file of a person"),
            (r#"{"private_key": "hunter2"}"#, "`type` is missing"),
            (
                r#"{"type": "service_account", "private_key": "hunter2"}"#,
                "`client_email` is missing",
            ),
            (
                r#"{"type": "service_account", "client_email": "a@b", "private_key": "hunter2"}"#,
                "does not begin with",
            ),
            (
                r#"{"type": "service_account", "client_email": "a@b", "private_key": "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----"}"#,
                "`private_key` is",
            ),
        ];
        for (text, expected) in table {
            let refused = ServiceAccount::parse(&SecretString::from(text)).unwrap_err();
            assert!(refused.to_string().contains(expected), "{refused}");
            assert!(!format!("{refused:?}{refused}").contains("hunter2"));
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let file = json!({"type": "service_account", "client_email": "a@b.test", "private_key": PEM}).to_string();
        let account = ServiceAccount::parse(&SecretString::from(file)).unwrap();
        assert_eq!(format!("{account:?}"), r#"ServiceAccount { client_email: "a@b.test", .. }"#);
    }
}
