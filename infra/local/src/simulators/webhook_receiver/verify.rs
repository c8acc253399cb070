//! Standard Webhooks, the consumer's half: strict, with the clock as an argument.

use std::fmt;

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

/// How far `webhook-timestamp` may be from now, either way, in seconds (Standard Webhooks).
pub const TOLERANCE_S: i64 = 300;

/// Why a request is not from who it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unverified {
    /// A header is missing, empty or not readable.
    Missing(&'static str),
    /// `webhook-id` contains a dot, which would make the signed text ambiguous.
    MalformedId,
    /// `webhook-timestamp` is not whole seconds.
    MalformedTimestamp,
    /// The timestamp is too far from now; by so many seconds.
    OutOfTime(i64),
    /// The endpoint's secret is not `whsec_` and base64 of 24 to 64 bytes.
    UnusableSecret,
    /// No `v1` signature in the list fits any secret.
    WrongSignature,
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "the header {name} is missing"),
            Self::MalformedId => f.write_str("webhook-id must not contain a dot"),
            Self::MalformedTimestamp => f.write_str("webhook-timestamp must be whole seconds since 1970"),
            Self::OutOfTime(seconds) => write!(f, "webhook-timestamp is {seconds} s from now; at most {TOLERANCE_S} are accepted"),
            Self::UnusableSecret => f.write_str("this endpoint's secret is not whsec_ and base64 of 24 to 64 bytes"),
            Self::WrongSignature => f.write_str("no v1 signature fits this endpoint's secret and these bytes"),
        }
    }
}

/// Checks a request; returns its `webhook-id`.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(headers: &HeaderMap, body: &[u8], secrets: &[String], now: Timestamp) -> Result<String, Unverified> {
    let id = text(headers, "webhook-id")?;
    if id.contains('.') {
        return Err(Unverified::MalformedId);
    }
    let timestamp = text(headers, "webhook-timestamp")?;
    let signatures = text(headers, "webhook-signature")?;
    if !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Unverified::MalformedTimestamp);
    }
    let sent_s: i64 = timestamp.parse().map_err(|_| Unverified::MalformedTimestamp)?;
    let off_s = now.as_second().saturating_sub(sent_s).saturating_abs();
    if off_s > TOLERANCE_S {
        return Err(Unverified::OutOfTime(off_s));
    }
    for secret in secrets {
        let mac = mac(secret, id, timestamp, body)?;
        let fits = |signature: &str| {
            let given = signature.strip_prefix("v1,").and_then(|base64| BASE64_STANDARD.decode(base64).ok());
            given.is_some_and(|given| mac.clone().verify_slice(&given).is_ok())
        };
        if signatures.split(' ').any(fits) {
            return Ok(id.to_owned());
        }
    }
    Err(Unverified::WrongSignature)
}

/// One `v1` signature, for tests that play the sender.
///
/// # Errors
/// The secret is not usable.
pub fn sign(secret: &str, id: &str, timestamp_s: i64, body: &[u8]) -> Result<String, Unverified> {
    let mac = mac(secret, id, &timestamp_s.to_string(), body)?;
    Ok(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
}

fn mac(secret: &str, id: &str, timestamp: &str, body: &[u8]) -> Result<Hmac<Sha256>, Unverified> {
    let key = secret.strip_prefix("whsec_").and_then(|base64| BASE64_STANDARD.decode(base64).ok());
    let key = key.filter(|key| (24..=64).contains(&key.len())).ok_or(Unverified::UnusableSecret)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Ok(mac)
}

fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str, Unverified> {
    let value = headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .filter(|value| !value.is_empty());
    value.ok_or(Unverified::Missing(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Published by standard-webhooks with its libraries' tests.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT_S: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const OTHER: &str = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";

    fn check(id: &str, timestamp: &str, signature: &str, late_s: i64) -> Result<String, Unverified> {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("webhook-id", id),
            ("webhook-timestamp", timestamp),
            ("webhook-signature", signature),
        ] {
            headers.insert(name, value.parse().expect("a header value"));
        }
        verify(
            &headers,
            BODY,
            &[SECRET.to_owned()],
            Timestamp::from_second(AT_S + late_s).expect("a time"),
        )
    }

    #[test]
    fn the_published_vector() {
        assert_eq!(sign(SECRET, ID, AT_S, BODY).as_deref(), Ok(SIGNATURE));
        let at = AT_S.to_string();
        assert_eq!(check(ID, &at, SIGNATURE, 0).as_deref(), Ok(ID));
        assert_eq!(
            check(ID, &at, &format!("{OTHER} v2,xx {SIGNATURE} {OTHER}"), 300).as_deref(),
            Ok(ID)
        );
    }

    #[test]
    fn what_must_be_rejected() {
        let at = AT_S.to_string();
        for (id, timestamp, signature, late_s, why) in [
            ("", at.as_str(), SIGNATURE, 0, Unverified::Missing("webhook-id")),
            (ID, "", SIGNATURE, 0, Unverified::Missing("webhook-timestamp")),
            (ID, &at, "", 0, Unverified::Missing("webhook-signature")),
            ("msg.x", &at, SIGNATURE, 0, Unverified::MalformedId),
            (ID, "1614265330.5", SIGNATURE, 0, Unverified::MalformedTimestamp),
            (ID, "+1614265330", SIGNATURE, 0, Unverified::MalformedTimestamp),
            (ID, &at, SIGNATURE, 301, Unverified::OutOfTime(301)),
            (ID, &at, SIGNATURE, -301, Unverified::OutOfTime(301)),
            (ID, &at, &SIGNATURE[3..], 0, Unverified::WrongSignature),
            (ID, &at, "v1,", 0, Unverified::WrongSignature),
            (ID, &at, OTHER, 0, Unverified::WrongSignature),
            ("msg_other", &at, SIGNATURE, 0, Unverified::WrongSignature),
            (ID, "1614265331", SIGNATURE, 0, Unverified::WrongSignature),
        ] {
            assert_eq!(check(id, timestamp, signature, late_s), Err(why));
        }
        assert_eq!(sign("whsec_c2hvcnQ=", ID, 0, BODY), Err(Unverified::UnusableSecret));
        assert_eq!(
            sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ID, 0, BODY),
            Err(Unverified::UnusableSecret)
        );
    }
}
