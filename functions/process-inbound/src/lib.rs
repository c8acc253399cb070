//! Works on what providers told us: statuses move Deliveries on, a person's message opens what waited for it.
//!
//! Knows: the shape of Meta's updates, and what each changes. Must never know: whether an update is genuine (`receive-webhook` proved it),
//! how anything is sent, where it runs (`main.rs` does).
//!
//! Updates come twice, late and in any order, a thousand at a time. Each one alone is safe to repeat, so that a batch that fails half-way
//! simply comes again. What is not understood is passed over: providers add fields and kinds every month.

mod status;
mod update;
mod wake;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use domain::ids::OrgId;
use domain::message::{Inbound, InboundBody, Provider};
use futures_util::{StreamExt, stream};
use runtime::sqs::{Batch, DeliverQueues, Disposition, InvalidEvent, Record, SendError};
use runtime::{Runtime, SqsBatchResponse, SqsEvent, StartError};
use store::{Store, StoreError};

pub use update::{Message, Status, Update, updates};

/// So many updates of one body are worked on at the same time.
const IN_FLIGHT_MAX: usize = 16;

/// How long a sender that is at work is given first, in seconds; each further time twice as long. Seven times are ten minutes: longer than a
/// sender's queue hides the message of one that died.
const BUSY_S: u64 = 5;

/// The function. Build it once.
#[derive(Debug)]
pub struct ProcessInbound {
    runtime: Runtime,
    store: Store,
    queues: DeliverQueues,
    batch: Batch,
}

/// Why a message could not be worked on; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum InboundError {
    /// The table or the bucket.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A sender's queue.
    #[error(transparent)]
    Send(#[from] SendError),
    /// A decision about a late failure.
    #[error(transparent)]
    Delivery(#[from] delivery::DeliveryError),
    /// The body is not in the bucket.
    #[error("the body {0} is not in the bucket")]
    Missing(String),
    /// The body is no JSON of the provider's shape; its text is not shown.
    #[error("the body is not what the provider documents: {0:?} at line {1}, column {2}")]
    Shape(serde_json::error::Category, usize, usize),
}

impl ProcessInbound {
    /// Reads `TABLE_NAME`, `BUCKET_NAME` and the senders' queues.
    ///
    /// # Errors
    /// [`StartError`] where one is missing.
    pub fn new(runtime: Runtime) -> Result<Self, StartError> {
        let env = &runtime.env;
        let store = Store::new(&runtime.sdk, env.text("TABLE_NAME")?, env.text("BUCKET_NAME")?);
        let (queues, batch) = (DeliverQueues::from_env(&runtime)?, runtime.batch());
        Ok(Self {
            runtime,
            store,
            queues,
            batch,
        })
    }

    /// Opens the connection to the table while the function still starts; what fails here fails again, and is reported, at the first message.
    pub async fn warm_up(&self) {
        drop(self.store.table.warm_up().await);
    }

    /// Works on a batch of Inbound messages.
    ///
    /// # Errors
    /// [`InvalidEvent`] where the event is not SQS's.
    pub async fn handle(&self, event: SqsEvent) -> Result<SqsBatchResponse, InvalidEvent> {
        self.batch
            .run(event, |message: Inbound, record| async move { self.one(message, &record).await })
            .await
    }

    async fn one(&self, message: Inbound, record: &Record) -> Result<Disposition, InboundError> {
        let body = match message.body {
            InboundBody::Inline(text) => text.into_bytes(),
            InboundBody::Stored(key) => self.store.bucket.inbound(&key).await?.ok_or(InboundError::Missing(key))?,
        };
        let Provider::Whatsapp = message.provider;
        let updates = updates(&body).map_err(|error| InboundError::Shape(error.classify(), error.line(), error.column()))?;
        let holders = &self.holders(&updates).await?;
        // All of them are worked on before one that failed takes the body back to its queue.
        let worked_on: Vec<_> = stream::iter(updates)
            .map(|update| self.update(update, holders))
            .buffer_unordered(IN_FLIGHT_MAX)
            .collect()
            .await;
        let worked_on = worked_on.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(if worked_on.contains(&Worked::Later) {
            Disposition::RetryAfter(busy(record.receive_count))
        } else {
            Disposition::Done
        })
    }

    /// Which organisation holds the numbers that the statuses are of.
    async fn holders(&self, updates: &[Update]) -> Result<HashMap<String, OrgId>, InboundError> {
        let numbers: BTreeSet<&str> = updates
            .iter()
            .filter_map(Update::status)
            .map(|status| status.phone_number_id.as_str())
            .filter(|id| !id.is_empty())
            .collect();
        let mut holders = HashMap::new();
        for number in numbers {
            if let Some(holder) = self.store.account_holder("whatsapp", number).await? {
                holders.insert(number.to_owned(), holder.org);
            }
        }
        Ok(holders)
    }

    async fn update(&self, update: Update, holders: &HashMap<String, OrgId>) -> Result<Worked, InboundError> {
        match update {
            Update::Status(status) => self.status(&status, holders.get(&status.phone_number_id)).await,
            Update::Message(message) => self.wake(&message).await.map(|()| Worked::Done),
        }
    }
}

/// What became of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worked {
    Done,
    /// It can only be worked on later: a sender is at work on the same Delivery.
    Later,
}

fn busy(receive_count: u32) -> Duration {
    Duration::from_secs(BUSY_S << receive_count.clamp(1, 8).saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::busy;

    /// `maxReceiveCount` lets a body come eight times; seven waits are between them.
    #[test]
    fn a_dead_sender_is_waited_out() {
        let all_s: u64 = (1..8).map(|receive| busy(receive).as_secs()).sum();
        assert!(all_s > 360, "{all_s} s are less than a sender's queue hides its message");
        assert_eq!([0, 1, 2, u32::MAX].map(|receive| busy(receive).as_secs()), [5, 5, 10, 640]);
    }
}
