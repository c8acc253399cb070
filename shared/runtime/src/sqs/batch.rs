//! Handling a batch record by record: one that fails, panics or cannot be read never takes its neighbours along.

use std::any::type_name;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use aws_lambda_events::event::sqs::{BatchItemFailure, SqsBatchResponse, SqsEvent, SqsMessage};
use aws_types::SdkConfig;
use domain::message::Message;
use futures_util::{FutureExt, StreamExt, stream};
use jiff::Timestamp;
use tracing::{Instrument, debug, error, info_span, warn};

use super::{LazyClient, describe};

/// How many records are worked on at the same time, unless said otherwise: as many as Lambda hands over by default.
const IN_FLIGHT_MAX: usize = 10;

/// SQS hides a message for 12 hours at most, counted from its receipt; Lambda may have held it for 15 minutes of them.
const HIDDEN_S_MAX: u64 = 12 * 3_600 - 15 * 60;

/// What becomes of a record that was handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// It leaves the queue.
    Done,
    /// It comes back after this long, at most 11 h 45 min. Its receive count goes up: `maxReceiveCount` has to allow for it.
    RetryAfter(Duration),
}

/// What a handler knows about a record beside its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// SQS's id: the same each time the message is received.
    pub message_id: String,
    /// How often it was received, this time included.
    pub receive_count: u32,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
}

/// An event that is not SQS's: it fails as a whole, because a record without an id cannot be reported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a record of the event has no {0}; this function takes events of SQS only")]
pub struct InvalidEvent(&'static str);

/// Reads batches of this function's own queue.
#[derive(Clone)]
pub struct Batch {
    client: LazyClient,
    endpoint_url: Option<String>,
    in_flight_max: usize,
}

impl Batch {
    /// Ten records at the same time.
    pub fn new(sdk: &SdkConfig) -> Self {
        Self::of(LazyClient::new(sdk), sdk)
    }

    pub(crate) fn of(client: LazyClient, sdk: &SdkConfig) -> Self {
        Self {
            client,
            endpoint_url: sdk.endpoint_url().map(str::to_owned),
            in_flight_max: IN_FLIGHT_MAX,
        }
    }

    /// Another number of records at the same time, at least one.
    #[must_use]
    pub fn in_flight_max(mut self, records: usize) -> Self {
        self.in_flight_max = records.max(1);
        self
    }

    /// Hands each record's message to `handle` and gives the answer that Lambda wants: the ids of those that shall come back. Errors are
    /// logged here and nowhere else; bodies are not logged at all. A body that is no `M`, a panic and an error all leave the record to the
    /// queue, which hands it over again until its dead-letter queue takes it.
    ///
    /// # Errors
    /// [`InvalidEvent`] before anything was handled.
    pub async fn run<M, F, Fut, E>(&self, event: SqsEvent, handle: F) -> Result<SqsBatchResponse, InvalidEvent>
    where
        M: Message,
        F: Fn(M, Record) -> Fut,
        Fut: Future<Output = Result<Disposition, E>>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let envelopes = event.records.into_iter().map(Envelope::open).collect::<Result<Vec<_>, _>>()?;
        let handle = &handle;
        let failed = stream::iter(envelopes)
            .map(|envelope| async move {
                if self.one(&envelope, handle).await {
                    None
                } else {
                    Some(envelope.record.message_id)
                }
            })
            .buffer_unordered(self.in_flight_max)
            .filter_map(std::future::ready);
        let item = |id| {
            let mut item = BatchItemFailure::default();
            item.item_identifier = id;
            item
        };
        let mut response = SqsBatchResponse::default();
        response.batch_item_failures = failed.map(item).collect().await;
        Ok(response)
    }

    /// Whether the record is done.
    async fn one<M, F, Fut, E>(&self, envelope: &Envelope, handle: &F) -> bool
    where
        M: Message,
        F: Fn(M, Record) -> Fut,
        Fut: Future<Output = Result<Disposition, E>>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let record = &envelope.record;
        let span = info_span!(
            "record",
            message.id = record.message_id,
            message.receive_count = record.receive_count,
            org.id = envelope.group
        );
        let work = async {
            let message = match serde_json::from_str::<M>(&envelope.body) {
                Ok(message) => message,
                Err(unreadable) => {
                    // The error's own text quotes the body.
                    let (kind, line, column) = (type_name::<M>(), unreadable.line(), unreadable.column());
                    error!(
                        message.kind = kind,
                        line, column, "A message cannot be read; it goes to the dead-letter queue."
                    );
                    return false;
                }
            };
            // The handler's first lines may panic too, so it is called inside.
            let handled = AssertUnwindSafe(async { handle(message, record.clone()).await })
                .catch_unwind()
                .await;
            match handled {
                Ok(Ok(Disposition::Done)) => {
                    debug!("A message is done.");
                    true
                }
                Ok(Ok(Disposition::RetryAfter(wait))) => {
                    self.hide(envelope, wait).await;
                    false
                }
                Ok(Err(failure)) => {
                    error!(
                        error = in_words(&*failure.into()),
                        "A message was not handled; the queue hands it over again."
                    );
                    false
                }
                // What it said may hold values of the message; where it was is on stderr.
                Err(_) => {
                    error!("A handler panicked; the queue hands its message over again.");
                    false
                }
            }
        };
        work.instrument(span).await
    }

    /// Keeps the record out of sight for `wait`. Where that fails it comes back after the queue's own visibility timeout: sooner or later
    /// than asked, which the handler has to stand anyway.
    async fn hide(&self, envelope: &Envelope, wait: Duration) {
        let seconds = hidden_s(wait);
        let Some(url) = queue_url(&envelope.queue_arn, self.endpoint_url.as_deref()) else {
            warn!(
                queue.arn = envelope.queue_arn,
                "A queue's ARN has an unknown form; its message waits for the queue's visibility timeout."
            );
            return;
        };
        let call = self
            .client
            .get()
            .change_message_visibility()
            .queue_url(url)
            .receipt_handle(&envelope.receipt_handle);
        match call.visibility_timeout(seconds).send().await {
            Ok(_) => debug!(retry.after_s = seconds, "A message comes back later."),
            Err(failure) => {
                warn!(
                    error = describe(&failure),
                    retry.after_s = seconds,
                    "A message's wait was not set; the queue's visibility timeout holds."
                );
            }
        }
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("in_flight_max", &self.in_flight_max)
            .finish_non_exhaustive()
    }
}

/// A record with everything that we cannot do without.
struct Envelope {
    record: Record,
    body: String,
    receipt_handle: String,
    queue_arn: String,
    group: Option<String>,
}

impl Envelope {
    fn open(mut message: SqsMessage) -> Result<Self, InvalidEvent> {
        let present = |value: Option<String>, name| value.filter(|value| !value.is_empty()).ok_or(InvalidEvent(name));
        let mut attribute = |name| message.attributes.remove(name);
        let receive_count = attribute("ApproximateReceiveCount")
            .and_then(|count| count.parse().ok())
            .unwrap_or(1);
        let sent_ms = attribute("SentTimestamp").and_then(|millis| millis.parse().ok());
        let group = attribute("MessageGroupId");
        let sent_at = sent_ms.and_then(|millis| Timestamp::from_millisecond(millis).ok());
        Ok(Self {
            record: Record {
                message_id: present(message.message_id, "messageId")?,
                receive_count,
                sent_at,
            },
            body: message.body.unwrap_or_default(),
            receipt_handle: present(message.receipt_handle, "receiptHandle")?,
            queue_arn: message.event_source_arn.unwrap_or_default(),
            group,
        })
    }
}

/// Rounded up: never sooner than asked.
fn hidden_s(wait: Duration) -> i32 {
    let seconds = wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0));
    i32::try_from(seconds.min(HIDDEN_S_MAX)).unwrap_or(i32::MAX)
}

/// `arn:aws:sqs:<region>:<account>:<name>` is at `<endpoint>/<account>/<name>`.
fn queue_url(arn: &str, endpoint_url: Option<&str>) -> Option<String> {
    let pieces: Vec<&str> = arn.split(':').collect();
    let ["arn", partition, "sqs", region, account, name] = pieces[..] else {
        return None;
    };
    let domain = if partition == "aws-cn" {
        "amazonaws.com.cn"
    } else {
        "amazonaws.com"
    };
    let endpoint = endpoint_url.map_or_else(|| format!("https://sqs.{region}.{domain}"), str::to_owned);
    Some(format!("{endpoint}/{account}/{name}"))
}

/// An error and its causes in one line.
fn in_words(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    let mut words: Vec<String> = causes.map(ToString::to_string).collect();
    words.dedup();
    words.join(": ")
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
