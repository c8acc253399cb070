//! `/v1/destinations`: where to deliver.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::destination::{Address, Destination, DestinationState};
use domain::ids::DestinationId;
use domain::pulse::DestinationSpec;
use domain::secret::SecretText;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::{Api, Shared};
use crate::body::{At, Body, Params};
use crate::caller::{Caller, Editor, Viewer};
use crate::limits::name;
use crate::once::{Answer, Making, OnceKey};
use crate::page::{List, Pages};
use crate::place::{Placed, address_text};
use crate::problem::Problem;
use crate::webhook::check_headers;

/// A destination, and the signing secret where one was made up for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewDestination {
    /// The destination.
    #[serde(flatten)]
    pub destination: Destination,
    /// Signs the events that we send; shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "whsec_…")]
    pub secret: Option<SecretText>,
}

/// A new signing secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewSecret {
    /// Signs from now on; shown this once. The one before signs beside it for 24 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, example = "whsec_…")]
    pub secret: Option<SecretText>,
}

/// What changes about a destination; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DestinationChange {
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// `active` or `disabled`. Active again, it begins without a count of failures.
    #[serde(default)]
    pub state: Option<DestinationState>,
    /// All custom headers of a webhook, in place of those before.
    #[serde(default)]
    pub headers: Option<BTreeMap<String, SecretText>>,
}

/// Make a destination
///
/// One that equals an existing one (same address) is that one, answered with 200. A webhook's signing secret is shown in this answer and
/// never again.
#[utoipa::path(post, path = "/v1/destinations", tag = "destinations", params(crate::openapi::IdempotencyKey), request_body = DestinationSpec,
    responses((status = 201, body = NewDestination), (status = 200, description = "It was there", body = NewDestination), crate::openapi::Refusals))]
pub(crate) async fn create(
    State(api): State<Shared>,
    Editor(caller): Editor,
    key: OnceKey,
    Body { value: spec, bytes }: Body<DestinationSpec>,
) -> Result<Answer, Problem> {
    api.check_destination("", &spec)?;
    let make = async |making: Making| {
        let Placed {
            destination,
            is_new,
            new_secret,
        } = api.place(&caller.org, "", &spec, &making, "destination").await?;
        let id = destination.id.clone();
        let body = NewDestination { destination, secret: None };
        let answer = if is_new {
            api.note(&caller, "destination.create", id.as_str()).await;
            Answer::created(format!("/v1/destinations/{id}"), &body)?
        } else {
            Answer::new(StatusCode::OK, &body)?
        };
        Ok(new_secret
            .into_iter()
            .fold(answer, |answer, secret| answer.with_secret("/secret", secret)))
    };
    api.once(&caller, &key, "destinations.create", &bytes, make).await
}

/// List destinations
#[utoipa::path(get, path = "/v1/destinations", tag = "destinations", params(Pages),
    responses((status = 200, body = List<Destination>), crate::openapi::Refusals))]
pub(crate) async fn list(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    Params(pages): Params<Pages>,
) -> Result<Json<List<Destination>>, Problem> {
    Ok(Json(
        api.store
            .destinations(&caller.org, pages.limit()?, pages.after()?.as_deref())
            .await?
            .into(),
    ))
}

/// A destination
#[utoipa::path(get, path = "/v1/destinations/{id}", tag = "destinations", params(("id" = DestinationId, Path)),
    responses((status = 200, body = Destination), crate::openapi::Refusals))]
pub(crate) async fn get(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    At(id): At<DestinationId>,
) -> Result<Json<Destination>, Problem> {
    api.store
        .destination(&caller.org, &id)
        .await?
        .map(Json)
        .ok_or_else(Problem::not_found)
}

/// Rename a destination, switch it on or off, or replace a webhook's headers
#[utoipa::path(patch, path = "/v1/destinations/{id}", tag = "destinations", params(("id" = DestinationId, Path)), request_body = DestinationChange,
    responses((status = 200, body = Destination), crate::openapi::Refusals))]
pub(crate) async fn change(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(id): At<DestinationId>,
    Body { value: change, .. }: Body<DestinationChange>,
) -> Result<Json<Destination>, Problem> {
    let destination = api.store.destination(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    if let Some(new) = &change.name {
        name("/name", new)?;
    }
    if change.state == Some(DestinationState::Invited) {
        return Err(Problem::field("/state", "`invited`", "`active` or `disabled`"));
    }
    if let Some(headers) = &change.headers {
        check_headers("/headers", headers)?;
        let Address::Webhook { connection, .. } = &destination.address else {
            return Err(Problem::field_silent("/headers", "headers belong to webhooks only"));
        };
        let stored = api
            .store
            .connection(&caller.org, connection)
            .await?
            .ok_or_else(Problem::not_found)?;
        let headers = headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
            .collect();
        api.change_webhook(&caller.org, stored, |credentials, _| credentials.headers = headers)
            .await?;
    }
    let apply = |destination: &mut Destination| {
        destination.name = change.name.clone().unwrap_or_else(|| destination.name.clone());
        if let Some(state) = change.state {
            destination.state = state;
            destination.why = None;
            destination.unreachable_runs = 0;
        }
    };
    let destination = api
        .store
        .change_destination(&caller.org, &id, apply)
        .await?
        .ok_or_else(Problem::not_found)?;
    api.note(&caller, "destination.change", id.as_str()).await;
    Ok(Json(destination))
}

/// Delete a destination
///
/// Pulses that name it pass it over from then on. A webhook's secret and headers are erased.
#[utoipa::path(delete, path = "/v1/destinations/{id}", tag = "destinations", params(("id" = DestinationId, Path)),
    responses((status = 204, description = "Deleted"), crate::openapi::Refusals))]
pub(crate) async fn delete(State(api): State<Shared>, Editor(caller): Editor, At(id): At<DestinationId>) -> Result<StatusCode, Problem> {
    let destination = api.store.destination(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    // The destination goes last: until then the same call, made again, finds what is left to do.
    api.store
        .release_address(&caller.org, destination.address.kind(), &address_text(&destination.address))
        .await?;
    if let Address::Webhook { connection, .. } = &destination.address {
        api.store.revoke_connection(&caller.org, connection).await?;
    }
    api.store.delete_destination(&caller.org, &id).await?;
    api.note(&caller, "destination.delete", id.as_str()).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Replace a webhook's signing secret
///
/// The new one is shown in this answer and never again. Events carry signatures of both for 24 hours.
#[utoipa::path(post, path = "/v1/destinations/{id}/rotate-secret", tag = "destinations", params(("id" = DestinationId, Path), crate::openapi::IdempotencyKey),
    responses((status = 200, body = NewSecret), crate::openapi::Refusals))]
pub(crate) async fn rotate_secret(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(id): At<DestinationId>,
    key: OnceKey,
) -> Result<Answer, Problem> {
    let operation = format!("destinations.rotate/{id}");
    api.once(&caller, &key, &operation, b"", |_| api.rotate(&caller, &id)).await
}

impl Api {
    async fn rotate(&self, caller: &Caller, id: &DestinationId) -> Result<Answer, Problem> {
        let destination = self.store.destination(&caller.org, id).await?.ok_or_else(Problem::not_found)?;
        let Address::Webhook { connection, .. } = &destination.address else {
            return Err(Problem::conflict("Only webhooks have a signing secret."));
        };
        let stored = self
            .store
            .connection(&caller.org, connection)
            .await?
            .ok_or_else(Problem::not_found)?;
        let secret = crate::webhook::new_secret(self.entropy.bytes());
        let new = secret.clone();
        self.change_webhook(&caller.org, stored, |credentials, now| credentials.rotate(new, now))
            .await?;
        self.note(caller, "destination.rotate_secret", id.as_str()).await;
        Ok(Answer::new(StatusCode::OK, &NewSecret { secret: None })?.with_secret("/secret", secret))
    }
}
