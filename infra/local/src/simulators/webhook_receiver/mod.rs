//! Somebody's server behind `/hooks/{name}`: verifies like a careful consumer, keeps what came, fetches the picture.

mod event;
#[cfg(test)]
mod tests;
mod verify;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use bytes::Bytes;
use runtime::Clock;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use event::{Attachment, Attempt, Event, Picture};

pub use verify::{Unverified, sign, verify};

use self::event::Promised;
use super::fault::{Fault, Faults, Order};
use super::pending::Pending;
use super::wire::{self, Connection, Server};

/// Largest body taken, in bytes; the reference asks senders to stay below 20 KB.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// How long fetching a picture may take.
const FETCH_TIMEOUT: Duration = Duration::from_secs(20);

/// What this server answers when told to misbehave. A status of 2xx, 410 and the like says the event was received; the
/// event is kept either way, with the answer beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// This HTTP status: 500, 410 (gone for good), 429.
    Status {
        /// HTTP status.
        code: u16,
        /// `Retry-After`, in seconds.
        #[serde(default)]
        retry_after_s: Option<u32>,
    },
    /// 302 to this address. `http://169.254.169.254/latest/meta-data/` is the one a sender must never follow.
    Redirect {
        /// `Location`.
        to: String,
    },
    /// 200 with a body of this size.
    HugeBody {
        /// How many bytes.
        bytes: usize,
    },
}

/// A running server. Clones are the same server; it stops with the last one.
#[derive(Clone)]
pub struct WebhookReceiver {
    inner: Arc<Inner>,
    server: Arc<Server>,
}

struct Inner {
    state: Mutex<State>,
    /// Per endpoint name. The names are the caller's, so they are interned to be copied.
    faults: Faults<Slot, Answer>,
    clock: Clock,
    http: reqwest::Client,
    pending: Pending,
}

/// An endpoint's number, by order of appearance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Slot(usize);

#[derive(Default)]
struct State {
    names: Vec<String>,
    secrets: BTreeMap<String, Vec<String>>,
    events: Vec<Event>,
}

impl State {
    fn slot(&mut self, name: &str) -> Slot {
        let known = self.names.iter().position(|other| other == name);
        Slot(known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        }))
    }
}

impl WebhookReceiver {
    /// Starts on 127.0.0.1. `http` fetches pictures.
    ///
    /// # Errors
    /// The port is taken. Port 0 asks the system for a free one.
    pub async fn start(port: u16, clock: Clock, http: reqwest::Client) -> io::Result<Self> {
        let inner = Inner {
            state: Mutex::default(),
            faults: Faults::default(),
            clock,
            http,
            pending: Pending::new(),
        };
        let inner = Arc::new(inner);
        let server = wire::serve(port, router(&inner)).await?;
        Ok(Self {
            inner,
            server: Arc::new(server),
        })
    }

    /// Where an endpoint is.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        format!("{}/hooks/{name}", self.server.base_url())
    }

    /// Opens an endpoint, or gives it other secrets: each `whsec_` and base64 of 24 to 64 bytes. During a rotation there
    /// are two.
    pub fn open(&self, name: &str, secrets: &[&str]) {
        let secrets = secrets.iter().map(|secret| (*secret).to_owned()).collect();
        self.inner.state().secrets.insert(name.to_owned(), secrets);
    }

    /// The names of the open endpoints.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.inner.state().secrets.keys().cloned().collect()
    }

    /// Queues a fault for the next `count` requests to an endpoint.
    pub fn fault(&self, name: &str, fault: Fault<Answer>, count: u32) {
        let endpoint = self.inner.state().slot(name);
        self.inner.faults.push(Order { endpoint, fault, count });
    }

    /// Ends every hang now under way.
    pub fn release(&self) {
        self.inner.faults.release();
    }

    /// Waits until at least one request hangs.
    pub async fn hanging(&self) {
        self.inner.faults.hanging().await;
    }

    /// Every event, by order of first arrival.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.inner.state().events.clone()
    }

    /// The picture that an event's body links to, with its media type.
    #[must_use]
    pub fn picture(&self, name: &str, event_id: &str) -> Option<(String, Bytes)> {
        let state = self.inner.state();
        let event = state.events.iter().find(|event| event.endpoint == name && event.id == event_id)?;
        match event.picture.as_ref()? {
            Picture::Fetched { mime_type, bytes, .. } => Some((mime_type.clone(), bytes.clone())),
            Picture::Failed { .. } => None,
        }
    }

    /// A file that an event's body lists, with its media type.
    #[must_use]
    pub fn attachment(&self, name: &str, event_id: &str, kind: &str) -> Option<(String, Bytes)> {
        let state = self.inner.state();
        let event = state.events.iter().find(|event| event.endpoint == name && event.id == event_id)?;
        match &event.attachments.iter().find(|attachment| attachment.kind == kind)?.file {
            Picture::Fetched { mime_type, bytes, .. } => Some((mime_type.clone(), bytes.clone())),
            Picture::Failed { .. } => None,
        }
    }

    /// Every event as JSON, to be kept over a restart. Pictures are left out: their links outlive it.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        json!(self.inner.state().events)
    }

    /// Takes a snapshot's events in and fetches their pictures again.
    ///
    /// # Errors
    /// The value is not a snapshot; nothing has changed then.
    pub fn restore(&self, snapshot: Value) -> Result<(), String> {
        let events: Vec<Event> = serde_json::from_value(snapshot).map_err(|error| format!("these are not kept events: {error}"))?;
        self.inner.state().events.splice(..0, events.clone());
        for event in events.iter().filter(|event| event.verified()) {
            self.inner.fetch_files(&event.endpoint, &event.id, event.body.as_bytes());
        }
        Ok(())
    }

    /// Waits until every picture is fetched or given up.
    pub async fn settled(&self) {
        self.inner.pending.settled().await;
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic holds this lock")
    }

    /// Takes an attempt in; returns what to answer.
    fn take(self: &Arc<Self>, name: &str, headers: &HeaderMap, body: &[u8], fault: Option<&Answer>) -> Response {
        let now = self.clock.now();
        let mut state = self.state();
        let Some(secrets) = state.secrets.get(name) else {
            return (StatusCode::NOT_FOUND, format!("there is no endpoint {name}\n")).into_response();
        };
        let verified = verify(headers, body, secrets, now);
        let response = match (&verified, fault) {
            (_, Some(fault)) => misbehave(fault),
            (Err(why), None) => (StatusCode::UNAUTHORIZED, format!("{why}\n")).into_response(),
            (Ok(_), None) => StatusCode::NO_CONTENT.into_response(),
        };
        let attempt = Attempt::new(now, headers, verified.as_ref().err(), response.status().as_u16());
        let first = event::record(&mut state.events, name, headers, body, attempt);
        drop(state);
        if first && let Ok(id) = verified {
            self.fetch_files(name, &id, body);
        }
        response
    }

    /// Fetches picture and files in the background, once per event, as a consumer would.
    fn fetch_files(self: &Arc<Self>, name: &str, event_id: &str, body: &[u8]) {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let (link, promised) = (event::picture_link(&body), Promised::of(&body));
        if link.is_none() && promised.is_empty() {
            return;
        }
        let (inner, name, event_id, work) = (Arc::clone(self), name.to_owned(), event_id.to_owned(), self.pending.begin());
        tokio::spawn(async move {
            let picture = match link {
                Some(url) => Some(fetch(&inner.http, url).await),
                None => None,
            };
            let mut attachments = Vec::with_capacity(promised.len());
            for promise in promised {
                let found = fetch(&inner.http, promise.url.clone()).await;
                attachments.push(promise.hold(found));
            }
            let mut state = inner.state();
            if let Some(event) = state.events.iter_mut().find(|event| event.endpoint == name && event.id == event_id) {
                event.picture = picture;
                event.attachments = attachments;
            }
            drop(state);
            drop(work);
        });
    }
}

async fn fetch(http: &reqwest::Client, url: String) -> Picture {
    let fetched = async {
        let response = http.get(&url).timeout(FETCH_TIMEOUT).send().await?.error_for_status()?;
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let mime_type = kind.unwrap_or("application/octet-stream").to_owned();
        Ok::<_, reqwest::Error>((mime_type, response.bytes().await?))
    };
    match fetched.await {
        Ok((mime_type, bytes)) => Picture::Fetched {
            url,
            mime_type,
            bytes_len: bytes.len(),
            bytes,
        },
        Err(error) => Picture::Failed {
            why: error.without_url().to_string(),
            url,
        },
    }
}

fn misbehave(fault: &Answer) -> Response {
    match fault {
        Answer::Status { code, retry_after_s } => {
            let status = StatusCode::from_u16(*code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = status.into_response();
            if let Some(seconds) = retry_after_s {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
            }
            response
        }
        Answer::Redirect { to } => (StatusCode::FOUND, [(header::LOCATION, to.clone())]).into_response(),
        Answer::HugeBody { bytes } => "x".repeat(*bytes).into_response(),
    }
}

async fn hook(
    Shared(inner): Shared<Arc<Inner>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let slot = inner.state().slot(&name);
    let work = async |fault: Option<Answer>| inner.take(&name, &headers, &body, fault.as_ref());
    inner.faults.around(slot, &connection, work).await
}

/// `POST /_sim/faults`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordered {
    name: String,
    fault: Fault<Answer>,
    #[serde(default)]
    count: Option<u32>,
}

fn router(inner: &Arc<Inner>) -> Router {
    Router::new()
        .route("/hooks/{name}", post(hook))
        .route(
            "/_sim/events",
            get(async |Shared(inner): Shared<Arc<Inner>>| -> Json<Value> { Json(json!(inner.state().events)) }),
        )
        .route("/_sim/events/{name}/{id}/picture", get(picture))
        .route(
            "/_sim/endpoints/{name}",
            put(
                async |Shared(inner): Shared<Arc<Inner>>, Path(name), Json(secrets): Json<Vec<String>>| {
                    inner.state().secrets.insert(name, secrets);
                    StatusCode::NO_CONTENT
                },
            ),
        )
        .route(
            "/_sim/faults",
            post(async |Shared(inner): Shared<Arc<Inner>>, Json(order): Json<Ordered>| {
                let endpoint = inner.state().slot(&order.name);
                inner.faults.push(Order {
                    endpoint,
                    fault: order.fault,
                    count: order.count.unwrap_or(1),
                });
                StatusCode::NO_CONTENT
            })
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
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(Arc::clone(inner))
}

async fn picture(Shared(inner): Shared<Arc<Inner>>, Path((name, id)): Path<(String, String)>) -> Response {
    let state = inner.state();
    let event = state.events.iter().find(|event| event.endpoint == name && event.id == id);
    match event.and_then(|event| event.picture.clone()) {
        Some(Picture::Fetched { mime_type, bytes, .. }) => ([(header::CONTENT_TYPE, mime_type)], bytes).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
