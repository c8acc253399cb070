//! The wire door: tokens, the Sheets API, and `/_sim/`.

use std::sync::{Arc, MutexGuard};

use axum::extract::{ConnectInfo, OriginalUri, Path, RawQuery, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::sheets::{self, ApiError, Parameters};
use super::token::{self, READING_SCOPES};
use super::workbook::Workbook;
use super::{Answer, Call, Endpoint, Inner, State};
use crate::simulators::fault::Order;
use crate::simulators::wire::Connection;

impl Inner {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic holds this lock")
    }

    fn note(&self, uri: &str, response: &Response) {
        self.state().calls.push(Call {
            uri: uri.to_owned(),
            status: response.status().as_u16(),
        });
    }

    fn grant(&self, headers: &HeaderMap, form: &[u8]) -> Response {
        let form_type = "application/x-www-form-urlencoded";
        let is_form = headers
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(form_type.as_bytes()));
        let own_url = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .map(|host| format!("http://{host}/token"));
        let now = self.clock.now();
        let mut state = self.state();
        let checked = if is_form {
            token::check(form, &state.config.accounts, &own_url.unwrap_or_default(), now)
        } else {
            Err(("invalid_request", format!("Content-Type must be {form_type}")))
        };
        match checked {
            Err(why) => (StatusCode::BAD_REQUEST, Json(token::denied(&why))).into_response(),
            Ok(grant) => {
                let token = format!("ya29.simulated-{}-{}", state.grants.len(), now.as_microsecond());
                state.grants.insert(token.clone(), grant);
                Json(json!({"access_token": token, "expires_in": 3599, "token_type": "Bearer"})).into_response()
            }
        }
    }

    /// Runs a read on a workbook that the caller may see, within the quota.
    fn read(&self, headers: &HeaderMap, id: &str, read: impl Fn(&Workbook) -> Result<Value, ApiError>) -> Result<Value, ApiError> {
        let now = self.clock.now();
        let mut state = self.state();
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let grant = bearer
            .and_then(|token| state.grants.get(token))
            .filter(|grant| now < grant.expires_at);
        let grant = grant.cloned().ok_or_else(|| ApiError::usual(401))?;
        if !grant.scopes.iter().any(|scope| READING_SCOPES.contains(&scope.as_str())) {
            return Err(ApiError::new(403, "Request had insufficient authentication scopes."));
        }
        let max = state.config.reads_per_minute_max;
        let reads = state.reads.entry(grant.email.clone()).or_default();
        reads.retain(|at| now < *at + SignedDuration::from_mins(1));
        if reads.len() >= max {
            return Err(ApiError::usual(429));
        }
        reads.push_back(now);
        let book = state
            .config
            .workbooks
            .iter()
            .find(|book| book.id == id)
            .ok_or_else(|| ApiError::usual(404))?;
        if !book.shared_with.contains(&grant.email) {
            return Err(ApiError::usual(403));
        }
        read(book)
    }
}

pub(super) fn router(inner: &Arc<Inner>) -> Router {
    Router::new()
        .route("/token", post(grant))
        .route("/v4/spreadsheets/{id}", get(describe))
        .route("/v4/spreadsheets/{id}/values/{range}", get(values))
        .route("/v4/spreadsheets/{id}/values:batchGet", get(batch))
        .route(
            "/_sim/state",
            get(async |Shared(inner): Shared<Arc<Inner>>| {
                let state = inner.state();
                Json(json!({"workbooks": state.config.workbooks, "calls": state.calls, "faults_waiting": inner.faults.waiting()}))
            }),
        )
        .route(
            "/_sim/workbooks",
            post(async |Shared(inner): Shared<Arc<Inner>>, Json(book): Json<Workbook>| {
                let mut state = inner.state();
                state.config.workbooks.retain(|other| other.id != book.id);
                state.config.workbooks.push(book);
                StatusCode::NO_CONTENT
            }),
        )
        .route(
            "/_sim/faults",
            post(
                async |Shared(inner): Shared<Arc<Inner>>, Json(order): Json<Order<Endpoint, Answer>>| {
                    inner.faults.push(order);
                    StatusCode::NO_CONTENT
                },
            )
            .delete(async |Shared(inner): Shared<Arc<Inner>>| {
                inner.faults.clear();
                StatusCode::NO_CONTENT
            }),
        )
        .route(
            "/_sim/release",
            post(async |Shared(inner): Shared<Arc<Inner>>| {
                inner.faults.release();
                StatusCode::NO_CONTENT
            }),
        )
        .fallback(async || ApiError::usual(404))
        .with_state(Arc::clone(inner))
}

async fn grant(
    Shared(inner): Shared<Arc<Inner>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    form: Bytes,
) -> Response {
    let work = async |answer| match answer {
        None => inner.grant(&headers, &form),
        Some(Answer::Error { code }) => ApiError::usual(code).into_response(),
        Some(Answer::InvalidGrant) => {
            let why = ("invalid_grant", "Invalid JWT Signature.".to_owned());
            (StatusCode::BAD_REQUEST, Json(token::denied(&why))).into_response()
        }
    };
    let response = inner.faults.around(Endpoint::Token, &connection, work).await;
    inner.note(&uri.to_string(), &response);
    response
}

/// What the three reads have in common.
struct Reader {
    inner: Arc<Inner>,
    connection: Connection,
    uri: String,
    headers: HeaderMap,
}

impl Reader {
    async fn read(self, id: &str, read: impl Fn(&Workbook) -> Result<Value, ApiError>) -> Response {
        let work = async |answer| {
            let result = match answer {
                None | Some(Answer::InvalidGrant) => self.inner.read(&self.headers, id, &read),
                Some(Answer::Error { code }) => Err(ApiError::usual(code)),
            };
            result.map_or_else(ApiError::into_response, |value| Json(value).into_response())
        };
        let response = self.inner.faults.around(Endpoint::Sheets, &self.connection, work).await;
        self.inner.note(&self.uri, &response);
        response
    }
}

impl axum::extract::FromRequestParts<Arc<Inner>> for Reader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, inner: &Arc<Inner>) -> Result<Self, ApiError> {
        let connection = parts
            .extensions
            .get::<ConnectInfo<Connection>>()
            .ok_or_else(|| ApiError::usual(500))?
            .0
            .clone();
        Ok(Self {
            inner: Arc::clone(inner),
            connection,
            uri: parts.uri.to_string(),
            headers: parts.headers.clone(),
        })
    }
}

async fn describe(reader: Reader, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let parameters = Parameters::parse(&query.unwrap_or_default());
    reader.read(&id, |book| sheets::describe(book, &parameters)).await
}

async fn values(reader: Reader, Path((id, range)): Path<(String, String)>, RawQuery(query): RawQuery) -> Response {
    let parameters = Parameters::parse(&query.unwrap_or_default());
    reader.read(&id, |book| sheets::values(book, &range, &parameters)).await
}

async fn batch(reader: Reader, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let parameters = Parameters::parse(&query.unwrap_or_default());
    reader.read(&id, |book| sheets::batch(book, &parameters)).await
}
