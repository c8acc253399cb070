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

use domain::message::{Inbound, InboundBody, Provider};
use futures_util::{StreamExt, TryStreamExt, stream};
use runtime::sqs::{Batch, DeliverQueues, Disposition, InvalidEvent, SendError};
use runtime::{Runtime, SqsBatchResponse, SqsEvent, StartError};
use store::{Store, StoreError};

pub use update::{Message, Status, Update, updates};

/// So many updates of one body are worked on at the same time.
const IN_FLIGHT_MAX: usize = 16;

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
        Ok(Self { runtime, store, queues, batch })
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
        self.batch.run(event, |message: Inbound, _| async move { self.one(message).await }).await
    }

    async fn one(&self, message: Inbound) -> Result<Disposition, InboundError> {
        let body = match message.body {
            InboundBody::Inline(text) => text.into_bytes(),
            InboundBody::Stored(key) => self.store.bucket.inbound(&key).await?.ok_or(InboundError::Missing(key))?,
        };
        let Provider::Whatsapp = message.provider;
        let updates = updates(&body).map_err(|error| InboundError::Shape(error.classify(), error.line(), error.column()))?;
        let worked_on = stream::iter(updates).map(|update| self.update(update)).buffer_unordered(IN_FLIGHT_MAX);
        let waits: Vec<Option<std::time::Duration>> = worked_on.try_collect().await?;
        Ok(waits.into_iter().flatten().max().map_or(Disposition::Done, Disposition::RetryAfter))
    }

    /// `Some` where it can only be worked on later.
    async fn update(&self, update: Update) -> Result<Option<std::time::Duration>, InboundError> {
        match update {
            Update::Status(status) => self.status(&status).await,
            Update::Message(message) => self.wake(&message).await.map(|()| None),
        }
    }
}
