//! Fires schedules, because emulators do it wrongly or not at all: it reads them back through the Scheduler's own API, asks the product's own
//! function when they are due, and sends each target's input to the target's queue, with the occurrence's time filled in as AWS does.
//!
//! Knows: EventBridge Scheduler's API, expressions and zones. Must never know: what a target's input means.
//!
//! One moment is remembered: everything before it is fired. It is kept in a file, so that a restart neither loses nor repeats. Occurrences
//! that were missed meanwhile are fired at the next start if they are younger than [`RETRY_WINDOW_H`], EventBridge's own limit for an event
//! that it could not hand over; whether a late one is still worth sending is the product's decision. A schedule is fired from the beat before
//! the one in which it is seen first. What a killed process fired without noting it is fired again: that is EventBridge's at-least-once.

mod api;
mod marks;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use domain::schedule::{EventBridgeExpression, Zone};
use jiff::{Timestamp, ToSpan};
use runtime::{Clock, SdkConfig};

use crate::host::{Host, HostError};
use crate::resources::QueueHandle;
use api::{Api, Plan};
use marks::Marks;

/// Stands in a target's input for the occurrence's own time.
pub const SCHEDULED_TIME: &str = "<aws.scheduler.scheduled-time>";
/// Older occurrences are not made up for: EventBridge's default for the age of an event.
pub const RETRY_WINDOW_H: i64 = 24;
/// How often the clock is looked at: EventBridge's own precision is a minute.
const BEAT: Duration = Duration::from_secs(1);
/// Occurrences of one schedule that one beat makes up for: a day of a schedule that fires each minute.
const OCCURRENCES_MAX: usize = 1_440;

/// An occurrence that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fired {
    /// The schedule's name.
    pub schedule: String,
    /// The occurrence's own time.
    pub at: Timestamp,
}

/// The schedules of one group, and how far they have been fired.
#[derive(Debug)]
pub struct Scheduler {
    api: Api,
    sqs: aws_sdk_sqs::Client,
    /// Queue addresses by ARN.
    queues: BTreeMap<String, String>,
    marks: Marks,
}

impl Scheduler {
    /// Fires the schedules of a group to these queues. Marks are kept in the file, or in memory where there is none; without former marks
    /// everything until `now` counts as fired.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn new<'a>(
        sdk: &SdkConfig,
        group: &str,
        queues: impl IntoIterator<Item = &'a QueueHandle>,
        marks_file: Option<PathBuf>,
        now: Timestamp,
    ) -> Result<Self, HostError> {
        Ok(Self {
            api: Api::new(sdk, group),
            sqs: aws_sdk_sqs::Client::new(sdk),
            queues: queues.into_iter().map(|queue| (queue.arn.clone(), queue.url.clone())).collect(),
            marks: Marks::read(marks_file, now)?,
        })
    }

    /// The scheduler of a host's own group and queues.
    ///
    /// # Errors
    /// As [`Scheduler::new`].
    pub fn of(host: &Host, marks_file: Option<PathBuf>, now: Timestamp) -> Result<Self, HostError> {
        Self::new(
            &host.sdk,
            &host.resources.schedule_group,
            host.resources.queues.values(),
            marks_file,
            now,
        )
    }

    /// Sends every occurrence since the last beat, up to `now` inclusive, and remembers it. What could not be sent is sent by the next beat.
    ///
    /// # Errors
    /// The schedules cannot be read, or the marks cannot be written. A single schedule's trouble is logged, and holds up no other.
    pub async fn fire_due(&mut self, now: Timestamp) -> Result<Vec<Fired>, HostError> {
        let oldest = now.checked_sub(RETRY_WINDOW_H.hours()).unwrap_or(Timestamp::MIN);
        let mut fired = Vec::new();
        let mut behind = BTreeMap::new();
        for plan in self.api.plans().await? {
            let after = self.marks.of(&plan.name).max(oldest);
            if let Err((since, why)) = self.fire(&plan, after, now, &mut fired).await {
                tracing::error!(
                    schedule = plan.name,
                    error = why,
                    "a schedule could not be fired; it is tried again"
                );
                behind.insert(plan.name, since);
            }
        }
        self.marks.beat(now, behind, !fired.is_empty())?;
        Ok(fired)
    }

    /// Sends the occurrences of one schedule in order; after an error, everything until the moment it comes with is sent.
    async fn fire(&self, plan: &Plan, after: Timestamp, until: Timestamp, fired: &mut Vec<Fired>) -> Result<(), (Timestamp, String)> {
        let unusable = |why: String| {
            // Trying again would not help; whoever wrote it has to.
            tracing::warn!(schedule = plan.name, why, "a schedule cannot be fired");
            Ok(())
        };
        let expression: EventBridgeExpression = match plan.expression.parse() {
            Ok(expression) => expression,
            Err(error) => return unusable(format!("{error}")),
        };
        let zone: Zone = match plan.time_zone.parse() {
            Ok(zone) => zone,
            Err(error) => return unusable(format!("{error}")),
        };
        let Some(url) = self.queues.get(&plan.target_arn) else {
            return unusable(format!("its target {} is none of this stack's queues", plan.target_arn));
        };
        let mut since = after;
        let due = expression.occurrences(&zone, plan.created_at, after).take_while(|at| *at <= until);
        let due: Vec<Timestamp> = due.take(OCCURRENCES_MAX).collect();
        for at in due {
            let body = plan.input.replace(SCHEDULED_TIME, &at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
            let call = self
                .sqs
                .send_message()
                .queue_url(url)
                .message_body(body)
                .set_message_group_id(plan.message_group.clone());
            call.send().await.map_err(|error| (since, crate::host::words(&error)))?;
            since = at;
            fired.push(Fired {
                schedule: plan.name.clone(),
                at,
            });
        }
        Ok(())
    }

    /// Beats until it is dropped.
    pub async fn run(mut self, clock: Clock) {
        let mut has_complained = false;
        loop {
            match self.fire_due(clock.now()).await {
                Ok(_) => has_complained = false,
                Err(error) if !has_complained => {
                    tracing::error!(error = %error, "schedules are not fired; it is tried again every second");
                    has_complained = true;
                }
                Err(_) => {}
            }
            beat().await;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the passing of time is the event")]
async fn beat() {
    tokio::time::sleep(BEAT).await;
}
