//! `/v1/runs` and `/v1/deliveries`: what was sent, to whom, and how it went, try by try.

use axum::Json;
use axum::extract::State;
use domain::delivery::{Attempt, Delivery, DeliveryState};
use domain::ids::{DeliveryId, PulseId, RunId};
use domain::reading::Proofread;
use domain::run::Run;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::deliveries::DeliveryRecord;
use utoipa::{IntoParams, ToSchema};

use crate::api::Shared;
use crate::body::{At, Params};
use crate::caller::Viewer;
use crate::page::{List, Pages};
use crate::problem::Problem;

/// Which runs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfPulse {
    /// The pulse.
    #[param(value_type = String)]
    pulse: PulseId,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Most entries of the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OfDay {
    /// The day they were created on, in UTC.
    #[param(value_type = String, format = Date, example = "2026-11-20")]
    day: Date,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Most entries of the page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// A run and everything that became of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunRecord {
    /// The run.
    #[serde(flatten)]
    pub run: Run,
    /// Who wrote its words, and what was left out of them because it could not be proven; once they are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proofread>,
    /// Its deliveries.
    pub deliveries: Vec<ShownDelivery>,
}

/// A delivery, the one word for how it stands, and its tries.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownDelivery {
    /// How it stands.
    pub state: DeliveryState,
    /// The delivery.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// Every call to the provider, in order; left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<Vec<Attempt>>,
}

impl ShownDelivery {
    fn of(record: DeliveryRecord, now: Timestamp) -> Self {
        Self {
            state: record.delivery.state(now),
            delivery: record.delivery,
            attempts: Some(record.attempts),
        }
    }
}

/// Runs of a pulse, newest first
#[utoipa::path(get, path = "/v1/runs", tag = "runs", params(OfPulse), responses((status = 200, body = List<Run>), crate::openapi::Refusals))]
pub(crate) async fn list(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    Params(OfPulse { pulse, cursor, limit }): Params<OfPulse>,
) -> Result<Json<List<Run>>, Problem> {
    let pages = Pages { cursor, limit };
    Ok(Json(
        api.store
            .runs(&caller.org, &pulse, pages.limit()?, pages.after()?.as_deref())
            .await?
            .into(),
    ))
}

/// A run with its deliveries and every try
#[utoipa::path(get, path = "/v1/runs/{id}", tag = "runs", params(("id" = RunId, Path)), responses((status = 200, body = RunRecord), crate::openapi::Refusals))]
pub(crate) async fn get(State(api): State<Shared>, Viewer(caller): Viewer, At(id): At<RunId>) -> Result<Json<RunRecord>, Problem> {
    let run = api.store.run(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    let records = api.store.deliveries_of_run(&caller.org, &id).await?;
    let reading = api.store.bucket.reading(&caller.org, &id).await?;
    let now = api.clock.now();
    Ok(Json(RunRecord {
        run,
        proof: reading.map(|reading| reading.proof),
        deliveries: records.into_iter().map(|record| ShownDelivery::of(record, now)).collect(),
    }))
}

/// Deliveries of a day, newest first
#[utoipa::path(get, path = "/v1/deliveries", tag = "runs", params(OfDay), responses((status = 200, body = List<ShownDelivery>), crate::openapi::Refusals))]
pub(crate) async fn deliveries(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    Params(OfDay { day, cursor, limit }): Params<OfDay>,
) -> Result<Json<List<ShownDelivery>>, Problem> {
    let pages = Pages { cursor, limit };
    let now = api.clock.now();
    let page: List<Delivery> = api
        .store
        .deliveries_of_day(&caller.org, day, pages.limit()?, pages.after()?.as_deref())
        .await?
        .into();
    Ok(Json(page.filter_map(|delivery| {
        Some(ShownDelivery {
            state: delivery.state(now),
            delivery,
            attempts: None,
        })
    })))
}

/// A delivery with every try
#[utoipa::path(get, path = "/v1/deliveries/{id}", tag = "runs", params(("id" = DeliveryId, Path)),
    responses((status = 200, body = ShownDelivery), crate::openapi::Refusals))]
pub(crate) async fn delivery(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    At(id): At<DeliveryId>,
) -> Result<Json<ShownDelivery>, Problem> {
    let records = api.store.deliveries_of_run(&caller.org, &id.run).await?;
    let record = records
        .into_iter()
        .find(|record| record.delivery.id == id)
        .ok_or_else(Problem::not_found)?;
    Ok(Json(ShownDelivery::of(record, api.clock.now())))
}
