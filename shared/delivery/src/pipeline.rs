//! One message of a `deliver-*` queue, from claim to release.

use domain::delivery::{Delivery, Part, PartName, Phase, Progress};
use domain::destination::Address;
use domain::fault::{Action, EVIDENCE_WAIT_S, Fault, Outcome, WhenUnknown, Why, is_beyond_the_last_try};
use domain::ids::OrgId;
use domain::message::Deliver;
use jiff::Timestamp;
use std::time::Duration;
use store::deliveries::{Claim, Lease, Move, Taken, Then};
use store::waiting::WaitingFor;

use crate::calls::CallLog;
use crate::conclude::{Conclusion, conclude};
use crate::equip::Equipment;
use crate::setback::{FILE_BEGINS_WITHIN, Setback};
use crate::{Call, DeliveryError, Desk, Destination, Evidence, LEASE, Moment, Next, Receipt};

/// Works on one Delivery for as long as the provider takes its parts.
///
/// # Errors
/// [`DeliveryError`] where it is ours or AWS's: the message goes back and comes again, as often as its queue allows.
pub async fn deliver<D: Destination + Sync>(
    desk: &Desk,
    destination: &D,
    moment: &Moment<'_>,
    message: &Deliver,
) -> Result<Next, DeliveryError> {
    let (org, id) = (&message.org_id, &message.delivery_id);
    let now = (moment.now)();
    match desk.store.claim_delivery(org, id, &moment.lease_token, now, LEASE).await? {
        Claim::Missing => Err(DeliveryError::Missing(format!("there is no delivery {id}"))),
        Claim::Finished => Ok(Next::Done),
        Claim::Busy(until) => Ok(Next::Again(Duration::try_from(until.duration_since(now)).unwrap_or(LEASE))),
        Claim::Held(lease, delivery) => {
            let sending = Sending {
                desk,
                moment,
                org,
                lease: &lease,
                delivery: &delivery,
            };
            sending.run(destination).await
        }
    }
}

/// One claimed Delivery.
pub(crate) struct Sending<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) moment: &'a Moment<'a>,
    pub(crate) org: &'a OrgId,
    pub(crate) lease: &'a Lease,
    pub(crate) delivery: &'a Delivery,
}

impl Sending<'_> {
    pub(crate) fn now(&self) -> Timestamp {
        (self.moment.now)()
    }

    async fn run<D: Destination + Sync>(&self, destination: &D) -> Result<Next, DeliveryError> {
        if self.now() >= self.delivery.expires_at && self.delivery.next_part().is_some() {
            let why = Why::new("delivery.expired", "It could not be delivered before the next one was due.");
            return self.finish(Conclusion::new(Phase::Expired, why)).await;
        }
        if self.delivery.next_part().is_none() {
            // Its parts arrived, and the record of that was cut off.
            self.desk
                .store
                .release_delivery(self.lease, Phase::Done, None, None, None, self.now())
                .await?;
            return Ok(Next::Done);
        }
        let unanswered = self.delivery.parts.iter().find(|part| part.progress == Progress::InFlight);
        if let Some(part) = unanswered
            && D::EVIDENCE == Evidence::Status
            && let Some(next) = self.unexplained(part.name).await?
        {
            return Ok(next);
        }
        let equipment = match self.equip().await? {
            Ok(equipment) => equipment,
            Err(next) => return Ok(next),
        };
        self.send_parts(destination, &equipment).await
    }

    /// A part was sent and nobody knows whether it arrived. `None` where it shall be sent again.
    async fn unexplained(&self, part: PartName) -> Result<Option<Next>, DeliveryError> {
        let why = Why::new(
            "delivery.unknown",
            "It was sent, but the provider's answer was lost: it may have arrived.",
        );
        if self.delivery.phase != Phase::Unknown {
            // A sender died between sending and recording. Its status is on its way, if it arrived.
            let wait = Duration::from_secs(EVIDENCE_WAIT_S);
            return self.rest(Phase::Unknown, &why, Some(wait)).await.map(Some);
        }
        // It could be claimed, so the time for its evidence to come is over.
        match self.delivery.when_unknown {
            WhenUnknown::Retry if is_beyond_the_last_try(self.delivery.attempt) => {
                let why = Why::new(
                    "delivery.unanswered",
                    "It was sent several times and the provider never answered: it may have arrived.",
                );
                self.finish(Conclusion::new(Phase::Failed, why)).await.map(Some)
            }
            WhenUnknown::Retry => Ok(None),
            WhenUnknown::Hold => self.leave_unknown(part, &why).await.map(Some),
        }
    }

    /// Leaves it at "unknown" until a status explains it.
    async fn leave_unknown(&self, part: PartName, why: &Why) -> Result<Next, DeliveryError> {
        let next = self.rest(Phase::Unknown, why, None).await?;
        // Explained between the claim and now: whoever brought the status found a Delivery that did not wait for it.
        let (store, id) = (&self.desk.store, &self.delivery.id);
        let explained = store
            .delivery(self.org, id)
            .await?
            .is_some_and(|now| now.part(part).is_some_and(|part| part.progress > Progress::InFlight));
        if explained
            && store
                .move_delivery(self.org, id, Move::new(Phase::Unknown, Phase::Queued), self.now())
                .await?
        {
            return Ok(Next::Again(Duration::ZERO));
        }
        Ok(next)
    }

    /// Gives the lease back, with a time to come again or without one.
    pub(crate) async fn rest(&self, phase: Phase, why: &Why, wait: Option<Duration>) -> Result<Next, DeliveryError> {
        let now = self.now();
        let next_try_at = wait.and_then(|wait| now.checked_add(wait).ok());
        self.desk
            .store
            .release_delivery(self.lease, phase, Some(why), None, next_try_at, now)
            .await?;
        Ok(wait.map_or(Next::Done, Next::Again))
    }

    async fn send_parts<D: Destination + Sync>(&self, destination: &D, equipment: &Equipment) -> Result<Next, DeliveryError> {
        let mut chart_id = self.delivery.part(PartName::Image).and_then(|part| part.provider_id.clone());
        let open: Vec<&Part> = self.delivery.parts.iter().filter(|part| !part.progress.is_taken()).collect();
        let (mut already_begun, mut done, mut arrived, mut calls_made) = (false, false, false, 0);
        let mut setback: Option<Setback> = None;
        let began_at = self.now();
        for (index, part) in open.iter().enumerate() {
            if index > 0 && part.name.attachment().is_some() && self.now().duration_since(began_at) >= FILE_BEGINS_WITHIN {
                return self.go_on_later(setback).await;
            }
            let following = open.get(index + 1);
            let call = self.call(equipment, part.name, chart_id.as_deref());
            let mut log = CallLog::new(self.delivery.attempt, part.name, calls_made);
            let sent = self.send_part(destination, &call, part, already_begun, &mut log).await?;
            calls_made += u32::try_from(log.attempts.len()).unwrap_or(u32::MAX);
            match sent {
                // A status says that it arrived meanwhile.
                Sent::Already => already_begun = false,
                Sent::Taken(receipt) => {
                    self.keep(&log, &call, receipt.provider_id.as_deref()).await;
                    // A part that was begun before may have arrived, and a file is not on its way while it is uploaded: each gets a beginning of its own.
                    let then = match following {
                        None if setback.is_none() => Then::Done,
                        Some(next) if next.progress == Progress::Pending && next.name.attachment().is_none() => Then::Begin(next.name),
                        _ => Then::GoOn,
                    };
                    let taken = Taken {
                        progress: receipt.progress,
                        provider_id: receipt.provider_id.as_deref(),
                    };
                    self.desk.store.finish_part(self.lease, part.name, &taken, then, self.now()).await?;
                    already_begun = matches!(then, Then::Begin(_));
                    done = then == Then::Done;
                    arrived = receipt.progress >= Progress::Delivered;
                    if part.name == PartName::Image {
                        chart_id = receipt.provider_id;
                    }
                }
                Sent::Refused { fault, may_have_arrived } => {
                    self.keep(&log, &call, None).await;
                    if let Some(own) = self.setback::<D>(&fault, part.name) {
                        self.desk.store.fail_part(self.lease, part.name, self.now()).await?;
                        setback = Some(own.or(setback));
                        already_begun = false;
                        continue;
                    }
                    return self.after_fault::<D>(&fault, part.name, may_have_arrived, equipment).await;
                }
            }
        }
        if let Some(setback) = setback {
            return self.settle(&setback).await;
        }
        if !done {
            // The last part had arrived by itself.
            self.desk
                .store
                .release_delivery(self.lease, Phase::Done, None, None, None, self.now())
                .await?;
        }
        // Taken is not arrived: only a channel that answers when it has arrived tells that here, the others by a status.
        if equipment.unreachable_runs > 0 && arrived {
            self.desk.store.reset_unreachable(self.org, &self.delivery.id.destination).await?;
        }
        Ok(Next::Done)
    }

    fn call<'c>(&'c self, equipment: &'c Equipment, part: PartName, chart_id: Option<&'c str>) -> Call<'c> {
        Call {
            org: self.org,
            delivery: self.delivery,
            part,
            address: &equipment.address,
            connection: &equipment.connection,
            credentials: &equipment.credentials,
            reading: &equipment.reading,
            png: &equipment.png,
            picture_url: &equipment.picture_url,
            attachments: &equipment.attachments,
            reply_to: if part == PartName::Image { None } else { chart_id },
            now: self.now(),
        }
    }

    async fn send_part<D: Destination + Sync>(
        &self,
        destination: &D,
        call: &Call<'_>,
        part: &Part,
        already_begun: bool,
        log: &mut CallLog,
    ) -> Result<Sent, DeliveryError> {
        let mut prepared = part.prepared.clone();
        if prepared.is_none() {
            let began_at = self.now();
            match destination.prepare(call).await {
                Ok(None) => {}
                Ok(Some(id)) => {
                    log.add("upload", Outcome::Accepted, None, Some(&id), began_at, self.now());
                    prepared = Some(id);
                }
                Err(fault) => {
                    log.add("upload", fault.outcome(), Some(fault.why()), None, began_at, self.now());
                    // Nothing of this reached the person, whatever became of it.
                    let fault = match fault {
                        Fault::Unknown { why } => Fault::Retry { after: None, why },
                        other => other,
                    };
                    return Ok(Sent::Refused {
                        fault,
                        may_have_arrived: false,
                    });
                }
            }
        }
        if !already_begun
            && !self
                .desk
                .store
                .begin_part(self.lease, part.name, prepared.as_deref(), self.now())
                .await?
        {
            return Ok(Sent::Already);
        }
        let began_at = self.now();
        match destination.send(call, prepared.as_deref()).await {
            Ok(receipt) => {
                log.add(
                    "send",
                    Outcome::Accepted,
                    None,
                    receipt.provider_id.as_deref(),
                    began_at,
                    self.now(),
                );
                Ok(Sent::Taken(receipt))
            }
            Err(fault) => {
                log.add("send", fault.outcome(), Some(fault.why()), None, began_at, self.now());
                let may_have_arrived = matches!(fault, Fault::Unknown { .. });
                Ok(Sent::Refused { fault, may_have_arrived })
            }
        }
    }

    /// What follows from a fault, by the one decision.
    async fn after_fault<D: Destination>(
        &self,
        fault: &Fault,
        part: PartName,
        may_have_arrived: bool,
        with: &Equipment,
    ) -> Result<Next, DeliveryError> {
        let not_sent = (!may_have_arrived).then_some(part);
        let (action, why) = conclude::<D>(fault, self.delivery, self.now(), self.moment.jitter);
        let now = self.now();
        let later = |wait: Duration| now.checked_add(wait).ok();
        match action {
            Action::RetryAfter(wait) => {
                self.desk
                    .store
                    .release_delivery(self.lease, Phase::Retrying, Some(&why), not_sent, later(wait), now)
                    .await?;
                Ok(Next::Again(wait))
            }
            Action::AwaitEvidence(wait) => self.rest(Phase::Unknown, &why, Some(wait)).await,
            Action::AwaitWindow => self.await_window(&why, not_sent, &with.address).await,
            Action::HoldConnection => {
                self.desk
                    .store
                    .connection_needs_attention(self.org, &with.connection.id, with.revision, &why)
                    .await?;
                self.hold(&with.connection, &why, not_sent).await
            }
            Action::Fail => {
                self.finish(Conclusion {
                    phase: Phase::Failed,
                    why,
                    not_sent,
                })
                .await
            }
            Action::Expire => {
                self.finish(Conclusion {
                    phase: Phase::Expired,
                    why,
                    not_sent,
                })
                .await
            }
            Action::FailRecipient => {
                let id = &self.delivery.id;
                self.desk.store.count_unreachable(self.org, &id.destination, &id.run, &why).await?;
                self.finish(Conclusion {
                    phase: Phase::Failed,
                    why,
                    not_sent,
                })
                .await
            }
        }
    }

    /// The person must write first. Whoever opens the window wakes this Delivery.
    async fn await_window(&self, why: &Why, not_sent: Option<PartName>, address: &Address) -> Result<Next, DeliveryError> {
        let Address::Whatsapp { connection, to } = address else {
            return self
                .finish(Conclusion {
                    phase: Phase::Failed,
                    why: why.clone(),
                    not_sent,
                })
                .await;
        };
        let store = &self.desk.store;
        store
            .put_waiting(
                self.org,
                WaitingFor::Person(connection, to),
                &self.delivery.id,
                self.delivery.expires_at,
            )
            .await?;
        store
            .release_delivery(self.lease, Phase::AwaitingWindow, Some(why), not_sent, None, self.now())
            .await?;
        Ok(Next::Done)
    }
}

/// What became of one part.
enum Sent {
    Taken(Receipt),
    Already,
    Refused { fault: Fault, may_have_arrived: bool },
}
