//! What to draw: a documented subset of Vega-Lite's vocabulary, plus the marks `kpi` and `table` and the keys `compare`, `last` and `period`.
//!
//! | key | accepted |
//! |---|---|
//! | `mark` | `line`, `area`, `bar`, `arc`, `point`, `kpi`, `table`, or `{type: ..}` |
//! | `layer` | instead of `mark` and `encoding`: the chart's layer with both, then `{mark: rule, title, encoding: {y: {datum}}}` per target |
//! | `title` | text, or `{text, subtitle}` |
//! | `transform` | `[{fold: [columns], as: [key, value]}]`: several number columns become several series |
//! | `encoding.x` | steps: `field`, `type` (temporal, nominal, ordinal), `timeUnit`, `sort`, `axis`; or numbers: a scatter's `field`, a histogram's `field` and `bin` |
//! | `encoding.y` | numbers: `field`, `type` (quantitative), `aggregate`, `stack` (bars, areas), `axis` |
//! | both, the other way round | lying bars: `type: quantitative` or an `aggregate` on x, names or dates on y |
//! | `encoding.theta` | an arc's numbers: `field`, `type`, `aggregate` |
//! | `encoding.color` | `field`, `type` (nominal, ordinal), `legend.title`: one series per value; an arc's parts |
//! | `encoding.xOffset`, `yOffset` | `field`, the same as `color`: bars stand side by side instead of on each other |
//! | `encoding.facet` | `field`, `type`, `columns`: a small chart per value, instead of `color` |
//! | `encoding.columns` | of a table: `[{field, title, format}]`, lists the rows as they are beside `x`, instead of `y` |
//! | `axis` | `title`, `format`: d3-format for numbers, d3-time-format for dates |
//! | `compare` | `previous_period`: the steps before the drawn ones, as many, laid under them |
//! | `last` | only the newest so many steps of time |
//! | `period` | `field`, `timeUnit`: the dates that `last` and `compare` count by where x holds names |
//!
//! Anything else is refused by its JSON path. Two meanings differ from Vega-Lite: without `sort`, categories keep the order of the rows (Vega-Lite
//! sorts them); `yearweek` means ISO weeks, which begin on Monday.

mod bin;
mod encoding;
mod layer;
mod mark;
mod number;
mod sort;
mod stack;
mod suggest;
#[cfg(test)]
mod tests;
mod title;
mod validate;

use crate::dataset::{Column, Values};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

pub use crate::locale::{Compact, NumberFormat, NumberStyle, TimeFormat};
pub use bin::Bin;
pub use encoding::{Aggregate, Axis, ColorChannel, Encoding, Facet, FieldType, Legend, Offset, Position, TableColumn, Theta, TimeUnit};
pub(crate) use layer::Written;
#[cfg(feature = "schema")]
pub(crate) use layer::{ChartLayer, Layers, RuleLayer};
pub use mark::Mark;
pub use sort::Sort;
pub use stack::Stack;
pub use title::Title;
pub use validate::SpecError;

/// One chart's description, independent of the rows it is drawn from. Checked against rows by [`ChartSpec::validate`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct ChartSpec {
    /// The form of the chart.
    pub mark: Mark,
    /// Headline and line under it.
    pub title: Option<Title>,
    /// At most one fold, which turns wide rows into series.
    pub transform: Vec<Transform>,
    /// Which columns are drawn, and how.
    pub encoding: Encoding,
    /// Lines to be reached, at most [`TARGETS_MAX`]: the layers with the mark `rule`.
    pub targets: Vec<Target>,
    /// What the drawn period is compared with.
    pub compare: Option<Compare>,
    /// How many of the newest steps of time make the drawn period; all of them without it (with `period`, 1). With `compare` and without `last`,
    /// the newer half is drawn and compared with the older half; a `kpi` then compares its newest step with the one before.
    pub last: Option<u32>,
    /// Which dates make the period where x holds none.
    pub period: Option<Period>,
}

/// More lines across a chart would not be told apart.
pub const TARGETS_MAX: usize = 3;

/// A number to be reached, drawn as a line across the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// In the unit of the chart's numbers.
    pub value: Decimal,
    /// What it is called; "Target" in the reader's language without it.
    pub name: Option<String>,
}

/// What the drawn period is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// As many steps of time as are drawn, just before them.
    PreviousPeriod,
}

/// The dates by which the drawn rows are chosen, where x holds names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// A column of dates.
    pub field: String,
    /// What one step is: a month, say.
    #[serde(
        rename = "timeUnit",
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub time_unit: Option<TimeUnit>,
}

/// A change of the rows' shape before drawing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Transform {
    /// The number columns that become series.
    #[cfg_attr(feature = "schema", schema(min_items = 1))]
    pub fold: Vec<String>,
    /// The names by which `encoding.color.field` and `encoding.y.field` mean the fold's column names and its numbers.
    #[serde(rename = "as", default = "default_fold_names")]
    #[cfg_attr(feature = "schema", schema(min_items = 2, max_items = 2))]
    pub names: [String; 2],
}

fn default_fold_names() -> [String; 2] {
    ["key".to_owned(), "value".to_owned()]
}

/// The channels by their part in the chart, however they are turned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Roles<'a> {
    /// Where the channel of the steps stands: `encoding.x`, or `encoding.y` of lying bars.
    pub steps_path: &'static str,
    pub steps: Option<&'a Position>,
    /// The same of the numbers.
    pub measure_path: &'static str,
    pub measure: Option<&'a Position>,
}

impl Encoding {
    /// Whether bars lie: the numbers stand on x, names or dates on y.
    pub fn is_horizontal(&self, mark: Mark) -> bool {
        let is_number =
            |channel: &Position| channel.bin.is_none() && (channel.kind == Some(FieldType::Quantitative) || channel.aggregate.is_some());
        mark == Mark::Bar && self.x.as_ref().is_some_and(is_number) && self.y.as_ref().is_some_and(|y| !is_number(y))
    }
}

impl ChartSpec {
    /// The fold, where there is one.
    pub fn fold(&self) -> Option<&Transform> {
        self.transform.first()
    }

    /// Whether bars lie.
    pub fn is_horizontal(&self) -> bool {
        self.encoding.is_horizontal(self.mark)
    }

    pub(crate) fn roles(&self) -> Roles<'_> {
        let Encoding { x, y, .. } = &self.encoding;
        if self.is_horizontal() {
            Roles {
                steps_path: "encoding.y",
                steps: y.as_ref(),
                measure_path: "encoding.x",
                measure: x.as_ref(),
            }
        } else {
            Roles {
                steps_path: "encoding.x",
                steps: x.as_ref(),
                measure_path: "encoding.y",
                measure: y.as_ref(),
            }
        }
    }

    /// How several rows become one number.
    pub fn aggregate(&self) -> Option<Aggregate> {
        match &self.encoding.theta {
            Some(theta) => theta.aggregate,
            None => self.roles().measure?.aggregate,
        }
    }

    /// Whether every row is a point of its own: a scatter, over this column along x.
    pub(crate) fn is_scatter(&self, steps: &Column) -> bool {
        let kind = self.encoding.x.as_ref().and_then(|x| x.kind);
        self.mark == Mark::Point && matches!(steps.values, Values::Number(_)) && matches!(kind, None | Some(FieldType::Quantitative))
    }

    /// Whether x is a scale of numbers: a scatter's, or a histogram's.
    fn has_numeric_steps(&self, steps: &Column) -> bool {
        self.is_scatter(steps) || self.roles().steps.is_some_and(|channel| channel.bin.is_some())
    }

    /// Whether there may be several series.
    fn has_series(&self) -> bool {
        self.encoding.color.is_some() || self.encoding.facet.is_some() || self.fold().is_some()
    }

    /// How bars or areas of several series stand on each other: from zero by default, as in Vega-Lite, unless an offset or `stack: null` says
    /// otherwise. Small charts of one series each are not stacked.
    pub fn stack(&self) -> Stack {
        let Encoding {
            x_offset, y_offset, facet, ..
        } = &self.encoding;
        let asked = self.roles().measure.and_then(|measure| measure.stack);
        let is_apart = x_offset.is_some() || y_offset.is_some() || facet.is_some();
        if !matches!(self.mark, Mark::Bar | Mark::Area) || !self.has_series() || is_apart {
            Stack::Off
        } else {
            asked.unwrap_or(Stack::Zero)
        }
    }
}

/// A null would be taken for "not said", which is not what it means in Vega-Lite: it is refused.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
