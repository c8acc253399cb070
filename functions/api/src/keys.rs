//! `/v1/keys` and `/v1/audit`: who may use the API, and who changed what.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::access::{ApiKey, Role};
use domain::ids::KeyId;
use domain::secret::SecretText;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::registry::{Change, sha256_hex};
use utoipa::ToSchema;

use crate::api::Shared;
use crate::body::{At, Body, Params};
use crate::caller::{KEY_PREFIX, Owner};
use crate::limits::name;
use crate::once::{Answer, Making, OnceKey};
use crate::page::{List, Pages};
use crate::problem::Problem;

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// What people call it: 1 to 200 characters.
    #[schema(example = "Nightly import")]
    pub name: String,
    /// What it may do.
    pub role: Role,
}

/// A new key.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedKey {
    /// What is listed of it.
    #[serde(flatten)]
    pub listed: ApiKey,
    /// The key itself; shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, example = "ck_…")]
    pub key: Option<SecretText>,
}

/// One change that somebody made.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// The id of the API key, or `bootstrap`.
    pub by: String,
    /// What was done.
    #[schema(example = "pulse.create")]
    pub action: String,
    /// To what: its id.
    pub subject: String,
}

/// Make an API key
///
/// The key is shown in this answer and never again; we keep its SHA-256.
#[utoipa::path(post, path = "/v1/keys", tag = "keys", params(crate::openapi::IdempotencyKey), request_body = NewKey,
    responses((status = 201, body = CreatedKey), crate::openapi::Refusals))]
pub(crate) async fn create(
    State(api): State<Shared>,
    Owner(caller): Owner,
    once: OnceKey,
    Body { value: new, bytes }: Body<NewKey>,
) -> Result<Answer, Problem> {
    name("/name", &new.name)?;
    let make = async |making: Making| {
        let id = KeyId::generate(making.at, making.bits("key"));
        let key = format!("{KEY_PREFIX}{}", api.token());
        let listed = ApiKey {
            id: id.clone(),
            name: new.name,
            role: new.role,
            created_at: making.at,
        };
        api.store.create_api_key(&caller.org, &listed, &sha256_hex(key.as_bytes())).await?;
        api.note(&caller, "key.create", id.as_str()).await;
        let answer = Answer::created(format!("/v1/keys/{id}"), &CreatedKey { listed, key: None })?;
        Ok(answer.with_secret("/key", SecretText::new(key)))
    };
    api.once(&caller, &once, "keys.create", &bytes, make).await
}

/// List API keys
#[utoipa::path(get, path = "/v1/keys", tag = "keys", params(Pages), responses((status = 200, body = List<ApiKey>), crate::openapi::Refusals))]
pub(crate) async fn list(
    State(api): State<Shared>,
    Owner(caller): Owner,
    Params(pages): Params<Pages>,
) -> Result<Json<List<ApiKey>>, Problem> {
    Ok(Json(
        api.store
            .api_keys(&caller.org, pages.limit()?, pages.after()?.as_deref())
            .await?
            .into(),
    ))
}

/// Take an API key back
///
/// It opens nothing from the next request on.
#[utoipa::path(delete, path = "/v1/keys/{id}", tag = "keys", params(("id" = KeyId, Path)),
    responses((status = 204, description = "Taken back"), crate::openapi::Refusals))]
pub(crate) async fn revoke(State(api): State<Shared>, Owner(caller): Owner, At(id): At<KeyId>) -> Result<StatusCode, Problem> {
    if !api.store.revoke_api_key(&caller.org, &id).await? {
        return Err(Problem::not_found());
    }
    api.note(&caller, "key.revoke", id.as_str()).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Who changed what, newest first
#[utoipa::path(get, path = "/v1/audit", tag = "keys", params(Pages), responses((status = 200, body = List<AuditEntry>), crate::openapi::Refusals))]
pub(crate) async fn audit(
    State(api): State<Shared>,
    Owner(caller): Owner,
    Params(pages): Params<Pages>,
) -> Result<Json<List<AuditEntry>>, Problem> {
    let page: List<Change> = api
        .store
        .changes(&caller.org, pages.limit()?, pages.after()?.as_deref())
        .await?
        .into();
    Ok(Json(page.filter_map(|Change { at, by, action, subject }| {
        Some(AuditEntry { at, by, action, subject })
    })))
}
