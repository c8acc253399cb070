//! Typed rows as they were read from a Source: the one shape that charts, facts and attachments are made from.

use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Rows as read from a Source at one moment, stored column by column. Immutable once written.
///
/// Every column holds exactly [`Dataset::row_count`] values; a missing or unreadable cell is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// When the rows were read (not when they were measured).
    pub as_of: Timestamp,
    /// IANA zone in which [`Values::DateTime`] values without an offset are meant; `None` where the source has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// The columns, in the source's order. Names are unique.
    pub columns: Vec<Column>,
    /// What a person should know of the reading: "3 cells of `Revenue` hold #N/A", "tab renamed". Never cell contents beyond a short sample.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One named, typed column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Header text, trimmed; unique within the dataset.
    pub name: String,
    /// What a number in this column measures, where the source tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The cells.
    pub values: Values,
}

/// The cells of a column, all of one type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "cells", rename_all = "snake_case")]
pub enum Values {
    /// Exact decimals. A percentage of 12 % is stored as 0.12 with [`Unit::Percent`].
    Number(Vec<Option<Decimal>>),
    /// Anything else, as written.
    Text(Vec<Option<String>>),
    /// Calendar days.
    Date(Vec<Option<civil::Date>>),
    /// Wall-clock date and time in [`Dataset::time_zone`].
    DateTime(Vec<Option<civil::DateTime>>),
    /// True or false.
    Boolean(Vec<Option<bool>>),
}

/// What a number measures.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum Unit {
    /// ISO 4217 code, upper case: "USD".
    Currency(String),
    /// Fractions shown as percentages: 0.12 is 12 %.
    Percent,
    /// A length of time, in seconds.
    Seconds,
    /// Any other, as it should be written after the number: "ppm", "orders".
    Other(String),
}

impl Dataset {
    /// Number of rows; 0 for a dataset without columns.
    pub fn row_count(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// The column of that name, compared exactly.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Values {
    /// Number of cells, empty ones included.
    pub fn len(&self) -> usize {
        match self {
            Self::Number(cells) => cells.len(),
            Self::Text(cells) => cells.len(),
            Self::Date(cells) => cells.len(),
            Self::DateTime(cells) => cells.len(),
            Self::Boolean(cells) => cells.len(),
        }
    }

    /// Whether there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type's name as the API and messages write it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Number(_) => "number",
            Self::Text(_) => "text",
            Self::Date(_) => "date",
            Self::DateTime(_) => "date_time",
            Self::Boolean(_) => "boolean",
        }
    }
}
