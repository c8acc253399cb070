//! What a schedule means, in dates: of a Pulse, or of one that is only being thought about.

use axum::Json;
use axum::extract::State;
use domain::ids::PulseId;
use domain::schedule::{Occurrence, Schedule};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::Shared;
use crate::body::{At, Body, Params};
use crate::caller::Viewer;
use crate::problem::Problem;

/// Most occurrences of one answer. Ours.
const COUNT_MAX: u16 = 366;
const COUNT_USUAL: u16 = 10;

/// How many occurrences.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Count {
    /// Due and skipped ones together.
    #[param(minimum = 1, maximum = 366, default = 10)]
    count: Option<u16>,
}

/// A schedule to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SchedulePreview {
    /// The schedule.
    pub schedule: Schedule,
    /// How many occurrences, due and skipped ones together.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 366, default = 10)]
    pub count: Option<u16>,
}

/// What comes, in order of time.
#[derive(Debug, Serialize, ToSchema)]
pub struct Occurrences {
    /// The schedule's time zone.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// When something is sent next.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_due: Option<Timestamp>,
    /// Due and skipped ones.
    pub occurrences: Vec<ShownOccurrence>,
}

/// One occurrence, and what there is to say about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownOccurrence {
    /// When, and whether.
    #[serde(flatten)]
    pub occurrence: Occurrence,
    /// Skips, moves and clock changes in words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl Occurrences {
    fn of(schedule: &Schedule, count: Option<u16>, now: Timestamp) -> Result<Self, Problem> {
        let count = count.unwrap_or(COUNT_USUAL);
        if !(1..=COUNT_MAX).contains(&count) {
            return Err(Problem::field("count", count.to_string(), format!("1 to {COUNT_MAX}")));
        }
        let occurrences = schedule
            .occurrences(now)
            .take(usize::from(count))
            .map(ShownOccurrence::from)
            .collect();
        Ok(Self {
            time_zone: schedule.time_zone.name().to_owned(),
            next_due: schedule.next_after(now),
            occurrences,
        })
    }
}

impl From<Occurrence> for ShownOccurrence {
    fn from(occurrence: Occurrence) -> Self {
        let skipped = occurrence.skipped.as_ref().map(|reason| format!("Skipped: {reason}."));
        let moved = occurrence.moved_from.map(|from| format!("Moved here from {from}."));
        let notes = occurrence.notes.iter().map(|note| format!("Note: {note}."));
        let remarks = skipped.into_iter().chain(moved).chain(notes).collect();
        Self { occurrence, remarks }
    }
}

/// What a pulse's schedule means
///
/// The next occurrences in local time, with what is skipped or moved and why, and what clock changes do.
#[utoipa::path(get, path = "/v1/pulses/{id}/schedule", tag = "schedules", params(("id" = PulseId, Path), Count),
    responses((status = 200, body = Occurrences), crate::openapi::Refusals))]
pub(crate) async fn of_pulse(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    At(id): At<PulseId>,
    Params(Count { count }): Params<Count>,
) -> Result<Json<Occurrences>, Problem> {
    let pulse = api.store.pulse(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    let schedule = pulse
        .schedule
        .ok_or_else(|| Problem::conflict("This pulse has no schedule: it is sent by hand and by hook."))?;
    Occurrences::of(&schedule, count, api.now()).map(Json)
}

/// What a schedule would mean
#[utoipa::path(post, path = "/v1/schedules/preview", tag = "schedules", request_body = SchedulePreview,
    responses((status = 200, body = Occurrences), crate::openapi::Refusals))]
pub(crate) async fn preview(
    State(api): State<Shared>,
    Viewer(_): Viewer,
    Body {
        value: SchedulePreview { schedule, count },
        ..
    }: Body<SchedulePreview>,
) -> Result<Json<Occurrences>, Problem> {
    let now = api.now();
    schedule
        .check_upcoming(now)
        .map_err(|error| Problem::field_silent("/schedule", error.to_string()))?;
    Occurrences::of(&schedule, count, now).map(Json)
}
