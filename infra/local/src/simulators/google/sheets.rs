//! Sheets API v4, the reading half.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::a1::{self, Area};
use super::field_mask;
use super::workbook::{Cell, Render, Workbook};

/// Google's error object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ApiError {
    pub code: u16,
    pub message: String,
}

impl ApiError {
    pub(super) fn new(code: u16, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// The words Google uses for this status.
    pub(super) fn usual(code: u16) -> Self {
        let message = match code {
            400 => "Request contains an invalid argument.",
            401 => {
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other \
                 valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
            }
            403 => "The caller does not have permission",
            404 => "Requested entity was not found.",
            429 => {
                "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service \
                 'sheets.googleapis.com' for consumer 'project_number:100000000001'."
            }
            503 => "The service is currently unavailable.",
            _ => "Internal error encountered.",
        };
        Self::new(code, message)
    }

    fn status(&self) -> &'static str {
        match self.code {
            400 => "INVALID_ARGUMENT",
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            429 => "RESOURCE_EXHAUSTED",
            503 => "UNAVAILABLE",
            _ => "INTERNAL",
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut error = json!({"code": self.code, "message": self.message, "status": self.status()});
        if self.code == 429 {
            error["details"] = json!([{
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {
                    "service": "sheets.googleapis.com",
                    "quota_metric": "sheets.googleapis.com/read_requests",
                    "quota_limit": "ReadRequestsPerMinutePerUser",
                    "quota_limit_value": "60",
                },
            }]);
        }
        let status = StatusCode::from_u16(self.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, axum::Json(json!({"error": error}))).into_response()
    }
}

/// Query parameters; only `ranges` may stand more than once.
pub(super) struct Parameters {
    pub ranges: Vec<String>,
    others: BTreeMap<String, String>,
}

impl Parameters {
    pub(super) fn parse(query: &str) -> Self {
        let mut parameters = Self {
            ranges: Vec::new(),
            others: BTreeMap::new(),
        };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if name == "ranges" {
                parameters.ranges.push(value.into_owned());
            } else {
                parameters.others.insert(name.into_owned(), value.into_owned());
            }
        }
        parameters
    }

    /// Refuses unknown names, as Google does.
    fn only(&self, known: &[&str]) -> Result<(), ApiError> {
        // quotaUser, key and prettyPrint belong to every call.
        let always = ["fields", "quotaUser", "key", "prettyPrint", "alt"];
        match self
            .others
            .keys()
            .find(|name| !known.contains(&name.as_str()) && !always.contains(&name.as_str()))
        {
            None => Ok(()),
            Some(name) => Err(ApiError::new(
                400,
                format!(
                    "Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' could not be found in request message."
                ),
            )),
        }
    }

    fn choice(&self, name: &str, accepted: &[&str]) -> Result<usize, ApiError> {
        let Some(value) = self.others.get(name) else { return Ok(0) };
        let position = accepted.iter().position(|choice| choice == value);
        position.ok_or_else(|| ApiError::new(400, format!("Invalid value at '{name}', \"{value}\"")))
    }

    fn render(&self) -> Result<Render, ApiError> {
        let dates = self.choice("dateTimeRenderOption", &["SERIAL_NUMBER", "FORMATTED_STRING"])?;
        Ok(
            match self.choice("valueRenderOption", &["FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"])? {
                0 => Render::Formatted,
                _ => Render::Unformatted { dates_as_text: dates == 1 },
            },
        )
    }

    fn mask(&self, value: Value) -> Result<Value, ApiError> {
        match self.others.get("fields") {
            None => Ok(value),
            Some(mask) => field_mask::apply(mask, &value)
                .ok_or_else(|| ApiError::new(400, format!("Request contains an invalid argument. Invalid field selection {mask}"))),
        }
    }
}

const VALUES: [&str; 3] = ["majorDimension", "valueRenderOption", "dateTimeRenderOption"];

/// `GET /v4/spreadsheets/{id}`
pub(super) fn describe(book: &Workbook, parameters: &Parameters) -> Result<Value, ApiError> {
    parameters.only(&["includeGridData", "excludeTablesInBandedRanges"])?;
    let sheets = book.sheets.iter().enumerate().map(|(index, sheet)| {
        let (rows, columns) = sheet.grid();
        let mut properties = json!({
            "sheetId": index,
            "title": sheet.title,
            "index": index,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": rows, "columnCount": columns},
        });
        if sheet.hidden {
            properties["hidden"] = json!(true);
        }
        json!({"properties": properties})
    });
    let value = json!({
        "spreadsheetId": book.id,
        "properties": {"title": book.title, "locale": book.locale, "autoRecalc": "ON_CHANGE", "timeZone": book.time_zone},
        "sheets": sheets.collect::<Vec<_>>(),
        "namedRanges": book.named_ranges.keys().map(|name| json!({"name": name})).collect::<Vec<_>>(),
        "spreadsheetUrl": format!("https://docs.google.com/spreadsheets/d/{}/edit", book.id),
    });
    parameters.mask(value)
}

/// `GET /v4/spreadsheets/{id}/values/{range}`
pub(super) fn values(book: &Workbook, range: &str, parameters: &Parameters) -> Result<Value, ApiError> {
    parameters.only(&VALUES)?;
    parameters.mask(value_range(book, range, parameters)?)
}

/// `GET /v4/spreadsheets/{id}/values:batchGet`
pub(super) fn batch(book: &Workbook, parameters: &Parameters) -> Result<Value, ApiError> {
    parameters.only(&VALUES)?;
    let ranges: Result<Vec<Value>, ApiError> = parameters.ranges.iter().map(|range| value_range(book, range, parameters)).collect();
    parameters.mask(json!({"spreadsheetId": book.id, "valueRanges": ranges?}))
}

fn value_range(book: &Workbook, range: &str, parameters: &Parameters) -> Result<Value, ApiError> {
    let area = a1::find(book, range).map_err(|why| ApiError::new(400, why))?;
    let by_columns = parameters.choice("majorDimension", &["ROWS", "COLUMNS"])? == 1;
    let render = parameters.render()?;
    let mut value = json!({"range": area.name(), "majorDimension": if by_columns { "COLUMNS" } else { "ROWS" }});
    let lines = lines(&area, by_columns, render);
    if !lines.is_empty() {
        value["values"] = json!(lines);
    }
    Ok(value)
}

/// Rows or columns, each without its empty end, and without the empty ones at the end.
fn lines(area: &Area<'_>, by_columns: bool, render: Render) -> Vec<Vec<Value>> {
    let cell = |row: usize, column: usize| area.sheet.rows.get(row).and_then(|row| row.get(column)).unwrap_or(&Cell::Empty);
    let (outer, inner) = if by_columns {
        (area.columns, area.rows)
    } else {
        (area.rows, area.columns)
    };
    let line = |index: usize| {
        let cells = (inner.0..inner.1).map(|other| if by_columns { cell(other, index) } else { cell(index, other) });
        let mut cells: Vec<&Cell> = cells.collect();
        trim(&mut cells, |cell| cell.is_empty());
        cells.into_iter().map(|cell| cell.render(render)).collect()
    };
    let mut lines: Vec<Vec<Value>> = (outer.0..outer.1).map(line).collect();
    trim(&mut lines, Vec::is_empty);
    lines
}

fn trim<T>(items: &mut Vec<T>, is_empty: impl Fn(&T) -> bool) {
    let kept = items.iter().rposition(|item| !is_empty(item)).map_or(0, |last| last + 1);
    items.truncate(kept);
}
