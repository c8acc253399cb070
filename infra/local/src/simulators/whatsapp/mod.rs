//! WhatsApp Cloud API: what a business can ask of Meta, and what Meta tells a business.
//!
//! Accepted is not delivered: an answer of 200 is followed by statuses through the callback, in the background, and some
//! messages fail only there. [`WhatsApp::settled`] waits for that background.

pub mod codes;
pub mod config;
mod control;
mod fields;
pub mod graph_error;
mod handle;
mod inbound;
mod media;
mod media_file;
pub mod message;
mod messages;
mod onboarding;
mod outgoing;
mod snapshot;
mod state;
#[cfg(test)]
mod tests;
mod updates;
mod webhook;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock};

use axum::Router;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use runtime::Clock;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

pub use config::Config;
pub use graph_error::GraphError;
pub use inbound::{Inbound, Said};
pub use media_file::{DOCUMENT_BYTES_MAX, IMAGE_BYTES_MAX};
pub use message::Message;
pub use outgoing::{CALLBACK_DATA_CHARS_MAX, CAPTION_CHARS_MAX, TEXT_CHARS_MAX};
pub use snapshot::Snapshot;
pub use state::{MEDIA_KEPT, Media, WINDOW};
pub use webhook::{Order, Post, Webhooks, signature};

use self::config::Token;
use self::state::State;
use super::fault::Faults;
use super::pending::{Pending, Work};
use super::wire::{Connection, Server};

/// What a fault can hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `POST /{phone-number-id}/media`
    Upload,
    /// `GET` and `DELETE /{media-id}`
    Media,
    /// `POST /{phone-number-id}/messages`
    Messages,
    /// `GET /debug_token`
    DebugToken,
    /// `GET /{phone-number-id}`
    Number,
    /// `GET /{waba-id}`
    Account,
    /// `GET /{waba-id}/phone_numbers`
    PhoneNumbers,
    /// `/{waba-id}/subscribed_apps`
    SubscribedApps,
}

/// What Meta itself answers when something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// An error object at once; the request has no effect.
    Error {
        /// A documented code.
        code: u32,
        /// HTTP status, if not the documented one.
        #[serde(default)]
        http: Option<u16>,
        /// `Retry-After`, in seconds.
        #[serde(default)]
        retry_after_s: Option<u32>,
    },
    /// Accepted, then a `failed` status. For messages only; elsewhere nothing goes wrong.
    FailLater {
        /// A documented code.
        code: u32,
    },
}

impl Answer {
    /// HTTP 429 with `Retry-After` and code 130429.
    #[must_use]
    pub fn too_many_requests(retry_after_s: u32) -> Self {
        Self::Error {
            code: 130429,
            http: Some(429),
            retry_after_s: Some(retry_after_s),
        }
    }

    /// An error with its documented HTTP status, such as 131000 with 500 and 190 with 401.
    #[must_use]
    pub fn error(code: u32) -> Self {
        Self::Error {
            code,
            http: None,
            retry_after_s: None,
        }
    }
}

/// A running simulator. Clones are the same simulator; it stops with the last one.
#[derive(Clone)]
pub struct WhatsApp {
    meta: Arc<Meta>,
    running: Arc<Running>,
}

struct Running {
    server: Server,
    updates: AbortHandle,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.updates.abort();
    }
}

/// What the handlers share.
struct Meta {
    state: Mutex<State>,
    faults: Faults<Endpoint, Answer>,
    clock: Clock,
    http: reqwest::Client,
    jobs: mpsc::UnboundedSender<(updates::Job, Work)>,
    pending: Pending,
    /// Updates kept back; none while they leave by themselves.
    held: Mutex<Option<Vec<webhook::Update>>>,
    posts: Mutex<Vec<Post>>,
    base_url: OnceLock<String>,
}

impl Meta {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic holds this lock")
    }

    /// Runs one request under the next fault. `work` is told the code of a failure that is to come later.
    async fn answer<F>(&self, endpoint: Endpoint, connection: &Connection, work: impl FnOnce(Option<u32>) -> F) -> Response
    where
        F: Future<Output = Result<Value, GraphError>>,
    {
        let under_fault = |answer| async move {
            let result = match answer {
                Some(Answer::Error { code, http, retry_after_s }) => {
                    let error = GraphError::of(code);
                    Err(GraphError {
                        http: http.unwrap_or(error.http),
                        retry_after_s,
                        ..error
                    })
                }
                Some(Answer::FailLater { code }) => work(Some(code)).await,
                None => work(None).await,
            };
            result.map_or_else(GraphError::into_response, |value| axum::Json(value).into_response())
        };
        self.faults.around(endpoint, connection, under_fault).await
    }

    /// The live token of a request, with this permission.
    fn authorise(&self, headers: &HeaderMap, scope: &str) -> Result<Token, GraphError> {
        let bearer = bearer(headers).ok_or_else(|| GraphError {
            message: "An access token is required to request this resource.".to_owned(),
            ..GraphError::of(190)
        })?;
        let token = self.state().token(bearer).cloned().ok_or_else(|| GraphError {
            message: "Invalid OAuth access token - Cannot parse access token".to_owned(),
            subcode: None,
            ..GraphError::of(190)
        })?;
        if !self.alive(&token) {
            return Err(GraphError::of(190));
        }
        if !token.scopes.iter().any(|granted| granted == scope) {
            return Err(GraphError::of(10));
        }
        Ok(token)
    }

    fn alive(&self, token: &Token) -> bool {
        token.valid && token.expires_at.is_none_or(|expires_at| self.clock.now() < expires_at)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Refuses calls without a version and with one that is dead or not born: v21.0 to v26.0 are served.
fn version(version: &str) -> Result<(), GraphError> {
    let major = version
        .strip_prefix('v')
        .and_then(|rest| rest.strip_suffix(".0"))
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(21..=26) => Ok(()),
        _ => Err(GraphError::unknown_path(&format!("/{version}"))),
    }
}

fn router(meta: &Arc<Meta>) -> Router {
    Router::new()
        .route("/{version}/debug_token", get(onboarding::debug_token))
        .route("/{version}/{id}", get(onboarding::object).delete(media::delete))
        .route("/{version}/{id}/media", post(media::upload))
        .route("/{version}/{id}/messages", post(messages::send))
        .route("/{version}/{id}/phone_numbers", get(onboarding::phone_numbers))
        .route(
            "/{version}/{id}/subscribed_apps",
            get(onboarding::subscribed_apps)
                .post(onboarding::subscribe)
                .delete(onboarding::unsubscribe),
        )
        .route("/_media/{id}/{until}", get(media::download))
        .nest("/_sim", control::router())
        .fallback(|uri: Uri| async move { GraphError::unknown_path(uri.path()) })
        .method_not_allowed_fallback(|uri: Uri| async move { GraphError::unknown_path(uri.path()) })
        .layer(axum::extract::DefaultBodyLimit::max(DOCUMENT_BYTES_MAX + 64 * 1024))
        .with_state(Arc::clone(meta))
}
