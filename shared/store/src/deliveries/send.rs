//! What the holder of the lease writes.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::delivery::{Delivery, PartName, Phase, Progress};
use domain::fault::Why;
use domain::ids::{DeliveryId, OrgId};
use jiff::Timestamp;

use super::{attribute, read};
use crate::error::{StoreError, aws, corrupt};
use crate::item::{Item, n, s, time};
use crate::{Store, keys};

const WHAT: &str = "delivery";

/// The right to send one Delivery for a while. Whoever holds it is the only one that talks to the provider about it.
#[derive(Debug, Clone)]
pub struct Lease {
    org: OrgId,
    id: DeliveryId,
    token: String,
}

/// What the provider said when it took a part.
#[derive(Debug, Clone, Copy)]
pub struct Taken<'a> {
    /// How far the part has come by that.
    pub progress: Progress,
    /// The provider's id of the message.
    pub provider_id: Option<&'a str>,
}

/// What follows a part that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The next part, never begun before, is about to be sent.
    Begin(PartName),
    /// Another part, which has its own guarded beginning.
    GoOn,
    /// Nothing: the Delivery is done, and the lease is given back.
    Done,
}

/// The answer to a claim.
#[derive(Debug)]
pub enum Claim {
    /// It is ours. The Delivery is as it was *before* the claim (its phase tells what happened last), but for the counted try.
    Held(Lease, Box<Delivery>),
    /// Another sender holds it, or its next try is not due, until then.
    Busy(Timestamp),
    /// Nothing is left to do.
    Finished,
    /// There is no such Delivery.
    Missing,
}

impl Store {
    /// Takes the lease of a Delivery that is not finished, that nobody holds and whose next try is due, and counts the try.
    ///
    /// # Errors
    /// [`StoreError::Aws`], [`StoreError::Corrupt`].
    pub async fn claim_delivery(
        &self,
        org: &OrgId,
        id: &DeliveryId,
        token: &str,
        now: Timestamp,
        lease: Duration,
    ) -> Result<Claim, StoreError> {
        let until_ms = now.as_millisecond() + i64::try_from(lease.as_millis()).unwrap_or(i64::MAX / 2);
        let request = self
            .table
            .update(&keys::delivery(org, id))
            .update_expression("SET phase = :sending, lease = :token, lease_until_ms = :until, updated_at = :now, attempt = if_not_exists(attempt, :zero) + :one REMOVE next_try_at")
            .condition_expression("attribute_exists(pk) AND NOT phase IN (:done, :failed, :expired) AND (attribute_not_exists(lease_until_ms) OR lease_until_ms <= :now_ms) AND (attribute_not_exists(next_try_at) OR next_try_at <= :now)")
            .expression_attribute_values(":sending", s(Phase::Sending.as_str()))
            .expression_attribute_values(":done", s(Phase::Done.as_str()))
            .expression_attribute_values(":failed", s(Phase::Failed.as_str()))
            .expression_attribute_values(":expired", s(Phase::Expired.as_str()))
            .expression_attribute_values(":token", s(token))
            .expression_attribute_values(":until", n(until_ms))
            .expression_attribute_values(":now", time(now))
            .expression_attribute_values(":now_ms", n(now.as_millisecond()))
            .expression_attribute_values(":zero", n(0))
            .expression_attribute_values(":one", n(1))
            .return_values(ReturnValue::AllOld)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match request.send().await {
            Ok(answer) => {
                let mut delivery = read::delivery(&answer.attributes.unwrap_or_default())?;
                delivery.attempt += 1;
                let lease = Lease {
                    org: org.clone(),
                    id: id.clone(),
                    token: token.to_owned(),
                };
                Ok(Claim::Held(lease, Box::new(delivery)))
            }
            Err(error) => match error.as_service_error() {
                Some(aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(refused)) => {
                    refused.item.as_ref().map_or(Ok(Claim::Missing), refusal)
                }
                _ => Err(aws(WHAT)(error)),
            },
        }
    }

    fn leased(&self, lease: &Lease, set: &str, condition: &str) -> UpdateItemFluentBuilder {
        let condition = if condition.is_empty() {
            "lease = :token".to_owned()
        } else {
            format!("lease = :token AND {condition}")
        };
        self.table
            .update(&keys::delivery(&lease.org, &lease.id))
            .update_expression(set)
            .condition_expression(condition)
            .expression_attribute_values(":token", s(&lease.token))
    }

    /// Notes that `part` is about to be sent: from here on it may have arrived. `false` where a status was faster: it has arrived.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the lease is lost: stop at once.
    pub async fn begin_part(&self, lease: &Lease, part: PartName, prepared: Option<&str>, now: Timestamp) -> Result<bool, StoreError> {
        let rank = attribute(part, "rank");
        let keep = prepared.map_or(String::new(), |_| format!(", {} = :prepared", attribute(part, "prepared")));
        let set = format!("SET {rank} = :in_flight, {} = :now{keep}", attribute(part, "at"));
        // A part that the provider gave up may be sent anew; a part that it has may not.
        let condition = format!("(attribute_not_exists({rank}) OR {rank} <= :in_flight OR {rank} = :failed)");
        let mut request = self
            .leased(lease, &set, &condition)
            .expression_attribute_values(":in_flight", n(Progress::InFlight.rank()))
            .expression_attribute_values(":failed", n(Progress::Failed.rank()))
            .expression_attribute_values(":now", time(now))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        if let Some(prepared) = prepared {
            request = request.expression_attribute_values(":prepared", s(prepared));
        }
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error) => match error.as_service_error() {
                Some(aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(refused))
                    if holds(refused.item.as_ref(), lease) =>
                {
                    Ok(false)
                }
                _ => Err(aws(WHAT)(error)),
            },
        }
    }

    /// Notes that the provider took `part`, and in the same write what follows.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the lease is lost.
    pub async fn finish_part(
        &self,
        lease: &Lease,
        part: PartName,
        taken: &Taken<'_>,
        then: Then,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match self.write_finished(lease, part, taken, true, then, now).await {
            // A status came before this record did: its higher rank stays.
            Err(StoreError::Conflict { .. }) => self.write_finished(lease, part, taken, false, then, now).await,
            other => other,
        }
    }

    async fn write_finished(
        &self,
        lease: &Lease,
        part: PartName,
        taken: &Taken<'_>,
        move_on: bool,
        then: Then,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let rank = attribute(part, "rank");
        let mut sets = vec!["updated_at = :now".to_owned()];
        if move_on {
            sets.push(format!("{rank} = :rank, {} = :now", attribute(part, "at")));
        }
        if taken.provider_id.is_some() {
            sets.push(format!("{} = :id", attribute(part, "id")));
        }
        let remove = match then {
            Then::Begin(next) => {
                sets.push(format!("{} = :in_flight", attribute(next, "rank")));
                ""
            }
            Then::GoOn => "",
            Then::Done => {
                sets.push("phase = :done".to_owned());
                " REMOVE lease, lease_until_ms, why"
            }
        };
        let condition = if move_on {
            format!("(attribute_not_exists({rank}) OR {rank} < :rank OR {rank} = :failed)")
        } else {
            String::new()
        };
        let mut request = self
            .leased(lease, &format!("SET {}{remove}", sets.join(", ")), &condition)
            .expression_attribute_values(":now", time(now));
        if move_on {
            request = request.expression_attribute_values(":rank", n(taken.progress.rank()));
            request = request.expression_attribute_values(":failed", n(Progress::Failed.rank()));
        }
        if let Some(id) = taken.provider_id {
            request = request.expression_attribute_values(":id", s(id));
        }
        request = match then {
            Then::Begin(_) => request.expression_attribute_values(":in_flight", n(Progress::InFlight.rank())),
            Then::GoOn => request,
            Then::Done => request.expression_attribute_values(":done", s(Phase::Done.as_str())),
        };
        request.send().await.map_err(aws(WHAT)).map(drop)
    }

    /// Notes that the provider did not take `part`, which others do not wait for. Where a status says otherwise, the status counts.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the lease is lost.
    pub async fn fail_part(&self, lease: &Lease, part: PartName, now: Timestamp) -> Result<(), StoreError> {
        let rank = attribute(part, "rank");
        let request = self
            .leased(
                lease,
                &format!("SET {rank} = :failed, {} = :now", attribute(part, "at")),
                &format!("(attribute_not_exists({rank}) OR {rank} <= :in_flight OR {rank} = :failed)"),
            )
            .expression_attribute_values(":in_flight", n(Progress::InFlight.rank()))
            .expression_attribute_values(":failed", n(Progress::Failed.rank()))
            .expression_attribute_values(":now", time(now))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) => match error.as_service_error() {
                Some(aws_sdk_dynamodb::operation::update_item::UpdateItemError::ConditionalCheckFailedException(refused))
                    if holds(refused.item.as_ref(), lease) =>
                {
                    Ok(())
                }
                _ => Err(aws(WHAT)(error)),
            },
        }
    }

    /// Gives the lease back with what was decided. `not_sent` names a part that the provider's answer says was not sent; where a status says
    /// otherwise, the status counts.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the lease is lost.
    pub async fn release_delivery(
        &self,
        lease: &Lease,
        phase: Phase,
        why: Option<&Why>,
        not_sent: Option<PartName>,
        next_try_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let release = Release { phase, why, next_try_at };
        match self.write_released(lease, &release, not_sent, now).await {
            Err(StoreError::Conflict { .. }) if not_sent.is_some() => self.write_released(lease, &release, None, now).await,
            other => other,
        }
    }

    async fn write_released(
        &self,
        lease: &Lease,
        release: &Release<'_>,
        not_sent: Option<PartName>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Release { phase, why, next_try_at } = *release;
        let mut sets = vec!["phase = :phase".to_owned(), "updated_at = :now".to_owned()];
        let mut removes = vec!["lease".to_owned(), "lease_until_ms".to_owned()];
        if why.is_some() {
            sets.push("why = :why".to_owned());
        } else {
            removes.push("why".to_owned());
        }
        if next_try_at.is_some() {
            sets.push("next_try_at = :next".to_owned());
        }
        let mut condition = String::new();
        if let Some(part) = not_sent {
            let rank = attribute(part, "rank");
            condition = format!("(attribute_not_exists({rank}) OR {rank} = :in_flight)");
            removes.push(rank);
        }
        let mut request = self
            .leased(lease, &format!("SET {} REMOVE {}", sets.join(", "), removes.join(", ")), &condition)
            .expression_attribute_values(":phase", s(phase.as_str()))
            .expression_attribute_values(":now", time(now));
        if let Some(why) = why {
            request = request.expression_attribute_values(":why", s(serde_json::to_string(why).map_err(corrupt(WHAT))?));
        }
        if let Some(next) = next_try_at {
            request = request.expression_attribute_values(":next", time(next));
        }
        if not_sent.is_some() {
            request = request.expression_attribute_values(":in_flight", n(Progress::InFlight.rank()));
        }
        request.send().await.map_err(aws(WHAT)).map(drop)
    }
}

/// What a lease is given back with.
struct Release<'a> {
    phase: Phase,
    why: Option<&'a Why>,
    next_try_at: Option<Timestamp>,
}

/// Why a claim was refused.
fn refusal(item: &Item) -> Result<Claim, StoreError> {
    if read::delivery(item)?.phase.is_final() {
        return Ok(Claim::Finished);
    }
    let reader = crate::item::Reader { what: WHAT, item };
    let lease_ends = reader
        .number_opt("lease_until_ms")
        .and_then(|ms| Timestamp::from_millisecond(ms).ok());
    let until = lease_ends.max(reader.time_opt("next_try_at"));
    let until = until.ok_or_else(|| StoreError::Corrupt {
        what: WHAT,
        detail: "nothing says why it cannot be claimed".to_owned(),
    })?;
    Ok(Claim::Busy(until))
}

fn holds(item: Option<&Item>, lease: &Lease) -> bool {
    item.and_then(|item| item.get("lease")).and_then(|token| token.as_s().ok()) == Some(&lease.token)
}
