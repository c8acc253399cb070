//! What follows when a Delivery cannot go on.

use domain::connection::{Connection, ConnectionState};
use domain::delivery::{Delivery, Part, PartName, Phase};
use domain::fault::{Action, Fault, Why, decide};
use domain::ids::{DeliveryId, OrgId};
use domain::message::Deliver;
use jiff::Timestamp;
use store::Store;
use store::deliveries::Move;
use store::waiting::WaitingFor;

use crate::pipeline::Sending;
use crate::{DeliveryError, Destination, Evidence, FALLBACK_LIFE, Moment, Next};

/// How a Delivery ends that did not arrive.
pub(crate) struct Conclusion {
    pub(crate) phase: Phase,
    pub(crate) why: Why,
    pub(crate) not_sent: Option<PartName>,
}

impl Conclusion {
    pub(crate) fn new(phase: Phase, why: Why) -> Self {
        Self {
            phase,
            why,
            not_sent: None,
        }
    }
}

/// The decision about a fault of this kind of Destination. Where the receiver drops repeated ids, not knowing is as good as not sent.
pub(crate) fn conclude<D: Destination>(fault: &Fault, delivery: &Delivery, now: Timestamp, jitter: f32) -> (Action, Why) {
    let why = fault.why();
    let retry = match (fault, D::EVIDENCE) {
        (Fault::Unknown { why }, Evidence::SameId) => Some(Fault::Retry {
            after: None,
            why: why.clone(),
        }),
        _ => None,
    };
    (
        decide(retry.as_ref().unwrap_or(fault), delivery.attempt, delivery.expires_at, now, jitter),
        why,
    )
}

impl Sending<'_> {
    /// Ends the Delivery. The fallback is on its way before the end is written: a crash between the two repeats it, and the fallback's own
    /// key makes it one.
    pub(crate) async fn finish(&self, conclusion: Conclusion) -> Result<Next, DeliveryError> {
        let nothing_arrived = self.delivery.parts.iter().all(|part| !part.progress.is_taken());
        if nothing_arrived {
            start_fallback(&self.desk.store, self.moment, self.org, self.delivery).await?;
        }
        let Conclusion { phase, why, not_sent } = conclusion;
        self.desk
            .store
            .release_delivery(self.lease, phase, Some(&why), not_sent, None, self.now())
            .await?;
        tracing::warn!(delivery.id = %self.delivery.id, delivery.phase = phase.as_str(), why.code = %why.code, "a delivery ended without arriving");
        Ok(Next::Done)
    }

    /// Puts the Delivery to rest until its Connection is mended; a fallback does not wait for that.
    pub(crate) async fn hold(&self, connection: &Connection, why: &Why, not_sent: Option<PartName>) -> Result<Next, DeliveryError> {
        let nothing_arrived = self.delivery.parts.iter().all(|part: &Part| !part.progress.is_taken());
        if self.delivery.fallback.is_some() && nothing_arrived {
            return self
                .finish(Conclusion {
                    phase: Phase::Failed,
                    why: why.clone(),
                    not_sent,
                })
                .await;
        }
        let store = &self.desk.store;
        let id = &self.delivery.id;
        store
            .put_waiting(self.org, WaitingFor::Connection(&connection.id), id, self.delivery.expires_at)
            .await?;
        store
            .release_delivery(self.lease, Phase::Held, Some(why), not_sent, None, self.now())
            .await?;
        // Mended between our look at it and now: whoever mended it may have missed this one.
        let mended = store
            .connection(self.org, &connection.id)
            .await?
            .is_some_and(|now| now.connection.state == ConnectionState::Connected);
        if mended
            && store
                .move_delivery(self.org, id, Move::new(Phase::Held, Phase::Queued), self.now())
                .await?
        {
            return Ok(Next::Again(std::time::Duration::ZERO));
        }
        Ok(Next::Done)
    }
}

/// Sends the Run to the fallback instead, where there is one.
pub(crate) async fn start_fallback(store: &Store, moment: &Moment<'_>, org: &OrgId, delivery: &Delivery) -> Result<(), DeliveryError> {
    let Some(fallback) = &delivery.fallback else { return Ok(()) };
    let Some(target) = store.destination(org, fallback).await? else {
        return Ok(());
    };
    let id = DeliveryId {
        run: delivery.id.run.clone(),
        destination: fallback.clone(),
    };
    let (kind, now) = (target.address.kind(), (moment.now)());
    // The picture that exists is the one that is sent: the other channel's own size was not drawn for this run.
    let stand_in = Delivery {
        id: id.clone(),
        kind,
        phase: Phase::Queued,
        parts: Delivery::parts_for(kind, delivery.part(PartName::Analysis).is_some(), &delivery.attachments),
        attempt: 0,
        fallback: None,
        fallback_of: Some(delivery.id.destination.clone()),
        expires_at: delivery.expires_at.max(now.checked_add(FALLBACK_LIFE).unwrap_or(Timestamp::MAX)),
        created_at: now,
        updated_at: now,
        next_try_at: None,
        why: None,
        ..delivery.clone()
    };
    // It may be there already: from a former try, or because the pulse names it as a destination of its own.
    store.create_delivery(org, &stand_in).await?;
    (moment.enqueue)(Deliver {
        org_id: org.clone(),
        delivery_id: id,
        kind,
    })
    .await
    .map_err(DeliveryError::Queue)
}
