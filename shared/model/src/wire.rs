//! One request and what came back.

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{RequestBuilder, header};
use serde_json::Value;

use crate::ANSWER_BYTES_MAX;
use crate::error::{ModelError, Provider};

/// What a server answered.
pub(crate) struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    /// Null where the body is no JSON.
    pub body: Value,
}

/// Sends a JSON body.
pub(crate) async fn send(provider: Provider, request: RequestBuilder, body: Vec<u8>) -> Result<Reply, ModelError> {
    let unreachable = |error: reqwest::Error| provider.unreachable(&runtime::http::in_words(&error));
    let request = request.header(header::CONTENT_TYPE, "application/json").body(body);
    let response = request.send().await.map_err(unreachable)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = runtime::http::read_body(response, ANSWER_BYTES_MAX).await.map_err(unreachable)?;
    if body.is_truncated {
        return Err(provider.too_large());
    }
    Ok(Reply {
        status,
        headers,
        body: serde_json::from_slice(&body.bytes).unwrap_or_default(),
    })
}

/// A header that is not shown by Debug.
pub(crate) fn secret_header(provider: Provider, text: &str) -> Result<HeaderValue, ModelError> {
    let mut value = HeaderValue::from_str(text).map_err(|_| provider.unauthorized("malformed_key"))?;
    value.set_sensitive(true);
    Ok(value)
}
