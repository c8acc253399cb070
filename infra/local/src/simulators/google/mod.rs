//! Google: service account tokens, and spreadsheets to read.

mod a1;
mod field_mask;
mod sheets;
#[cfg(test)]
mod tests;
mod token;
mod workbook;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{ConnectInfo, OriginalUri, Path, RawQuery, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use runtime::Clock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use token::{AUDIENCE, ServiceAccount};
pub use workbook::{Cell, Sheet, Workbook};

use self::sheets::{ApiError, Parameters};
use self::token::{Grant, READING_SCOPES};
use super::fault::{Fault, Faults, Order};
use super::wire::{self, Connection, Server};

/// What Google knows.
#[derive(Clone, Debug)]
pub struct Config {
    /// Service accounts.
    pub accounts: Vec<ServiceAccount>,
    /// Spreadsheets.
    pub workbooks: Vec<Workbook>,
    /// Reads per minute and service account (Google: 60).
    pub reads_per_minute_max: usize,
}

impl Config {
    /// Nobody and nothing, with Google's quota.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            accounts: Vec::new(),
            workbooks: Vec::new(),
            reads_per_minute_max: 60,
        }
    }
}

/// What a fault can hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `POST /token`
    Token,
    /// Any call of the Sheets API.
    Sheets,
}

/// What Google itself answers when something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// Sheets' error object with this HTTP status: 400, 401, 403, 404, 429, 500, 503.
    Error {
        /// HTTP status.
        code: u16,
    },
    /// The token endpoint's `invalid_grant`, as after the key was revoked.
    InvalidGrant,
}

/// One request that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Path and query, decoded as little as they came.
    pub uri: String,
    /// HTTP status of the answer; a request that hangs is not listed yet.
    pub status: u16,
}

/// A running simulator. Clones are the same simulator; it stops with the last one.
#[derive(Clone)]
pub struct Google {
    inner: Arc<Inner>,
    server: Arc<Server>,
}

struct Inner {
    state: Mutex<State>,
    faults: Faults<Endpoint, Answer>,
    clock: Clock,
}

struct State {
    config: Config,
    grants: BTreeMap<String, Grant>,
    reads: BTreeMap<String, VecDeque<Timestamp>>,
    calls: Vec<Call>,
}

impl Google {
    /// Starts on 127.0.0.1.
    ///
    /// # Errors
    /// The port is taken. Port 0 asks the system for a free one.
    pub async fn start(port: u16, config: Config, clock: Clock) -> io::Result<Self> {
        let state = State {
            config,
            grants: BTreeMap::new(),
            reads: BTreeMap::new(),
            calls: Vec::new(),
        };
        let inner = Arc::new(Inner {
            state: Mutex::new(state),
            faults: Faults::default(),
            clock,
        });
        let server = wire::serve(port, router(&inner)).await?;
        Ok(Self {
            inner,
            server: Arc::new(server),
        })
    }

    /// In place of `https://sheets.googleapis.com`.
    #[must_use]
    pub fn sheets_url(&self) -> String {
        self.server.base_url()
    }

    /// In place of `https://oauth2.googleapis.com/token`.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}/token", self.server.base_url())
    }

    /// Changes the configuration: share, rename a tab, change cells, delete a key.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        change(&mut self.inner.state().config);
    }

    /// Queues a fault for the next `count` requests to an endpoint.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault<Answer>, count: u32) {
        self.inner.faults.push(Order { endpoint, fault, count });
    }

    /// The queues of faults, to clear, release or await them.
    #[must_use]
    pub fn faults(&self) -> &Faults<Endpoint, Answer> {
        &self.inner.faults
    }

    /// Makes every token given out so far worthless, as an hour does.
    pub fn forget_tokens(&self) {
        self.inner.state().grants.clear();
    }

    /// Every request so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.inner.state().calls.clone()
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
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

fn router(inner: &Arc<Inner>) -> Router {
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
