//! Reading schedules back.

use std::collections::BTreeMap;

use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::types::ScheduleState;
use jiff::Timestamp;
use runtime::SdkConfig;

use crate::host::{HostError, words};

/// Most schedules of one page. AWS says the same, and goes on with a token; MiniStack stops there.
const PAGE_MAX: usize = 100;

/// What is to be sent when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub name: String,
    pub expression: String,
    pub time_zone: String,
    pub created_at: Timestamp,
    pub target_arn: String,
    pub input: String,
    pub message_group: Option<String>,
}

/// The group's schedules, each read again only when it has changed.
#[derive(Debug)]
pub(super) struct Api {
    client: Client,
    group: String,
    known: BTreeMap<String, (i128, Plan)>,
}

impl Api {
    pub(super) fn new(sdk: &SdkConfig, group: &str) -> Self {
        Self {
            client: Client::new(sdk),
            group: group.to_owned(),
            known: BTreeMap::new(),
        }
    }

    /// Every schedule that is enabled.
    pub(super) async fn plans(&mut self) -> Result<Vec<Plan>, HostError> {
        let mut plans = Vec::new();
        let mut known = BTreeMap::new();
        let mut token = None;
        loop {
            let call = self.client.list_schedules().group_name(&self.group).set_next_token(token);
            let page = call.send().await.map_err(|error| refused(&error))?;
            token = page.next_token;
            if token.is_none() && page.schedules.len() == PAGE_MAX {
                tracing::warn!("the endpoint lists {PAGE_MAX} schedules and no next page; later ones are not fired");
            }
            for listed in page.schedules {
                let (Some(name), Some(modified)) = (listed.name, listed.last_modification_date) else {
                    continue;
                };
                if listed.state == Some(ScheduleState::Disabled) {
                    continue;
                }
                let modified = modified.as_nanos();
                let plan = match self.known.remove(&name) {
                    Some((then, plan)) if then == modified => plan,
                    _ => match self.read(&name).await? {
                        Some(plan) => plan,
                        None => continue,
                    },
                };
                plans.push(plan.clone());
                known.insert(name, (modified, plan));
            }
            if token.is_none() {
                break;
            }
        }
        self.known = known;
        Ok(plans)
    }

    /// `None`: it was deleted between the two calls.
    async fn read(&self, name: &str) -> Result<Option<Plan>, HostError> {
        let answer = match self.client.get_schedule().group_name(&self.group).name(name).send().await {
            Ok(answer) => answer,
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(|error| error.is_resource_not_found_exception()) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(refused(&error)),
        };
        let Some(target) = answer.target else { return Ok(None) };
        let created_s = answer.creation_date.map(|date| date.secs()).unwrap_or_default();
        Ok(Some(Plan {
            name: name.to_owned(),
            expression: answer.schedule_expression.unwrap_or_default(),
            time_zone: answer.schedule_expression_timezone.unwrap_or_else(|| "UTC".to_owned()),
            created_at: Timestamp::from_second(created_s).unwrap_or_default(),
            target_arn: target.arn,
            input: target.input.unwrap_or_default(),
            message_group: target.sqs_parameters.and_then(|parameters| parameters.message_group_id),
        }))
    }
}

fn refused<E: std::error::Error + 'static>(error: &E) -> HostError {
    HostError::new(format!("the schedules cannot be read: {}", words(error)))
}
