//! Files: `POST /{phone-number-id}/media`, `DELETE /{media-id}`, and the short-lived address they are downloaded from.

use std::sync::Arc;

use axum::extract::{ConnectInfo, Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use futures_util::stream;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::graph_error::GraphError;
use super::media_file;
use super::state::{MEDIA_KEPT, Media};
use super::{Endpoint, Meta, version};
use crate::simulators::wire::Connection;

/// How long a download address works (Meta, "Retrieve media URL").
const ADDRESS_KEPT: SignedDuration = SignedDuration::from_mins(5);

/// The parts of an upload.
#[derive(Default)]
struct Form {
    messaging_product: Option<String>,
    declared_type: Option<String>,
    file: Option<(Option<String>, Bytes)>,
}

pub(super) async fn upload(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = parse(&headers, body).await;
    meta.answer(Endpoint::Upload, &connection, async |_| meta.store(&called, &id, &headers, form?))
        .await
}

async fn parse(headers: &HeaderMap, body: Bytes) -> Result<Form, GraphError> {
    let malformed = |_| GraphError::parameter("The request body must be multipart/form-data.");
    let content_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(malformed)?;
    let mut parts = multer::Multipart::new(stream::iter([Ok::<_, std::convert::Infallible>(body)]), boundary);
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let part_type = part.content_type().map(|kind| kind.essence_str().to_owned());
        let bytes = part.bytes().await.map_err(malformed)?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "messaging_product" => form.messaging_product = Some(text()),
            "type" => form.declared_type = Some(text()),
            "file" if file_name.is_none() => return Err(GraphError::parameter("Param file must be a file, with a file name.")),
            "file" => form.file = Some((part_type, bytes)),
            other => return Err(GraphError::parameter(format_args!("Unexpected key \"{other}\""))),
        }
    }
    Ok(form)
}

impl Meta {
    fn store(&self, called: &str, id: &str, headers: &HeaderMap, form: Form) -> Result<Value, GraphError> {
        version(called)?;
        let token = self.authorise(headers, "whatsapp_business_messaging")?;
        let mut state = self.state();
        let (account, _) = state.number(id).ok_or_else(|| GraphError::no_object("post", id))?;
        if !token.accounts.contains(&account.id) {
            return Err(GraphError::of(200));
        }
        match form.messaging_product.as_deref() {
            None => return Err(GraphError::parameter("The parameter messaging_product is required.")),
            Some("whatsapp") => {}
            Some(_) => return Err(GraphError::parameter("Param messaging_product must be one of {WHATSAPP}.")),
        }
        let declared_type = form
            .declared_type
            .ok_or_else(|| GraphError::parameter("The parameter type is required."))?;
        let (part_type, bytes) = form.file.ok_or_else(|| GraphError::parameter("The parameter file is required."))?;
        let refused = |details: String| GraphError::of(131053).details(details);
        let part_type = part_type.ok_or_else(|| refused("The file part has no Content-Type.".to_owned()))?;
        if declared_type != part_type {
            return Err(refused(format!("The file part is {part_type}, but type says {declared_type}.")));
        }
        let file = media_file::check(&part_type, &bytes).map_err(refused)?;
        let media_id = state.media_id();
        state.keep_file(&file, bytes);
        state.media.insert(
            media_id.clone(),
            Media {
                phone_number_id: id.to_owned(),
                uploaded_at: self.clock.now(),
                file,
            },
        );
        Ok(json!({"id": media_id}))
    }

    /// `GET /{media-id}`, once it is known to be one.
    pub(super) fn describe_media(&self, headers: &HeaderMap, id: &str, of_number: Option<&str>) -> Result<Value, GraphError> {
        let now = self.clock.now();
        let media = self.reachable_media("get", headers, id)?;
        if of_number.is_some_and(|number| number != media.phone_number_id) {
            return Err(GraphError::no_object("get", id));
        }
        let base = self.base_url.get().map_or("", String::as_str);
        let until = (now + ADDRESS_KEPT).as_second();
        Ok(json!({
            "messaging_product": "whatsapp",
            "url": format!("{base}/_media/{id}/{until}"),
            "mime_type": media.file.mime_type,
            "sha256": media.file.sha256,
            "file_size": media.file.file_size,
            "id": id,
        }))
    }

    fn reachable_media(&self, method: &str, headers: &HeaderMap, id: &str) -> Result<Media, GraphError> {
        let token = self.authorise(headers, "whatsapp_business_messaging")?;
        let state = self.state();
        let media = state
            .media
            .get(id)
            .filter(|media| self.clock.now() < media.uploaded_at + MEDIA_KEPT);
        let reachable = media.filter(|media| {
            state
                .number(&media.phone_number_id)
                .is_some_and(|(account, _)| token.accounts.contains(&account.id))
        });
        reachable.cloned().ok_or_else(|| GraphError::no_object(method, id))
    }
}

pub(super) async fn delete(
    Shared(meta): Shared<Arc<Meta>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    Path((called, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let work = async |_| {
        version(&called)?;
        meta.reachable_media("delete", &headers, &id)?;
        meta.state().media.remove(&id);
        Ok(json!({"success": true}))
    };
    meta.answer(Endpoint::Media, &connection, work).await
}

/// The address in `url` of a media object: five minutes, and only with the token.
pub(super) async fn download(Shared(meta): Shared<Arc<Meta>>, Path((id, until)): Path<(String, i64)>, headers: HeaderMap) -> Response {
    let in_time = meta.clock.now().as_second() <= until;
    let media = meta.reachable_media("get", &headers, &id).ok().filter(|_| in_time);
    let bytes = media.as_ref().and_then(|media| meta.state().files.get(&media.file.sha256).cloned());
    match media.zip(bytes) {
        Some((media, bytes)) => ([(header::CONTENT_TYPE, media.file.mime_type)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
