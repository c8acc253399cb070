//! A status of a message of ours.

use delivery::{FailedLater, Moment, failed_later};
use domain::delivery::{Delivery, PartName, Phase, Progress};
use domain::destination::DestinationKind;
use domain::fault::{Fault, Why};
use domain::ids::{Correlation, OrgId};
use domain::message::Deliver;
use domain::whatsapp::fault;
use futures_util::FutureExt;
use jiff::Timestamp;
use store::deliveries::{Move, StatusApplied};

use crate::update::Status;
use crate::{InboundError, ProcessInbound, Worked};

impl ProcessInbound {
    /// Moves the Delivery on. `holder` is whose number the message was sent from, where somebody holds it still.
    pub(crate) async fn status(&self, status: &Status, holder: Option<&OrgId>) -> Result<Worked, InboundError> {
        let Some(progress) = status.progress() else {
            return Ok(Worked::Done);
        };
        let Some(to) = self.correlation(status).await? else {
            tracing::info!(status.word = %status.status, "a status of a message that is not ours was passed over");
            return Ok(Worked::Done);
        };
        // Whoever holds a token for their own number can have Meta carry any reference, ours to another organisation's Delivery too.
        if holder.is_some_and(|holder| *holder != to.org) {
            tracing::warn!(org.id = %to.org, "a status of another organisation's number was passed over");
            return Ok(Worked::Done);
        }
        let now = self.runtime.clock.now();
        let at = happened_at(&status.timestamp, now);
        let failure = (progress == Progress::Failed).then(|| reason(status));
        let why = failure.as_ref().map(Fault::why);
        let applied = self.store.apply_status(&to, progress, &status.id, at, why.as_ref()).await?;
        match (applied, failure) {
            (StatusApplied::Moved(delivery), None) => {
                if delivery
                    .part(PartName::Image)
                    .is_some_and(|chart| chart.progress >= Progress::Delivered)
                {
                    self.reached(&to).await?;
                }
                self.go_on(&to, &delivery).await
            }
            (StatusApplied::Moved(delivery), Some(failure)) => self.failed(&to, &delivery, &failure, true).await,
            // Seen before, perhaps by a worker that died before it went on.
            (StatusApplied::Nothing(delivery), None) => self.go_on(&to, &delivery).await,
            (StatusApplied::Nothing(delivery), Some(failure)) if is_failed(&delivery, &to, &status.id) => {
                self.failed(&to, &delivery, &failure, false).await
            }
            (StatusApplied::Nothing(_) | StatusApplied::Missing, _) => Ok(Worked::Done),
        }
    }

    async fn correlation(&self, status: &Status) -> Result<Option<Correlation>, InboundError> {
        match status.biz_opaque_callback_data.as_deref().and_then(Correlation::parse) {
            Some(to) => Ok(Some(to)),
            None => Ok(self.store.delivery_of_message(DestinationKind::Whatsapp, &status.id).await?),
        }
    }

    /// A status is evidence: a Delivery that waited for it goes on, and one that was given up too early is done.
    async fn go_on(&self, to: &Correlation, delivery: &Delivery) -> Result<Worked, InboundError> {
        let is_explained = delivery.parts.iter().all(|part| part.progress != Progress::InFlight);
        let next = match delivery.phase {
            Phase::Unknown if is_explained => Phase::Queued,
            Phase::Failed | Phase::Expired if delivery.next_part().is_none() => Phase::Done,
            _ => return Ok(Worked::Done),
        };
        if next == Phase::Queued {
            // Sent first: a crash after it leaves a message too many, and claims are made for that.
            self.queues.send(&deliver(to, delivery.kind)).await?;
        }
        self.store
            .move_delivery(&to.org, &to.delivery, Move::new(delivery.phase, next), self.runtime.clock.now())
            .await?;
        Ok(Worked::Done)
    }

    /// The person is within reach: runs that did not reach them count no more.
    async fn reached(&self, to: &Correlation) -> Result<(), InboundError> {
        let destination = self.store.destination(&to.org, &to.delivery.destination).await?;
        if destination.is_some_and(|destination| destination.unreachable_runs > 0) {
            self.store.reset_unreachable(&to.org, &to.delivery.destination).await?;
        }
        Ok(())
    }

    async fn failed(&self, to: &Correlation, delivery: &Delivery, failure: &Fault, is_news: bool) -> Result<Worked, InboundError> {
        let enqueue = |message: Deliver| {
            let queues = self.queues.clone();
            async move { queues.send(&message).await.map_err(|error| error.to_string()) }.boxed()
        };
        let now = || self.runtime.clock.now();
        let moment = Moment {
            now: &now,
            enqueue: &enqueue,
            lease_token: String::new(),
            jitter: self.runtime.entropy.jitter(),
        };
        match failed_later(&self.store, &moment, to, delivery, failure, is_news).await? {
            FailedLater::Decided => Ok(Worked::Done),
            FailedLater::Busy => Ok(Worked::Later),
            FailedLater::SendAgain => {
                self.queues.send(&deliver(to, delivery.kind)).await?;
                Ok(Worked::Done)
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
    Deliver {
        org_id: to.org.clone(),
        delivery_id: to.delivery.clone(),
        kind,
    }
}

fn is_failed(delivery: &Delivery, to: &Correlation, message_id: &str) -> bool {
    delivery
        .part(to.part)
        .is_some_and(|part| part.progress == Progress::Failed && part.provider_id.as_deref() == Some(message_id))
}

fn reason(status: &Status) -> Fault {
    match status.errors.first() {
        Some(error) => fault(error.code, None),
        None => Fault::Rejected {
            why: Why::new("whatsapp.failed", "WhatsApp could not deliver the message and gave no reason."),
        },
    }
}
