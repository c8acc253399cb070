//! Meta's envelope, read leniently: what we use is named, the rest is passed over.

use std::collections::HashMap;

use domain::delivery::Progress;
use serde::Deserialize;

/// One thing that Meta told us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Update {
    /// How far a message of ours has come.
    Status(Status),
    /// A person wrote, reacted or tapped.
    Message(Message),
}

/// A status of a message of ours.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// Meta's id of our number.
    #[serde(skip)]
    pub phone_number_id: String,
    /// The message: `wamid…`.
    pub id: String,
    /// `sent`, `delivered`, `read`, `played`, `failed`; others may come.
    pub status: String,
    /// Seconds since 1970, as text.
    #[serde(default)]
    pub timestamp: String,
    /// What we asked Meta to carry.
    #[serde(default)]
    pub biz_opaque_callback_data: Option<String>,
    /// Why it failed.
    #[serde(default)]
    pub errors: Vec<StatusError>,
}

/// One reason of a failed status.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StatusError {
    /// Meta's code.
    pub code: i64,
}

/// Who wrote to which of our numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Meta's id of our number.
    pub phone_number_id: String,
    /// The person's number without `+`; absent for people who hide it.
    pub from: Option<String>,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    #[serde(default)]
    field: String,
    #[serde(default)]
    value: serde_json::Value,
}

/// The updates of a body, in its order.
///
/// # Errors
/// The body is no JSON object of the documented outline. An update of an unknown shape is no error: it is left out.
pub fn updates(body: &[u8]) -> Result<Vec<Update>, serde_json::Error> {
    let envelope: Envelope = serde_json::from_slice(body)?;
    let values = envelope
        .entry
        .into_iter()
        .flat_map(|entry| entry.changes)
        .filter(|change| change.field == "messages")
        .map(|change| change.value);
    Ok(furthest(values.flat_map(of_value)))
}

/// Of one message's statuses only the furthest is left: the others would change nothing any more.
fn furthest(updates: impl Iterator<Item = Update>) -> Vec<Update> {
    let mut kept: Vec<Update> = Vec::new();
    let mut place_of: HashMap<String, usize> = HashMap::new();
    for update in updates {
        let Update::Status(status) = &update else {
            kept.push(update);
            continue;
        };
        match place_of.get(&status.id).and_then(|place| kept.get_mut(*place)) {
            Some(Update::Status(before)) if status.progress() <= before.progress() => {}
            Some(place) => *place = update,
            None => {
                place_of.insert(status.id.clone(), kept.len());
                kept.push(update);
            }
        }
    }
    kept
}

impl Update {
    /// The status that it is.
    pub(crate) fn status(&self) -> Option<&Status> {
        match self {
            Self::Status(status) => Some(status),
            Self::Message(_) => None,
        }
    }
}

impl Status {
    /// How far the message has come; `None` for a word that is not known.
    pub fn progress(&self) -> Option<Progress> {
        match self.status.as_str() {
            "sent" => Some(Progress::Sent),
            "delivered" => Some(Progress::Delivered),
            "read" | "played" => Some(Progress::Read),
            "failed" => Some(Progress::Failed),
            _ => None,
        }
    }
}

fn of_value(value: serde_json::Value) -> Vec<Update> {
    let phone_number_id = value["metadata"]["phone_number_id"].as_str().unwrap_or_default().to_owned();
    let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
    let statuses = list("statuses")
        .into_iter()
        .filter_map(|status| match Status::deserialize(&status) {
            Ok(status) => Some(Update::Status(Status {
                phone_number_id: phone_number_id.clone(),
                ..status
            })),
            Err(error) => {
                tracing::warn!(error = %error, "a status of an unknown shape was passed over");
                None
            }
        });
    let messages = list("messages").into_iter().filter(is_from_a_person).map(|message| {
        let from = message["from"].as_str().filter(|from| !from.is_empty()).map(str::to_owned);
        Update::Message(Message {
            phone_number_id: phone_number_id.clone(),
            from,
        })
    });
    statuses.chain(messages).collect()
}

/// WhatsApp's own notes (a changed number, an unreadable message) open no window.
fn is_from_a_person(message: &serde_json::Value) -> bool {
    !matches!(message["type"].as_str(), None | Some("system" | "unsupported" | "errors"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use serde_json::json;

    fn body(value: &serde_json::Value) -> Vec<u8> {
        serde_json::to_vec(
            &json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}),
        )
        .unwrap()
    }

    #[test]
    fn statuses_and_messages_are_read_and_the_rest_passed_over() {
        let value = json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550001111", "phone_number_id": "42"},
            "contacts": [{"wa_id": "15550002222"}],
            "statuses": [
                {"id": "wamid.A", "status": "sent", "timestamp": "1763629200", "recipient_id": "15550002222", "biz_opaque_callback_data": "org/x~20261120T090000Z~d/image", "brand_new": {}},
                {"id": "wamid.A", "status": "failed", "timestamp": "1763629201", "errors": [{"code": 131_047, "title": "Re-engagement message"}]},
                {"status": "sent"},
            ],
            "messages": [
                {"from": "15550002222", "id": "wamid.B", "timestamp": "1763629200", "type": "text", "text": {"body": "why?"}},
                {"from": "", "id": "wamid.C", "timestamp": "1763629200", "type": "reaction", "reaction": {"message_id": "wamid.A", "emoji": "👍"}},
                {"id": "wamid.D", "timestamp": "1763629200", "type": "system", "system": {"type": "user_changed_number"}},
            ],
        });
        let updates = updates(&body(&value)).unwrap();
        assert_eq!(updates.len(), 3, "{updates:?}");
        assert!(
            matches!(&updates[0], Update::Status(status) if status.errors[0].code == 131_047 && status.phone_number_id == "42"),
            "the furthest of a message's statuses"
        );
        assert_eq!(
            updates[1],
            Update::Message(Message {
                phone_number_id: "42".into(),
                from: Some("15550002222".into())
            })
        );
        assert_eq!(
            updates[2],
            Update::Message(Message {
                phone_number_id: "42".into(),
                from: None
            })
        );
    }

    #[test]
    fn other_fields_and_empty_bodies_hold_nothing() {
        assert_eq!(
            updates(br#"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"account_update","value":{"event":"X"}}]}]}"#)
                .unwrap(),
            []
        );
        assert_eq!(updates(b"{}").unwrap(), []);
        assert!(updates(b"[1,2").is_err());
        assert!(updates(b"\xff\xfe").is_err());
    }
}
