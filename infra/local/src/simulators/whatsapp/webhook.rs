//! Webhooks as Meta sends them: envelope, signature over the exact bytes, batches, duplicates, any order, retries.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

use super::media_file::hex;
use super::message::Status;

/// How webhooks are delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Webhooks {
    /// Where to. Without it updates are lost, as they are with an app that has no callback.
    pub callback_url: Option<String>,
    /// The statuses an accepted message gets by itself, in this order. `[sent, read]` leaves out `delivered`, as Meta does
    /// for a chat that is open; `[sent]` is a phone that is switched off.
    pub receipts: Vec<Status>,
    /// How many updates go into one POST at most. One message's statuses are batched by themselves; updates of several
    /// messages are after [`hold`](super::WhatsApp::hold).
    pub batch_max: usize,
    /// How often each POST is made although it succeeded.
    pub copies: usize,
    /// In which order updates leave.
    pub order: Order,
    /// How long to wait before each repetition of a POST that was not answered with 200; given up when spent.
    pub retry_delays_ms: Vec<u64>,
}

/// In which order updates leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As they happened.
    AsHappened,
    /// The last first.
    Reversed,
    /// Any, but always the same for one seed.
    Shuffled {
        /// Decides which.
        seed: u64,
    },
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            callback_url: None,
            receipts: vec![Status::Sent, Status::Delivered],
            batch_max: 1,
            copies: 1,
            order: Order::AsHappened,
            retry_delays_ms: vec![100, 500, 2_000, 5_000, 15_000],
        }
    }
}

/// One POST to a callback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Post {
    /// Where to.
    pub url: String,
    /// How many updates it carried.
    pub updates: usize,
    /// What was answered; none if nothing was.
    pub status: Option<u16>,
}

/// One thing to tell.
#[derive(Clone, Debug)]
pub(super) struct Update {
    pub account_id: String,
    pub phone_number_id: String,
    pub display_phone_number: String,
    pub contact: Option<Value>,
    pub what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Status(Value),
    Message(Value),
}

impl Order {
    pub(super) fn apply<T>(self, items: &mut [T]) {
        match self {
            Self::AsHappened => {}
            Self::Reversed => items.reverse(),
            Self::Shuffled { seed } => {
                let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
                for last in (1..items.len()).rev() {
                    // xorshift64
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    let other = usize::try_from(random % (last as u64 + 1)).unwrap_or(0);
                    items.swap(last, other);
                }
            }
        }
    }
}

/// The body for these updates, in the order given: neighbours of one number and kind share a `value`.
pub(super) fn body(updates: &[Update]) -> Vec<u8> {
    let mut entries: Vec<Value> = Vec::new();
    for group in updates
        .chunk_by(|a, b| a.phone_number_id == b.phone_number_id && matches!(a.what, What::Status(_)) == matches!(b.what, What::Status(_)))
    {
        let first = &group[0];
        let digits: String = first.display_phone_number.chars().filter(char::is_ascii_digit).collect();
        let mut value = json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": digits, "phone_number_id": first.phone_number_id},
        });
        let mut contacts: Vec<&Value> = group.iter().filter_map(|update| update.contact.as_ref()).collect();
        contacts.dedup();
        if !contacts.is_empty() {
            value["contacts"] = json!(contacts);
        }
        let name = if matches!(first.what, What::Status(_)) {
            "statuses"
        } else {
            "messages"
        };
        value[name] = group
            .iter()
            .map(|update| match &update.what {
                What::Status(what) | What::Message(what) => what.clone(),
            })
            .collect();
        entries.push(json!({"id": first.account_id, "changes": [{"value": value, "field": "messages"}]}));
    }
    escape(&json!({"object": "whatsapp_business_account", "entry": entries}).to_string())
}

/// Escapes as Meta does: slashes, and everything outside ASCII as `\uXXXX`. A receiver that parses and serialises again
/// before it checks the signature will not get these bytes.
pub(super) fn escape(json: &str) -> Vec<u8> {
    let mut escaped = String::with_capacity(json.len() + json.len() / 8);
    for character in json.chars() {
        match character {
            '/' => escaped.push_str("\\/"),
            ascii if ascii.is_ascii() => escaped.push(ascii),
            other => {
                let mut units = [0; 2];
                for unit in other.encode_utf16(&mut units) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    escaped.into_bytes()
}

/// The value of `X-Hub-Signature-256` for these bytes.
#[must_use]
pub fn signature(app_secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body);
    format!("sha256={}", hex(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_over_bytes_and_matches_rfc_4231() {
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature("Jefe", b"what do ya want for nothing?"), expected);
        assert_ne!(signature("Jefe", b"what do ya want for nothing!"), expected);
    }

    #[test]
    fn escapes_as_meta_does() {
        let escaped = escape(r#"{"a":"äöå 👍 http://x\n"}"#);
        assert_eq!(escaped, br#"{"a":"\u00e4\u00f6\u00e5 \ud83d\udc4d http:\/\/x\n"}"#);
        let same: Value = serde_json::from_slice(&escaped).expect("still JSON");
        assert_eq!(same["a"], "äöå 👍 http://x\n");
    }

    #[test]
    fn a_shuffle_is_a_permutation_and_repeatable() {
        let (mut one, mut two): (Vec<u32>, Vec<u32>) = ((0..50).collect(), (0..50).collect());
        Order::Shuffled { seed: 7 }.apply(&mut one);
        Order::Shuffled { seed: 7 }.apply(&mut two);
        assert_eq!(one, two);
        assert_ne!(one, (0..50).collect::<Vec<_>>());
        one.sort_unstable();
        assert_eq!(one, (0..50).collect::<Vec<_>>());
    }
}
