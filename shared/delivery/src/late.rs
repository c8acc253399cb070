//! A message that the provider took and could not deliver: told later, by a status.

use std::time::Duration;

use domain::delivery::{Delivery, PartName, Phase};
use domain::destination::Address;
use domain::fault::{Action, Fault, Why, decide};
use domain::ids::Correlation;
use jiff::Timestamp;
use store::Store;
use store::deliveries::Move;
use store::registry::StoredConnection;
use store::waiting::WaitingFor;

use crate::conclude::start_fallback;
use crate::{DeliveryError, Moment};

/// What became of a late failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailedLater {
    /// It was decided about, now or before.
    Decided,
    /// A sender is at work on this Delivery, or about to be: look again later.
    Busy,
    /// It is to be sent again: its sender wants a message, and will wait until it is time.
    SendAgain,
}

/// Decides about a failure that a status reported; the part's progress already says `failed`. `is_news` tells a status that made it so from
/// one that found it so.
///
/// Everything that must follow (a fallback, a place on a waiting list) is written before the Delivery's phase changes, and the phase changes
/// only from what it was: twice is as once.
///
/// # Errors
/// [`DeliveryError`]; the status comes again.
pub async fn failed_later(
    store: &Store,
    moment: &Moment<'_>,
    to: &Correlation,
    delivery: &Delivery,
    fault: &Fault,
    is_news: bool,
) -> Result<FailedLater, DeliveryError> {
    let from = match delivery.phase {
        Phase::Done | Phase::Unknown => delivery.phase,
        // Another part of it waits for its next try.
        Phase::Retrying if is_news => delivery.phase,
        // Decided by a worker that may have died before its message was sent.
        Phase::Retrying => return Ok(FailedLater::SendAgain),
        Phase::Sending | Phase::Queued => return Ok(FailedLater::Busy),
        Phase::AwaitingWindow | Phase::Held | Phase::Failed | Phase::Expired => return Ok(FailedLater::Decided),
    };
    let (now, why) = ((moment.now)(), fault.why());
    let phase = match decide(fault, delivery.attempt, delivery.expires_at, now, moment.jitter) {
        Action::RetryAfter(wait) => return send_again(store, to, from, &why, wait, now).await,
        Action::AwaitWindow => Phase::AwaitingWindow,
        Action::HoldConnection => hold(store, to, delivery, &why).await?,
        Action::FailRecipient => {
            store
                .count_unreachable(&to.org, &to.delivery.destination, &to.delivery.run, &why)
                .await?;
            Phase::Failed
        }
        Action::Expire => Phase::Expired,
        Action::Fail | Action::AwaitEvidence(_) => Phase::Failed,
    };
    let address = if phase.is_final() { None } else { address(store, to).await? };
    let list = address.as_ref().and_then(|address| list_of(phase, address));
    // With nobody left to wake it, it does not wait.
    let phase = if list.is_none() && !phase.is_final() {
        Phase::Failed
    } else {
        phase
    };
    if let Some(list) = list {
        store.put_waiting(&to.org, list, &to.delivery, delivery.expires_at).await?;
    }
    // A reading that came without its chart is of no use, a chart without its reading is.
    let chart_arrived = to.part != PartName::Image && delivery.part(PartName::Image).is_some_and(|image| image.progress.is_taken());
    if phase.is_final() && !chart_arrived {
        start_fallback(store, moment, &to.org, delivery).await?;
    }
    let moved = store
        .move_delivery(&to.org, &to.delivery, Move::new(from, phase).because(&why), now)
        .await?;
    tracing::warn!(delivery.id = %to.delivery, delivery.phase = phase.as_str(), why.code = %why.code, "a message was taken and then not delivered");
    if let Some(list) = list
        && moved
        && !store.is_waiting(&to.org, list, &to.delivery).await?
    {
        // Woken between the two writes, when it did not wait yet.
        store
            .move_delivery(&to.org, &to.delivery, Move::new(phase, Phase::Queued), now)
            .await?;
        return Ok(FailedLater::SendAgain);
    }
    Ok(FailedLater::Decided)
}

async fn send_again(
    store: &Store,
    to: &Correlation,
    from: Phase,
    why: &Why,
    wait: Duration,
    now: Timestamp,
) -> Result<FailedLater, DeliveryError> {
    // What was uploaded for it may be the very thing that failed.
    store.forget_prepared(&to.org, &to.delivery, to.part).await?;
    let retry = Move::new(from, Phase::Retrying).because(why).not_before(now.checked_add(wait).ok());
    store.move_delivery(&to.org, &to.delivery, retry, now).await?;
    Ok(FailedLater::SendAgain)
}

async fn address(store: &Store, to: &Correlation) -> Result<Option<Address>, DeliveryError> {
    Ok(store
        .destination(&to.org, &to.delivery.destination)
        .await?
        .map(|destination| destination.address))
}

/// The list of those who wait in that phase.
fn list_of(phase: Phase, address: &Address) -> Option<WaitingFor<'_>> {
    match (phase, address) {
        (Phase::AwaitingWindow, Address::Whatsapp { connection, to }) => Some(WaitingFor::Person(connection, to)),
        (Phase::Held, address) => Some(WaitingFor::Connection(address.connection())),
        _ => None,
    }
}

/// Notes that the Connection needs a person; a fallback does not wait for that.
async fn hold(store: &Store, to: &Correlation, delivery: &Delivery, why: &Why) -> Result<Phase, DeliveryError> {
    let Some(address) = address(store, to).await? else {
        return Ok(Phase::Failed);
    };
    let Some(StoredConnection { connection, revision, .. }) = store.connection(&to.org, address.connection()).await? else {
        return Ok(Phase::Failed);
    };
    store.connection_needs_attention(&to.org, &connection.id, revision, why).await?;
    Ok(if delivery.fallback.is_some() { Phase::Failed } else { Phase::Held })
}
