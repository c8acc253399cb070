//! A range of a Google Sheet, read as a service account with which the sheet is shared.
//!
//! Three calls per reading: the sheet's time zone and tabs; the values, with days as serial numbers; and the same values as shown, which
//! alone tell what is a day, money or percent. The last is left out where there are no numbers.

mod account;
mod call;
mod endpoints;
mod range;
mod style;
mod token;

use std::time::Duration;

use domain::dataset::Dataset;
use domain::source_spec::GoogleSheetsSource;
use jiff::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::cell::Cell;
use crate::header;
use crate::infer::Hints;
use crate::json::raw;
use crate::table::Table;
use crate::{SourceError, limits};
use account::ServiceAccount;
use call::Caller;
pub use endpoints::GoogleEndpoints;
pub use token::TokenCache;

/// What Google's calls need.
#[derive(Debug, Clone, Copy)]
pub struct Google<'a> {
    /// For providers' own addresses: no guard, no redirects.
    pub http: &'a reqwest::Client,
    /// Where Google is.
    pub endpoints: &'a GoogleEndpoints,
    /// Tokens of this process.
    pub tokens: &'a TokenCache,
    /// The JSON key file of a service account.
    pub credentials: &'a SecretString,
    /// Longest time of one call, [`limits::CALL_TIMEOUT`] unless the host has less.
    pub timeout: Duration,
}

/// A service account that Google knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The address to share sheets with.
    pub client_email: String,
    /// The Google Cloud project it belongs to, where the key file says so.
    pub project_id: Option<String>,
}

/// Checks a service account's key file, and with Google that the key is valid, by getting a token.
///
/// # Errors
/// [`SourceError::Unreadable`] where the text is no such key file, unauthorized where Google refuses the key, retry where Google does not answer.
pub async fn verify(google: Google<'_>, now: Timestamp) -> Result<Verified, SourceError> {
    let account = ServiceAccount::parse(google.credentials)?;
    google.tokens.get(&google, &account, now).await?;
    Ok(Verified {
        client_email: account.client_email,
        project_id: account.project_id,
    })
}

/// Reads the range. Days and times are in the sheet's own zone; cells of error (`#N/A`) count as empty, with a note.
///
/// # Errors
/// Unauthorized where Google refuses the account; retry for its quota (with its hint, a minute without one) and its failures; unreadable where
/// the sheet is not shared with the account, is gone, or has no such tab (naming those it has); [`SourceError::Limit`].
pub async fn read(source: &GoogleSheetsSource, google: Google<'_>, as_of: Timestamp) -> Result<Dataset, SourceError> {
    let account = ServiceAccount::parse(google.credentials)?;
    let caller = Caller {
        google: &google,
        account: &account,
        now: as_of,
    };
    let sheet = caller.metadata(&source.spreadsheet.id).await?;
    let range = range::resolve(source, &sheet)?;
    let body = caller
        .values(&source.spreadsheet.id, &range, "UNFORMATTED_VALUE")
        .await
        .map_err(|error| range::explain(error, source, &sheet))?;
    let values = Grid::parse(&body)?;
    let as_shown = if values.has_numbers() {
        Some(caller.values(&source.spreadsheet.id, &range, "FORMATTED_VALUE").await?)
    } else {
        None
    };
    let shown = as_shown.as_deref().map(Grid::parse).transpose()?.unwrap_or_default();
    table(source, &values, &shown, sheet.time_zone, as_of)
}

fn table(
    source: &GoogleSheetsSource,
    values: &Grid<'_>,
    shown: &Grid<'_>,
    time_zone: Option<String>,
    as_of: Timestamp,
) -> Result<Dataset, SourceError> {
    if values.rows.is_empty() {
        return Err(SourceError::unreadable("google_sheets.empty", "The range is empty."));
    }
    // A header may be typed as a number or a day: it is named as it is shown.
    let headings = |index: usize| {
        Some(
            (0..values.rows.get(index)?.len())
                .map(|column| style::as_shown(values, shown, index, column))
                .collect(),
        )
    };
    let header = header::find(headings, values.width(), source.header_row)?;
    let rows: Vec<usize> = (header.first_row..values.rows.len()).filter(|row| !values.is_blank(*row)).collect();
    limits::check_table(rows.len(), 0)?;
    let table = Table {
        header,
        row_count: rows.len(),
        hints: Hints::default(),
        time_zone,
        notes: Vec::new(),
        columns: &source.columns,
        as_of,
    };
    table.read(|column| style::column(values, shown, &rows, column))
}

/// Cells as Google answers them: rows without their empty end.
#[derive(Debug, Default)]
struct Grid<'a> {
    rows: Vec<Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
struct BatchGet<'a> {
    #[serde(borrow, rename = "valueRanges", default)]
    ranges: Vec<ValueRange<'a>>,
}

#[derive(Deserialize)]
struct ValueRange<'a> {
    #[serde(borrow, default)]
    values: Vec<Vec<&'a RawValue>>,
}

impl<'a> Grid<'a> {
    fn parse(body: &'a [u8]) -> Result<Self, SourceError> {
        let answer: BatchGet<'a> = serde_json::from_slice(body).map_err(|_| call::not_understood())?;
        Ok(Self {
            rows: answer.ranges.into_iter().next().map(|range| range.values).unwrap_or_default(),
        })
    }

    fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'a> {
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .map_or(Cell::Empty, |raw| raw::cell(raw))
    }

    fn is_blank(&self, row: usize) -> bool {
        self.rows
            .get(row)
            .is_none_or(|cells| cells.iter().all(|raw| raw::cell(raw).is_empty()))
    }

    fn has_numbers(&self) -> bool {
        self.rows
            .iter()
            .flatten()
            .any(|raw| raw.get().starts_with(|c: char| c.is_ascii_digit() || c == '-'))
    }
}
