//! `/v1/pulses`: charts that arrive by themselves. How one is written is in `pulse_write`.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::chart_spec::ChartSpec;
use domain::ids::{DestinationId, PulseId, RunId};
use domain::message::{Cause, PulseDue};
use domain::pulse::{DestinationRef, MessageSettings, Pulse, PulseSpec, PulseState, SourceRef};
use domain::schedule::Schedule;
use domain::secret::SecretText;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::api::{Api, Shared};
use crate::body::{At, Body, Params};
use crate::caller::{Caller, Editor, Viewer};
use crate::once::{Answer, Making, OnceKey};
use crate::page::{List, Pages};
use crate::problem::Problem;

/// A pulse as it stands after a change.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrittenPulse {
    /// The pulse.
    #[serde(flatten)]
    pub pulse: Pulse,
    /// The run that was started at once, as a test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_run: Option<RunId>,
    /// Signing secrets that were made up for new webhooks, by destination; shown this once.
    #[schema(value_type = BTreeMap<String, String>)]
    pub webhook_secrets: BTreeMap<DestinationId, SecretText>,
}

/// A run that was started.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sent {
    /// The run; it can be looked at a moment later.
    pub run: RunId,
}

/// What changes about a pulse; what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PulseChange {
    /// What people call it.
    pub name: Option<String>,
    /// What to read: the id of a source, or a source.
    pub source: Option<SourceRef>,
    /// What to draw.
    pub chart: Option<ChartSpec>,
    /// When; null for by hand and by hook only.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Schedule>)]
    pub schedule: Option<Option<Schedule>>,
    /// What to say: all of it, in place of what was.
    pub message: Option<MessageSettings>,
    /// Who gets it: all of them, in place of those before.
    pub destinations: Option<Vec<DestinationRef>>,
    /// `active` or `paused`.
    pub state: Option<PulseState>,
}

/// Tells null from nothing.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// Make a pulse
///
/// Takes what a pulse file holds, as JSON. A source and destinations that are written out are made with it; a destination that equals an
/// existing one (same address) is that one. Unless `send_first` is false it is sent at once, as a test.
#[utoipa::path(post, path = "/v1/pulses", tag = "pulses", params(crate::openapi::IdempotencyKey), request_body = PulseSpec,
    responses((status = 201, body = WrittenPulse), crate::openapi::Refusals))]
pub(crate) async fn create(
    State(api): State<Shared>,
    Editor(caller): Editor,
    key: OnceKey,
    Body { value: spec, bytes }: Body<PulseSpec>,
) -> Result<Answer, Problem> {
    api.once(&caller, &key, "pulses.create", &bytes, |making| {
        api.create_pulse(&caller, spec, making)
    })
    .await
}

/// Write a pulse under an id of one's own
///
/// Makes it, or puts it in the place of the one that is there. The same file twice is one pulse.
#[utoipa::path(put, path = "/v1/pulses/{id}", tag = "pulses", params(("id" = PulseId, Path), crate::openapi::IdempotencyKey), request_body = PulseSpec,
    responses((status = 200, description = "Changed", body = WrittenPulse), (status = 201, description = "Made", body = WrittenPulse), crate::openapi::Refusals))]
pub(crate) async fn put(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(id): At<PulseId>,
    key: OnceKey,
    Body { value: mut spec, bytes }: Body<PulseSpec>,
) -> Result<Answer, Problem> {
    if spec.id.as_ref().is_some_and(|named| *named != id) {
        return Err(Problem::field(
            "/id",
            "another id than the address names",
            format!("`{id}`, or nothing"),
        ));
    }
    spec.id = Some(id.clone());
    let write = async |making: Making| match api.store.pulse(&caller.org, &id).await? {
        // One that this request made, before it broke off, is completed: its first run may be missing.
        Some(before) if key.0.is_none() || (before.version, before.updated_at) != (1, making.at) => {
            api.replace_pulse(&caller, before, spec, making).await
        }
        _ => api.create_pulse(&caller, spec, making).await,
    };
    api.once(&caller, &key, &format!("pulses.put/{id}"), &bytes, write).await
}

/// Change a pulse, pause it or let it go on
#[utoipa::path(patch, path = "/v1/pulses/{id}", tag = "pulses", params(("id" = PulseId, Path)), request_body = PulseChange,
    responses((status = 200, body = WrittenPulse), crate::openapi::Refusals))]
pub(crate) async fn change(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(id): At<PulseId>,
    Body { value: change, bytes }: Body<PulseChange>,
) -> Result<Answer, Problem> {
    let before = api.store.pulse(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    let spec = change.over(&before);
    api.once(&caller, &OnceKey(None), "pulses.change", &bytes, |making| {
        api.replace_pulse(&caller, before, spec, making)
    })
    .await
}

/// List pulses
#[utoipa::path(get, path = "/v1/pulses", tag = "pulses", params(Pages), responses((status = 200, body = List<Pulse>), crate::openapi::Refusals))]
pub(crate) async fn list(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    Params(pages): Params<Pages>,
) -> Result<Json<List<Pulse>>, Problem> {
    let page: List<Pulse> = api
        .store
        .pulses(&caller.org, pages.limit()?, pages.after()?.as_deref())
        .await?
        .into();
    Ok(Json(page.filter_map(|pulse| {
        (!crate::test_message::is_ours(pulse.id.as_str())).then_some(pulse)
    })))
}

/// A pulse
#[utoipa::path(get, path = "/v1/pulses/{id}", tag = "pulses", params(("id" = PulseId, Path)), responses((status = 200, body = Pulse), crate::openapi::Refusals))]
pub(crate) async fn get(State(api): State<Shared>, Viewer(caller): Viewer, At(id): At<PulseId>) -> Result<Json<Pulse>, Problem> {
    api.store.pulse(&caller.org, &id).await?.map(Json).ok_or_else(Problem::not_found)
}

/// Delete a pulse
///
/// Its schedule and its hook addresses go with it. Runs under way are finished; its history stays.
#[utoipa::path(delete, path = "/v1/pulses/{id}", tag = "pulses", params(("id" = PulseId, Path)),
    responses((status = 204, description = "Deleted"), crate::openapi::Refusals))]
pub(crate) async fn delete(State(api): State<Shared>, Editor(caller): Editor, At(id): At<PulseId>) -> Result<StatusCode, Problem> {
    let found = api.store.pulse(&caller.org, &id).await?;
    if let Some(pulse) = &found {
        api.store.delete_pulse(&caller.org, pulse, api.now()).await?;
        api.note(&caller, "pulse.delete", id.as_str()).await;
    }
    // After the pulse, and also where it is gone: a schedule that a crash left behind fires into nothing, and the next DELETE removes it.
    api.scheduler.delete(&caller.org, &id).await?;
    loop {
        let hooks = api.store.hooks(&caller.org, &id, 100, None).await?.items;
        if hooks.is_empty() {
            break;
        }
        for hook in hooks {
            api.store.delete_hook(&caller.org, &id, &hook.id).await?;
        }
    }
    found.map(|_| StatusCode::NO_CONTENT).ok_or_else(Problem::not_found)
}

/// Send a pulse now
#[utoipa::path(post, path = "/v1/pulses/{id}/send", tag = "pulses", params(("id" = PulseId, Path), crate::openapi::IdempotencyKey),
    responses((status = 202, description = "Under way", body = Sent), crate::openapi::Refusals))]
pub(crate) async fn send(State(api): State<Shared>, Editor(caller): Editor, At(id): At<PulseId>, key: OnceKey) -> Result<Answer, Problem> {
    api.store.pulse(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    let operation = format!("pulses.send/{id}");
    let send = async |making: Making| {
        let answer = api.send(&caller, &id, making, Cause::Manual).await?;
        api.note(&caller, "pulse.send", id.as_str()).await;
        Ok(answer)
    };
    api.once(&caller, &key, &operation, b"", send).await
}

impl Api {
    /// Makes a pulse due now. The run is named by the request's own time: the same request again is the same run.
    pub(crate) async fn send(&self, caller: &Caller, pulse: &PulseId, making: Making, cause: Cause) -> Result<Answer, Problem> {
        let run = self.make_due(caller, pulse, making, cause).await?;
        let mut answer = Answer::new(StatusCode::ACCEPTED, &Sent { run: run.clone() })?;
        answer.locate(format!("/v1/runs/{run}"));
        Ok(answer)
    }

    pub(crate) async fn make_due(&self, caller: &Caller, pulse: &PulseId, making: Making, cause: Cause) -> Result<RunId, Problem> {
        let due = PulseDue {
            org_id: caller.org.clone(),
            pulse_id: pulse.clone(),
            scheduled_for: making.at,
            cause,
        };
        self.due.send(&due).await?;
        Ok(RunId::new(pulse.clone(), making.at, cause))
    }
}

impl PulseChange {
    /// The pulse with these changes, as one would write it out.
    fn over(self, before: &Pulse) -> PulseSpec {
        let same = || crate::pulse_write::written(before);
        PulseSpec {
            id: Some(before.id.clone()),
            name: self.name.unwrap_or_else(|| before.name.clone()),
            source: self.source.unwrap_or_else(|| SourceRef::Id(before.source.clone())),
            chart: self.chart.unwrap_or_else(|| before.chart.clone()),
            schedule: self.schedule.unwrap_or_else(|| before.schedule.clone()),
            message: self.message.unwrap_or_else(|| before.message.clone()),
            destinations: self.destinations.unwrap_or_else(same),
            send_first: false,
            state: self.state.unwrap_or(before.state),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn null_takes_a_schedule_away_and_nothing_keeps_it() {
        let change = |text: &str| serde_json::from_str::<PulseChange>(text).unwrap();
        assert_eq!(change("{}").schedule, None);
        assert_eq!(change(r#"{"schedule": null}"#).schedule, Some(None));
        let daily = change(r#"{"schedule": {"daily": {"at": "09:00"}, "time_zone": "Europe/Berlin"}}"#).schedule;
        assert!(matches!(daily, Some(Some(_))));
        assert!(serde_json::from_str::<PulseChange>(r#"{"shedule": null}"#).is_err());
    }
}
