//! Facts: what is true of a drawn table, as values. Every number that is ever written about a chart is one of theirs.

use domain::dataset::Unit;
use domain::series::Grain;
use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

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

/// What stands along x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "grain", rename_all = "snake_case")]
pub enum Axis {
    /// Periods of time.
    Time(Grain),
    /// Names in some order.
    Categories,
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
    /// First step, counted from 0 along the drawn x, or along the previous period's.
    pub first: usize,
    /// Last step, the first included.
    pub last: usize,
    /// Whether it lies in the period that is laid under the drawn one.
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
    /// All of them.
    Whole,
}

/// Which two readings a change compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A step and the one before it.
    PreviousStep,
    /// The newest step and the first one drawn.
    FirstShown,
    /// The whole drawn period, or its newest step, and its counterpart in the period before.
    PreviousPeriod,
}

/// The difference of two readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What is compared.
    pub basis: Basis,
    /// The older reading.
    pub from: Reading,
    /// The newer one.
    pub to: Reading,
    /// `to` less `from`.
    pub difference: Decimal,
    /// The difference as a share of `from`; `None` where `from` is zero or less, since a share of it would mislead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Decimal>,
    /// The usual size of a move: the median of all moves from step to step; `None` where there are too few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual: Option<Decimal>,
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Towards larger numbers.
    Up,
    /// Towards smaller numbers.
    Down,
}

/// What can be true of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Claim {
    /// There is no number at all.
    Blank,
    /// The newest value.
    Latest {
        /// The value.
        reading: Reading,
        /// Whether its period was still running when the rows were read, so that it will still grow.
        is_running: bool,
    },
    /// A difference worth telling.
    Change(Change),
    /// A difference that is nothing, or lost in the usual movement.
    NoMaterialChange(Change),
    /// The sum.
    Total {
        /// Over all its steps (and series).
        reading: Reading,
        /// How many steps hold a value.
        steps: usize,
    },
    /// The largest value shown.
    High {
        /// The value, at its newest occurrence.
        reading: Reading,
        /// Among how many values.
        of: usize,
    },
    /// The smallest value shown.
    Low {
        /// The value, at its newest occurrence.
        reading: Reading,
        /// Among how many values.
        of: usize,
    },
    /// The newest value is the highest (or lowest) for some time.
    Record {
        /// Highest or lowest.
        direction: Direction,
        /// The newest value.
        reading: Reading,
        /// Where a value was last as high (or low); `None` where none shown was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Place>,
        /// Among how many values, its own included.
        of: usize,
        /// From the first to the newest of them.
        over: Place,
    },
    /// Steps in a row in one direction, up to the newest.
    Streak {
        /// Which way.
        direction: Direction,
        /// How many moves.
        moves: usize,
        /// From where to where.
        over: Place,
    },
    /// A robust line through the values: the median of the slopes between all pairs (Theil and Sen), of evenly spaced values where there are many.
    Trend {
        /// `None` where it goes neither way clearly.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        direction: Option<Direction>,
        /// Its slope: the rise per period of x.
        per_step: Decimal,
        /// Through how many values.
        of: usize,
        /// From where to where.
        over: Place,
    },
    /// A part of a whole.
    Share {
        /// The part.
        reading: Reading,
        /// The whole.
        whole: Decimal,
        /// The one as a share of the other.
        ratio: Decimal,
        /// Rank by size, from 1.
        rank: usize,
    },
    /// A series that moved the sum more than the others.
    Mover {
        /// Its own change.
        change: Change,
        /// The sum's change.
        whole: Decimal,
    },
    /// Steps without a value between the first and the newest one.
    Gaps {
        /// How many.
        missing: usize,
        /// Of how many steps (times series).
        of: usize,
    },
    /// How old the newest value is.
    Freshness {
        /// The newest period that holds a value.
        newest: Place,
        /// Whole days between that period's end and the reading of the rows; 0 where it was still running.
        age_days: i64,
        /// Whether a newer period should have been there.
        is_stale: bool,
        /// Whether that newest period was over when the rows were read.
        is_over: bool,
    },
}

impl Fact {
    /// Everywhere on the chart that this fact speaks of.
    pub fn places(&self) -> Vec<&Place> {
        match &self.claim {
            Claim::Blank | Claim::Gaps { .. } => Vec::new(),
            Claim::Change(change) | Claim::NoMaterialChange(change) | Claim::Mover { change, .. } => vec![&change.from.at, &change.to.at],
            Claim::Record { reading, since, .. } => std::iter::once(&reading.at).chain(since).collect(),
            Claim::Streak { over, .. } | Claim::Trend { over, .. } => vec![over],
            Claim::Freshness { newest, .. } => vec![newest],
            Claim::Latest { reading, .. }
            | Claim::Total { reading, .. }
            | Claim::High { reading, .. }
            | Claim::Low { reading, .. }
            | Claim::Share { reading, .. } => vec![&reading.at],
        }
    }
}

impl Change {
    /// Which way it went; `None` where both readings are equal.
    pub fn direction(&self) -> Option<Direction> {
        direction(self.difference)
    }
}

/// The direction that a difference tells.
pub(crate) fn direction(difference: Decimal) -> Option<Direction> {
    match difference.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Greater => Some(Direction::Up),
        std::cmp::Ordering::Less => Some(Direction::Down),
        std::cmp::Ordering::Equal => None,
    }
}
