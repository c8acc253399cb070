//! Standard Webhooks signatures: HMAC-SHA256 over `id.timestamp.body`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A signing secret that is not `whsec_` and base64 of 24 to 64 bytes. Its text is never shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSecret;

/// One signature, `v1,<base64>`. A receiver accepts any of the list, which is how secrets are rotated.
///
/// # Errors
/// [`InvalidSecret`].
pub fn signature(secret: &str, id: &str, timestamp_s: i64, body: &[u8]) -> Result<String, InvalidSecret> {
    let key = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap_or(secret))
        .map_err(|_| InvalidSecret)?;
    if !(24..=64).contains(&key.len()) {
        return Err(InvalidSecret);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| InvalidSecret)?;
    mac.update(format!("{id}.{timestamp_s}.").as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_specifications_own_example() {
        let signed = signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_verifier_that_is_not_ours_agrees() {
        let secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        let body = "{\"title\":\"Umsatz – März\"}".as_bytes();
        let timestamp_s = jiff::Timestamp::from_second(1_700_000_000).unwrap().as_second();
        let signed = signature(secret, "msg_1", timestamp_s, body).unwrap();
        let theirs = standardwebhooks::Webhook::new(secret)
            .unwrap()
            .sign("msg_1", timestamp_s, body)
            .unwrap();
        assert_eq!(signed, theirs);
    }

    #[test]
    fn a_bad_secret_is_refused() {
        for secret in [
            "",
            "whsec_",
            "whsec_AAAA",
            "whsec_not base64 at all!",
            &format!("whsec_{}", STANDARD.encode([0; 65])),
        ] {
            assert_eq!(signature(secret, "msg_1", 0, b"{}"), Err(InvalidSecret), "{secret}");
        }
    }
}
