//! A spreadsheet in memory.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, date};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A spreadsheet; the fixture format, too.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workbook {
    /// Spreadsheet id.
    pub id: String,
    /// File name.
    pub title: String,
    /// Such as `en_US`.
    pub locale: String,
    /// IANA zone that its dates are in.
    pub time_zone: String,
    /// Service accounts that may read it.
    pub shared_with: Vec<String>,
    /// Name to A1 range.
    #[serde(default)]
    pub named_ranges: BTreeMap<String, String>,
    /// Its tabs.
    pub sheets: Vec<Sheet>,
}

/// A tab.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Its name.
    pub title: String,
    /// Not shown to people.
    #[serde(default)]
    pub hidden: bool,
    /// Rows of any length.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: `null`, a text, a number, a boolean, or an object for what plain JSON cannot say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// `null`.
    Empty,
    /// `true`, shown as `TRUE`.
    Bool(bool),
    /// A number without format.
    Number(f64),
    /// A text.
    Text(String),
    /// `{"value": 0.12, "shown": "12%"}`: a number with a format.
    Formatted {
        /// The number.
        value: f64,
        /// What people see.
        shown: String,
    },
    /// `{"date": "2026-01-02"}`, with or without a time of day, and how it is shown if not like that.
    Date {
        /// In the spreadsheet's zone.
        date: DateTime,
        /// What people see.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shown: Option<String>,
    },
    /// `{"error": "#N/A"}`.
    Error {
        /// As shown.
        error: String,
    },
}

/// `valueRenderOption` and `dateTimeRenderOption`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Render {
    Formatted,
    Unformatted { dates_as_text: bool },
}

impl Cell {
    pub(super) fn render(&self, render: Render) -> Value {
        let unformatted = render != Render::Formatted;
        match self {
            Self::Empty => json!(""),
            Self::Text(text) => json!(text),
            Self::Error { error } => json!(error),
            Self::Bool(flag) if unformatted => json!(flag),
            Self::Bool(flag) => json!(if *flag { "TRUE" } else { "FALSE" }),
            Self::Number(value) if unformatted => number(*value),
            Self::Number(value) => json!(value.to_string()),
            Self::Formatted { value, .. } if unformatted => number(*value),
            Self::Formatted { shown, .. } => json!(shown),
            Self::Date { date, .. } if render == (Render::Unformatted { dates_as_text: false }) => number(serial(*date)),
            Self::Date { shown: Some(shown), .. } => json!(shown),
            Self::Date { date, shown: None } if date.time() == jiff::civil::Time::midnight() => json!(date.date().to_string()),
            Self::Date { date, shown: None } => json!(date.to_string().replace('T', " ")),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty) || matches!(self, Self::Text(text) if text.is_empty())
    }

    /// A cell as somebody typing it in would get it: numbers, ISO dates, `TRUE` and `FALSE` are understood.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        match text {
            "" => Self::Empty,
            "TRUE" => Self::Bool(true),
            "FALSE" => Self::Bool(false),
            _ => match (text.parse::<f64>(), text.parse::<DateTime>()) {
                (Ok(value), _) if value.is_finite() => Self::Number(value),
                (_, Ok(date)) => Self::Date { date, shown: None },
                _ => Self::Text(text.to_owned()),
            },
        }
    }
}

/// Whole numbers without a fraction, as Google prints them.
fn number(value: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    if value.fract() == 0.0 && value.abs() < 1e15 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// Days since 1899-12-30, the time of day as a fraction.
fn serial(at: DateTime) -> f64 {
    let seconds = date(1899, 12, 30)
        .to_datetime(jiff::civil::Time::midnight())
        .duration_until(at)
        .as_secs();
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let seconds = seconds as f64;
    seconds / 86_400.0
}

impl Workbook {
    /// Reads the fixture format.
    ///
    /// # Errors
    /// What is wrong, with line and column.
    pub fn from_json(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("this is not a workbook: {error}"))
    }

    /// One tab from CSV, with cells as if typed in, readable by `shared_with`.
    ///
    /// # Errors
    /// The text is not CSV.
    pub fn from_csv(id: &str, tab: &str, text: &str, shared_with: &str) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| format!("this is not CSV: {error}"))?;
            rows.push(record.iter().map(Cell::typed).collect());
        }
        Ok(Self {
            id: id.to_owned(),
            title: tab.to_owned(),
            locale: "en_US".to_owned(),
            time_zone: "Etc/GMT".to_owned(),
            shared_with: vec![shared_with.to_owned()],
            named_ranges: BTreeMap::new(),
            sheets: vec![Sheet {
                title: tab.to_owned(),
                hidden: false,
                rows,
            }],
        })
    }
}

impl Sheet {
    /// Rows and columns of the grid: at least what a new sheet has.
    pub(super) fn grid(&self) -> (usize, usize) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        (self.rows.len().max(1000), columns.max(26))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_since_1899() {
        assert_eq!(
            Cell::typed("2025-12-01").render(Render::Unformatted { dates_as_text: false }),
            45992
        );
        assert_eq!(serial(date(2025, 12, 1).at(6, 0, 0, 0)), 45992.25);
    }

    #[test]
    fn csv_cells_are_typed() {
        let book = Workbook::from_csv("b", "Data", "a,b\n1.50,2026-01-02\nTRUE,\n", "x@y").expect("CSV");
        let rows = &book.sheets[0].rows;
        assert_eq!(rows[1][0], Cell::Number(1.5));
        assert!(matches!(rows[1][1], Cell::Date { .. }));
        assert_eq!(rows[2], [Cell::Bool(true), Cell::Empty]);
    }
}
