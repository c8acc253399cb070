//! Errors as the API speaks them: RFC 9457 problems that name the field, what was given and what is accepted.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use runtime::sqs::SendError;
use serde::{Deserialize, Serialize};
use store::StoreError;
use utoipa::ToSchema;
use vault::VaultError;

/// An answer that is not the one asked for (RFC 9457, `application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Tells the kinds apart: `urn:chartcastr:problem:invalid-content`.
    #[serde(rename = "type")]
    #[schema(example = "urn:chartcastr:problem:invalid-content")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time and what to do about it.
    pub detail: String,
    /// One entry per field that is not accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// One field that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// Where it is: a JSON pointer into the body, or the name of a query parameter or a header.
    #[schema(example = "/chart/mark")]
    pub pointer: String,
    /// What was given; left out where it may be a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "`pie`")]
    pub given: Option<String>,
    /// What is accepted.
    #[schema(example = "one of `line`, `bar`, `kpi`")]
    pub accepted: String,
}

impl FieldError {
    /// A field by pointer, what stands there and what may stand there.
    pub fn new(pointer: impl Into<String>, given: impl Into<String>, accepted: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            given: Some(given.into()),
            accepted: accepted.into(),
        }
    }

    /// The same without a word about what was given: it may be a secret, or `accepted` already tells.
    pub fn silent(pointer: impl Into<String>, accepted: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            given: None,
            accepted: accepted.into(),
        }
    }

    fn sentence(&self) -> String {
        let place = if self.pointer.is_empty() {
            "The body".to_owned()
        } else {
            format!("`{}`", self.pointer)
        };
        match &self.given {
            Some(given) => format!("{place}: given {given}; accepted: {}", self.accepted),
            None => format!("{place}: {}", self.accepted),
        }
    }
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Self {
        let kind = format!("urn:chartcastr:problem:{kind}");
        Self {
            kind,
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            errors: Vec::new(),
        }
    }

    /// 400: it could not be read at all.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable-request", "The request cannot be read", detail)
    }

    /// 401: no key, or one that opens nothing.
    pub fn unauthorized() -> Self {
        let detail = "Send an API key that is in force: `Authorization: Bearer ck_…`.";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "An API key is needed", detail)
    }

    /// 403: the key's role is not enough.
    pub fn forbidden(needed: domain::access::Role, has: domain::access::Role) -> Self {
        let detail = format!("This needs a key with the role {needed}; this key's role is {has}.");
        Self::new(StatusCode::FORBIDDEN, "forbidden", "The key may not do this", detail)
    }

    /// 404: not there, or another organisation's: nobody can tell which.
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "Not found",
            "There is no such thing, or this key does not reach it.",
        )
    }

    /// 405.
    pub fn method_not_allowed() -> Self {
        let detail = "This address does not take that method; the header `Allow` lists those it takes.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed", detail)
    }

    /// 409: it cannot be done as things stand.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", "It cannot be done as things stand", detail)
    }

    /// 413.
    pub fn too_large(bytes_max: usize) -> Self {
        let detail = format!("The body is larger than {bytes_max} bytes. Data goes to the address that POST /v1/uploads gives.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large", detail)
    }

    /// 415.
    pub fn not_json() -> Self {
        let detail = "Send JSON, with `Content-Type: application/json`.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", "The body is not JSON", detail)
    }

    /// 422: readable, but not accepted; at least one field.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = errors.iter().map(FieldError::sentence).collect::<Vec<_>>().join(". ");
        Self {
            errors,
            ..Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid-content",
                "The content is not accepted",
                detail,
            )
        }
    }

    /// 422 about one field.
    pub fn field(pointer: impl Into<String>, given: impl Into<String>, accepted: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError::new(pointer, given, accepted)])
    }

    /// 422 about one field, without a word about what was given.
    pub fn field_silent(pointer: impl Into<String>, accepted: impl Into<String>) -> Self {
        Self::invalid(vec![FieldError::silent(pointer, accepted)])
    }

    /// 422: a provider did not accept what was given; `sentence` says what and what to do.
    pub fn refused_by_provider(sentence: impl Into<String>) -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "refused-by-provider",
            "The provider does not accept it",
            sentence,
        )
    }

    /// 422: an `Idempotency-Key` that was used for something else.
    pub fn key_reused() -> Self {
        let detail = "This `Idempotency-Key` was used for another request within the last 24 hours. Use a new key for a new request.";
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            "The idempotency key belongs to another request",
            detail,
        )
    }

    /// 409: the same `Idempotency-Key` is being worked on.
    pub fn in_progress() -> Self {
        let detail = "A request with this `Idempotency-Key` is being worked on. Ask again in a few seconds.";
        Self::new(StatusCode::CONFLICT, "in-progress", "The same request is under way", detail)
    }

    /// 502 and the like: a provider did not answer, or not now.
    pub fn provider_unavailable(sentence: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_GATEWAY,
            "provider-unavailable",
            "The provider does not answer",
            sentence,
        )
    }

    /// 503: ours, and gone the next time.
    pub fn unavailable() -> Self {
        let detail = "Something we depend on does not answer at the moment. Try again in a few seconds.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Try again", detail)
    }

    /// Whether the request was refused (4xx), so that the same one is refused again: nothing on our side or a provider's failed.
    pub fn is_refusal(&self) -> bool {
        self.status < 500
    }

    /// 500: ours. What it was stands in the log, not in the answer.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        tracing::error!(error.detail = %what, "a request failed, and it is our fault");
        let detail = "This is ours to mend; it has been noted. Nothing is wrong with the request.";
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something failed on our side",
            detail,
        )
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { .. } => Self::conflict("Somebody changed it at the same moment. Read it again and repeat the change."),
            StoreError::BadCursor => Self::invalid_cursor(),
            StoreError::Corrupt { .. } => Self::internal(error),
            StoreError::Aws { .. } => {
                tracing::warn!(error.detail = %error, "the table or the bucket did not answer");
                Self::unavailable()
            }
        }
    }
}

impl From<VaultError> for Problem {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::TooLarge { .. } => Self::unreadable(error.to_string()),
            _ if error.is_retryable() => {
                tracing::warn!(error.detail = %error, "the key service did not answer");
                Self::unavailable()
            }
            _ => Self::internal(error),
        }
    }
}

impl From<SendError> for Problem {
    fn from(error: SendError) -> Self {
        tracing::warn!(error.detail = %error, "a queue did not take a message");
        Self::unavailable()
    }
}

impl Problem {
    /// 400: a cursor of another list, or none of ours.
    pub fn invalid_cursor() -> Self {
        Self::unreadable("`cursor` is not one that this list returned as `next_cursor`.")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        let headers = response.headers_mut();
        match status {
            StatusCode::UNAUTHORIZED => drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            StatusCode::SERVICE_UNAVAILABLE => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"))),
            _ => {}
        }
        response
    }
}
