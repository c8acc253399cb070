//! AWS Signature Version 4, computed anew from the request as it came.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::server::Request;

/// How far a signature's time may be off. AWS's.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Whether a request is signed by that role, for that service, now.
///
/// # Errors
/// What is wrong with the signature.
pub(super) fn check(request: &Request, (id, secret): &(String, String), service: &str, now: Timestamp) -> Result<(), String> {
    let header = |name: &str| request.header(name).ok_or_else(|| format!("{name} is missing"));
    let authorization = header("authorization")?
        .strip_prefix("AWS4-HMAC-SHA256 ")
        .ok_or("another algorithm")?;
    let part = |name: &str| {
        let mut parts = authorization.split(',').map(str::trim);
        parts
            .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
            .ok_or_else(|| format!("{name} is missing"))
    };
    let (credential, signed_headers, signature) = (part("Credential")?, part("SignedHeaders")?, part("Signature")?);
    let scope = credential.split_once('/').filter(|(given, _)| given == id).map(|(_, scope)| scope);
    let scope = scope.ok_or("The security token included in the request is invalid.")?;
    let &[day, region, for_service, "aws4_request"] = scope.split('/').collect::<Vec<_>>().as_slice() else {
        return Err(format!("{scope} is no scope"));
    };
    let at = header("x-amz-date")?;
    let moment = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", at).map_err(|error| error.to_string())?;
    let moment = moment
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_err(|error| error.to_string())?
        .timestamp();
    if for_service != service || !at.starts_with(day) || moment.duration_since(now).abs() > SKEW {
        return Err("Credential should be scoped to a valid service, day and time.".to_owned());
    }
    if !["host", "x-amz-date"]
        .iter()
        .all(|needed| signed_headers.split(';').any(|signed| signed == *needed))
    {
        return Err("'host' and 'x-amz-date' must be signed.".to_owned());
    }
    let mut headers = String::new();
    for name in signed_headers.split(';') {
        headers.push_str(&format!("{name}:{}\n", header(name)?.trim()));
    }
    let path = escaped_again(&request.path);
    let canonical = format!(
        "POST\n{path}\n\n{headers}\n{signed_headers}\n{}",
        hex(&Sha256::digest(&request.bytes))
    );
    let to_sign = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let key = [day, region, service, "aws4_request"]
        .iter()
        .fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part.as_bytes()));
    if hex(&mac(&key, to_sign.as_bytes())) == signature {
        Ok(())
    } else {
        Err("The request signature we calculated does not match the signature you provided.".to_owned())
    }
}

/// Every service but S3 escapes the path as sent once more.
fn escaped_again(path: &str) -> String {
    let mut escaped = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => escaped.push(char::from(byte)),
            other => escaped.push_str(&format!("%{other:02X}")),
        }
    }
    escaped
}

fn mac(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length is a key");
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
