//! `X-Hub-Signature-256: sha256=<hex HMAC-SHA256 of the raw body under the app's secret>`.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Whether one of the secrets signed exactly these bytes. Compared in constant time.
pub fn is_signed(body: &[u8], header: &str, secrets: &[SecretString]) -> bool {
    let Some(given) = header.strip_prefix("sha256=").and_then(from_hex) else {
        return false;
    };
    secrets.iter().any(|secret| {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
            return false;
        };
        mac.update(body);
        mac.verify_slice(&given).is_ok()
    })
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = text.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    const BODY: &[u8] = b"what do ya want for nothing?";
    const SIGNED: &str = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    fn secrets(all: &[&str]) -> Vec<SecretString> {
        all.iter().map(|one| SecretString::from(*one)).collect()
    }

    #[test]
    fn a_known_vector_and_its_neighbours() {
        assert!(is_signed(BODY, SIGNED, &secrets(&["Jefe"])));
        assert!(is_signed(
            BODY,
            &SIGNED.to_uppercase().replace("SHA256", "sha256"),
            &secrets(&["Jefe"])
        ));
        assert!(
            is_signed(BODY, SIGNED, &secrets(&["new", "Jefe"])),
            "any of the secrets, while one is being replaced"
        );
        assert!(!is_signed(BODY, SIGNED, &secrets(&["jefe"])));
        assert!(!is_signed(BODY, SIGNED, &[]));
        assert!(!is_signed(b"what do ya want for nothing!", SIGNED, &secrets(&["Jefe"])));
    }

    #[test]
    fn malformed_headers_are_no_signature() {
        for header in [
            "",
            "sha256=",
            "sha1=5bdcc146",
            &SIGNED[7..],
            &SIGNED[..70],
            &format!("{SIGNED}0"),
            &SIGNED.replace('5', "é"),
            &SIGNED.replace('5', "+"),
        ] {
            assert!(!is_signed(BODY, header, &secrets(&["Jefe"])), "{header}");
        }
    }
}
