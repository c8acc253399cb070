//! Graph API error objects, as Meta sends them.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::codes;

/// Where Meta's errors point to.
pub(super) const ERRORS_HREF: &str = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";

/// An error as the answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphError {
    /// HTTP status.
    pub http: u16,
    /// The code clients decide on.
    pub code: u32,
    /// `error.message`.
    pub message: String,
    /// `error.type`.
    pub kind: &'static str,
    /// `error.error_subcode`.
    pub subcode: Option<u32>,
    /// `error.error_data.details`; such errors also carry `messaging_product`.
    pub details: Option<String>,
    /// `Retry-After`, in seconds.
    pub retry_after_s: Option<u32>,
}

impl GraphError {
    /// A documented code with its documented words; unknown numbers become a plain error 1.
    #[must_use]
    pub fn of(code: u32) -> Self {
        let known = codes::find(code).unwrap_or(&codes::CODES[1]);
        let message = match code {
            190 => "Error validating access token: The session is invalid because the user logged out.".to_owned(),
            _ => format!("(#{code}) {}", known.title),
        };
        Self {
            http: known.http,
            code,
            message,
            kind: "OAuthException",
            subcode: (code == 190).then_some(467),
            details: (code != 190).then(|| known.details.to_owned()),
            retry_after_s: None,
        }
    }

    /// The same error with other details.
    #[must_use]
    pub fn details(self, details: impl Into<String>) -> Self {
        Self {
            details: Some(details.into()),
            ..self
        }
    }

    /// Error 100: something about the parameters, in Meta's manner.
    #[must_use]
    pub fn parameter(words: impl std::fmt::Display) -> Self {
        Self {
            message: format!("(#100) {words}"),
            details: None,
            ..Self::of(100)
        }
    }

    /// The object is not there, or this token may not see it: Meta does not tell which.
    #[must_use]
    pub fn no_object(method: &str, id: &str) -> Self {
        let message = format!(
            "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to missing \
             permissions, or does not support this operation. Please read the Graph API documentation at \
             https://developers.facebook.com/docs/graph-api"
        );
        Self {
            message,
            kind: "GraphMethodException",
            subcode: Some(33),
            details: None,
            ..Self::of(100)
        }
    }

    /// No such path in the Graph, or a version that is not served.
    #[must_use]
    pub fn unknown_path(path: &str) -> Self {
        Self {
            code: 2500,
            message: format!("Unknown path components: {path}"),
            details: None,
            ..Self::of(100)
        }
    }

    /// The error object as JSON.
    #[must_use]
    pub fn body(&self) -> Value {
        let mut error = json!({"message": self.message, "type": self.kind, "code": self.code});
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
        }
        if let Some(details) = &self.details {
            error["error_data"] = json!({"messaging_product": "whatsapp", "details": details});
        }
        error["fbtrace_id"] = json!(trace_id());
        json!({"error": error})
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.http).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, axum::Json(self.body())).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The error inside a `failed` status.
pub(super) fn failure(code: u32) -> Value {
    let known = codes::find(code).unwrap_or(&codes::CODES[1]);
    json!({
        "code": code,
        "title": known.title,
        "message": known.title,
        "error_data": {"details": known.details},
        "href": ERRORS_HREF,
    })
}

fn trace_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let digest = Sha256::digest(NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    format!("A{}", BASE64_URL_SAFE_NO_PAD.encode(&digest[..16]))
}
