//! What to read, as people write it in pulse files and in the API.
//!
//! ```yaml
//! csv: { url: https://example.org/sales.csv, columns: { Turnover: { unit: EUR } } }
//! json: { upload: upl_01KABC, rows: $.data.items }
//! google_sheets: { connection: con_01KABC, spreadsheet: 1BxiMVs0XRA5, range: Sales!A1:D }
//! ```

mod values;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::ids::{ConnectionId, UploadId};

pub use values::{
    ColumnName, ColumnOverride, ColumnOverrides, ColumnType, DateOrder, DecimalMark, Delimiter, InvalidSource, RowsPath, Spreadsheet,
    UnitText,
};

/// What to read: exactly one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SourceSpec {
    /// Separated text: comma, semicolon, tab or bar.
    Csv(CsvSource),
    /// JSON: a list of objects, a header and rows, or one object per line.
    Json(JsonSource),
    /// A range of a Google Sheet.
    GoogleSheets(GoogleSheetsSource),
}

impl SourceSpec {
    /// The kind as the API writes it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Json(_) => "json",
            Self::GoogleSheets(_) => "google_sheets",
        }
    }

    /// The file that must be at hand to read this.
    pub fn upload(&self) -> Option<&UploadId> {
        match self {
            Self::Csv(CsvSource {
                origin: Origin::Upload(id),
                ..
            })
            | Self::Json(JsonSource {
                origin: Origin::Upload(id),
                ..
            }) => Some(id),
            _ => None,
        }
    }

    /// The Connection whose credentials this needs.
    pub fn connection(&self) -> Option<&ConnectionId> {
        match self {
            Self::GoogleSheets(source) => Some(&source.connection),
            Self::Csv(_) | Self::Json(_) => None,
        }
    }
}

/// Where a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Uploaded by a person.
    Upload(UploadId),
    /// Fetched at each Run.
    Url(Url),
}

/// Separated text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "CsvFields", into = "CsvFields")]
pub struct CsvSource {
    /// Written as `upload` or `url`, exactly one of them.
    pub origin: Origin,
    /// Found out where not given.
    pub delimiter: Option<Delimiter>,
    /// Line of the header counted from 1 over lines that are not empty; found out where not given.
    pub header_row: Option<NonZeroU32>,
    /// What to read otherwise than we would, by header text.
    pub columns: ColumnOverrides,
}

/// JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "JsonFields", into = "JsonFields")]
pub struct JsonSource {
    /// Written as `upload` or `url`, exactly one of them.
    pub origin: Origin,
    /// Where the rows are in the document; found out where not given.
    pub rows: Option<RowsPath>,
    /// What to read otherwise than we would, by header text.
    pub columns: ColumnOverrides,
}

/// A range of a Google Sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GoogleSheetsSource {
    /// The Google Connection whose account the sheet is shared with.
    pub connection: ConnectionId,
    /// The sheet's link, or its id.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub spreadsheet: Spreadsheet,
    /// `Sales!A1:D`, a tab's name or a named range; the link's tab, or the first visible one, where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<String>,
    /// Row of the header counted from 1 within the range; found out where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<u32>, minimum = 1))]
    pub header_row: Option<NonZeroU32>,
    /// What to read otherwise than we would, by header text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, ColumnOverride>))]
    pub columns: ColumnOverrides,
}

/// [`CsvSource`] as it is written.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct CsvFields {
    /// The id of an uploaded file. Give this or `url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upload: Option<UploadId>,
    /// An https address that answers the file to anyone. Give this or `upload`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = "uri"))]
    url: Option<Url>,
    /// `,` `;` `|` or `tab`; found out where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delimiter: Option<Delimiter>,
    /// Line of the header counted from 1 over lines that are not empty; found out where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<u32>, minimum = 1))]
    header_row: Option<NonZeroU32>,
    /// What to read otherwise than we would, by header text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, ColumnOverride>))]
    columns: ColumnOverrides,
}

/// [`JsonSource`] as it is written.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct JsonFields {
    /// The id of an uploaded file. Give this or `url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    upload: Option<UploadId>,
    /// An https address that answers the file to anyone. Give this or `upload`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = "uri"))]
    url: Option<Url>,
    /// Where the rows are: `$.data.items` or `/data/items`; found out where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    rows: Option<RowsPath>,
    /// What to read otherwise than we would, by header text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, ColumnOverride>))]
    columns: ColumnOverrides,
}

impl TryFrom<CsvFields> for CsvSource {
    type Error = InvalidSource;

    fn try_from(fields: CsvFields) -> Result<Self, InvalidSource> {
        let CsvFields {
            upload,
            url,
            delimiter,
            header_row,
            columns,
        } = fields;
        Ok(Self {
            origin: Origin::parse(upload, url)?,
            delimiter,
            header_row,
            columns,
        })
    }
}

impl From<CsvSource> for CsvFields {
    fn from(source: CsvSource) -> Self {
        let CsvSource {
            origin,
            delimiter,
            header_row,
            columns,
        } = source;
        let (upload, url) = origin.into_fields();
        Self {
            upload,
            url,
            delimiter,
            header_row,
            columns,
        }
    }
}

impl TryFrom<JsonFields> for JsonSource {
    type Error = InvalidSource;

    fn try_from(fields: JsonFields) -> Result<Self, InvalidSource> {
        let JsonFields {
            upload,
            url,
            rows,
            columns,
        } = fields;
        Ok(Self {
            origin: Origin::parse(upload, url)?,
            rows,
            columns,
        })
    }
}

impl From<JsonSource> for JsonFields {
    fn from(source: JsonSource) -> Self {
        let JsonSource { origin, rows, columns } = source;
        let (upload, url) = origin.into_fields();
        Self {
            upload,
            url,
            rows,
            columns,
        }
    }
}

/// The published shape of a parsed type is that of the fields it is parsed from.
macro_rules! schema_of {
    ($($parsed:ident as $fields:ident;)+) => {$(
        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $parsed {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <$fields as utoipa::PartialSchema>::schema()
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $parsed {
            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
                <$fields as utoipa::ToSchema>::schemas(schemas);
            }
        }
    )+};
}

schema_of! {
    CsvSource as CsvFields;
    JsonSource as JsonFields;
}

const URL_ACCEPTED: &str = "an address like https://example.org/data.csv, without user name or password in it";

impl Origin {
    fn parse(upload: Option<UploadId>, url: Option<Url>) -> Result<Self, InvalidSource> {
        const EITHER: &str = "exactly one of `upload` (the id of an uploaded file) and `url` (an https address)";
        match (upload, url) {
            (Some(id), None) => Ok(Self::Upload(id)),
            (None, Some(url)) => Self::parse_url(url),
            (Some(_), Some(_)) => Err(InvalidSource::new("upload, url", "both", EITHER)),
            (None, None) => Err(InvalidSource::new("upload, url", "neither", EITHER)),
        }
    }

    /// https, or http to this very machine: that is how one develops. In production the guarded client refuses such an address anyway.
    fn parse_url(url: Url) -> Result<Self, InvalidSource> {
        let loopback = match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        };
        let scheme_fits = url.scheme() == "https" || (url.scheme() == "http" && loopback);
        if !scheme_fits || url.host().is_none() {
            return Err(InvalidSource::new("url", &format!("{}://…", url.scheme()), URL_ACCEPTED));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidSource::new("url", "an address with a user name or password", URL_ACCEPTED));
        }
        Ok(Self::Url(url))
    }

    fn into_fields(self) -> (Option<UploadId>, Option<Url>) {
        match self {
            Self::Upload(id) => (Some(id), None),
            Self::Url(url) => (None, Some(url)),
        }
    }
}

#[cfg(test)]
mod tests;
