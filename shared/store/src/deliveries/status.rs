//! What a provider's statuses change, and who may wake a Delivery that waits.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use domain::delivery::{Delivery, PartName, Phase, Progress};
use domain::fault::Why;
use domain::ids::{Correlation, DeliveryId, OrgId};
use jiff::Timestamp;

use super::{attribute, read};
use crate::error::{StoreError, aws, corrupt};
use crate::item::{n, s, time};
use crate::{Store, keys};

const WHAT: &str = "delivery status";

/// What became of a status.
#[derive(Debug)]
pub enum StatusApplied {
    /// It moved the part on; the Delivery is as it is now.
    Moved(Box<Delivery>),
    /// The part had come at least as far; the Delivery is as it is now.
    Nothing(Box<Delivery>),
    /// There is no such Delivery.
    Missing,
}

/// A change of phase by someone who holds no lease.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    from: Phase,
    to: Phase,
    why: Option<&'a Why>,
    next_try_at: Option<Timestamp>,
}

impl<'a> Move<'a> {
    /// From one waiting or finished phase to another.
    pub fn new(from: Phase, to: Phase) -> Self {
        Self {
            from,
            to,
            why: None,
            next_try_at: None,
        }
    }

    /// For that reason; otherwise the one that was noted stays, until all is well.
    #[must_use]
    pub fn because(self, why: &'a Why) -> Self {
        Self { why: Some(why), ..self }
    }

    /// Nobody can claim it before then.
    #[must_use]
    pub fn not_before(self, next_try_at: Option<Timestamp>) -> Self {
        Self { next_try_at, ..self }
    }
}

impl Store {
    /// Moves a part on to `progress`, if that is further than it had come.
    ///
    /// # Errors
    /// [`StoreError::Aws`], [`StoreError::Corrupt`].
    pub async fn apply_status(
        &self,
        to: &Correlation,
        progress: Progress,
        provider_id: &str,
        at: Timestamp,
        why: Option<&Why>,
    ) -> Result<StatusApplied, StoreError> {
        let rank = attribute(to.part, "rank");
        let id = attribute(to.part, "id");
        let keep = why.map_or("", |_| ", why = :why");
        // A message that was sent twice has two ids; the one that failed must not undo the one that arrived.
        let same_message = if progress == Progress::Failed {
            format!(" AND (attribute_not_exists({id}) OR {id} = :id)")
        } else {
            String::new()
        };
        let mut request = self
            .table
            .update(&keys::delivery(&to.org, &to.delivery))
            .update_expression(format!(
                "SET {rank} = :rank, {id} = :id, {} = :at, updated_at = :at{keep}",
                attribute(to.part, "at")
            ))
            .condition_expression(format!(
                "attribute_exists(pk) AND (attribute_not_exists({rank}) OR {rank} < :rank){same_message}"
            ))
            .expression_attribute_values(":rank", n(progress.rank()))
            .expression_attribute_values(":id", s(provider_id))
            .expression_attribute_values(":at", time(at))
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        if let Some(why) = why {
            request = request.expression_attribute_values(":why", s(serde_json::to_string(why).map_err(corrupt(WHAT))?));
        }
        match request.send().await {
            Ok(answer) => Ok(StatusApplied::Moved(Box::new(read::delivery(
                &answer.attributes.unwrap_or_default(),
            )?))),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => {
                    refused.item.as_ref().map_or(Ok(StatusApplied::Missing), |item| {
                        Ok(StatusApplied::Nothing(Box::new(read::delivery(item)?)))
                    })
                }
                _ => Err(aws(WHAT)(error)),
            },
        }
    }

    /// Moves a Delivery from one waiting or finished phase to another, if it still is in the first and nobody holds it. `false` where it
    /// is not.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn move_delivery(&self, org: &OrgId, id: &DeliveryId, change: Move<'_>, now: Timestamp) -> Result<bool, StoreError> {
        let Move {
            from,
            to,
            why,
            next_try_at,
        } = change;
        let keep_why = why.map_or("", |_| ", why = :why");
        let keep_next = next_try_at.map_or("", |_| ", next_try_at = :next");
        let forget = match (to, next_try_at) {
            (Phase::Done, _) => " REMOVE next_try_at, why",
            (_, None) => " REMOVE next_try_at",
            (_, Some(_)) => "",
        };
        let set = format!("SET phase = :to, updated_at = :now{keep_why}{keep_next}{forget}");
        let mut request = self
            .table
            .update(&keys::delivery(org, id))
            .update_expression(set)
            .condition_expression("phase = :from AND attribute_not_exists(lease)")
            .expression_attribute_values(":from", s(from.as_str()))
            .expression_attribute_values(":to", s(to.as_str()))
            .expression_attribute_values(":now", time(now));
        if let Some(why) = why {
            request = request.expression_attribute_values(":why", s(serde_json::to_string(why).map_err(corrupt(WHAT))?));
        }
        if let Some(next) = next_try_at {
            request = request.expression_attribute_values(":next", time(next));
        }
        match request.send().await.map_err(aws(WHAT)) {
            Ok(_) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Forgets what was prepared for a part, so that the next try prepares it anew.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn forget_prepared(&self, org: &OrgId, id: &DeliveryId, part: PartName) -> Result<(), StoreError> {
        let request = self
            .table
            .update(&keys::delivery(org, id))
            .update_expression(format!("REMOVE {}", attribute(part, "prepared")));
        let request = request.condition_expression("attribute_exists(pk)");
        match request.send().await.map_err(aws(WHAT)) {
            Ok(_) | Err(StoreError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
