//! One function and its queue, as Lambda's event source mapping stands between them.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_sqs::types::{DeleteMessageBatchRequestEntry, Message, MessageSystemAttributeName};
use jiff::Timestamp;
use runtime::{SdkConfig, SqsBatchResponse, SqsEvent};
use serde_json::{Map, Value, json};

use super::HostError;
use super::batch::{Held, Received, words};
use super::calls::{Call, Calls};
use super::functions::QueueHandler;
use crate::resources::QueueHandle;
use crate::template::{FunctionSpec, Template, TriggerSpec};

/// Most messages of one ReceiveMessage or DeleteMessageBatch: SQS's limit.
const MESSAGES_MAX: usize = 10;

pub(super) struct Stage {
    pub folder: String,
    pub trigger: TriggerSpec,
    pub queue: QueueHandle,
    /// Where the queue gives messages up to.
    pub dead_letters: Option<String>,
    timeout: Duration,
    handler: QueueHandler,
    pub sqs: aws_sdk_sqs::Client,
    /// What was received and stays in the queue.
    left: Mutex<Vec<Held>>,
}

impl Stage {
    pub(super) fn new(
        sdk: &SdkConfig,
        template: &Template,
        spec: &FunctionSpec,
        trigger: TriggerSpec,
        queue: QueueHandle,
        handler: QueueHandler,
    ) -> Self {
        let redrive = template.queue(&trigger.queue).and_then(|queue| queue.redrive.as_ref());
        Self {
            folder: spec.folder.clone(),
            dead_letters: redrive.map(|redrive| redrive.dead_letters.clone()),
            trigger,
            queue,
            timeout: Duration::from_secs(spec.timeout_s.into()),
            handler,
            sqs: aws_sdk_sqs::Client::new(sdk),
            left: Mutex::default(),
        }
    }

    /// One batch. With `wait_s` a first message may take so many seconds, and more are gathered as the template says; without, it is what is
    /// there now.
    pub(super) async fn receive(&self, wait_s: u8) -> Result<Received, HostError> {
        let batch_max = usize::try_from(self.trigger.batch_size).unwrap_or(MESSAGES_MAX);
        let window_s = if wait_s == 0 { 0 } else { self.trigger.batching_window_s };
        let window = Duration::from_secs(window_s.into());
        let mut messages = self.receive_some(batch_max, wait_s).await?;
        let gathering = runtime::Clock::system().stopwatch();
        while !messages.is_empty() && messages.len() < batch_max && gathering.elapsed() < window {
            match self.receive_some(batch_max - messages.len(), 1).await {
                Ok(more) => messages.extend(more),
                // What is here must not wait for what is not.
                Err(_) => break,
            }
        }
        let (held, records) = messages
            .into_iter()
            .map(|message| self.record(message))
            .unzip::<_, _, Vec<_>, Vec<_>>();
        Ok(Received {
            folder: self.folder.clone(),
            messages: held,
            event: json!({ "Records": records }),
        })
    }

    async fn receive_some(&self, count_max: usize, wait_s: u8) -> Result<Vec<Message>, HostError> {
        let call = self
            .sqs
            .receive_message()
            .queue_url(&self.queue.url)
            .max_number_of_messages(i32::try_from(count_max.min(MESSAGES_MAX)).unwrap_or(1))
            .wait_time_seconds(wait_s.into())
            .message_system_attribute_names(MessageSystemAttributeName::All);
        let received = call.send().await.map_err(|error| self.refused("receive from", &error))?;
        let (ours, placeholders): (Vec<_>, Vec<_>) = received
            .messages
            .unwrap_or_default()
            .into_iter()
            .partition(|message| !is_unfilled(message));
        let unfilled = placeholders
            .iter()
            .filter_map(|message| message.receipt_handle.clone())
            .collect::<Vec<_>>();
        self.delete(&unfilled).await?;
        Ok(ours)
    }

    /// As https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html has it.
    fn record(&self, message: Message) -> (Held, Value) {
        let attributes: Map<String, Value> = message
            .attributes
            .unwrap_or_default()
            .into_iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.into()))
            .collect();
        let sent_ms = attributes
            .get("SentTimestamp")
            .and_then(|millis| millis.as_str()?.parse().ok())
            .unwrap_or_default();
        let held = Held {
            id: message.message_id.unwrap_or_default(),
            receipt: message.receipt_handle.unwrap_or_default(),
            sent_at: Timestamp::from_millisecond(sent_ms).unwrap_or_default(),
        };
        let region = self.queue.arn.split(':').nth(3).unwrap_or_default();
        let record = json!({
            "messageId": held.id,
            "receiptHandle": held.receipt,
            "body": message.body.unwrap_or_default(),
            "attributes": attributes,
            "messageAttributes": {},
            "md5OfBody": message.md5_of_body.unwrap_or_default(),
            "eventSource": "aws:sqs",
            "eventSourceARN": self.queue.arn,
            "awsRegion": region,
        });
        (held, record)
    }

    /// Calls the function. Lambda ends a call that takes too long; so does this.
    pub(super) async fn handle(&self, received: &Received) -> Result<SqsBatchResponse, HostError> {
        let event: SqsEvent = serde_json::from_value(received.event.clone())
            .map_err(|error| HostError::new(format!("an event for functions/{} cannot be read: {error}", self.folder)))?;
        match tokio::time::timeout(self.timeout, (self.handler)(event)).await {
            Ok(response) => response.map_err(|invalid| HostError::new(invalid.to_string())),
            Err(_) => Err(HostError::new(format!(
                "functions/{} took longer than its {} s",
                self.folder,
                self.timeout.as_secs()
            ))),
        }
    }

    /// Deletes what is done; gives how many stay.
    pub(super) async fn settle(&self, received: &Received, response: Result<&SqsBatchResponse, &HostError>) -> Result<usize, HostError> {
        let failed: BTreeSet<&str> = match response {
            Ok(response) if self.trigger.reports_item_failures => response
                .batch_item_failures
                .iter()
                .map(|item| item.item_identifier.as_str())
                .collect(),
            Ok(_) => BTreeSet::new(),
            Err(_) => received.messages.iter().map(|held| held.id.as_str()).collect(),
        };
        // An id that is nobody's, the empty one too, is a whole batch failed: so Lambda takes it.
        let is_whole = failed.iter().any(|id| !received.messages.iter().any(|held| held.id == *id));
        let (stay, done): (Vec<&Held>, Vec<&Held>) = received
            .messages
            .iter()
            .partition(|held| is_whole || failed.contains(held.id.as_str()));
        self.left().extend(stay.iter().map(|held| (*held).clone()));
        let done: Vec<String> = done.into_iter().map(|held| held.receipt.clone()).collect();
        self.delete(&done).await?;
        Ok(stay.len())
    }

    async fn delete(&self, receipts: &[String]) -> Result<(), HostError> {
        for ten in receipts.chunks(MESSAGES_MAX) {
            let entries = ten.iter().enumerate().map(|(index, receipt)| {
                DeleteMessageBatchRequestEntry::builder()
                    .id(index.to_string())
                    .receipt_handle(receipt)
                    .build()
            });
            let entries = entries
                .collect::<Result<_, _>>()
                .map_err(|error| HostError::new(error.to_string()))?;
            let call = self
                .sqs
                .delete_message_batch()
                .queue_url(&self.queue.url)
                .set_entries(Some(entries));
            call.send().await.map_err(|error| self.refused("delete from", &error))?;
        }
        Ok(())
    }

    /// The whole of what Lambda does with a batch.
    pub(super) async fn work(&self, received: &Received, calls: &Calls) -> Result<usize, HostError> {
        let clock = runtime::Clock::system();
        let began_at = clock.now();
        let response = self.handle(received).await;
        if let Err(error) = &response {
            tracing::error!(function = self.folder, error = %error, "a function failed; its messages come again");
        }
        let failed = self.settle(received, response.as_ref()).await?;
        let sent_at = received.messages.iter().map(|held| held.sent_at).min().unwrap_or(began_at);
        let call = Call {
            folder: self.folder.clone(),
            sent_at,
            began_at,
            ended_at: clock.now(),
            received: received.len(),
            failed,
        };
        let (waited_ms, worked_ms) = (
            began_at.duration_since(sent_at).as_millis(),
            call.ended_at.duration_since(began_at).as_millis(),
        );
        tracing::debug!(
            function = self.folder,
            waited_ms,
            worked_ms,
            received = call.received,
            failed,
            "a batch is done"
        );
        calls.note(call);
        Ok(failed)
    }

    /// Makes messages visible again, whatever hides them.
    pub(super) async fn show(&self, held: &[Held]) -> Result<(), HostError> {
        for held in held {
            let call = self
                .sqs
                .change_message_visibility()
                .queue_url(&self.queue.url)
                .receipt_handle(&held.receipt);
            // One that is gone, or was received again, has nothing to be shown.
            drop(call.visibility_timeout(0).send().await);
        }
        Ok(())
    }

    pub(super) async fn show_received(&self, received: &Received) -> Result<(), HostError> {
        self.show(&received.messages).await
    }

    pub(super) fn take_left(&self) -> Vec<Held> {
        std::mem::take(&mut *self.left())
    }

    fn left(&self) -> std::sync::MutexGuard<'_, Vec<Held>> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refused<E: std::error::Error + 'static>(&self, what: &str, error: &E) -> HostError {
        HostError::new(format!("could not {what} {}: {}", self.trigger.queue, words(error)))
    }
}

/// Emulators that fire schedules themselves may leave the Scheduler's placeholder where AWS writes the time. Our own firing replaces theirs
/// (see `scheduler`), so what they send so is taken away before a function sees it.
fn is_unfilled(message: &Message) -> bool {
    message
        .body
        .as_ref()
        .is_some_and(|body| body.contains(crate::scheduler::SCHEDULED_TIME))
}
