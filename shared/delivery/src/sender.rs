//! A sender function: its queue's messages through the pipeline.

use domain::message::Deliver;
use futures_util::FutureExt;
use runtime::sqs::{Batch, DeliverQueues, Disposition, InvalidEvent, Record};
use runtime::{Runtime, SqsBatchResponse, SqsEvent, StartError};

use crate::{DeliveryError, Desk, Destination, Moment, Next, deliver};

/// A message that was received so often and has to wait once more gives its place to a fresh one: waiting is no failure, and must not end
/// among the dead letters. The Delivery itself says when its next try is due, and how many there are. Below the queues' `maxReceiveCount`.
const RENEWED_AT_RECEIVE: u32 = 6;

/// One of the `send-*` functions: all of it but the channel's protocol. Build it once.
#[derive(Debug)]
pub struct Sender<D> {
    runtime: Runtime,
    desk: Desk,
    queues: DeliverQueues,
    batch: Batch,
    destination: D,
}

impl<D: Destination + Sync> Sender<D> {
    /// A sender through `destination`, with the settings of [`Desk::from_env`] and [`DeliverQueues::from_env`].
    ///
    /// # Errors
    /// [`StartError`] where a setting is missing.
    pub fn new(runtime: Runtime, destination: D) -> Result<Self, StartError> {
        let (desk, queues, batch) = (Desk::from_env(&runtime)?, DeliverQueues::from_env(&runtime)?, runtime.batch());
        Ok(Self {
            runtime,
            desk,
            queues,
            batch,
            destination,
        })
    }

    /// Opens the connection to the table while the function still starts; what fails here fails again, and is reported, at the first message.
    pub async fn warm_up(&self) {
        drop(self.desk.store.table.warm_up().await);
    }

    /// Works on a batch of Deliver messages.
    ///
    /// # Errors
    /// [`InvalidEvent`] where the event is not SQS's.
    pub async fn handle(&self, event: SqsEvent) -> Result<SqsBatchResponse, InvalidEvent> {
        self.batch
            .run(event, |message: Deliver, record| async move { self.one(&message, &record).await })
            .await
    }

    async fn one(&self, message: &Deliver, record: &Record) -> Result<Disposition, DeliveryError> {
        let enqueue = |message: Deliver| {
            let queues = self.queues.clone();
            async move { queues.send(&message).await.map_err(|error| error.to_string()) }.boxed()
        };
        let now = || self.runtime.clock.now();
        let moment = Moment {
            now: &now,
            enqueue: &enqueue,
            lease_token: format!("{:032x}", self.runtime.entropy.bits()),
            jitter: self.runtime.entropy.jitter(),
        };
        Ok(match deliver(&self.desk, &self.destination, &moment, message).await? {
            Next::Done => Disposition::Done,
            Next::Again(_) if record.receive_count >= RENEWED_AT_RECEIVE => {
                self.queues
                    .send(message)
                    .await
                    .map_err(|error| DeliveryError::Queue(error.to_string()))?;
                Disposition::Done
            }
            Next::Again(wait) => Disposition::RetryAfter(wait),
        })
    }
}
