//! Writing a Pulse: judge everything first, make what it refers to, then write it and its schedule.
//!
//! What a crash leaves, by the order of writes:
//! - **create**: sources and destinations, the schedule in EventBridge, the Pulse, the first run. Before the Pulse stands, its schedule fires
//!   into nothing (trigger-pulse passes over a Pulse that does not exist); a Pulse without its schedule, which would be silent, cannot be.
//! - **change**: the new version wins by its condition first, then EventBridge is made to say what the *current* version says, read again
//!   afterwards: of two changes at once the later version stands in both. Nobody got an answer where a crash fell between, and the same
//!   request again, though it changes nothing, sets the schedule. Pausing holds from the first write: a due paused Pulse is skipped.
//! - **delete**: the Pulse, then the schedule; see `pulses::delete`.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::ids::{DestinationId, OrgId, PulseId, SourceId};
use domain::message::Cause;
use domain::pulse::{DestinationRef, DestinationTarget, Pulse, PulseDestination, PulseSpec, PulseState, SourceRef};
use domain::secret::SecretText;
use domain::source::Source;
use domain::source_spec::SourceSpec;
use futures_util::future::try_join_all;

use crate::api::Api;
use crate::caller::Caller;
use crate::once::{Answer, Making};
use crate::problem::Problem;
use crate::pulse_check::targets;
use crate::pulses::WrittenPulse;

/// How often the schedule is set again because somebody changed the Pulse meanwhile.
const SYNC_TRIES: u32 = 5;

/// How many destinations are made at the same time: 500 of them must not take half a minute.
const PLACED_AT_ONCE: usize = 16;

/// A Pulse's destinations as one would write them.
pub(crate) fn written(pulse: &Pulse) -> Vec<DestinationRef> {
    let reference = |to: &PulseDestination| DestinationRef {
        to: DestinationTarget::Id(to.id.clone()),
        fallback: to.fallback.clone().map(DestinationTarget::Id),
        size: to.size,
        theme: to.theme,
    };
    pulse.destinations.iter().map(reference).collect()
}

/// A Pulse whose source and destinations exist, and the secrets made on the way.
struct Resolved {
    pulse: Pulse,
    secrets: BTreeMap<DestinationId, SecretText>,
}

impl Api {
    pub(crate) async fn create_pulse(&self, caller: &Caller, spec: PulseSpec, making: Making) -> Result<Answer, Problem> {
        let id = spec
            .id
            .clone()
            .unwrap_or_else(|| PulseId::generate(making.at, making.bits("pulse")));
        // One that this request made, before it broke off, has its first try's time.
        if self
            .store
            .pulse(&caller.org, &id)
            .await?
            .is_some_and(|there| there.updated_at != making.at)
        {
            return Err(Problem::conflict(format!(
                "There is a pulse with the id {id}. PUT /v1/pulses/{id} changes it."
            )));
        }
        let send_first = spec.send_first && spec.state == PulseState::Active;
        let Resolved { pulse, secrets } = self.resolve(&caller.org, spec, id.clone(), None, &making).await?;
        if pulse.schedule.is_some() {
            self.scheduler.put(&caller.org, &pulse).await?;
        }
        if !self.store.create_pulse(&caller.org, &pulse).await? && self.store.pulse(&caller.org, &id).await?.as_ref() != Some(&pulse) {
            self.sync_schedule(&caller.org, &id).await?;
            return Err(Problem::conflict(format!(
                "Somebody else made a pulse with the id {id} at the same moment."
            )));
        }
        self.note(caller, "pulse.create", id.as_str()).await;
        let first_run = if send_first {
            Some(self.make_due(caller, &id, making, Cause::Test).await?)
        } else {
            None
        };
        let answer = Answer::created(
            format!("/v1/pulses/{id}"),
            &WrittenPulse {
                pulse,
                first_run,
                webhook_secrets: BTreeMap::new(),
            },
        )?;
        Ok(with_secrets(answer, secrets))
    }

    pub(crate) async fn replace_pulse(&self, caller: &Caller, before: Pulse, spec: PulseSpec, making: Making) -> Result<Answer, Problem> {
        let id = before.id.clone();
        let Resolved { mut pulse, secrets } = self.resolve(&caller.org, spec, id.clone(), Some(&before), &making).await?;
        let unchanged = Pulse {
            version: before.version,
            updated_at: before.updated_at,
            ..pulse.clone()
        } == before;
        if unchanged {
            pulse = before;
        } else {
            self.store.replace_pulse(&caller.org, &before, &pulse).await?;
            self.note(caller, "pulse.change", id.as_str()).await;
        }
        self.sync_schedule(&caller.org, &id).await?;
        let answer = Answer::new(
            StatusCode::OK,
            &WrittenPulse {
                pulse,
                first_run: None,
                webhook_secrets: BTreeMap::new(),
            },
        )?;
        Ok(with_secrets(answer, secrets))
    }

    /// Makes EventBridge say what the Pulse says now, whoever changes it meanwhile.
    async fn sync_schedule(&self, org: &OrgId, id: &PulseId) -> Result<(), Problem> {
        let mut current = self.store.pulse(org, id).await?;
        for _ in 0..SYNC_TRIES {
            match &current {
                Some(pulse) => self.scheduler.put(org, pulse).await?,
                None => self.scheduler.delete(org, id).await?,
            }
            let now = self.store.pulse(org, id).await?;
            if now.as_ref().map(|pulse| pulse.version) == current.as_ref().map(|pulse| pulse.version) {
                return Ok(());
            }
            current = now;
        }
        Err(Problem::conflict(
            "Several people change this pulse at the same moment. Read it again and repeat the change.",
        ))
    }

    async fn resolve(
        &self,
        org: &OrgId,
        spec: PulseSpec,
        id: PulseId,
        before: Option<&Pulse>,
        making: &Making,
    ) -> Result<Resolved, Problem> {
        self.check_pulse(&spec, before)?;
        self.check_ids(org, &spec.destinations).await?;
        let writer_before = before.and_then(|before| before.message.writer.as_ref());
        self.check_writer(org, spec.message.writer.as_ref(), writer_before).await?;
        let source = self.source_of(org, &spec.source, before).await?;
        let is_new_chart = before.is_none_or(|before| before.chart != spec.chart || source.id.as_ref() != Some(&before.source));
        if is_new_chart {
            self.check_chart(org, &source.spec, &spec.chart).await?;
        }
        // From here on things are made.
        let source = self.put_source(org, source, &spec.name, making).await?;
        let (destinations, secrets) = self.put_destinations(org, &spec.destinations, making).await?;
        let version = before.map_or(1, |before| before.version + 1);
        let PulseSpec {
            name,
            chart,
            schedule,
            message,
            state,
            ..
        } = spec;
        let updated_at = making.at;
        Ok(Resolved {
            pulse: Pulse {
                id,
                version,
                state,
                name,
                source,
                chart,
                schedule,
                message,
                destinations,
                updated_at,
            },
            secrets,
        })
    }

    async fn source_of(&self, org: &OrgId, reference: &SourceRef, before: Option<&Pulse>) -> Result<SourceFound, Problem> {
        match reference {
            SourceRef::Id(id) => {
                let source = self.store.source(org, id).await?;
                let refuse = || {
                    Problem::field(
                        "/source",
                        format!("`{id}`, which does not exist"),
                        "the id of a source, or a source",
                    )
                };
                source
                    .map(|source| SourceFound {
                        id: Some(source.id),
                        spec: source.spec,
                    })
                    .ok_or_else(refuse)
            }
            SourceRef::Spec(spec) => {
                self.check_source(org, "/source", spec).await?;
                // The same file again means the source that it made the first time.
                let of_before = match before {
                    Some(before) => self.store.source(org, &before.source).await?,
                    None => None,
                };
                let id = of_before.filter(|source| source.spec == **spec).map(|source| source.id);
                Ok(SourceFound {
                    id,
                    spec: (**spec).clone(),
                })
            }
        }
    }

    async fn put_source(&self, org: &OrgId, found: SourceFound, name: &str, making: &Making) -> Result<SourceId, Problem> {
        if let Some(id) = found.id {
            return Ok(id);
        }
        let id = SourceId::generate(making.at, making.bits("source"));
        let source = Source {
            id: id.clone(),
            name: name.to_owned(),
            spec: found.spec,
            updated_at: making.at,
        };
        self.store.create_source(org, &source).await?;
        Ok(id)
    }

    async fn put_destinations(
        &self,
        org: &OrgId,
        references: &[DestinationRef],
        making: &Making,
    ) -> Result<(Vec<PulseDestination>, BTreeMap<DestinationId, SecretText>), Problem> {
        let mut secrets = BTreeMap::new();
        let mut placed: BTreeMap<String, DestinationId> = BTreeMap::new();
        let mut written_out = Vec::new();
        for (pointer, target) in targets(references) {
            match target {
                DestinationTarget::Id(id) => drop(placed.insert(pointer, id.clone())),
                DestinationTarget::Spec(spec) => written_out.push((pointer, spec)),
            }
        }
        for some in written_out.chunks(PLACED_AT_ONCE) {
            let made = some.iter().map(|(pointer, spec)| self.place(org, pointer, spec, making, pointer));
            for ((pointer, _), made) in some.iter().zip(try_join_all(made).await?) {
                secrets.extend(made.new_secret.map(|secret| (made.destination.id.clone(), secret)));
                placed.insert(pointer.clone(), made.destination.id);
            }
        }
        let of = |pointer: String| placed.get(&pointer).cloned();
        let mut destinations: Vec<PulseDestination> = Vec::with_capacity(references.len());
        for (index, reference) in references.iter().enumerate() {
            let pointer = format!("/destinations/{index}/to");
            let id = of(pointer.clone()).ok_or_else(|| Problem::internal("a destination was not placed"))?;
            if let Some(first) = destinations.iter().position(|other| other.id == id) {
                return Err(Problem::field(
                    pointer,
                    format!("the destination of /destinations/{first} again"),
                    "each destination once",
                ));
            }
            let fallback = of(format!("/destinations/{index}/fallback"));
            if fallback.as_ref() == Some(&id) {
                let pointer = format!("/destinations/{index}/fallback");
                return Err(Problem::field(pointer, "the destination itself", "another destination"));
            }
            destinations.push(PulseDestination {
                id,
                fallback,
                size: reference.size,
                theme: reference.theme,
            });
        }
        Ok((destinations, secrets))
    }
}

/// What to read, and the source that reads it where there is one.
struct SourceFound {
    id: Option<SourceId>,
    spec: SourceSpec,
}

fn with_secrets(answer: Answer, secrets: BTreeMap<DestinationId, SecretText>) -> Answer {
    secrets.into_iter().fold(answer, |answer, (id, secret)| {
        answer.with_secret(format!("/webhook_secrets/{id}"), secret)
    })
}
