//! The aggregated table between rows and picture. Charts are drawn from it and facts are computed from it, so words and picture cannot disagree.

mod bins;
mod cells;
mod chosen;
mod lines;
mod listing;
mod period;
mod plot;
mod rows;
mod steps;
mod table;
#[cfg(test)]
mod tests;

use crate::chart_spec::{Aggregate, Mark, Stack, Target, Title};
use crate::dataset::Unit;
use jiff::civil;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use lines::SERIES_MAX;
pub use listing::{Listed, ListedCells};
pub use plot::plot;
pub use rows::Rows;

/// What one [`crate::chart_spec::ChartSpec`] makes of one [`crate::dataset::Dataset`]: steps along x, and for each series one number or gap per step.
#[derive(Debug, Clone, PartialEq)]
pub struct Plotted {
    /// The form of the chart.
    pub mark: Mark,
    /// Headline and subtitle as the spec gives them.
    pub title: Option<Title>,
    /// The steps from left to right.
    pub x: XAxis,
    /// What the numbers are.
    pub y: YAxis,
    /// At most [`SERIES_MAX`], each with as many values as x has steps. Empty only when the rows hold no value at all.
    pub series: Vec<Series>,
    /// Whether bars or areas of one step stand on each other, and how.
    pub stack: Stack,
    /// Whether bars lie: x runs from top to bottom, the numbers from left to right. Everything else is as if they stood.
    pub is_horizontal: bool,
    /// A small chart per series instead of one for all; `None` for one chart.
    pub facet: Option<FacetLayout>,
    /// What stands before the series' names.
    pub legend_title: Option<String>,
    /// Lines to be reached.
    pub targets: Vec<Target>,
    /// Whether the last series, or an arc's last part, is the joined smaller ones.
    pub has_rest: bool,
    /// The dates that chose the rows, where x holds names.
    pub period: Option<PeriodSpan>,
    /// The columns of a table that lists rows, in order; empty for any other chart.
    pub listed: Vec<Listed>,
    /// The one number of a `kpi`; `None` for other marks.
    pub headline: Option<Headline>,
    /// What a person should know of the making: rows without a date, series joined, nothing to compare with. Whole sentences.
    pub notes: Vec<String>,
}

/// The steps from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct XAxis {
    /// The column's name; `None` for a number over all rows.
    pub field: Option<String>,
    /// Axis title, where the spec gives one.
    pub title: Option<String>,
    /// d3-time-format of the labels, where the spec gives one.
    pub format: Option<String>,
    /// The drawn steps.
    pub domain: Domain,
    /// The previous period's steps, laid under the drawn ones one by one; `None` where there is none. Never longer than `domain`: where it is
    /// shorter, the last of both still belong together.
    pub previous: Option<Domain>,
}

/// What the numbers are.
#[derive(Debug, Clone, PartialEq)]
pub struct YAxis {
    /// The column's name; `None` where rows are counted or several columns are drawn.
    pub field: Option<String>,
    /// Axis title, where the spec gives one.
    pub title: Option<String>,
    /// d3-format of the labels, where the spec gives one.
    pub format: Option<String>,
    /// The unit that all series share; `None` where they differ or have none.
    pub unit: Option<Unit>,
    /// How several rows became one number; `None` where each number is a row's.
    pub aggregate: Option<Aggregate>,
}

/// How small charts stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetLayout {
    /// How many in a row, 1 to 4; by the picture's shape without it.
    pub columns: Option<u32>,
}

/// The rows' dates where x holds names: the drawn period, and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodSpan {
    /// First and last step of the drawn period.
    pub drawn: (civil::DateTime, civil::DateTime),
    /// The same of the period before, where it is compared.
    pub previous: Option<(civil::DateTime, civil::DateTime)>,
    /// What one step is.
    pub grain: Grain,
}

/// The values that x takes, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// Moments in wall-clock time, ascending. Days stand at midnight, months on their first day, ISO weeks on Monday.
    Time {
        /// Ascending, without repetition.
        steps: Vec<civil::DateTime>,
        /// How finely they are to be written.
        grain: Grain,
    },
    /// Names.
    Categories {
        /// In the order of drawing, without repetition.
        names: Vec<String>,
    },
    /// Ranges of numbers of equal width, ascending: a histogram.
    Bins {
        /// One more than there are ranges; each range holds its lower edge, the last one both.
        edges: Vec<Decimal>,
        /// What the numbers measure.
        unit: Option<Unit>,
    },
    /// Numbers, one per row, ascending: a scatter. They may repeat.
    Points {
        /// Where each row stands.
        values: Vec<Decimal>,
        /// What the numbers measure.
        unit: Option<Unit>,
    },
    /// All rows as one step.
    Whole,
}

/// How finely a moment is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// To the minute or finer.
    Minute,
    /// Whole hours.
    Hour,
    /// Days.
    Day,
    /// ISO weeks, by their Monday.
    Week,
    /// Months, by their first day.
    Month,
    /// Quarters, by their first day.
    Quarter,
    /// Years, by their first day.
    Year,
}

/// One line or one set of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// The colour column's value, the folded column's name, or the number column's name.
    pub name: String,
    /// What the numbers measure.
    pub unit: Option<Unit>,
    /// One per step of x; `None` is a gap.
    pub values: Vec<Option<Decimal>>,
    /// The previous period's numbers, as many as `values`, aligned from the newest; `None` where no comparison was asked or no row is that old.
    pub previous: Option<Vec<Option<Decimal>>>,
    /// The Dataset's rows behind each value, as many as `values`.
    pub rows: Vec<Rows>,
}

/// The one number of a `kpi`.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// The newest period's number; `None` where its rows hold none.
    pub value: Option<Decimal>,
    /// The same for the period before, where `compare` asks for it.
    pub previous: Option<Decimal>,
    /// First and last step of the period; `None` over all rows.
    pub period: Option<(civil::DateTime, civil::DateTime)>,
    /// First and last step of the period before.
    pub previous_period: Option<(civil::DateTime, civil::DateTime)>,
}

impl Headline {
    /// Relative change against the previous period: 0.08 is 8 % more. `None` without both numbers, and where the previous one is zero or less,
    /// because a share of it would mislead.
    pub fn change_ratio(&self) -> Option<Decimal> {
        change_ratio(self.value?, self.previous?)
    }
}

/// Relative change from `previous` to `value`: 0.08 is 8 % more. `None` where `previous` is zero or less, because a share of it would mislead.
pub fn change_ratio(value: Decimal, previous: Decimal) -> Option<Decimal> {
    if previous <= Decimal::ZERO {
        None
    } else {
        value.checked_sub(previous)?.checked_div(previous)
    }
}

impl Domain {
    /// How many steps there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Time { steps, .. } => steps.len(),
            Self::Categories { names } => names.len(),
            Self::Bins { edges, .. } => edges.len().saturating_sub(1),
            Self::Points { values, .. } => values.len(),
            Self::Whole => 1,
        }
    }

    /// Whether there is no step.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The moment of a step of time.
    pub fn moment(&self, step: usize) -> Option<civil::DateTime> {
        match self {
            Self::Time { steps, .. } => steps.get(step).copied(),
            Self::Categories { .. } | Self::Bins { .. } | Self::Points { .. } | Self::Whole => None,
        }
    }
}

impl Plotted {
    /// Whether no series holds any value, so that there is nothing to draw.
    pub fn is_blank(&self) -> bool {
        let has_text = |column: &Listed| matches!(&column.cells, ListedCells::Texts(cells) if cells.iter().any(Option::is_some));
        !self.listed.iter().any(has_text)
            && self.series.iter().all(|series| series.values.iter().all(Option::is_none))
            && self.headline.as_ref().is_none_or(|h| h.value.is_none())
    }

    /// Whether bars or areas of one step stand on each other.
    pub fn is_stacked(&self) -> bool {
        self.stack != Stack::Off
    }

    /// The newest step at which any series has a value.
    pub fn latest_step(&self) -> Option<usize> {
        (0..self.x.domain.len()).rev().find(|&step| {
            self.series
                .iter()
                .any(|series| series.values.get(step).is_some_and(Option::is_some))
        })
    }
}
