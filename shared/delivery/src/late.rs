//! A message that the provider took and could not deliver: told later, by a status.

use std::time::Duration;

use domain::delivery::{Delivery, PartName, Phase, Progress};
use domain::destination::Address;
use domain::fault::{Action, Fault, Why, decide};
use domain::ids::Correlation;
use store::Store;
use store::registry::StoredConnection;
use store::waiting::WaitingFor;

use crate::conclude::start_fallback;
use crate::{DeliveryError, Moment};

/// What became of a late failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailedLater {
    /// It was decided about, now or before.
    Decided,
    /// A sender is at work on this Delivery: look again after this long.
    Busy(Duration),
    /// It is to be sent again: its sender wants a message, and will wait until it is time.
    SendAgain,
}

/// How long a sender that is at work is given.
const BUSY: Duration = Duration::from_secs(15);

/// Decides about a failure that a status reported; the part's progress already says `failed`.
///
/// Everything that must follow (a fallback, a place on a waiting list) is written before the Delivery's phase changes, and the phase changes
/// only from what it was: twice is as once.
///
/// # Errors
/// [`DeliveryError`]; the status comes again.
pub async fn failed_later(store: &Store, moment: &Moment<'_>, to: &Correlation, delivery: &Delivery, fault: &Fault) -> Result<FailedLater, DeliveryError> {
    let from = match delivery.phase {
        Phase::Done | Phase::Unknown => delivery.phase,
        // Only this function leaves a part failed in that phase: a worker died before its message was sent.
        Phase::Retrying if delivery.part(to.part).is_some_and(|part| part.progress == Progress::Failed) => {
            return Ok(FailedLater::SendAgain);
        }
        Phase::Sending | Phase::Queued | Phase::Retrying => return Ok(FailedLater::Busy(BUSY)),
        Phase::AwaitingWindow | Phase::Held | Phase::Failed | Phase::Expired => return Ok(FailedLater::Decided),
    };
    let (now, why) = ((moment.now)(), fault.why());
    // A reading that came without its chart is of no use, a chart without its reading is.
    let chart_arrived = to.part != PartName::Image && delivery.part(PartName::Image).is_some_and(|image| image.progress.is_taken());
    let phase = match decide(fault, delivery.attempt, delivery.expires_at, now, moment.jitter) {
        Action::RetryAfter(wait) => return send_again(store, to, from, wait, now).await,
        Action::AwaitWindow => await_window(store, to, delivery).await?,
        Action::HoldConnection => hold(store, to, delivery, &why).await?,
        Action::FailRecipient => {
            store.count_unreachable(&to.org, &to.delivery.destination, &to.delivery.run, &why).await?;
            Phase::Failed
        }
        Action::Expire => Phase::Expired,
        Action::Fail | Action::AwaitEvidence(_) => Phase::Failed,
    };
    if matches!(phase, Phase::Failed | Phase::Expired) && !chart_arrived {
        start_fallback(store, moment, &to.org, delivery).await?;
    }
    store.move_delivery(&to.org, &to.delivery, from, phase, None, now).await?;
    tracing::warn!(delivery.id = %to.delivery, delivery.phase = phase.as_str(), why.code = %why.code, "a message was taken and then not delivered");
    Ok(FailedLater::Decided)
}

async fn send_again(store: &Store, to: &Correlation, from: Phase, wait: Duration, now: jiff::Timestamp) -> Result<FailedLater, DeliveryError> {
    // What was uploaded for it may be the very thing that failed.
    store.forget_prepared(&to.org, &to.delivery, to.part).await?;
    store.move_delivery(&to.org, &to.delivery, from, Phase::Retrying, now.checked_add(wait).ok(), now).await?;
    Ok(FailedLater::SendAgain)
}

async fn address(store: &Store, to: &Correlation) -> Result<Option<Address>, DeliveryError> {
    Ok(store.destination(&to.org, &to.delivery.destination).await?.map(|destination| destination.address))
}

async fn await_window(store: &Store, to: &Correlation, delivery: &Delivery) -> Result<Phase, DeliveryError> {
    let Some(Address::Whatsapp { connection, to: phone }) = address(store, to).await? else { return Ok(Phase::Failed) };
    store.put_waiting(&to.org, WaitingFor::Person(&connection, &phone), &to.delivery, delivery.expires_at).await?;
    Ok(Phase::AwaitingWindow)
}

async fn hold(store: &Store, to: &Correlation, delivery: &Delivery, why: &Why) -> Result<Phase, DeliveryError> {
    let Some(address) = address(store, to).await? else { return Ok(Phase::Failed) };
    let Some(StoredConnection { connection, revision, .. }) = store.connection(&to.org, address.connection()).await? else { return Ok(Phase::Failed) };
    store.connection_needs_attention(&to.org, &connection.id, revision, why).await?;
    if delivery.fallback.is_some() {
        return Ok(Phase::Failed);
    }
    store.put_waiting(&to.org, WaitingFor::Connection(&connection.id), &to.delivery, delivery.expires_at).await?;
    Ok(Phase::Held)
}

