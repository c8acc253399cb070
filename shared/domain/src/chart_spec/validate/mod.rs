//! Holds a spec against the rows it will be drawn from, and finds the columns it names.

mod channels;
mod listing;
mod nearest;
mod period;

use crate::chart_spec::{ChartSpec, Mark, NumberFormat, Stack, TARGETS_MAX, TimeFormat};
use crate::dataset::{Column, Dataset, Values};
use crate::locale::{NUMBER_FORMATS, TIME_FORMATS};
use nearest::nearest;

/// One thing that is wrong with a spec, in words for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {given}; accepted: {accepted}")]
pub struct SpecError {
    /// JSON path within the spec: `encoding.y.field`.
    pub path: String,
    /// What was found there.
    pub given: String,
    /// What may stand there.
    pub accepted: String,
}

/// The columns that a spec names, found in a dataset.
pub(crate) struct Resolved<'a> {
    /// Steps; `None` for a number over all rows, and for an arc, whose parts are series until they are drawn.
    pub steps: Option<&'a Column>,
    /// One column of numbers, several of a fold, or none when rows are counted.
    pub measure: Vec<&'a Column>,
    /// The column whose values are series.
    pub series: Option<&'a Column>,
    /// The dates that choose the rows, where the steps do not.
    pub period: Option<&'a Column>,
    /// The columns of a table that lists rows; empty for any other chart.
    pub listing: Vec<&'a Column>,
}

impl ChartSpec {
    /// Everything about the spec that does not fit these rows' columns. Types are judged, cell contents are not.
    pub fn validate(&self, dataset: &Dataset) -> Result<(), Vec<SpecError>> {
        self.resolve(dataset).map(drop)
    }

    pub(crate) fn resolve<'a>(&self, dataset: &'a Dataset) -> Result<Resolved<'a>, Vec<SpecError>> {
        let mut check = Check {
            spec: self,
            dataset,
            errors: Vec::new(),
        };
        check.channels();
        let steps = check.steps();
        let listing = check.listing();
        let measure = check.measure(steps);
        let series = check.series();
        check.stack();
        check.targets();
        let period = check.period(steps);
        check.formats(steps);
        if check.errors.is_empty() {
            Ok(Resolved {
                steps,
                measure,
                series,
                period,
                listing,
            })
        } else {
            Err(check.errors)
        }
    }
}

struct Check<'s, 'a> {
    spec: &'s ChartSpec,
    dataset: &'a Dataset,
    errors: Vec<SpecError>,
}

impl<'a> Check<'_, 'a> {
    fn refuse(&mut self, path: impl Into<String>, given: impl Into<String>, accepted: impl Into<String>) {
        self.errors.push(SpecError {
            path: path.into(),
            given: given.into(),
            accepted: accepted.into(),
        });
    }

    fn column(&mut self, path: &str, name: &str) -> Option<&'a Column> {
        let found = self.dataset.column(name);
        if found.is_none() {
            let names: Vec<&str> = self.dataset.columns.iter().map(|column| column.name.as_str()).collect();
            let accepted = match nearest(name, &names) {
                Some(near) => format!("{} (nearest: `{near}`)", names.join(", ")),
                None => names.join(", "),
            };
            self.refuse(path, format!("`{name}`, which is no column"), accepted);
        }
        found
    }

    fn number(&mut self, path: &str, column: &Column) {
        if matches!(column.values, Values::Number(_)) {
            return;
        }
        let columns = self.dataset.columns.iter();
        let numbers: Vec<&str> = columns
            .filter(|c| matches!(c.values, Values::Number(_)))
            .map(|c| c.name.as_str())
            .collect();
        let accepted = if numbers.is_empty() {
            "a column of numbers (there is none)".to_owned()
        } else {
            format!("a column of numbers: {}", numbers.join(", "))
        };
        self.refuse(path, format!("`{}` holds {}", column.name, column.values.type_name()), accepted);
    }

    fn stack(&mut self) {
        let roles = self.spec.roles();
        let path = format!("{}.stack", roles.measure_path);
        let offset = self.spec.encoding.x_offset.is_some() || self.spec.encoding.y_offset.is_some();
        match roles.measure.and_then(|measure| measure.stack) {
            Some(Stack::Zero | Stack::Normalize) if !matches!(self.spec.mark, Mark::Bar | Mark::Area) => {
                self.refuse(path, "stacked", "nothing: only bars and areas are stacked");
            }
            Some(Stack::Zero | Stack::Normalize) if offset => self.refuse(path, "stacked, with an offset", "one of the two"),
            Some(Stack::Zero | Stack::Normalize) if self.spec.encoding.facet.is_some() => {
                self.refuse(path, "stacked, with small charts of one series each", "one of the two");
            }
            Some(Stack::Normalize) if !self.spec.has_series() => {
                self.refuse(path, "shares of one series", "`encoding.color` beside it, or nothing");
            }
            _ => {}
        }
    }

    fn targets(&mut self) {
        let count = self.spec.targets.len();
        if count > TARGETS_MAX {
            self.refuse("layer", format!("{count} rules"), format!("at most {TARGETS_MAX}"));
        }
        if count > 0 && matches!(self.spec.mark, Mark::Arc | Mark::Table) {
            self.refuse(
                "layer",
                format!("a rule across {}", self.spec.mark.as_str()),
                "line, area, bar, point, kpi",
            );
        }
        if count > 0 && self.spec.stack() == Stack::Normalize {
            self.refuse("layer", "a rule across shares", "numbers stacked from zero, or no rule");
        }
    }

    fn formats(&mut self, steps: Option<&Column>) {
        let roles = self.spec.roles();
        if let Some(Err(given)) = roles.measure.and_then(|y| y.format()).map(str::parse::<NumberFormat>) {
            self.refuse(format!("{}.axis.format", roles.measure_path), given, NUMBER_FORMATS);
        }
        let (Some(text), Some(column)) = (roles.steps.and_then(|x| x.format()), steps) else {
            return;
        };
        let path = format!("{}.axis.format", roles.steps_path);
        let is_numbers = self.spec.has_numeric_steps(column);
        if is_time(column) {
            if let Err(given) = text.parse::<TimeFormat>() {
                self.refuse(path, format!("{given} (for `{}`)", column.name), TIME_FORMATS);
            }
        } else if is_numbers {
            if let Err(given) = text.parse::<NumberFormat>() {
                self.refuse(path, given, NUMBER_FORMATS);
            }
        } else {
            self.refuse(
                path,
                format!("`{text}`, but it holds no dates"),
                "nothing: names are written as they are",
            );
        }
    }
}

fn is_time(column: &Column) -> bool {
    matches!(column.values, Values::Date(_) | Values::DateTime(_))
}
