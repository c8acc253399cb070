//! A simulator, a callback that listens to it, and a clock that stands still.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use bytes::Bytes;
use reqwest::multipart::{Form, Part};
use runtime::Clock;
use serde_json::{Value, json};

use crate::simulators::test_client::client;
use crate::simulators::whatsapp::config::{DEMO_APP_SECRET, DEMO_PHONE, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use crate::simulators::whatsapp::{Config, WhatsApp, signature};
use crate::simulators::wire::{self, Server};

pub(super) const VERIFY_TOKEN: &str = "verify-me";

pub(super) struct Bench {
    pub sim: WhatsApp,
    pub callback: Callback,
    pub clock: Clock,
    pub http: reqwest::Client,
}

/// What arrived at the callback. Every signature is checked on arrival.
pub(super) struct Callback {
    seen: Arc<Seen>,
    server: Server,
}

#[derive(Default)]
struct Seen {
    bodies: Mutex<Vec<Value>>,
    /// Statuses to answer with; 200 once they are used up.
    answers: Mutex<VecDeque<u16>>,
}

impl Bench {
    pub(super) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(super) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let clock = Clock::manual("2026-11-20T09:00:00Z".parse().expect("a time"));
        let callback = Callback::start().await;
        let mut config = Config::demo();
        config.webhooks.callback_url = Some(callback.url());
        config.webhooks.retry_delays_ms = vec![0; 5];
        change(&mut config);
        let http = client();
        let sim = WhatsApp::start(0, config, clock.clone(), http.clone()).await.expect("a free port");
        Self {
            sim,
            callback,
            clock,
            http,
        }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}/v24.0/{path}", self.sim.base_url())
    }

    pub(super) fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.post(self.url(path)).bearer_auth(DEMO_TOKEN)
    }

    pub(super) async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.http.get(self.url(path)).bearer_auth(DEMO_TOKEN)).await
    }

    /// Sends a message body as it is.
    pub(super) async fn send(&self, body: &Value) -> (u16, Value) {
        answer(self.post(&format!("{DEMO_PHONE_NUMBER_ID}/messages")).json(body)).await
    }

    /// Sends words to the demo phone; returns the message's id.
    pub(super) async fn send_text(&self, body: &str) -> String {
        id_of(&self.send(&text(body)).await)
    }

    pub(super) async fn upload(&self, kind: &str, bytes: Vec<u8>) -> (u16, Value) {
        let part = Part::bytes(bytes).file_name("chart.png").mime_str(kind).expect("a type");
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", kind.to_owned())
            .part("file", part);
        answer(self.post(&format!("{DEMO_PHONE_NUMBER_ID}/media")).multipart(form)).await
    }

    /// What the callback got once all is quiet: the statuses and messages in order of arrival.
    pub(super) async fn updates(&self) -> Vec<Value> {
        self.sim.settled().await;
        self.callback.updates()
    }
}

pub(super) async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or_default())
}

/// HTTP status and code of an error.
pub(super) fn code((status, body): &(u16, Value)) -> (u16, u64) {
    assert!(body["error"]["fbtrace_id"].is_string(), "{body}");
    (*status, body["error"]["code"].as_u64().expect("a code"))
}

pub(super) fn id_of((status, body): &(u16, Value)) -> String {
    assert_eq!(*status, 200, "{body}");
    body["messages"][0]["id"].as_str().expect("an id").to_owned()
}

pub(super) fn text(body: &str) -> Value {
    json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "text", "text": {"body": body}})
}

/// The smallest PNG header with this depth and colour type; no pixels are needed here.
pub(super) fn png(depth: u8, colour: u8) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01".to_vec();
    png.extend_from_slice(&[depth, colour, 0, 0, 0]);
    png
}

impl Callback {
    pub(super) async fn start() -> Self {
        let seen = Arc::new(Seen::default());
        let router = Router::new()
            .route("/callback", get(challenge).post(receive))
            .with_state(Arc::clone(&seen));
        Self {
            seen,
            server: wire::serve(0, router).await.expect("a free port"),
        }
    }

    pub(super) fn url(&self) -> String {
        format!("{}/callback", self.server.base_url())
    }

    pub(super) fn answers(&self, statuses: &[u16]) {
        self.seen.answers.lock().expect("lock").extend(statuses);
    }

    pub(super) fn bodies(&self) -> Vec<Value> {
        self.seen.bodies.lock().expect("lock").clone()
    }

    pub(super) fn updates(&self) -> Vec<Value> {
        let mut updates = Vec::new();
        for body in self.bodies() {
            for entry in body["entry"].as_array().expect("entries") {
                for change in entry["changes"].as_array().expect("changes") {
                    for name in ["statuses", "messages"] {
                        updates.extend(change["value"][name].as_array().into_iter().flatten().cloned());
                    }
                }
            }
        }
        updates
    }
}

async fn challenge(RawQuery(query): RawQuery) -> (StatusCode, String) {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        let found = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    if value("hub.mode") == "subscribe" && value("hub.verify_token") == VERIFY_TOKEN {
        (StatusCode::OK, value("hub.challenge"))
    } else {
        (StatusCode::FORBIDDEN, String::new())
    }
}

async fn receive(State(seen): State<Arc<Seen>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signed = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    if signed != Some(&signature(DEMO_APP_SECRET, &body)) {
        return StatusCode::UNAUTHORIZED;
    }
    assert!(body.is_ascii(), "Meta escapes what is not ASCII");
    let answer = seen.answers.lock().expect("lock").pop_front().unwrap_or(200);
    if answer == 200 {
        seen.bodies.lock().expect("lock").push(serde_json::from_slice(&body).expect("JSON"));
    }
    StatusCode::from_u16(answer).expect("a status")
}
