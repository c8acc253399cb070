//! Facts: what is true of a drawn table, as values. Every number that is ever written about a chart is one of theirs.

use domain::dataset::Unit;
use domain::series::Grain;
use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub(crate) use crate::claim::direction;
pub use crate::claim::{Basis, Change, Claim, Cycle, Direction, Method};

/// Everything that was found true of one drawn table, most material first. Stored as JSON beside the Dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// When the rows were read.
    pub as_of: Timestamp,
    /// `as_of` on the wall clock of the data's own zone (UTC where the data names none).
    pub as_of_local: DateTime,
    /// The data's own zone, where it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// What is measured, as a name in a sentence: "Revenue", "Average price". Tamed.
    pub measure: String,
    /// What `measure` says of how rows were joined; `None` where it is a name as it stands in the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<Joined>,
    /// What its numbers count, where all series agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Whether numbers of several steps or series may be added: money taken, things counted. Levels, averages and rates may not.
    pub is_additive: bool,
    /// What stands along x.
    pub axis: Axis,
    /// Names of the drawn series, in order. Tamed, at most 8.
    pub series: Vec<String>,
    /// Ranked: the first is the most material.
    pub items: Vec<Fact>,
    /// What a person should know of the data and the drawing. Tamed; quoted, never proven.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Facts {
    /// [`Facts::measure`] without what it says, in English, of how rows were joined; empty where that is all it says.
    pub(crate) fn bare_measure(&self) -> &str {
        let said = self.joined.map_or("", Joined::prefix);
        self.measure.strip_prefix(said).unwrap_or(&self.measure)
    }
}

/// How rows were joined into the numbers of a measure, where its name says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// "Average price"
    Mean,
    /// "Median price"
    Median,
    /// "Lowest price"
    Min,
    /// "Highest price"
    Max,
    /// "Count": rows are counted.
    Count,
    /// "Total": of several columns.
    Several,
}

impl Joined {
    /// What [`Facts::measure`] begins with; all of it for the last two.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Mean => "Average ",
            Self::Median => "Median ",
            Self::Min => "Lowest ",
            Self::Max => "Highest ",
            Self::Count => "Count",
            Self::Several => "Total",
        }
    }
}

/// What stands along x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "grain", rename_all = "snake_case")]
pub enum Axis {
    /// Periods of time.
    Time(Grain),
    /// Names in some order.
    Categories,
    /// Pairs of numbers.
    Points,
    /// Ranges of numbers, side by side.
    Bins,
    /// Nothing: one number over all rows.
    Whole,
}

/// One true statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// The series it is about; `None` for the only series, or for all of them added up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// What its values count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The statement.
    pub claim: Claim,
    /// How much it matters to a reader of the chart, 0 to 1000.
    pub materiality: u32,
    /// The rows it was computed from; `None` where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Rows>,
}

/// Rows of the Dataset, counted from 0 in its own order. All rows of these steps and series, empty cells among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// How many.
    pub count: usize,
    /// The first of them.
    pub first: usize,
    /// The last of them; rows between the two may belong elsewhere.
    pub last: usize,
}

/// A value and where on the chart it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Exact.
    pub value: Decimal,
    /// Where.
    pub at: Place,
}

/// One step of x, or several in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// First step, counted from 0 along the drawn x; along the previous period's where `last` lies there; 0 of what is older.
    pub first: usize,
    /// Last step, the first included.
    pub last: usize,
    /// Whether it begins before the drawn period: in the one that is laid under it, or in older rows that are not drawn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_previous: bool,
    /// What these steps are called.
    pub label: Label,
}

/// What steps of x are called, before any language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Label {
    /// One period of time, by its start.
    Moment {
        /// Its start.
        at: DateTime,
        /// How long it is.
        grain: Grain,
    },
    /// Several periods of time.
    Span {
        /// Start of the first.
        from: DateTime,
        /// Start of the last.
        to: DateTime,
        /// How long each is.
        grain: Grain,
    },
    /// One name. Tamed.
    Name {
        /// As drawn.
        name: String,
    },
    /// From one number to another: bins of a histogram.
    Range {
        /// The first that belongs to it.
        from: Decimal,
        /// Where the next one begins.
        to: Decimal,
        /// What they count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<Unit>,
    },
    /// All of them.
    Whole,
}

impl Label {
    /// The name, where it is one.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Name { name } => Some(name),
            _ => None,
        }
    }
}

impl Fact {
    /// Everywhere on the chart that this fact speaks of.
    pub fn places(&self) -> Vec<&Place> {
        match &self.claim {
            Claim::Blank | Claim::Gaps { .. } | Claim::Relation { .. } | Claim::Spread { .. } => Vec::new(),
            Claim::Change(change) | Claim::NoMaterialChange(change) | Claim::Mover { change, .. } => vec![&change.from.at, &change.to.at],
            Claim::Record { reading, since, .. } => std::iter::once(&reading.at).chain(since).collect(),
            Claim::Streak { over, .. } | Claim::Trend { over, .. } => vec![over],
            Claim::Freshness { newest, .. } => vec![newest],
            Claim::Latest { reading, .. }
            | Claim::Value { reading }
            | Claim::Total { reading, .. }
            | Claim::High { reading, .. }
            | Claim::Low { reading, .. }
            | Claim::Share { reading, .. }
            | Claim::TopShare { reading, .. }
            | Claim::Anomaly { reading, .. }
            | Claim::Target { reading, .. } => vec![&reading.at],
        }
    }
}
