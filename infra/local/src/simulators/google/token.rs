//! `POST /token`: a signed assertion against an access token.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::{Value, json};

/// Google's token endpoint: what `aud` must say.
pub const AUDIENCE: &str = "https://oauth2.googleapis.com/token";
/// The one grant played here.
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
/// Longest life of an assertion (Google, "Using OAuth 2.0 for Server to Server Applications").
const ASSERTION_S_MAX: i64 = 3600;
/// How far the caller's clock may be off.
const SKEW_S: i64 = 300;
/// Scopes that let a spreadsheet be read.
pub(super) const READING_SCOPES: [&str; 5] = [
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/spreadsheets",
    "https://www.googleapis.com/auth/drive.readonly",
    "https://www.googleapis.com/auth/drive.file",
    "https://www.googleapis.com/auth/drive",
];

/// A service account as Google knows it: the public half of its key.
#[derive(Clone, Debug)]
pub struct ServiceAccount {
    /// `client_email`.
    pub email: String,
    /// `private_key_id`.
    pub key_id: String,
    /// DER of the RSA public key.
    public_key: Vec<u8>,
}

impl ServiceAccount {
    /// From the key file that its owner downloaded.
    ///
    /// # Errors
    /// The text is no key file.
    pub fn from_key_file(json: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct KeyFile {
            client_email: String,
            private_key_id: String,
            private_key: String,
        }
        let file: KeyFile = serde_json::from_str(json).map_err(|error| format!("this is no service account key file: {error}"))?;
        let base64: String = file.private_key.lines().filter(|line| !line.starts_with("-----")).collect();
        let der = base64::prelude::BASE64_STANDARD
            .decode(base64)
            .map_err(|_| "private_key is not PEM".to_owned())?;
        let pair = RsaKeyPair::from_pkcs8(&der).map_err(|error| format!("private_key is not an RSA key in PKCS #8: {error}"))?;
        Ok(Self {
            email: file.client_email,
            key_id: file.private_key_id,
            public_key: pair.public_key().as_ref().to_vec(),
        })
    }
}

/// What a caller may do now.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub email: String,
    pub scopes: Vec<String>,
    pub expires_at: Timestamp,
}

/// OAuth's error: name and description.
pub(super) type Denied = (&'static str, String);

fn invalid_grant(words: &str) -> Denied {
    ("invalid_grant", words.to_owned())
}

/// Checks a token request's form.
pub(super) fn check(form: &[u8], accounts: &[ServiceAccount], own_url: &str, now: Timestamp) -> Result<Grant, Denied> {
    let mut grant_type = None;
    let mut assertion = None;
    for (name, value) in url::form_urlencoded::parse(form) {
        match name.as_ref() {
            "grant_type" => grant_type = Some(value.into_owned()),
            "assertion" => assertion = Some(value.into_owned()),
            _ => return Err(("invalid_request", format!("Invalid parameter: {name}"))),
        }
    }
    match grant_type.as_deref() {
        Some(GRANT_TYPE) => {}
        Some(other) => return Err(("unsupported_grant_type", format!("Invalid grant_type: {other}"))),
        None => return Err(("invalid_request", "Required parameter is missing: grant_type".to_owned())),
    }
    let assertion = assertion.ok_or(("invalid_request", "Required parameter is missing: assertion".to_owned()))?;
    let (signed, signature) = assertion.rsplit_once('.').ok_or_else(|| invalid_grant("Bad Request"))?;
    let (header, claims) = signed.split_once('.').ok_or_else(|| invalid_grant("Bad Request"))?;
    let (header, claims) = (decode(header)?, decode(claims)?);
    if header["alg"] != "RS256" {
        return Err(invalid_grant("Invalid JWT: alg must be RS256."));
    }
    let account = accounts.iter().find(|account| claims["iss"] == account.email.as_str());
    let account = account.ok_or_else(|| invalid_grant("Invalid grant: account not found"))?;
    let signature = BASE64_URL_SAFE_NO_PAD
        .decode(signature)
        .map_err(|_| invalid_grant("Invalid JWT Signature."))?;
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &account.public_key);
    let signed_by_it = key.verify(signed.as_bytes(), &signature).is_ok();
    if !signed_by_it || header.get("kid").is_some_and(|kid| *kid != account.key_id.as_str()) {
        return Err(invalid_grant("Invalid JWT Signature."));
    }
    if claims["aud"] != AUDIENCE && claims["aud"] != own_url {
        return Err(invalid_grant(&format!(
            "Invalid JWT: Failed audience check. The right audience is {AUDIENCE}"
        )));
    }
    check_times(&claims, now)?;
    let scopes: Vec<String> = claims["scope"]
        .as_str()
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if scopes.is_empty() || scopes.iter().any(|scope| !scope.starts_with("https://www.googleapis.com/auth/")) {
        return Err(("invalid_scope", "Invalid OAuth scope or ID token audience provided.".to_owned()));
    }
    let expires_at = now + jiff::SignedDuration::from_secs(ASSERTION_S_MAX - 1);
    Ok(Grant {
        email: account.email.clone(),
        scopes,
        expires_at,
    })
}

fn decode(part: &str) -> Result<Value, Denied> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(part).ok();
    bytes
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(|| invalid_grant("Bad Request"))
}

fn check_times(claims: &Value, now: Timestamp) -> Result<(), Denied> {
    let now = now.as_second();
    let good = match (claims["iat"].as_i64(), claims["exp"].as_i64()) {
        (Some(issued), Some(expires)) => {
            issued <= now + SKEW_S && expires > now - SKEW_S && expires > issued && expires - issued <= ASSERTION_S_MAX
        }
        _ => false,
    };
    good.then_some(()).ok_or_else(|| {
        invalid_grant(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. \
             Check your iat and exp values in the JWT claim.",
        )
    })
}

/// OAuth's error body.
pub(super) fn denied((error, description): &Denied) -> Value {
    json!({"error": error, "error_description": description})
}
