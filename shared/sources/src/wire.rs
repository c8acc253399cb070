//! Answers of other machines: read to a cap, and what it means when there is none.

use std::error::Error;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use domain::fault::{Fault, Why};
use jiff::Timestamp;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};

use crate::SourceError;

/// A status, what was asked of us in its headers, and the body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum NoAnswer {
    /// More bytes than the cap; what is known of how many.
    TooLarge(usize),
    /// No connection, a broken one, or none in time; the cause in words.
    Failed(String),
}

/// Reads the answer, its body to `bytes_max`. A body whose announced length is beyond it is not begun.
pub(crate) async fn read(sent: Result<Response, reqwest::Error>, bytes_max: usize) -> Result<Answer, NoAnswer> {
    let mut response = sent.map_err(|error| NoAnswer::Failed(cause(&error)))?;
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let announced = response
        .content_length()
        .map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX));
    if announced > bytes_max {
        return Err(NoAnswer::TooLarge(announced));
    }
    let mut body = BytesMut::with_capacity(announced);
    while let Some(chunk) = response.chunk().await.map_err(|error| NoAnswer::Failed(cause(&error)))? {
        if body.len() + chunk.len() > bytes_max {
            return Err(NoAnswer::TooLarge(body.len() + chunk.len()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status,
        headers,
        body: body.freeze(),
    })
}

/// The innermost cause, which names neither path nor query of the address.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it did not answer in time".to_owned();
    }
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    if error.source().is_none() {
        "the answer broke off".to_owned()
    } else {
        innermost.to_string()
    }
}

/// How long the other side asks us to wait: seconds or a date.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(moment.duration_since(now)).unwrap_or(Duration::ZERO))
}

pub(crate) fn retry(code: &str, after: Option<Duration>, sentence: impl Into<String>) -> SourceError {
    SourceError::Provider(Fault::Retry {
        after,
        why: Why::new(code, sentence),
    })
}

pub(crate) fn unauthorized(code: &str, sentence: impl Into<String>) -> SourceError {
    SourceError::Provider(Fault::Unauthorized {
        why: Why::new(code, sentence),
    })
}

pub(crate) fn rejected(code: &str, sentence: impl Into<String>) -> SourceError {
    SourceError::Provider(Fault::Rejected {
        why: Why::new(code, sentence),
    })
}
