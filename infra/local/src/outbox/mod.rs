//! The outbox: a page that shows what each person received and lets one answer as they would.
//!
//! It puts two things side by side: what arrived, which the simulators know, and what the product believes, which its own
//! API says. The API key stays in this process; the page never sees it.

mod chat;
mod hooks;
mod product;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use runtime::Clock;
use serde::Deserialize;
use serde_json::{Value, json};

pub use product::Product;

use crate::simulators::webhook_receiver::WebhookReceiver;
use crate::simulators::whatsapp::{Inbound, WhatsApp};

/// What the page shows.
#[derive(Clone)]
pub struct Outbox {
    /// The phones; none if messages go to another provider.
    pub whatsapp: Option<WhatsApp>,
    /// The webhook endpoints; none if there are none here.
    pub receiver: Option<WebhookReceiver>,
    /// The product's API.
    pub product: Product,
    /// Today's date, for the API.
    pub clock: Clock,
}

/// The page and what it needs, all under `/outbox`. Merge it into the host's router.
pub fn router(outbox: Outbox) -> Router {
    let file = |kind: &'static str, text: &'static str| {
        get(async move || ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text))
    };
    Router::new()
        .route("/outbox", file("text/html; charset=utf-8", include_str!("page.html")))
        .route("/outbox/style.css", file("text/css; charset=utf-8", include_str!("style.css")))
        .route(
            "/outbox/markup.js",
            file("text/javascript; charset=utf-8", include_str!("markup.js")),
        )
        .route(
            "/outbox/delivery.js",
            file("text/javascript; charset=utf-8", include_str!("delivery.js")),
        )
        .route(
            "/outbox/script.js",
            file("text/javascript; charset=utf-8", include_str!("script.js")),
        )
        .route("/outbox/state.json", get(state))
        .route("/outbox/runs/{run_id}", get(run))
        .route("/outbox/pictures/{message_id}", get(picture))
        .route("/outbox/documents/{message_id}/{file_name}", get(document))
        .route("/outbox/hook-pictures/{endpoint}/{event_id}", get(hook_picture))
        .route(
            "/outbox/hook-documents/{endpoint}/{event_id}/{kind}/{file_name}",
            get(hook_document),
        )
        .route("/outbox/read", post(read))
        .route("/outbox/inbound", post(inbound))
        .with_state(Arc::new(outbox))
}

type Shared = State<Arc<Outbox>>;

/// Everything on the page, in one answer; the page asks again and again.
async fn state(State(outbox): Shared) -> Json<Value> {
    let chats = outbox.whatsapp.as_ref().map(|sim| chat::chats(sim, outbox.clock.now()));
    let hooks = outbox.receiver.as_ref().map(hooks::hooks);
    let (deliveries, problem) = match outbox.product.deliveries(outbox.clock.now()).await {
        Ok(deliveries) => (deliveries, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    Json(json!({"chats": chats, "hooks": hooks, "deliveries": deliveries, "problem": problem}))
}

/// A run with its deliveries and attempts, as the API has it.
async fn run(State(outbox): Shared, Path(run_id): Path<String>) -> Response {
    match outbox.product.run(&run_id).await {
        Ok(run) => Json(run).into_response(),
        Err(why) => (StatusCode::BAD_GATEWAY, Json(json!({"error": why}))).into_response(),
    }
}

async fn picture(State(outbox): Shared, Path(message_id): Path<String>) -> Response {
    show(outbox.whatsapp.as_ref().and_then(|sim| sim.picture(&message_id)))
}

async fn hook_picture(State(outbox): Shared, Path((endpoint, event_id)): Path<(String, String)>) -> Response {
    show(outbox.receiver.as_ref().and_then(|sim| sim.picture(&endpoint, &event_id)))
}

/// A document opens in the browser; nothing of it runs.
async fn document(State(outbox): Shared, Path((message_id, _)): Path<(String, String)>) -> Response {
    open(outbox.whatsapp.as_ref().and_then(|sim| sim.document(&message_id)))
}

async fn hook_document(State(outbox): Shared, Path((endpoint, event_id, kind, _)): Path<(String, String, String, String)>) -> Response {
    open(outbox.receiver.as_ref().and_then(|sim| sim.attachment(&endpoint, &event_id, &kind)))
}

fn open(document: Option<(String, Bytes)>) -> Response {
    let Some((kind, bytes)) = document else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match kind.split(';').next().unwrap_or_default() {
        "application/pdf" => "application/pdf",
        // Shown, not saved: here one wants to see what is in it.
        "text/plain" | "text/csv" => "text/plain; charset=utf-8",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
    ];
    (headers, bytes).into_response()
}

/// Pictures come from outside; whatever they are, the browser is to treat them as pictures.
fn show(picture: Option<(String, Bytes)>) -> Response {
    match picture {
        Some((kind, bytes)) if kind.starts_with("image/") => {
            let headers = [
                (header::CONTENT_TYPE, kind.as_str()),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
                (header::CACHE_CONTROL, "private, max-age=86400, immutable"),
            ];
            (headers, bytes).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(Deserialize)]
struct Opened {
    phone_number_id: String,
    person: String,
}

/// The person opens the chat.
async fn read(State(outbox): Shared, Json(opened): Json<Opened>) -> StatusCode {
    match &outbox.whatsapp {
        Some(sim) => {
            sim.read(&opened.phone_number_id, &opened.person);
            StatusCode::NO_CONTENT
        }
        None => StatusCode::NOT_FOUND,
    }
}

/// The person writes, reacts or taps.
async fn inbound(State(outbox): Shared, Json(inbound): Json<Inbound>) -> Response {
    let Some(sim) = &outbox.whatsapp else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match sim.inbound(inbound) {
        Ok(id) => Json(json!({"id": id})).into_response(),
        Err(why) => (StatusCode::BAD_REQUEST, Json(json!({"error": why}))).into_response(),
    }
}
