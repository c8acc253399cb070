//! Calls of the Sheets API and what its errors mean.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::ACCEPT;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::Google;
use super::account::ServiceAccount;
use crate::error::sample;
use crate::wire::{self, Answer, NoAnswer, retry, unauthorized};
use crate::{SourceError, limits};

/// Largest answer about a sheet as a whole. Ours.
const METADATA_BYTES_MAX: usize = 1024 * 1024;
/// How long to wait after Google's quota without its own word: it is filled again each minute
/// (https://developers.google.com/workspace/sheets/api/limits).
const QUOTA_WAIT: Duration = Duration::from_secs(60);

/// A sheet as a whole.
#[derive(Debug)]
pub(super) struct Sheet {
    /// IANA zone in which its days and times are meant.
    pub(super) time_zone: Option<String>,
    pub(super) tabs: Vec<Tab>,
}

/// A tab of a sheet.
#[derive(Debug, Deserialize)]
pub(super) struct Tab {
    pub(super) title: String,
    #[serde(rename = "sheetId", default)]
    pub(super) id: i64,
    #[serde(default)]
    pub(super) hidden: bool,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    properties: Properties,
    #[serde(default)]
    sheets: Vec<TabEntry>,
}

#[derive(Default, Deserialize)]
struct Properties {
    #[serde(rename = "timeZone")]
    time_zone: Option<String>,
}

#[derive(Deserialize)]
struct TabEntry {
    properties: Tab,
}

/// Google's error body (google.rpc.Status).
#[derive(Default, Deserialize)]
struct Status {
    #[serde(default)]
    error: StatusError,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StatusError {
    message: String,
    status: String,
    details: Vec<StatusDetail>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StatusDetail {
    reason: String,
    #[serde(rename = "retryDelay")]
    retry_delay: String,
}

pub(super) struct Caller<'a> {
    pub(super) google: &'a Google<'a>,
    pub(super) account: &'a ServiceAccount,
    pub(super) now: Timestamp,
}

impl Caller<'_> {
    pub(super) async fn metadata(&self, id: &str) -> Result<Sheet, SourceError> {
        let mut url = self.google.endpoints.spreadsheet_url(id, "");
        url.query_pairs_mut().append_pair(
            "fields",
            "spreadsheetId,properties(title,locale,timeZone),sheets.properties(sheetId,title,hidden)",
        );
        let body = self.get(url, METADATA_BYTES_MAX).await?;
        let metadata: Metadata = serde_json::from_slice(&body).map_err(|_| not_understood())?;
        Ok(Sheet {
            time_zone: metadata.properties.time_zone,
            tabs: metadata.sheets.into_iter().map(|sheet| sheet.properties).collect(),
        })
    }

    /// The body of the answer, which is parsed where it is used: its cells are borrowed from it.
    pub(super) async fn values(&self, id: &str, range: &str, render: &str) -> Result<Bytes, SourceError> {
        let mut url = self.google.endpoints.spreadsheet_url(id, "/values:batchGet");
        url.query_pairs_mut()
            .append_pair("ranges", range)
            .append_pair("majorDimension", "ROWS")
            .append_pair("valueRenderOption", render)
            .append_pair("dateTimeRenderOption", "SERIAL_NUMBER");
        self.get(url, limits::BYTES_MAX).await
    }

    /// With a token; with a new one, once, where Google does not know the first any more.
    async fn get(&self, url: Url, bytes_max: usize) -> Result<Bytes, SourceError> {
        let token = self.google.tokens.get(self.google, self.account, self.now).await?;
        let mut answer = self.send(url.clone(), &token, bytes_max).await?;
        if answer.status.as_u16() == 401 {
            let token = self.google.tokens.renew(&token, self.google, self.account, self.now).await?;
            answer = self.send(url, &token, bytes_max).await?;
        }
        if answer.status.is_success() {
            Ok(answer.body)
        } else {
            Err(self.refusal(&answer))
        }
    }

    async fn send(&self, url: Url, token: &SecretString, bytes_max: usize) -> Result<Answer, SourceError> {
        let request = self
            .google
            .http
            .get(url)
            .bearer_auth(token.expose_secret())
            .header(ACCEPT, "application/json")
            .timeout(self.google.timeout);
        wire::read(request.send().await, bytes_max)
            .await
            .map_err(|no_answer| match no_answer {
                NoAnswer::TooLarge(given) => SourceError::Limit {
                    what: "bytes",
                    limit: bytes_max,
                    given,
                },
                NoAnswer::Failed(cause) => retry("google_sheets.no_answer", None, format!("Google Sheets did not answer: {cause}.")),
            })
    }

    /// Read from the body: the status line alone does not tell a quota from a missing share.
    fn refusal(&self, answer: &Answer) -> SourceError {
        let status = answer.status.as_u16();
        let error = serde_json::from_slice::<Status>(&answer.body).unwrap_or_default().error;
        let reason = |wanted: &str| error.details.iter().any(|detail| detail.reason == wanted);
        let email = &self.account.client_email;
        let code = |name: &str| format!("google_sheets.{name}");
        match (status, error.status.as_str()) {
            (429, _) | (_, "RESOURCE_EXHAUSTED") => {
                let stated = error
                    .details
                    .iter()
                    .find_map(|detail| detail.retry_delay.strip_suffix('s')?.parse().ok());
                let stated = stated.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                let wait = wire::retry_after(&answer.headers, self.now).or(stated).unwrap_or(QUOTA_WAIT);
                retry(
                    &code("quota"),
                    Some(wait),
                    "Google's quota for reading sheets is used up for this minute.",
                )
            }
            (401, _) => unauthorized(
                &code("unauthenticated"),
                "Google does not accept the service account's token, not even a new one. Make a new key and connect Google again.",
            ),
            (403, _) if reason("SERVICE_DISABLED") => unauthorized(
                &code("service_disabled"),
                "The Google Sheets API is switched off in the service account's project. Switch it on in Google Cloud, under APIs and services.",
            ),
            (403, _) if reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT") => unauthorized(
                &code("scope_insufficient"),
                "Google did not let the service account read sheets. Connect Google again.",
            ),
            (403, _) => SourceError::unreadable(
                "google_sheets.not_shared",
                format!("The sheet is not shared with {email}. Share it with that address as a viewer."),
            ),
            (404, _) => SourceError::unreadable(
                "google_sheets.not_found",
                format!("Google knows no such sheet: it was deleted, the link is wrong, or it is not shared with {email}."),
            ),
            (400, "FAILED_PRECONDITION") => SourceError::unreadable(
                "google_sheets.not_a_sheet",
                "This is an Office file (.xlsx) in Google Drive, not a Google Sheet. Open it and choose File, Save as Google Sheets; then give the new link.",
            ),
            (400, _) if error.message.contains("Unable to parse range") => {
                SourceError::unreadable(RANGE_MISSING, "The sheet has no such range.")
            }
            (408, _) | (500..=599, _) => {
                let after = wire::retry_after(&answer.headers, self.now);
                retry(
                    &code(&status.to_string()),
                    after,
                    format!("Google Sheets could not answer just now ({status})."),
                )
            }
            _ => wire::rejected(
                &code(&status.to_string()),
                format!("Google Sheets refused the request ({status} {}).", sample(&error.status)),
            ),
        }
    }
}

/// Code of an error that [`super::range::explain`] completes.
pub(super) const RANGE_MISSING: &str = "google_sheets.range_missing";

pub(super) fn not_understood() -> SourceError {
    retry(
        "google_sheets.not_understood",
        None,
        "Google's answer was not what its documentation says.",
    )
}
