//! The host by hand: one batch at a time, and everything that can go wrong around it.

use std::collections::BTreeMap;

use runtime::SqsBatchResponse;

use super::batch::{Depth, Received, depth, words};
use super::{Host, HostError};

/// Batches after which [`Host::drain`] gives up: something puts its own message back.
const STEPS_MAX: usize = 2_000;
/// Dead letters that are looked at.
const DEAD_LETTERS_MAX: usize = 1_000;

/// What one step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stepped {
    /// Messages that were received.
    pub received: usize,
    /// Of these, the ones that left the queue.
    pub done: usize,
    /// Of these, the ones that stay in the queue, hidden for a while.
    pub failed: usize,
}

impl Host {
    /// Receives what is there for the function in that folder (at most one batch), calls it, and deletes what it has done. Does not wait.
    ///
    /// # Errors
    /// No such function, or the endpoint does not answer. A function's own failure is `failed`.
    pub async fn step(&self, folder: &str) -> Result<Stepped, HostError> {
        let stage = self.stage(folder)?;
        let received = stage.receive(0).await?;
        if received.is_empty() {
            return Ok(Stepped::default());
        }
        let failed = stage.work(&received, &self.calls).await?;
        Ok(Stepped {
            received: received.len(),
            done: received.len() - failed,
            failed,
        })
    }

    /// Steps every function until nothing can be received any more; hidden messages stay. Gives the sums.
    ///
    /// # Errors
    /// As [`Host::step`], and where it does not end after 2,000 batches.
    pub async fn drain(&self) -> Result<Stepped, HostError> {
        let mut all = Stepped::default();
        let mut idle = 0;
        for stage in self.stages.iter().cycle().take(STEPS_MAX) {
            let stepped = self.step(&stage.folder).await?;
            all = Stepped {
                received: all.received + stepped.received,
                done: all.done + stepped.done,
                failed: all.failed + stepped.failed,
            };
            idle = if stepped.received == 0 { idle + 1 } else { 0 };
            if idle == self.stages.len() {
                return Ok(all);
            }
        }
        Err(HostError::new(format!("the queues are not empty after {STEPS_MAX} steps")))
    }

    /// Receives a batch and leaves it at that. Whoever drops it is a process that died.
    ///
    /// # Errors
    /// No such function, or the endpoint does not answer.
    pub async fn receive(&self, folder: &str) -> Result<Received, HostError> {
        self.stage(folder)?.receive(0).await
    }

    /// Calls the function with a batch, without telling the queue. May be repeated (a message delivered twice), and dropped half-way (a
    /// process that died): what it wrote stays, its messages stay hidden.
    ///
    /// # Errors
    /// No such function, an event that is not SQS's, or the function's timeout.
    pub async fn handle(&self, received: &Received) -> Result<SqsBatchResponse, HostError> {
        self.stage(&received.folder)?.handle(received).await
    }

    /// Deletes the messages of a batch that the function has done.
    ///
    /// # Errors
    /// No such function, or the endpoint does not answer.
    pub async fn settle(&self, received: &Received, response: &SqsBatchResponse) -> Result<Stepped, HostError> {
        let failed = self.stage(&received.folder)?.settle(received, Ok(response)).await?;
        Ok(Stepped {
            received: received.len(),
            done: received.len() - failed,
            failed,
        })
    }

    /// Makes the messages of a batch visible again at once, as if the visibility timeout had passed.
    ///
    /// # Errors
    /// No such function.
    pub async fn show_again(&self, received: &Received) -> Result<(), HostError> {
        self.stage(&received.folder)?.show_received(received).await
    }

    /// Makes every message visible again that a step of this function left hidden: its retries are due now.
    ///
    /// # Errors
    /// No such function.
    pub async fn retry_now(&self, folder: &str) -> Result<(), HostError> {
        let stage = self.stage(folder)?;
        stage.show(&stage.take_left()).await
    }

    /// How much is in every queue, dead-letter queues too, by the template's names (`DueQueue`).
    ///
    /// # Errors
    /// The endpoint does not answer.
    pub async fn depths(&self) -> Result<BTreeMap<String, Depth>, HostError> {
        let sqs = aws_sdk_sqs::Client::new(&self.sdk);
        let mut depths = BTreeMap::new();
        for (name, queue) in &self.resources.queues {
            depths.insert(name.clone(), depth(&sqs, &queue.url).await?);
        }
        Ok(depths)
    }

    /// The bodies of the messages that the function's queue has given up; they stay where they are.
    ///
    /// # Errors
    /// No such function, or the endpoint does not answer.
    pub async fn dead_letters(&self, folder: &str) -> Result<Vec<String>, HostError> {
        let stage = self.stage(folder)?;
        let queue = stage.dead_letters.as_ref().and_then(|name| self.resources.queues.get(name));
        let Some(queue) = queue else { return Ok(Vec::new()) };
        let mut bodies = BTreeMap::new();
        // Hidden while the rest is looked at, then shown again.
        let mut receipts = Vec::new();
        while bodies.len() < DEAD_LETTERS_MAX {
            let call = stage
                .sqs
                .receive_message()
                .queue_url(&queue.url)
                .max_number_of_messages(10)
                .visibility_timeout(30);
            let answer = call.send().await.map_err(|error| HostError::new(words(&error)))?;
            let messages = answer.messages.unwrap_or_default();
            if messages.is_empty() {
                break;
            }
            for message in messages {
                bodies.insert(message.message_id.unwrap_or_default(), message.body.unwrap_or_default());
                receipts.extend(message.receipt_handle);
            }
        }
        for receipt in receipts {
            drop(
                stage
                    .sqs
                    .change_message_visibility()
                    .queue_url(&queue.url)
                    .receipt_handle(receipt)
                    .visibility_timeout(0)
                    .send()
                    .await,
            );
        }
        Ok(bodies.into_values().collect())
    }
}
