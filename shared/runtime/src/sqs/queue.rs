//! Sending.

use std::fmt;

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use aws_types::SdkConfig;
use domain::message::Message;

use super::{LazyClient, describe};

/// SQS's own limit of entries per call.
const BATCH_ENTRIES_MAX: usize = 10;
/// How often entries that SQS failed, and not through our fault, are sent.
const BATCH_TRIES_MAX: u32 = 3;

/// Why a message is not on its queue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Ours: such a message must not exist.
    #[error(
        "a message of {bytes} bytes was not sent; at most {bytes_max} are accepted: put data into the bucket and its key into the message"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit of its kind.
        bytes_max: usize,
    },
    /// Ours: it cannot be written as JSON.
    #[error("a message cannot be written as JSON: {0}")]
    Encoding(String),
    /// SQS did not take the call.
    #[error("the queue did not take the message: {0}")]
    Queue(String),
    /// SQS took a part of a batch. The rest was sent as often as it is worth; sending all of them again does no harm.
    #[error("the queue took {sent} of {all} messages; the others: {why}")]
    Partly {
        /// How many were taken.
        sent: usize,
        /// How many there were.
        all: usize,
        /// SQS's code and sentence for the first that failed.
        why: String,
    },
}

/// A queue to send to.
#[derive(Clone)]
pub struct Queue {
    client: LazyClient,
    url: String,
}

impl Queue {
    /// The queue under that URL.
    pub fn new(sdk: &SdkConfig, url: impl Into<String>) -> Self {
        Self::of(LazyClient::new(sdk), url)
    }

    /// The queue under that URL, by a client that others use too: making one takes time that a function's start has not.
    pub(crate) fn of(client: LazyClient, url: impl Into<String>) -> Self {
        Self { client, url: url.into() }
    }

    /// Sends one message, in its organisation's fairness group.
    ///
    /// # Errors
    /// [`SendError`]; after one of the connection, the message may have been sent.
    pub async fn send<M: Message>(&self, message: &M) -> Result<(), SendError> {
        let call = self.client.get().send_message().queue_url(&self.url).message_body(encode(message)?);
        let sent = call.set_message_group_id(group(message)).send().await;
        sent.map(drop).map_err(|error| SendError::Queue(describe(&error)))
    }

    /// Sends messages in tens. Nothing is sent if one of them cannot be.
    ///
    /// # Errors
    /// [`SendError`]. What was sent stays sent: send all of them again.
    pub async fn send_batch<M: Message>(&self, messages: &[M]) -> Result<(), SendError> {
        let mut entries = Vec::with_capacity(messages.len());
        for (index, message) in messages.iter().enumerate() {
            let entry = SendMessageBatchRequestEntry::builder()
                .id(index.to_string())
                .message_body(encode(message)?);
            let entry = entry.set_message_group_id(group(message)).build();
            entries.push(entry.map_err(|error| SendError::Encoding(error.to_string()))?);
        }
        let mut failed = 0;
        let mut why = None;
        for ten in entries.chunks(BATCH_ENTRIES_MAX) {
            let (left, reason) = self.send_ten(ten.to_vec()).await?;
            failed += left;
            why = why.or(reason);
        }
        match why {
            None => Ok(()),
            Some(why) => Err(SendError::Partly {
                sent: messages.len() - failed,
                all: messages.len(),
                why,
            }),
        }
    }

    /// Sends up to ten; gives how many failed for good and why the first of them did.
    async fn send_ten(&self, mut entries: Vec<SendMessageBatchRequestEntry>) -> Result<(usize, Option<String>), SendError> {
        let mut refused = 0;
        let mut why = None;
        for _ in 0..BATCH_TRIES_MAX {
            let call = self
                .client
                .get()
                .send_message_batch()
                .queue_url(&self.url)
                .set_entries(Some(entries.clone()));
            let answer = call.send().await.map_err(|error| SendError::Queue(describe(&error)))?;
            let (ours, theirs): (Vec<_>, Vec<_>) = answer.failed().iter().partition(|entry| entry.sender_fault());
            refused += ours.len();
            if let Some(first) = ours.first().or(theirs.first()) {
                why.get_or_insert_with(|| {
                    format!("{} {}", first.code(), first.message().unwrap_or_default())
                        .trim_end()
                        .to_owned()
                });
            }
            entries.retain(|entry| theirs.iter().any(|failed| failed.id() == entry.id()));
            if entries.is_empty() {
                break;
            }
        }
        let failed = refused + entries.len();
        Ok((failed, why.filter(|_| failed > 0)))
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("url", &self.url).finish_non_exhaustive()
    }
}

fn group<M: Message>(message: &M) -> Option<String> {
    message.org_id().map(|org| org.as_str().to_owned())
}

fn encode<M: Message>(message: &M) -> Result<String, SendError> {
    let body = serde_json::to_string(message).map_err(|error| SendError::Encoding(error.to_string()))?;
    if body.len() > M::BODY_BYTES_MAX {
        return Err(SendError::TooLarge {
            bytes: body.len(),
            bytes_max: M::BODY_BYTES_MAX,
        });
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::sqs::wire::{Note, Sqs, note};
    use serde_json::{Value, json};

    #[tokio::test]
    async fn a_message_goes_with_its_group() {
        let sqs = Sqs::start([]).await;
        sqs.queue("render").send(&note("a", "text")).await.unwrap();
        sqs.queue("render")
            .send(&Note {
                org_id: None,
                text: "no group".into(),
            })
            .await
            .unwrap();
        let calls = sqs.calls();
        assert_eq!(calls[0].0, "SendMessage");
        assert_eq!(calls[0].1["QueueUrl"], sqs.queue_url("render"));
        assert_eq!(calls[0].1["MessageGroupId"], "a");
        assert_eq!(calls[0].1["MessageBody"], r#"{"org_id":"a","text":"text"}"#);
        assert_eq!(calls[1].1.get("MessageGroupId"), None);
    }

    #[tokio::test]
    async fn a_large_message_stays_here() {
        let sqs = Sqs::start([]).await;
        let fits = Note::BODY_BYTES_MAX - r#"{"org_id":"a","text":""}"#.len();
        sqs.queue("render").send(&note("a", &"x".repeat(fits))).await.unwrap();
        let error = sqs.queue("render").send(&note("a", &"x".repeat(fits + 1))).await.unwrap_err();
        assert_eq!(
            error,
            SendError::TooLarge {
                bytes: 4_097,
                bytes_max: 4_096
            }
        );
        let batch = [note("a", "small"), note("a", &"x".repeat(fits + 1))];
        assert_eq!(sqs.queue("render").send_batch(&batch).await.unwrap_err(), error);
        assert_eq!(sqs.calls().len(), 1, "a batch goes whole or not at all");
    }

    fn ids(call: &(String, Value)) -> Vec<String> {
        call.1["Entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["Id"].as_str().unwrap().to_owned())
            .collect()
    }

    fn failed(id: &str, is_ours: bool) -> Value {
        json!({ "Id": id, "SenderFault": is_ours, "Code": "InternalError", "Message": "try again" })
    }

    #[tokio::test]
    async fn a_batch_goes_in_tens_and_failed_entries_again() {
        let first = json!({ "Successful": [], "Failed": [failed("3", false), failed("7", false)] });
        let again = json!({ "Successful": [], "Failed": [failed("7", false)] });
        let sqs = Sqs::start([(200, first), (200, again)]).await;
        let messages: Vec<Note> = (0..23).map(|n| note("a", &n.to_string())).collect();
        sqs.queue("deliver").send_batch(&messages).await.unwrap();
        let sent: Vec<Vec<String>> = sqs.calls().iter().map(ids).collect();
        let range = |numbers: std::ops::Range<u32>| numbers.map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!(
            sent,
            [
                range(0..10),
                vec!["3".into(), "7".into()],
                vec!["7".into()],
                range(10..20),
                range(20..23)
            ]
        );
        assert_eq!(sqs.calls()[4].1["Entries"][2]["MessageBody"], r#"{"org_id":"a","text":"22"}"#);
    }

    #[tokio::test]
    async fn what_stays_failed_is_told() {
        let stubborn = json!({ "Successful": [], "Failed": [failed("1", false)] });
        let ours = json!({ "Successful": [], "Failed": [failed("0", true), failed("1", false)] });
        let sqs = Sqs::start([(200, ours), (200, stubborn.clone()), (200, stubborn)]).await;
        let error = sqs
            .queue("deliver")
            .send_batch(&[note("a", "0"), note("a", "1"), note("a", "2")])
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "the queue took 1 of 3 messages; the others: InternalError try again"
        );
        assert_eq!(
            sqs.calls().iter().map(ids).collect::<Vec<_>>()[1..],
            [["1"], ["1"]],
            "our own fault is not repeated"
        );
    }

    #[tokio::test]
    async fn nothing_to_send_is_no_call() {
        let sqs = Sqs::start([]).await;
        sqs.queue("deliver").send_batch::<Note>(&[]).await.unwrap();
        assert!(sqs.calls().is_empty());
    }

    #[tokio::test]
    async fn a_refusal_is_told_in_words() {
        let refusal = json!({ "__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "The specified queue does not exist." });
        let sqs = Sqs::start([(400, refusal)]).await;
        let error = sqs.queue("nowhere").send(&note("a", "planted")).await.unwrap_err();
        assert!(
            error.to_string().ends_with("QueueDoesNotExist The specified queue does not exist."),
            "{error}"
        );
    }
}
