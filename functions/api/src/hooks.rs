//! Hook addresses (`/v1/pulses/{id}/hooks`) and what calls them (`/v1/hooks/{token}`): an event elsewhere makes a Pulse due.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::access::{Hook, Role};
use domain::ids::{HookId, PulseId};
use domain::message::Cause;
use domain::secret::SecretText;
use serde::{Deserialize, Serialize};
use store::registry::sha256_hex;
use utoipa::ToSchema;

use crate::api::Shared;
use crate::body::{At, Body, Params};
use crate::caller::{Caller, Editor, Viewer};
use crate::limits::name;
use crate::once::{Answer, Making, OnceKey};
use crate::page::{List, Pages};
use crate::problem::Problem;
use crate::pulses::Sent;

/// Longest token we look at, in bytes; ours have 43.
const TOKEN_BYTES_MAX: usize = 128;

/// A hook address to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHook {
    /// What people call it: 1 to 200 characters.
    #[schema(example = "Import finished")]
    pub name: String,
}

/// A new hook address.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedHook {
    /// What is listed of it.
    #[serde(flatten)]
    pub listed: Hook,
    /// POST here, with any body or none, and the pulse is sent. Whoever knows the address can do so; shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, format = "uri")]
    pub url: Option<SecretText>,
}

/// Make a hook address
///
/// The address is shown in this answer and never again; we keep its token's SHA-256.
#[utoipa::path(post, path = "/v1/pulses/{id}/hooks", tag = "hooks", params(("id" = PulseId, Path), crate::openapi::IdempotencyKey), request_body = NewHook,
    responses((status = 201, body = CreatedHook), crate::openapi::Refusals))]
pub(crate) async fn create(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(pulse): At<PulseId>,
    key: OnceKey,
    Body { value: new, bytes }: Body<NewHook>,
) -> Result<Answer, Problem> {
    name("/name", &new.name)?;
    api.store.pulse(&caller.org, &pulse).await?.ok_or_else(Problem::not_found)?;
    let make = async |making: Making| {
        let id = HookId::generate(making.at, making.bits("hook"));
        let token = api.token();
        let listed = Hook {
            id: id.clone(),
            pulse: pulse.clone(),
            name: new.name,
            created_at: making.at,
        };
        api.store.create_hook(&caller.org, &listed, &sha256_hex(token.as_bytes())).await?;
        api.note(&caller, "hook.create", id.as_str()).await;
        let answer = Answer::new(StatusCode::CREATED, &CreatedHook { listed, url: None })?;
        Ok(answer.with_secret("/url", SecretText::new(format!("{}/v1/hooks/{token}", api.settings.public_url))))
    };
    api.once(&caller, &key, &format!("hooks.create/{pulse}"), &bytes, make).await
}

/// List a pulse's hook addresses
#[utoipa::path(get, path = "/v1/pulses/{id}/hooks", tag = "hooks", params(("id" = PulseId, Path), Pages),
    responses((status = 200, body = List<Hook>), crate::openapi::Refusals))]
pub(crate) async fn list(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    At(pulse): At<PulseId>,
    Params(pages): Params<Pages>,
) -> Result<Json<List<Hook>>, Problem> {
    api.store.pulse(&caller.org, &pulse).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(
        api.store
            .hooks(&caller.org, &pulse, pages.limit()?, pages.after()?.as_deref())
            .await?
            .into(),
    ))
}

/// Delete a hook address
#[utoipa::path(delete, path = "/v1/pulses/{id}/hooks/{hook}", tag = "hooks", params(("id" = PulseId, Path), ("hook" = HookId, Path)),
    responses((status = 204, description = "Deleted"), crate::openapi::Refusals))]
pub(crate) async fn delete(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At((pulse, hook)): At<(PulseId, HookId)>,
) -> Result<StatusCode, Problem> {
    if !api.store.delete_hook(&caller.org, &pulse, &hook).await? {
        return Err(Problem::not_found());
    }
    api.note(&caller, "hook.delete", hook.as_str()).await;
    Ok(StatusCode::NO_CONTENT)
}

/// The name of an event: its `webhook-id` (Standard Webhooks), or an `Idempotency-Key`.
#[derive(Debug)]
pub(crate) struct EventName(OnceKey);

impl FromRequestParts<Shared> for EventName {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, api: &Shared) -> Result<Self, Problem> {
        match OnceKey::read(parts, "webhook-id")? {
            named @ OnceKey(Some(_)) => Ok(Self(named)),
            OnceKey(None) => OnceKey::from_request_parts(parts, api).await.map(Self),
        }
    }
}

/// Send a pulse because something happened
///
/// The token in the address is the permission; no API key. The body is not read. Calls with the same `webhook-id` or `Idempotency-Key` within
/// 24 hours are one run.
#[utoipa::path(post, path = "/v1/hooks/{token}", tag = "hooks", security(()), params(("token" = String, Path), crate::openapi::EventName),
    responses((status = 202, description = "Under way", body = Sent), crate::openapi::Refusals))]
pub(crate) async fn call(State(api): State<Shared>, At(token): At<String>, EventName(event): EventName) -> Result<Answer, Problem> {
    if token.len() > TOKEN_BYTES_MAX {
        return Err(Problem::not_found());
    }
    let target = api
        .store
        .hook_target(&sha256_hex(token.as_bytes()))
        .await?
        .ok_or_else(Problem::not_found)?;
    // A hook that outlived its pulse.
    api.store.pulse(&target.org, &target.pulse).await?.ok_or_else(Problem::not_found)?;
    let caller = Caller {
        org: target.org,
        role: Role::Viewer,
        name: target.hook.to_string(),
    };
    api.once(&caller, &event, "hooks.call", b"", |making| {
        api.send(&caller, &target.pulse, making, Cause::Hook)
    })
    .await
}
