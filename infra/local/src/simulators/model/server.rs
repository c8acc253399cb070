//! The wire door: three protocols, and `/_sim/`.

use std::sync::{Arc, MutexGuard};

use axum::extract::{ConnectInfo, OriginalUri, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Answer, Asked, Call, Character, Config, Endpoint, Inner, State, Written, anthropic, bedrock, openai, writer};
use crate::simulators::fault::Order;
use crate::simulators::wire::Connection;

/// A request as it came, for a protocol to judge.
pub(super) struct Request {
    pub headers: HeaderMap,
    pub path: String,
    pub bytes: Bytes,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body, where it is a JSON object and says so.
    pub(super) fn json(&self) -> Option<Value> {
        let is_json = self.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
        let body: Value = serde_json::from_slice(&self.bytes).ok()?;
        (is_json && body.is_object()).then_some(body)
    }

    pub(super) fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ")
    }
}

impl Inner {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic holds this lock")
    }

    /// Holds a request to its protocol, then lets the model speak.
    fn answer(&self, endpoint: Endpoint, request: &Request, instead: Option<Answer>) -> Response {
        let config = self.state().config.clone();
        match instead {
            Some(Answer::Error(failure)) => return error(endpoint, failure),
            Some(Answer::Page) => return ([(header::CONTENT_TYPE, "text/html")], "<html><body>Welcome</body></html>").into_response(),
            Some(Answer::Huge(bytes)) => return Json(Value::String("x".repeat(bytes))).into_response(),
            Some(Answer::Says(_) | Answer::Stops(_)) | None => {}
        }
        let asked = match endpoint {
            Endpoint::Anthropic => anthropic::check(request, &config),
            Endpoint::Openai => openai::check(request, &config, false),
            Endpoint::Compatible => openai::check(request, &config, true),
            Endpoint::Bedrock => bedrock::check(request, &config, self.clock.now()),
        };
        let asked = match asked {
            Ok(asked) => asked,
            Err(refused) => return *refused,
        };
        let (text, stop) = match instead {
            Some(Answer::Says(text)) => (text, None),
            Some(Answer::Stops(stop)) => ("{\"summary\": \"As I was".to_owned(), Some(stop)),
            _ => (written(&config, &asked), None),
        };
        said(endpoint, &asked, &Written { text, stop })
    }
}

fn written(config: &Config, asked: &Asked) -> String {
    match &config.character {
        Character::Obedient(text) if writer::is_a_reading(&asked.user) => text.clone(),
        _ => writer::write(&asked.user, asked.schema.as_ref()),
    }
}

fn said(endpoint: Endpoint, asked: &Asked, written: &Written) -> Response {
    let body = match endpoint {
        Endpoint::Anthropic => anthropic::say(asked, written),
        Endpoint::Openai | Endpoint::Compatible => openai::say(asked, written),
        Endpoint::Bedrock => bedrock::say(written),
    };
    Json(body).into_response()
}

fn error(endpoint: Endpoint, failure: super::Failure) -> Response {
    match endpoint {
        Endpoint::Anthropic => anthropic::failure(failure),
        Endpoint::Openai | Endpoint::Compatible => openai::failure(failure),
        Endpoint::Bedrock => bedrock::failure(failure),
    }
}

pub(super) fn router(inner: &Arc<Inner>) -> Router {
    let at = |endpoint: Endpoint| {
        post(
            async move |Shared(inner): Shared<Arc<Inner>>,
                        ConnectInfo(connection): ConnectInfo<Connection>,
                        OriginalUri(uri): OriginalUri,
                        headers: HeaderMap,
                        bytes: Bytes| {
                let request = Request {
                    headers,
                    path: uri.path().to_owned(),
                    bytes,
                };
                let work = async |instead| inner.answer(endpoint, &request, instead);
                let response = inner.faults.around(endpoint, &connection, work).await;
                inner.note(endpoint, &request, &response);
                response
            },
        )
    };
    Router::new()
        .route("/v1/messages", at(Endpoint::Anthropic))
        .route("/v1/chat/completions", at(Endpoint::Openai))
        .route("/compatible/v1/chat/completions", at(Endpoint::Compatible))
        .route("/model/{id}/converse", at(Endpoint::Bedrock))
        .route(
            "/_sim/state",
            get(async |Shared(inner): Shared<Arc<Inner>>| {
                let calls = inner.state().calls.len();
                Json(json!({"calls": calls, "faults_waiting": inner.faults.waiting()}))
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
        .route(
            "/{*path}",
            post(async |Path(path): Path<String>| (StatusCode::NOT_FOUND, format!("no such path: /{path}"))),
        )
        .with_state(Arc::clone(inner))
}

impl Inner {
    fn note(&self, endpoint: Endpoint, request: &Request, response: &Response) {
        let headers = request.headers.iter();
        let headers = headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        let call = Call {
            endpoint,
            headers: headers.collect(),
            body: String::from_utf8_lossy(&request.bytes).into_owned(),
            status: response.status().as_u16(),
        };
        self.state().calls.push(call);
    }
}
