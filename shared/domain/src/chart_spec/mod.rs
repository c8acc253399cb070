//! What to draw: a documented subset of Vega-Lite's vocabulary, plus the mark `kpi` and the keys `compare` and `last`.
//!
//! | key | accepted |
//! |---|---|
//! | `mark` | `line`, `bar`, `kpi` |
//! | `title` | text, or `{text, subtitle}` |
//! | `transform` | `[{fold: [columns], as: [key, value]}]`: several number columns become several series |
//! | `encoding.x` | `field`, `type` (temporal, nominal, ordinal), `timeUnit`, `sort`, `axis` |
//! | `encoding.y` | `field`, `type` (quantitative), `aggregate`, `stack` (bars), `axis` |
//! | `encoding.color` | `field`, `type` (nominal, ordinal): one series per value |
//! | `encoding.xOffset` | `field`, the same as `color`: bars stand side by side instead of on each other |
//! | `axis` | `title`, `format`: d3-format for numbers, d3-time-format for dates |
//! | `compare` | `previous_period`: the steps before the drawn ones, as many, laid under them |
//! | `last` | only the newest so many steps of x |
//!
//! Anything else is refused by its name. Two meanings differ from Vega-Lite: without `sort`, categories keep the order of the rows (Vega-Lite
//! sorts them); `yearweek` means ISO weeks, which begin on Monday.

mod sort;
mod stack;
mod suggest;
#[cfg(test)]
mod tests;
mod title;
mod validate;

use serde::{Deserialize, Serialize};

pub use crate::locale::{Compact, NumberFormat, NumberStyle, TimeFormat};
pub use sort::Sort;
pub use stack::Stack;
pub use title::Title;
pub use validate::SpecError;

/// One chart's description, independent of the rows it is drawn from. Checked against rows by [`ChartSpec::validate`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    /// The form of the chart.
    pub mark: Mark,
    /// Headline and line under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Title>,
    /// At most one fold, which turns wide rows into series.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transform: Vec<Transform>,
    /// Which columns are drawn, and how.
    pub encoding: Encoding,
    /// What the drawn period is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<Compare>,
    /// How many of the newest steps of x make the drawn period; all of them without it. With `compare` and without `last`, the newer half is
    /// drawn and compared with the older half; a `kpi` then compares its newest step with the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<u32>,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// A line per series over time or ordered categories.
    Line,
    /// Upright bars: one, grouped (`xOffset`) or stacked per step.
    Bar,
    /// One large number with its change and a small line of how it came there.
    Kpi,
}

/// The columns of a chart by what they are used for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Encoding {
    /// Steps from left to right. Needed by every mark but `kpi`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<XChannel>,
    /// The numbers.
    pub y: YChannel,
    /// One series per value of this column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<ColorChannel>,
    /// Side by side instead of stacked; names the same field as `color`.
    #[serde(rename = "xOffset", default, skip_serializing_if = "Option::is_none")]
    pub x_offset: Option<XOffset>,
}

/// The steps from left to right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct XChannel {
    /// Column name.
    pub field: String,
    /// Inferred from the column where it is left out.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FieldType>,
    /// Joins dates to years, months, weeks and so on; `encoding.y.aggregate` says how their numbers are joined.
    #[serde(rename = "timeUnit", default, skip_serializing_if = "Option::is_none")]
    pub time_unit: Option<TimeUnit>,
    /// Order of categories; the order of the rows without it. Time always runs forwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Title and label format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub axis: Option<Axis>,
}

/// The numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct YChannel {
    /// Column name; may be left out only with `aggregate: count`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// `quantitative`, which is also what it means without it.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FieldType>,
    /// How several rows of one step and series become one number. Without it, two such rows are an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<Aggregate>,
    /// Whether bars of several series stand on each other.
    #[serde(default, deserialize_with = "stack::null_is_off", skip_serializing_if = "Option::is_none")]
    pub stack: Option<Stack>,
    /// Title and label format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub axis: Option<Axis>,
}

/// One series per value of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ColorChannel {
    /// Column name, or the fold's key.
    pub field: String,
    /// `nominal` or `ordinal`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FieldType>,
}

/// Puts the bars of one step side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct XOffset {
    /// The same field as `encoding.color.field`.
    pub field: String,
}

/// How an axis is titled and its labels are written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Drawn beside the axis; nothing without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// d3-format for y, d3-time-format for a temporal x; chosen from the values without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

/// What kind of values a channel holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Numbers.
    Quantitative,
    /// Dates and times.
    Temporal,
    /// Names without order.
    Nominal,
    /// Names with an order.
    Ordinal,
}

/// How several rows become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    /// Added up.
    Sum,
    /// Arithmetic mean.
    #[serde(alias = "average")]
    Mean,
    /// The middle value; the mean of the two middle ones of an even number.
    Median,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The number of rows, empty cells included.
    Count,
}

/// The span that dates are joined to, by Vega-Lite's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TimeUnit {
    /// Years.
    Year,
    /// Quarters of a year.
    YearQuarter,
    /// Months.
    YearMonth,
    /// ISO weeks, Monday to Sunday.
    YearWeek,
    /// Days.
    YearMonthDate,
    /// Hours.
    YearMonthDateHours,
    /// Minutes.
    YearMonthDateHoursMinutes,
}

/// What the drawn period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// As many steps of x as are drawn, just before them.
    PreviousPeriod,
}

/// A change of the rows' shape before drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Transform {
    /// The number columns that become series.
    pub fold: Vec<String>,
    /// The names by which `encoding.color.field` and `encoding.y.field` mean the fold's column names and its numbers.
    #[serde(rename = "as", default = "default_fold_names")]
    pub names: [String; 2],
}

fn default_fold_names() -> [String; 2] {
    ["key".to_owned(), "value".to_owned()]
}

impl ChartSpec {
    /// The fold, where there is one.
    pub fn fold(&self) -> Option<&Transform> {
        self.transform.first()
    }
}
