//! Where numbers come from: a Source is read into a typed `Dataset`.
//!
//! Knows: separated text and JSON as people save them, Google's Sheets protocol, what a column of cells can mean, and how much is read at
//! most. Must never know: the table, queues, whose organisation this is, the clock, the environment. Time, addresses, HTTP clients, bytes of
//! uploads and credentials are arguments; tokens are kept in memory only and shown nowhere.
//!
//! One folder per kind of source; a source is an enum ([`SourceSpec`]), not a trait. Every failure becomes a [`Fault`](domain::fault::Fault)
//! with a sentence for the person who set the source up.

mod cell;
pub mod csv;
mod encoding;
mod error;
pub mod fetch;
pub mod google_sheets;
mod header;
mod infer;
pub mod json;
pub mod limits;
mod preview;
mod table;
mod wire;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use domain::dataset::Dataset;
use domain::source_spec::Origin;
use jiff::Timestamp;
use secrecy::SecretString;

pub use domain::source_spec::SourceSpec;
pub use error::SourceError;
pub use google_sheets::{Google, GoogleEndpoints, TokenCache};
pub use preview::{Preview, PreviewColumn};

/// What reading may use.
#[derive(Clone, Copy)]
pub struct Access<'a> {
    /// Begins requests to addresses that a customer gave.
    pub guard: &'a fetch::Guard<'a>,
    /// For requests to providers' own addresses.
    pub provider: &'a reqwest::Client,
    /// The uploaded file, where [`SourceSpec::upload`] names one.
    pub upload: Option<&'a Bytes>,
    /// What is sealed with the Connection that [`SourceSpec::connection`] names.
    pub credentials: Option<&'a SecretString>,
    /// Where Google is.
    pub google: &'a GoogleEndpoints,
    /// Google's tokens of this process.
    pub tokens: &'a TokenCache,
    /// Longest time of one call to another machine: [`limits::CALL_TIMEOUT`] unless the host has less.
    pub timeout: Duration,
}

impl fmt::Debug for Access<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("google", &self.google).finish_non_exhaustive()
    }
}

/// Reads a Source. `as_of` is now.
///
/// # Errors
/// [`SourceError`], which says whether to try again, what a person has to change, or that the Connection needs attention.
pub async fn read(source: &SourceSpec, access: Access<'_>, as_of: Timestamp) -> Result<Dataset, SourceError> {
    match source {
        SourceSpec::Csv(source) => csv::parse_csv(&file(&source.origin, access, as_of).await?, &csv::CsvOptions::of(source, as_of)),
        SourceSpec::Json(source) => json::parse_json(&file(&source.origin, access, as_of).await?, &json::JsonOptions::of(source, as_of)),
        SourceSpec::GoogleSheets(source) => {
            let credentials = access.credentials.ok_or_else(|| {
                wire::unauthorized(
                    "google_sheets.no_credentials",
                    "The Google connection has no key any more. Connect Google again.",
                )
            })?;
            let Access {
                provider: http,
                google: endpoints,
                tokens,
                timeout,
                ..
            } = access;
            let google = Google {
                http,
                endpoints,
                tokens,
                credentials,
                timeout,
            };
            google_sheets::read(source, google, as_of).await
        }
    }
}

async fn file(origin: &Origin, access: Access<'_>, now: Timestamp) -> Result<Bytes, SourceError> {
    match origin {
        Origin::Url(url) => fetch::get(url, access.guard, access.timeout, now).await,
        Origin::Upload(id) => access.upload.cloned().ok_or_else(|| {
            SourceError::unreadable(
                "upload.missing",
                format!("The uploaded file `{id}` is not there. Upload it, then try again."),
            )
        }),
    }
}
