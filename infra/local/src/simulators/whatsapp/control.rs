//! `/_sim/...`: the Rust handle as JSON, for other processes and the outbox page. It has no place in Meta's API.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::message::Status;
use super::{Answer, Endpoint, Inbound, Meta, Webhooks};
use crate::simulators::fault::Order;

pub(super) fn router() -> Router<Arc<Meta>> {
    Router::new()
        .route("/state", get(state))
        .route("/messages/{id}/picture", get(picture))
        .route("/messages/{id}/status", post(status))
        .route("/webhooks", get(webhooks).put(set_webhooks))
        .route("/faults", post(fault).delete(clear))
        .route("/release", post(release))
        .route("/inbound", post(inbound))
        .route("/read", post(read))
        .route("/settled", post(settled))
}

type Refused = (StatusCode, Json<Value>);

fn refused(why: impl std::fmt::Display) -> Refused {
    (StatusCode::BAD_REQUEST, Json(json!({"error": why.to_string()})))
}

/// Messages, media, people and windows. No tokens, no secret.
async fn state(Shared(meta): Shared<Arc<Meta>>) -> Json<Value> {
    let state = meta.state();
    let windows: Vec<Value> = state
        .last_inbound
        .iter()
        .map(|((number, person), at)| json!({"phone_number_id": number, "person": person, "last_inbound_at": at}))
        .collect();
    let numbers: Vec<_> = state.numbers().map(|(_, number)| number).collect();
    let posts = meta.posts.lock().expect("no panic holds this lock").clone();
    Json(json!({
        "numbers": numbers,
        "people": state.config.people,
        "messages": state.messages,
        "media": state.media,
        "windows": windows,
        "posts": posts,
        "faults_waiting": meta.faults.waiting(),
    }))
}

async fn picture(Shared(meta): Shared<Arc<Meta>>, Path(id): Path<String>) -> Response {
    let state = meta.state();
    let file = state.message(&id).and_then(|message| message.content.picture()?.file.clone());
    let found = file.and_then(|file| Some((file.mime_type, state.files.get(&file.sha256)?.clone())));
    match found {
        Some((kind, bytes)) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    status: Status,
    #[serde(default)]
    error: Option<u32>,
}

async fn status(Shared(meta): Shared<Arc<Meta>>, Path(id): Path<String>, Json(told): Json<Told>) -> Result<StatusCode, Refused> {
    if meta.state().message(&id).is_none() {
        return Err(refused(format_args!("there is no message {id}")));
    }
    meta.tell(&id, &[(told.status, told.error)]);
    Ok(StatusCode::NO_CONTENT)
}

async fn webhooks(Shared(meta): Shared<Arc<Meta>>) -> Json<Webhooks> {
    Json(meta.state().config.webhooks.clone())
}

async fn set_webhooks(Shared(meta): Shared<Arc<Meta>>, Json(settings): Json<Webhooks>) -> StatusCode {
    meta.state().config.webhooks = settings;
    StatusCode::NO_CONTENT
}

async fn fault(Shared(meta): Shared<Arc<Meta>>, Json(order): Json<Order<Endpoint, Answer>>) -> StatusCode {
    meta.faults.push(order);
    StatusCode::NO_CONTENT
}

async fn clear(Shared(meta): Shared<Arc<Meta>>) -> StatusCode {
    meta.faults.clear();
    StatusCode::NO_CONTENT
}

async fn release(Shared(meta): Shared<Arc<Meta>>) -> StatusCode {
    meta.faults.release();
    StatusCode::NO_CONTENT
}

async fn inbound(Shared(meta): Shared<Arc<Meta>>, Json(inbound): Json<Inbound>) -> Result<Json<Value>, Refused> {
    let id = meta.inbound(inbound).map_err(refused)?;
    Ok(Json(json!({"id": id})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chat {
    phone_number_id: String,
    person: String,
}

async fn read(Shared(meta): Shared<Arc<Meta>>, Json(chat): Json<Chat>) -> StatusCode {
    meta.read(&chat.phone_number_id, &chat.person);
    StatusCode::NO_CONTENT
}

async fn settled(Shared(meta): Shared<Arc<Meta>>) -> StatusCode {
    meta.pending.settled().await;
    StatusCode::NO_CONTENT
}
