//! EventBridge Scheduler: one schedule per Pulse that has one. It puts a `PulseDue` straight on the queue.

use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_scheduler::types::{FlexibleTimeWindow, FlexibleTimeWindowMode, ScheduleState, Target};
use domain::ids::{OrgId, PulseId};
use domain::message::Cause;
use domain::pulse::{Pulse, PulseState};
use domain::schedule::Schedule;
use store::registry::sha256_hex;

use crate::problem::Problem;

/// Stands in a target's input for the occurrence's own time; the Scheduler puts it there.
const SCHEDULED_TIME: &str = "<aws.scheduler.scheduled-time>";

/// The schedules of one deployment.
#[derive(Debug, Clone)]
pub(crate) struct Scheduler {
    client: Client,
    group: String,
    role_arn: String,
    queue_arn: String,
}

/// The schedule's name. Names have 64 characters at most, and an organisation's and a pulse's id together may have twice as many.
pub(crate) fn schedule_name(org: &OrgId, pulse: &PulseId) -> String {
    format!("pulse-{}", &sha256_hex(format!("{org}/{pulse}").as_bytes())[..40])
}

/// What the queue receives: a `PulseDue` whose time the Scheduler fills in.
pub(crate) fn target_input(org: &OrgId, pulse: &PulseId) -> String {
    serde_json::json!({"org_id": org, "pulse_id": pulse, "scheduled_for": SCHEDULED_TIME, "cause": Cause::Schedule}).to_string()
}

impl Scheduler {
    pub(crate) fn new(sdk: &runtime::SdkConfig, group: String, role_arn: String, queue_arn: String) -> Self {
        Self {
            client: Client::new(sdk),
            group,
            role_arn,
            queue_arn,
        }
    }

    /// Makes EventBridge say what the Pulse says: there is a schedule, on or paused, or there is none. May be repeated.
    pub(crate) async fn put(&self, org: &OrgId, pulse: &Pulse) -> Result<(), Problem> {
        let Some(schedule) = &pulse.schedule else {
            return self.delete(org, &pulse.id).await;
        };
        if self.update(org, pulse, schedule).await? {
            return Ok(());
        }
        if !self.create(org, pulse, schedule).await? {
            // Somebody made it between the two calls.
            self.update(org, pulse, schedule).await?;
        }
        Ok(())
    }

    /// `false` where there is none yet.
    async fn update(&self, org: &OrgId, pulse: &Pulse, schedule: &Schedule) -> Result<bool, Problem> {
        let when = schedule.eventbridge();
        let call = self
            .client
            .update_schedule()
            .group_name(&self.group)
            .name(schedule_name(org, &pulse.id))
            .description(format!("{org}/{}", pulse.id))
            .schedule_expression(when.expression)
            .schedule_expression_timezone(when.time_zone)
            .flexible_time_window(exact()?)
            .state(state(pulse.state))
            .target(self.target(org, &pulse.id)?);
        found(call.send().await.map(drop), "ResourceNotFoundException")
    }

    /// `false` where there is one already.
    async fn create(&self, org: &OrgId, pulse: &Pulse, schedule: &Schedule) -> Result<bool, Problem> {
        let when = schedule.eventbridge();
        let call = self
            .client
            .create_schedule()
            .group_name(&self.group)
            .name(schedule_name(org, &pulse.id))
            .description(format!("{org}/{}", pulse.id))
            .schedule_expression(when.expression)
            .schedule_expression_timezone(when.time_zone)
            .flexible_time_window(exact()?)
            .state(state(pulse.state))
            .target(self.target(org, &pulse.id)?);
        found(call.send().await.map(drop), "ConflictException")
    }

    /// Removes a Pulse's schedule; nothing happens where there is none.
    pub(crate) async fn delete(&self, org: &OrgId, pulse: &PulseId) -> Result<(), Problem> {
        let call = self
            .client
            .delete_schedule()
            .group_name(&self.group)
            .name(schedule_name(org, pulse));
        found(call.send().await.map(drop), "ResourceNotFoundException").map(drop)
    }

    fn target(&self, org: &OrgId, pulse: &PulseId) -> Result<Target, Problem> {
        let target = Target::builder()
            .arn(&self.queue_arn)
            .role_arn(&self.role_arn)
            .input(target_input(org, pulse));
        target.build().map_err(Problem::internal)
    }
}

/// At its minute, not within a window of minutes.
fn exact() -> Result<FlexibleTimeWindow, Problem> {
    FlexibleTimeWindow::builder()
        .mode(FlexibleTimeWindowMode::Off)
        .build()
        .map_err(Problem::internal)
}

fn state(state: PulseState) -> ScheduleState {
    match state {
        PulseState::Active => ScheduleState::Enabled,
        PulseState::Paused => ScheduleState::Disabled,
    }
}

/// Whether the call met what it was made for; `otherwise` is the code that says it did not.
fn found<E, R>(result: Result<(), SdkError<E, R>>, otherwise: &str) -> Result<bool, Problem>
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
    R: std::fmt::Debug + 'static,
{
    match result {
        Ok(()) => Ok(true),
        Err(error) => match error.as_service_error().and_then(ProvideErrorMetadata::code) {
            Some(code) if code == otherwise => Ok(false),
            Some("ValidationException") => Err(Problem::internal(format!("the scheduler refuses: {}", DisplayErrorContext(&error)))),
            _ => {
                tracing::warn!(error.detail = %DisplayErrorContext(&error), "the scheduler did not answer");
                Err(Problem::unavailable())
            }
        },
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::message::PulseDue;

    use super::*;

    #[test]
    fn the_input_is_a_message_once_the_time_is_filled_in() {
        let (org, pulse) = (OrgId::parse("acme").unwrap(), PulseId::parse("weekly").unwrap());
        let filled = target_input(&org, &pulse).replace(SCHEDULED_TIME, "2026-11-20T09:00:00Z");
        let due: PulseDue = serde_json::from_str(&filled).unwrap();
        let expected = PulseDue {
            org_id: org,
            pulse_id: pulse,
            scheduled_for: "2026-11-20T09:00:00Z".parse().unwrap(),
            cause: Cause::Schedule,
        };
        assert_eq!(due, expected);
    }

    #[test]
    fn names_fit_and_differ() {
        let id = |text: &str| PulseId::parse(text).unwrap();
        let (long, org) = ("x".repeat(64), OrgId::parse("a").unwrap());
        let name = schedule_name(&OrgId::parse(&long).unwrap(), &id(&long));
        assert!(
            name.len() <= 64 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
            "{name}"
        );
        assert_ne!(schedule_name(&org, &id("b")), schedule_name(&org, &id("c")));
        assert_ne!(schedule_name(&org, &id("b")), schedule_name(&OrgId::parse("b").unwrap(), &id("a")));
    }
}
