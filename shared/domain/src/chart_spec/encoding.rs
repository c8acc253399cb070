//! Which columns are drawn, and how.

use crate::chart_spec::{Bin, Sort, Stack, present, stack};
use serde::{Deserialize, Serialize};

/// The columns of a chart by what they are used for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Encoding {
    /// Steps from left to right; the numbers of lying bars; numbers of a scatter or histogram.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub x: Option<Position>,
    /// The numbers; the steps of lying bars.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub y: Option<Position>,
    /// The numbers of an arc's parts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub theta: Option<Theta>,
    /// One series per value of this column; an arc's parts.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub color: Option<ColorChannel>,
    /// Bars side by side instead of on each other; names the same field as `color`.
    #[serde(rename = "xOffset", default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub x_offset: Option<Offset>,
    /// The same for lying bars.
    #[serde(rename = "yOffset", default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub y_offset: Option<Offset>,
    /// A small chart per value of this column, instead of `color`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub facet: Option<Facet>,
    /// Of a table: lists the rows as they are, with these columns beside x, instead of y and color.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 8))]
    pub columns: Vec<TableColumn>,
}

/// A column of a table that lists rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// Column name.
    pub field: String,
    /// Its heading; the column's name without it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub title: Option<String>,
    /// d3-format of numbers, d3-time-format of dates. Numbers with a sign (`+.1%`) are changes, and coloured as such.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub format: Option<String>,
}

/// A channel along one side of the chart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Column name; may be left out only with `aggregate: count`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub field: Option<String>,
    /// Inferred from the column where it is left out. `quantitative` on x, with names or dates on y, makes bars lie.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub kind: Option<FieldType>,
    /// Of numbers: how several rows of one step and series become one. Without it, two such rows are an error.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub aggregate: Option<Aggregate>,
    /// Of dates: joins them to years, months, weeks and so on; the numbers' `aggregate` says how theirs are joined.
    #[serde(
        rename = "timeUnit",
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub time_unit: Option<TimeUnit>,
    /// Of numbers along x: joins them to ranges, for a histogram.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub bin: Option<Bin>,
    /// Of numbers: whether bars and areas of several series stand on each other. Without it they do.
    #[serde(default, deserialize_with = "stack::null_is_off", skip_serializing_if = "Option::is_none")]
    pub stack: Option<Stack>,
    /// Of names: their order; the order of the rows without it, which is also what null means. Time always runs forwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Title and label format.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub axis: Option<Axis>,
}

/// The numbers of an arc's parts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Theta {
    /// Column name; may be left out only with `aggregate: count`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub field: Option<String>,
    /// `quantitative`, which is also what it means without it.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub kind: Option<FieldType>,
    /// How several rows of one part become one number. Without it, two such rows are an error.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub aggregate: Option<Aggregate>,
}

/// One series per value of a column.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ColorChannel {
    /// Column name, or the fold's key.
    pub field: String,
    /// `nominal` or `ordinal`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub kind: Option<FieldType>,
    /// What stands over the names.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub legend: Option<Legend>,
}

/// How the series' names are titled.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Legend {
    /// Before the names; nothing without it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub title: Option<String>,
}

/// Puts the bars of one step side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Offset {
    /// The same field as `encoding.color.field`.
    pub field: String,
}

/// A small chart per value of a column, all on the same scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Facet {
    /// Column name, or the fold's key.
    pub field: String,
    /// `nominal` or `ordinal`.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub kind: Option<FieldType>,
    /// How many stand beside each other, 1 to 4; by the picture's shape without it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 4))]
    pub columns: Option<u32>,
}

/// How an axis is titled and its labels are written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Drawn beside the axis; nothing without it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub title: Option<String>,
    /// d3-format of numbers, d3-time-format of dates; chosen from the values without it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
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

impl Position {
    /// The title beside the axis.
    pub fn title(&self) -> Option<&str> {
        self.axis.as_ref()?.title.as_deref()
    }

    /// The d3 format of the labels.
    pub fn format(&self) -> Option<&str> {
        self.axis.as_ref()?.format.as_deref()
    }
}
