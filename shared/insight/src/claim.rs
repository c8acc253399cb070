//! What can be true of a chart: the kinds of statement, each with its numbers.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::fact::{Place, Reading};

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
    /// The newest full step and its counterpart a year earlier: the same month or quarter, the same weekday 52 weeks before, the ISO week 52
    /// weeks before. It may be older than what is drawn.
    SamePeriodLastYear,
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

/// How an expected value is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Method {
    /// The robust trend through all values; without a trend, their median.
    RobustZ {
        /// How many values.
        of: usize,
    },
    /// The same, with the usual level of the same place in a cycle.
    Seasonal {
        /// What repeats.
        cycle: Cycle,
        /// How many values.
        of: usize,
    },
}

/// What repeats in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// Mondays are like Mondays.
    DayOfWeek,
    /// Decembers are like Decembers.
    MonthOfYear,
    /// Mornings are like mornings.
    HourOfDay,
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
    /// A value that was asked for. Only [`crate::answer()`] states it: a reading needs no list of all values.
    Value {
        /// The value.
        reading: Reading,
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
    /// Several of the largest parts together.
    TopShare {
        /// How many of the largest.
        top: usize,
        /// Of how many.
        of: usize,
        /// Their sum, and where the whole stands.
        reading: Reading,
        /// The whole.
        whole: Decimal,
        /// The one as a share of the other.
        ratio: Decimal,
    },
    /// A series that moved the sum more than the others, or against it.
    Mover {
        /// Its own change.
        change: Change,
        /// The sum's change.
        whole: Decimal,
        /// Its change as a share of the sum's; `None` where the sum did not move, and where series moved both ways, so that shares mislead.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        share: Option<Decimal>,
        /// From 1, which moved furthest the way the sum went, to `of`, which moved furthest against it (or least with it). Where the sum did
        /// not move, upwards counts as with it.
        #[serde(default)]
        rank: usize,
        /// How many series there are.
        #[serde(default)]
        of: usize,
    },
    /// A value far from where the others would have it.
    Anomaly {
        /// The value.
        reading: Reading,
        /// Where it was to be expected.
        expected: Decimal,
        /// How far values usually lie from where they are expected, as a robust standard deviation.
        spread: Decimal,
        /// Its distance as a robust z-score, one decimal, never negative.
        score: Decimal,
        /// Above or below what was expected.
        direction: Direction,
        /// How `expected` was computed.
        method: Method,
    },
    /// A value against a target line.
    Target {
        /// What the line is called. Tamed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The value.
        reading: Reading,
        /// The target.
        target: Decimal,
        /// The value less the target.
        difference: Decimal,
        /// The value as a share of the target; `None` where the target is zero or less, or the value negative.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ratio: Option<Decimal>,
        /// Whether the value is as large as the target, or larger.
        is_met: bool,
    },
    /// How two measures of the same rows go together.
    Relation {
        /// The measure along x. Tamed; the one along y is the chart's.
        with: String,
        /// Up where both grow together, down where one grows as the other shrinks; `None` where neither is clear.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        direction: Option<Direction>,
        /// Kendall's tau-b, two decimals.
        tau: Decimal,
        /// Over how many points.
        of: usize,
    },
    /// Where the middle half of many values lies.
    Spread {
        /// What is spread. Tamed. The fact's unit is its own.
        measure: String,
        /// The middle value.
        median: Decimal,
        /// A quarter is smaller.
        from: Decimal,
        /// A quarter is larger.
        to: Decimal,
        /// How many values.
        of: usize,
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
