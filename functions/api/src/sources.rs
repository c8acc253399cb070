//! `/v1/sources`: what to read, and what was understood of it.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use bytes::Bytes;
use domain::connection::{Account, ConnectionState};
use domain::dataset::Dataset;
use domain::fault::Fault;
use domain::ids::{OrgId, SourceId};
use domain::source::Source;
use domain::source_spec::SourceSpec;
use serde::Deserialize;
use sources::{Access, Preview, SourceError};
use utoipa::ToSchema;

use crate::api::{Api, Shared};
use crate::body::{At, Body, Params};
use crate::caller::{Editor, Viewer};
use crate::limits::name;
use crate::once::{Answer, OnceKey};
use crate::page::{List, Pages};
use crate::problem::Problem;

/// How long a person waits for a preview. Ours; the API's own limit is 29 s.
const PREVIEW_TIMEOUT: Duration = Duration::from_secs(25);

/// A source to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSource {
    /// What people call it: 1 to 200 characters.
    #[schema(example = "Orders")]
    pub name: String,
    /// What to read.
    pub spec: SourceSpec,
}

/// What changes about a source; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceChange {
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// What to read, from the next run on.
    #[serde(default)]
    pub spec: Option<SourceSpec>,
}

/// Make a source
#[utoipa::path(post, path = "/v1/sources", tag = "sources", params(crate::openapi::IdempotencyKey), request_body = NewSource,
    responses((status = 201, body = Source), crate::openapi::Refusals))]
pub(crate) async fn create(
    State(api): State<Shared>,
    Editor(caller): Editor,
    key: OnceKey,
    Body { value: new, bytes }: Body<NewSource>,
) -> Result<Answer, Problem> {
    name("/name", &new.name)?;
    let make = async |making: crate::once::Making| {
        api.check_source(&caller.org, "/spec", &new.spec).await?;
        let id = SourceId::generate(making.at, making.bits("source"));
        let source = Source {
            id: id.clone(),
            name: new.name,
            spec: new.spec,
            updated_at: making.at,
        };
        api.store.create_source(&caller.org, &source).await?;
        api.note(&caller, "source.create", id.as_str()).await;
        Answer::created(format!("/v1/sources/{id}"), &source)
    };
    api.once(&caller, &key, "sources.create", &bytes, make).await
}

/// List sources
#[utoipa::path(get, path = "/v1/sources", tag = "sources", params(Pages), responses((status = 200, body = List<Source>), crate::openapi::Refusals))]
pub(crate) async fn list(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    Params(pages): Params<Pages>,
) -> Result<Json<List<Source>>, Problem> {
    let page: List<Source> = api
        .store
        .sources(&caller.org, pages.limit()?, pages.after()?.as_deref())
        .await?
        .into();
    Ok(Json(page.filter_map(|source| {
        (!crate::test_message::is_ours(source.id.as_str())).then_some(source)
    })))
}

/// A source
#[utoipa::path(get, path = "/v1/sources/{id}", tag = "sources", params(("id" = SourceId, Path)), responses((status = 200, body = Source), crate::openapi::Refusals))]
pub(crate) async fn get(State(api): State<Shared>, Viewer(caller): Viewer, At(id): At<SourceId>) -> Result<Json<Source>, Problem> {
    api.store.source(&caller.org, &id).await?.map(Json).ok_or_else(Problem::not_found)
}

/// Change a source
#[utoipa::path(patch, path = "/v1/sources/{id}", tag = "sources", params(("id" = SourceId, Path)), request_body = SourceChange,
    responses((status = 200, body = Source), crate::openapi::Refusals))]
pub(crate) async fn change(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(id): At<SourceId>,
    Body { value: change, .. }: Body<SourceChange>,
) -> Result<Json<Source>, Problem> {
    if let Some(new) = &change.name {
        name("/name", new)?;
    }
    if let Some(spec) = &change.spec {
        api.check_source(&caller.org, "/spec", spec).await?;
    }
    let now = api.now();
    let apply = |source: &mut Source| {
        source.name = change.name.clone().unwrap_or_else(|| source.name.clone());
        source.spec = change.spec.clone().unwrap_or_else(|| source.spec.clone());
        source.updated_at = now;
    };
    let source = api
        .store
        .change_source(&caller.org, &id, apply)
        .await?
        .ok_or_else(Problem::not_found)?;
    api.note(&caller, "source.change", id.as_str()).await;
    Ok(Json(source))
}

/// Delete a source
///
/// Pulses that read it fail from then on, and say so.
#[utoipa::path(delete, path = "/v1/sources/{id}", tag = "sources", params(("id" = SourceId, Path)),
    responses((status = 204, description = "Deleted"), crate::openapi::Refusals))]
pub(crate) async fn delete(State(api): State<Shared>, Editor(caller): Editor, At(id): At<SourceId>) -> Result<StatusCode, Problem> {
    api.store.source(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    api.store.delete_source(&caller.org, &id).await?;
    api.note(&caller, "source.delete", id.as_str()).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Preview a source before it is made
///
/// Reads it now and says what was understood: columns with type, unit, samples and notes, and the number of rows. Nothing is kept.
#[utoipa::path(post, path = "/v1/sources/preview", tag = "sources", request_body = SourceSpec,
    responses((status = 200, body = Preview), crate::openapi::Refusals))]
pub(crate) async fn preview_spec(
    State(api): State<Shared>,
    Editor(caller): Editor,
    Body { value: spec, .. }: Body<SourceSpec>,
) -> Result<Json<Preview>, Problem> {
    api.preview(&caller.org, &spec).await.map(Json)
}

/// Preview a source
#[utoipa::path(post, path = "/v1/sources/{id}/preview", tag = "sources", params(("id" = SourceId, Path)),
    responses((status = 200, body = Preview), crate::openapi::Refusals))]
pub(crate) async fn preview(State(api): State<Shared>, Viewer(caller): Viewer, At(id): At<SourceId>) -> Result<Json<Preview>, Problem> {
    let source = api.store.source(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    api.preview(&caller.org, &source.spec).await.map(Json)
}

impl Api {
    async fn preview(&self, org: &OrgId, spec: &SourceSpec) -> Result<Preview, Problem> {
        self.check_source(org, "", spec).await?;
        let dataset = self
            .read_source(org, spec, PREVIEW_TIMEOUT)
            .await?
            .map_err(|error| refused("", error))?;
        Ok(Preview::of(&dataset))
    }

    /// Whether what a source refers to is there: its Connection, usable and of the right kind.
    pub(crate) async fn check_source(&self, org: &OrgId, pointer: &str, spec: &SourceSpec) -> Result<(), Problem> {
        let Some(id) = spec.connection() else { return Ok(()) };
        let pointer = format!("{pointer}/{}/connection", spec.kind());
        let stored = self.store.connection(org, id).await?;
        match stored.map(|stored| stored.connection) {
            Some(connection) if connection.state == ConnectionState::Revoked => {
                Err(Problem::field(pointer, "a revoked connection", "one in use"))
            }
            Some(connection) if matches!(connection.account, Account::Google { .. }) => Ok(()),
            Some(_) => Err(Problem::field(pointer, "a connection of another kind", "a Google connection")),
            None => Err(Problem::field(
                pointer,
                format!("`{id}`, which does not exist"),
                "the id of a Google connection",
            )),
        }
    }

    /// Reads a source now. The outer error is ours, the inner one the source's.
    pub(crate) async fn read_source(
        &self,
        org: &OrgId,
        spec: &SourceSpec,
        timeout: Duration,
    ) -> Result<Result<Dataset, SourceError>, Problem> {
        let upload = match spec.upload() {
            Some(id) => self.store.bucket.upload(org, id).await?.map(Bytes::from),
            None => None,
        };
        let credentials = match spec.connection() {
            Some(id) => match self.store.connection(org, id).await?.and_then(|stored| stored.sealed) {
                Some(sealed) => Some(self.open(org, id, &sealed).await?),
                None => None,
            },
            None => None,
        };
        let guard = |url| {
            self.customers
                .request(reqwest::Method::GET, url)
                .map_err(|refused| refused.to_string())
        };
        let access = Access {
            guard: &guard,
            provider: &self.providers,
            upload: upload.as_ref(),
            credentials: credentials.as_ref(),
            google: &self.google,
            tokens: &self.google_tokens,
            timeout,
        };
        match tokio::time::timeout(timeout, sources::read(spec, access, self.now())).await {
            Ok(read) => Ok(read),
            Err(_) => {
                let why = domain::fault::Why::new("source.slow", "The source did not answer in time; try again.");
                Ok(Err(SourceError::Provider(Fault::Retry { after: None, why })))
            }
        }
    }
}

/// A source's failure as an answer: 422 for what a person has to change, 502 for what may pass.
pub(crate) fn refused(pointer: &str, error: SourceError) -> Problem {
    match error {
        SourceError::Provider(Fault::Retry { why, .. } | Fault::Unknown { why }) => Problem::provider_unavailable(why.sentence),
        SourceError::Provider(fault) => Problem::refused_by_provider(fault.why().sentence),
        SourceError::Limit { .. } | SourceError::Unreadable { .. } => Problem::field_silent(pointer, error.why().sentence),
    }
}
