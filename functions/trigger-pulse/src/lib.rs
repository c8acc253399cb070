//! Turns "this pulse is due" into exactly one Run per pulse and moment, or into a visible reason why there is none.
//!
//! Knows: skip rules, the frozen version, when a Run is too late. Must never know: sources, charts, channels, where it runs (`main.rs` does).
//!
//! EventBridge may fire twice and SQS may hand over twice: the Run's key is the pulse and the moment, so that the second one finds the
//! first. The message to the next step is sent after the Run is written, and again whenever a duplicate finds a Run that is under way: a
//! crash between the two loses nothing, and the next step does not care.

use domain::ids::RunId;
use domain::message::{Cause, Compose, PulseDue};
use domain::pulse::{Pulse, PulseState};
use domain::run::{Run, RunState, expires_at};
use domain::schedule::DueDecision;
use jiff::Timestamp;
use runtime::sqs::{Batch, Disposition, InvalidEvent, Queue, SendError};
use runtime::{Runtime, SqsBatchResponse, SqsEvent, StartError};
use store::{Store, StoreError};

/// The function. Build it once.
#[derive(Debug)]
pub struct TriggerPulse {
    runtime: Runtime,
    store: Store,
    compose: Queue,
    batch: Batch,
}

/// Why a message could not be worked on; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum TriggerError {
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The next queue.
    #[error(transparent)]
    Send(#[from] SendError),
}

impl TriggerPulse {
    /// Reads `TABLE_NAME`, `BUCKET_NAME` and `QUEUE_COMPOSE_URL`.
    ///
    /// # Errors
    /// [`StartError`] where one is missing.
    pub fn new(runtime: Runtime) -> Result<Self, StartError> {
        let env = &runtime.env;
        let store = Store::new(&runtime.sdk, env.text("TABLE_NAME")?, env.text("BUCKET_NAME")?);
        let (compose, batch) = (runtime.queue("QUEUE_COMPOSE_URL")?, runtime.batch());
        Ok(Self {
            runtime,
            store,
            compose,
            batch,
        })
    }

    /// Opens the connection to the table while the function still starts; what fails here fails again, and is reported, at the first message.
    pub async fn warm_up(&self) {
        drop(self.store.table.warm_up().await);
    }

    /// Works on a batch of PulseDue messages.
    ///
    /// # Errors
    /// [`InvalidEvent`] where the event is not SQS's.
    pub async fn handle(&self, event: SqsEvent) -> Result<SqsBatchResponse, InvalidEvent> {
        self.batch
            .run(event, |message: PulseDue, _| async move {
                self.one(&message).await.map(|()| Disposition::Done)
            })
            .await
    }

    async fn one(&self, due: &PulseDue) -> Result<(), TriggerError> {
        let Some(pulse) = self.store.pulse(&due.org_id, &due.pulse_id).await? else {
            tracing::info!(pulse.id = %due.pulse_id, "a pulse was due that has been deleted");
            return Ok(());
        };
        let Some(run) = begin(&pulse, due, self.runtime.clock.now()) else {
            return Ok(());
        };
        let run = if self.store.create_run(&due.org_id, &run).await? {
            tracing::info!(pulse.id = %pulse.id, run.id = %run.id, run.is_started = run.state == RunState::Started, "a run began");
            run
        } else {
            // Somebody was first; their version counts.
            self.store.run(&due.org_id, &run.id).await?.unwrap_or(run)
        };
        if run.state != RunState::Started {
            return Ok(());
        }
        let message = Compose {
            org_id: due.org_id.clone(),
            run_id: run.id,
            pulse_version: run.pulse_version,
            expires_at: run.expires_at,
        };
        Ok(self.compose.send(&message).await?)
    }
}

/// The Run that this firing begins, or `None` where it means nothing: a paused pulse, or a moment that EventBridge's wider expression fires
/// at and the schedule does not.
pub fn begin(pulse: &Pulse, due: &PulseDue, now: Timestamp) -> Option<Run> {
    let run = |state: RunState, expires_at: Timestamp| Run {
        id: RunId::new(pulse.id.clone(), due.scheduled_for, due.cause),
        cause: due.cause,
        scheduled_for: due.scheduled_for,
        pulse_version: pulse.version,
        state,
        created_at: now,
        expires_at,
    };
    if due.cause != Cause::Schedule {
        return Some(run(RunState::Started, expires_at(now, None)));
    }
    let schedule = pulse.schedule.as_ref().filter(|_| pulse.state == PulseState::Active)?;
    let next = schedule.next_after(due.scheduled_for);
    match schedule.decide_due(due.scheduled_for) {
        DueDecision::NotAnOccurrence => None,
        DueDecision::Skipped(reason) => Some(run(
            RunState::Skipped {
                reason: reason.to_string(),
            },
            now,
        )),
        DueDecision::Due if next.is_some_and(|next| next <= now) => {
            let reason = "too late: the next one was due before this one could begin".to_owned();
            Some(run(RunState::Skipped { reason }, now))
        }
        DueDecision::Due => Some(run(RunState::Started, expires_at(now, next))),
    }
}
