//! What arrived: events by `webhook-id`, each with its attempts.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::verify::Unverified;

/// One event, however often it was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Event {
    /// The endpoint's name.
    pub endpoint: String,
    /// `webhook-id`; empty if the request had none.
    pub id: String,
    /// The body of the first attempt that was signed as it should be, or else of the first one.
    pub body: String,
    /// Whether a later signed attempt under the same id had another body, which no sender may do.
    pub body_changed: bool,
    /// Every time it was sent, oldest first. More than one: the same event again, not a second one.
    pub attempts: Vec<Attempt>,
    /// The picture its body links to; none while it is being fetched, and if there is no link.
    pub picture: Option<Picture>,
    /// The files its body lists, once they are fetched.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

/// A file that an event's body lists under `data.attachments`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attachment {
    /// `pdf`, `data`.
    pub kind: String,
    /// What it is to be called.
    pub file_name: String,
    /// What was found behind its link; something else than the body promised is a failure.
    pub file: Picture,
}

impl Event {
    /// Whether every attempt was signed as it should be.
    #[must_use]
    pub fn verified(&self) -> bool {
        self.attempts.iter().all(|attempt| attempt.unverified.is_none())
    }
}

/// One time an event was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attempt {
    /// When it arrived.
    pub at: Timestamp,
    /// Its headers.
    pub headers: BTreeMap<String, String>,
    /// Why the signature was not accepted.
    pub unverified: Option<String>,
    /// The HTTP status it was answered with, if the answer got through.
    pub answered: u16,
}

impl Attempt {
    pub(super) fn new(at: Timestamp, headers: &HeaderMap, unverified: Option<&Unverified>, answered: u16) -> Self {
        let text = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        Self {
            at,
            headers,
            unverified: unverified.map(ToString::to_string),
            answered,
        }
    }
}

/// What was found behind an event's link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Picture {
    /// A file.
    Fetched {
        /// The link.
        url: String,
        /// Its media type.
        mime_type: String,
        /// Its size.
        bytes_len: usize,
        /// The file itself.
        #[serde(skip)]
        bytes: Bytes,
    },
    /// Nothing.
    Failed {
        /// The link.
        url: String,
        /// Why.
        why: String,
    },
}

/// Adds an attempt to its event. True if it is the first of them that was signed as it should be.
pub(super) fn record(events: &mut Vec<Event>, endpoint: &str, headers: &HeaderMap, body: &[u8], attempt: Attempt) -> bool {
    let id = headers
        .get("webhook-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let body = String::from_utf8_lossy(body).into_owned();
    let verified = attempt.unverified.is_none();
    // What came without an id cannot be the same as anything.
    let known = events
        .iter_mut()
        .find(|event| event.endpoint == endpoint && event.id == id && !id.is_empty());
    let Some(event) = known else {
        events.push(Event {
            endpoint: endpoint.to_owned(),
            id,
            body,
            body_changed: false,
            attempts: vec![attempt],
            picture: None,
            attachments: Vec::new(),
        });
        return verified;
    };
    let verified_before = event.attempts.iter().any(|attempt| attempt.unverified.is_none());
    if verified && !verified_before {
        event.body = body;
    } else {
        event.body_changed |= verified && event.body != body;
    }
    event.attempts.push(attempt);
    verified && !verified_before
}

/// The first http address in a body that ends in `.png` or stands under a key that speaks of an image or a chart.
pub(super) fn picture_link(body: &Value) -> Option<String> {
    fn search(value: &Value, of_image: bool) -> Option<String> {
        match value {
            Value::String(text) => {
                let url = url::Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
                (of_image || url.path().ends_with(".png")).then(|| text.clone())
            }
            Value::Array(items) => items.iter().find_map(|item| search(item, of_image)),
            Value::Object(map) => map
                .iter()
                .find_map(|(key, value)| search(value, of_image || key.contains("image") || key.contains("chart"))),
            _ => None,
        }
    }
    search(body, false)
}

/// A file as a body promises it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Promised {
    pub kind: String,
    pub url: String,
    pub media_type: String,
    pub bytes: usize,
    pub sha256: String,
    pub file_name: String,
}

impl Promised {
    /// What a body lists; an entry that lacks a field is none.
    pub fn of(body: &Value) -> Vec<Self> {
        let listed = body.pointer("/data/attachments").and_then(Value::as_array);
        let read = |entry: &Value| serde_json::from_value(entry.clone()).ok();
        listed.into_iter().flatten().filter_map(read).collect()
    }

    /// Holds what was found against the promise.
    pub fn hold(self, found: Picture) -> Attachment {
        let broken = match &found {
            Picture::Fetched { mime_type, bytes, .. } => {
                let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                let promises = [
                    ("media_type", *mime_type == self.media_type),
                    ("bytes", bytes.len() == self.bytes),
                    ("sha256", sha256 == self.sha256),
                ];
                promises.into_iter().find(|(_, kept)| !kept).map(|(name, _)| name)
            }
            Picture::Failed { .. } => None,
        };
        let file = match broken {
            Some(name) => Picture::Failed {
                why: format!("its {name} is not what the event says"),
                url: self.url,
            },
            None => found,
        };
        Attachment {
            kind: self.kind,
            file_name: self.file_name,
            file,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_the_picture() {
        for (body, link) in [
            (
                json!({"data": {"image": {"url": "https://a.example/i/x"}}}),
                Some("https://a.example/i/x"),
            ),
            (
                json!({"data": {"link": "https://a.example/i/x.png?y", "image": "none"}}),
                Some("https://a.example/i/x.png?y"),
            ),
            (json!({"data": {"source": "https://a.example/sheet", "png": "x.png"}}), None),
        ] {
            assert_eq!(picture_link(&body).as_deref(), link);
        }
    }
}
