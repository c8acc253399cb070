//! A status of a message of ours.

use std::time::Duration;

use delivery::{FailedLater, Moment, failed_later};
use domain::delivery::{Delivery, PartName, Phase, Progress};
use domain::destination::DestinationKind;
use domain::fault::{Fault, Why};
use domain::ids::Correlation;
use domain::message::Deliver;
use domain::whatsapp::fault;
use futures_util::FutureExt;
use jiff::Timestamp;
use store::deliveries::StatusApplied;

use crate::update::Status;
use crate::{InboundError, ProcessInbound};

impl ProcessInbound {
    /// Moves the Delivery on; `Some` where that can only be done later.
    pub(crate) async fn status(&self, status: &Status) -> Result<Option<Duration>, InboundError> {
        let Some(progress) = status.progress() else { return Ok(None) };
        let Some(to) = self.correlation(status).await? else {
            tracing::info!(status.word = %status.status, "a status of a message that is not ours was passed over");
            return Ok(None);
        };
        let now = self.runtime.clock.now();
        let at = happened_at(&status.timestamp, now);
        let failure = (progress == Progress::Failed).then(|| reason(status));
        let why = failure.as_ref().map(Fault::why);
        let applied = self.store.apply_status(&to, progress, &status.id, at, why.as_ref()).await?;
        match (applied, failure) {
            (StatusApplied::Moved(delivery), None) => {
                self.go_on(&to, &delivery).await?;
                Ok(None)
            }
            (StatusApplied::Nothing, None) => Ok(None),
            (StatusApplied::Moved(delivery), Some(failure)) => self.failed(&to, &delivery, &failure).await,
            // Seen before, perhaps by a worker that died before it decided.
            (StatusApplied::Nothing, Some(failure)) => {
                let delivery = self.store.delivery(&to.org, &to.delivery).await?;
                match delivery.filter(|delivery| is_failed(delivery, &to, &status.id)) {
                    Some(delivery) => self.failed(&to, &delivery, &failure).await,
                    None => Ok(None),
                }
            }
        }
    }

    async fn correlation(&self, status: &Status) -> Result<Option<Correlation>, InboundError> {
        match status.biz_opaque_callback_data.as_deref().and_then(Correlation::parse) {
            Some(to) => Ok(Some(to)),
            None => Ok(self.store.delivery_of_message(DestinationKind::Whatsapp, &status.id).await?),
        }
    }

    /// A status is evidence: a Delivery that waited for it goes on.
    async fn go_on(&self, to: &Correlation, delivery: &Delivery) -> Result<(), InboundError> {
        if delivery.part(PartName::Image).is_some_and(|chart| chart.progress >= Progress::Delivered) {
            self.reached(to).await?;
        }
        if delivery.phase != Phase::Unknown {
            return Ok(());
        }
        // Sent first: a crash after it leaves a message too many, and claims are made for that.
        self.queues.send(&deliver(to, delivery.kind)).await?;
        self.store.move_delivery(&to.org, &to.delivery, Phase::Unknown, Phase::Queued, None, self.runtime.clock.now()).await?;
        Ok(())
    }

    /// The person is within reach: runs that did not reach them count no more.
    async fn reached(&self, to: &Correlation) -> Result<(), InboundError> {
        let destination = self.store.destination(&to.org, &to.delivery.destination).await?;
        if destination.is_some_and(|destination| destination.unreachable_runs > 0) {
            self.store.reset_unreachable(&to.org, &to.delivery.destination).await?;
        }
        Ok(())
    }

    async fn failed(&self, to: &Correlation, delivery: &Delivery, failure: &Fault) -> Result<Option<Duration>, InboundError> {
        let enqueue = |message: Deliver| {
            let queues = self.queues.clone();
            async move { queues.send(&message).await.map_err(|error| error.to_string()) }.boxed()
        };
        let now = || self.runtime.clock.now();
        let moment = Moment { now: &now, enqueue: &enqueue, lease_token: String::new(), jitter: self.runtime.entropy.jitter() };
        match failed_later(&self.store, &moment, to, delivery, failure).await? {
            FailedLater::Decided => Ok(None),
            FailedLater::Busy(wait) => Ok(Some(wait)),
            FailedLater::SendAgain => {
                self.queues.send(&deliver(to, delivery.kind)).await?;
                Ok(None)
            }
        }
    }
}

/// Meta's own time, in whole seconds; within the second that is now, ours is the finer one.
fn happened_at(seconds: &str, now: Timestamp) -> Timestamp {
    let given = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    given.filter(|given| now.as_second() - given.as_second() > 1).unwrap_or(now)
}

fn deliver(to: &Correlation, kind: DestinationKind) -> Deliver {
    Deliver { org_id: to.org.clone(), delivery_id: to.delivery.clone(), kind }
}

fn is_failed(delivery: &Delivery, to: &Correlation, message_id: &str) -> bool {
    delivery.part(to.part).is_some_and(|part| part.progress == Progress::Failed && part.provider_id.as_deref() == Some(message_id))
}

fn reason(status: &Status) -> Fault {
    match status.errors.first() {
        Some(error) => fault(error.code, None),
        None => Fault::Rejected { why: Why::new("whatsapp.failed", "WhatsApp could not deliver the message and gave no reason.") },
    }
}
