//! A file behind an https address that a customer gave.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{ACCEPT, LOCATION};
use reqwest::{RequestBuilder, StatusCode};
use url::Url;

use crate::wire::{self, Answer, NoAnswer, rejected, retry};
use crate::{SourceError, encoding, limits};

/// Begins a GET of an address that a customer gave, or says in words why it is not asked. The guard against our own network is behind it:
/// this crate cannot build a client.
pub type Guard<'a> = dyn Fn(Url) -> Result<RequestBuilder, String> + Send + Sync + 'a;

/// Fetches the file, to [`limits::BYTES_MAX`], within `timeout` from asking to the last byte.
///
/// # Errors
/// Retry for what may pass (no connection, 408, 429, 5xx), rejected for what a person has to change (the guard's refusal, a redirect, a
/// sign-in, nothing there, a web page instead of data), [`SourceError::Limit`] for a file that is too large.
pub async fn get(url: &Url, guard: &Guard<'_>, timeout: Duration, now: Timestamp) -> Result<Bytes, SourceError> {
    let host = url.host_str().unwrap_or_default();
    let request = guard(url.clone()).map_err(|refused| rejected("url.refused", format!("The link is not fetched: {refused}.")))?;
    let request = request
        .header(ACCEPT, "text/csv, application/json, text/plain;q=0.9, */*;q=0.5")
        .timeout(timeout);
    let answer = wire::read(request.send().await, limits::BYTES_MAX)
        .await
        .map_err(|no_answer| match no_answer {
            NoAnswer::TooLarge(given) => SourceError::Limit {
                what: "bytes",
                limit: limits::BYTES_MAX,
                given,
            },
            NoAnswer::Failed(cause) => retry("url.no_answer", None, format!("`{host}` could not be read: {cause}.")),
        })?;
    if answer.status != StatusCode::OK {
        return Err(refusal(&answer, host, now));
    }
    if encoding::is_web_page(&answer.body) {
        let sentence = if host.ends_with("google.com") {
            "The link answered a web page, not data. For a Google Sheet use `google_sheets`, or publish it to the web as CSV and give that link."
        } else {
            "The link answered a web page, not data. Give the address behind the page's download button, one that works without signing in."
        };
        return Err(rejected("url.web_page", sentence));
    }
    Ok(answer.body)
}

fn refusal(answer: &Answer, host: &str, now: Timestamp) -> SourceError {
    let status = answer.status.as_u16();
    let code = format!("url.{status}");
    match status {
        300..=399 => {
            let target = answer
                .headers
                .get(LOCATION)
                .and_then(|location| location.to_str().ok())
                .and_then(|location| Url::parse(location).ok());
            let to = target
                .as_ref()
                .and_then(Url::host_str)
                .map_or("elsewhere".to_owned(), |host| format!("to `{host}`"));
            rejected(
                &code,
                format!("The link leads on {to}; redirects are not followed. Give the address that it ends at."),
            )
        }
        401 | 403 | 407 => rejected(
            &code,
            format!("`{host}` refuses the link ({status}): it needs a sign-in, or it has expired. Give one that anyone can open."),
        ),
        404 | 410 => rejected(&code, format!("`{host}` has nothing at this link any more ({status}).")),
        408 | 425 | 429 | 500..=599 => retry(
            &code,
            wire::retry_after(&answer.headers, now),
            format!("`{host}` could not answer just now ({status})."),
        ),
        _ => rejected(&code, format!("`{host}` answered {status} instead of the file.")),
    }
}
