//! Holds a spec against the rows it will be drawn from, and finds the columns it names.

use crate::chart_spec::{Axis, ChartSpec, FieldType, Mark, NumberFormat, Sort, Stack, TimeFormat, TimeUnit};
use crate::locale::{NUMBER_FORMATS, TIME_FORMATS};
use crate::dataset::{Column, Dataset, Values};
use crate::series::SERIES_MAX;

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
    /// Steps; `None` for a number over all rows.
    pub x: Option<&'a Column>,
    /// One column, several of a fold, or none when rows are counted.
    pub y: Vec<&'a Column>,
    /// The column whose values are series.
    pub color: Option<&'a Column>,
}

impl ChartSpec {
    /// Everything about the spec that does not fit these rows' columns. Types are judged, cell contents are not.
    pub fn validate(&self, dataset: &Dataset) -> Result<(), Vec<SpecError>> {
        self.resolve(dataset).map(drop)
    }

    pub(crate) fn resolve<'a>(&self, dataset: &'a Dataset) -> Result<Resolved<'a>, Vec<SpecError>> {
        let mut check = Check {
            dataset,
            errors: Vec::new(),
        };
        let x = check.x(self);
        let y = check.y(self);
        let color = check.color(self);
        check.stack(self);
        check.period(self, x);
        check.formats(self, x);
        if check.errors.is_empty() {
            Ok(Resolved { x, y, color })
        } else {
            Err(check.errors)
        }
    }

    /// Whether bars of several series stand on each other: Vega-Lite's default unless `xOffset` or `stack: null` says otherwise.
    pub fn is_stacked(&self) -> bool {
        let several = self.encoding.color.is_some() || self.fold().is_some();
        self.mark == Mark::Bar && several && self.encoding.x_offset.is_none() && self.encoding.y.stack != Some(Stack::Off)
    }
}

struct Check<'a> {
    dataset: &'a Dataset,
    errors: Vec<SpecError>,
}

impl<'a> Check<'a> {
    fn refuse(&mut self, path: &str, given: impl Into<String>, accepted: impl Into<String>) {
        self.errors.push(SpecError {
            path: path.to_owned(),
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

    fn x(&mut self, spec: &ChartSpec) -> Option<&'a Column> {
        let Some(x) = &spec.encoding.x else {
            if spec.mark != Mark::Kpi {
                self.refuse("encoding.x", "nothing", "a column for the steps from left to right");
            }
            return None;
        };
        let column = self.column("encoding.x.field", &x.field)?;
        let is_time = matches!(column.values, Values::Date(_) | Values::DateTime(_));
        let has = format!("`{}` holds {}", column.name, column.values.type_name());
        match x.kind {
            Some(FieldType::Quantitative) => {
                self.refuse(
                    "encoding.x.type",
                    "quantitative",
                    "temporal, nominal, ordinal (numbers along x need a mark that is not drawn yet)",
                );
            }
            Some(FieldType::Temporal) if !is_time => {
                self.refuse(
                    "encoding.x.type",
                    format!("temporal, but {has}"),
                    "nominal, ordinal, or a column of dates",
                );
            }
            _ => {}
        }
        if x.time_unit.is_some() && !is_time {
            self.refuse("encoding.x.timeUnit", format!("a time unit, but {has}"), "a column of dates");
        }
        let is_fine = matches!(
            x.time_unit,
            Some(TimeUnit::YearMonthDateHours | TimeUnit::YearMonthDateHoursMinutes)
        );
        if is_fine && matches!(column.values, Values::Date(_)) {
            self.refuse(
                "encoding.x.timeUnit",
                format!("a time of day, but {has}"),
                "year, yearquarter, yearmonth, yearweek, yearmonthdate",
            );
        }
        if is_time && !matches!(x.sort, None | Some(Sort::Ascending)) {
            self.refuse("encoding.x.sort", "an order for dates", "ascending, or nothing: time runs forwards");
        }
        Some(column)
    }

    fn y(&mut self, spec: &ChartSpec) -> Vec<&'a Column> {
        use crate::chart_spec::Aggregate::Count;
        let y = &spec.encoding.y;
        if !matches!(y.kind, None | Some(FieldType::Quantitative)) {
            self.refuse("encoding.y.type", "a type that is no number", "quantitative");
        }
        if spec.transform.len() > 1 {
            self.refuse("transform", format!("{} transforms", spec.transform.len()), "one fold");
        }
        if spec.mark == Mark::Kpi && spec.encoding.x.is_none() && y.aggregate.is_none() {
            self.refuse(
                "encoding.y.aggregate",
                "nothing, and no x either",
                "how all rows become one number: sum, mean, median, min, max, count",
            );
        }
        if let Some(fold) = spec.fold() {
            return self.folded(spec, &fold.fold, &fold.names);
        }
        let Some(field) = &y.field else {
            if y.aggregate != Some(Count) {
                self.refuse("encoding.y.field", "nothing", "a column of numbers, or `aggregate: count`");
            }
            return Vec::new();
        };
        let Some(column) = self.column("encoding.y.field", field) else {
            return Vec::new();
        };
        if y.aggregate != Some(Count) {
            self.number("encoding.y.field", column);
        }
        vec![column]
    }

    fn folded(&mut self, spec: &ChartSpec, fields: &[String], names: &[String; 2]) -> Vec<&'a Column> {
        if fields.is_empty() {
            self.refuse("transform[0].fold", "no column", "one or more columns of numbers");
        }
        if fields.len() > SERIES_MAX {
            self.refuse(
                "transform[0].fold",
                format!("{} columns", fields.len()),
                format!("at most {SERIES_MAX}"),
            );
        }
        if spec.mark == Mark::Kpi {
            self.refuse("transform[0].fold", "several series", "nothing: a kpi shows one number");
        }
        let field = spec.encoding.y.field.as_deref();
        if field != Some(names[1].as_str()) {
            self.refuse("encoding.y.field", said(field), format!("`{}`, the fold's numbers", names[1]));
        }
        let mut columns = Vec::new();
        for (i, name) in fields.iter().enumerate() {
            let path = format!("transform[0].fold[{i}]");
            if fields[..i].contains(name) {
                self.refuse(&path, format!("`{name}` again"), "each column once");
            } else if let Some(column) = self.column(&path, name) {
                self.number(&path, column);
                columns.push(column);
            }
        }
        columns
    }

    fn number(&mut self, path: &str, column: &Column) {
        if !matches!(column.values, Values::Number(_)) {
            let numbers: Vec<&str> = self
                .dataset
                .columns
                .iter()
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
    }

    fn color(&mut self, spec: &ChartSpec) -> Option<&'a Column> {
        let color = spec.encoding.color.as_ref();
        if let Some(offset) = &spec.encoding.x_offset {
            if spec.mark != Mark::Bar {
                self.refuse("encoding.xOffset", "side by side", "nothing: only bars stand side by side");
            } else if color.is_none_or(|color| color.field != offset.field) {
                self.refuse(
                    "encoding.xOffset.field",
                    format!("`{}`", offset.field),
                    "the field of `encoding.color`",
                );
            }
        }
        let color = color?;
        if spec.mark == Mark::Kpi {
            self.refuse("encoding.color", "several series", "nothing: a kpi shows one number");
            return None;
        }
        if matches!(color.kind, Some(FieldType::Quantitative | FieldType::Temporal)) {
            self.refuse("encoding.color.type", "a scale of colours", "nominal, ordinal");
        }
        if let Some(fold) = spec.fold() {
            if color.field != fold.names[0] {
                self.refuse(
                    "encoding.color.field",
                    format!("`{}`", color.field),
                    format!("`{}`, the fold's column names", fold.names[0]),
                );
            }
            return None;
        }
        self.column("encoding.color.field", &color.field)
    }

    fn stack(&mut self, spec: &ChartSpec) {
        if spec.encoding.y.stack == Some(Stack::Zero) {
            if spec.mark != Mark::Bar {
                self.refuse("encoding.y.stack", "stacked", "nothing: only bars are stacked");
            } else if spec.encoding.x_offset.is_some() {
                self.refuse("encoding.y.stack", "stacked, with xOffset", "one of the two");
            }
        }
    }

    fn formats(&mut self, spec: &ChartSpec, x: Option<&Column>) {
        let format = |axis: Option<&'_ Axis>| axis.and_then(|axis| axis.format.clone());
        if let Some(Err(given)) = format(spec.encoding.y.axis.as_ref()).map(|text| text.parse::<NumberFormat>()) {
            self.refuse("encoding.y.axis.format", given, NUMBER_FORMATS);
        }
        let Some(text) = format(spec.encoding.x.as_ref().and_then(|x| x.axis.as_ref())) else {
            return;
        };
        let (true, Some(x)) = (is_time(x), x) else {
            self.refuse(
                "encoding.x.axis.format",
                format!("`{text}`, but x holds no dates"),
                "nothing: names are written as they are",
            );
            return;
        };
        if let Err(given) = text.parse::<TimeFormat>() {
            self.refuse(
                "encoding.x.axis.format",
                format!("{given} (for `{}`)", x.name),
                TIME_FORMATS,
            );
        }
    }

    fn period(&mut self, spec: &ChartSpec, x: Option<&Column>) {
        let is_time = is_time(x);
        // A missing or unknown x has been named already.
        let is_judged = x.is_some() || spec.encoding.x.is_none();
        if spec.last == Some(0) {
            self.refuse("last", "0", "1 or more steps of x");
        } else if spec.last.is_some() && !is_time && is_judged {
            self.refuse("last", "the newest steps, but x holds no dates", "a column of dates as x");
        }
        if spec.compare.is_some() {
            if !is_time && is_judged {
                self.refuse("compare", "previous_period, but x holds no dates", "a column of dates as x");
            }
            let several = spec.encoding.color.is_some() || spec.fold().is_some();
            if spec.mark == Mark::Bar && several {
                self.refuse(
                    "compare",
                    "previous_period with several series of bars",
                    "one series, or `mark: line`",
                );
            }
        }
    }
}

fn is_time(x: Option<&Column>) -> bool {
    x.is_some_and(|column| matches!(column.values, Values::Date(_) | Values::DateTime(_)))
}

fn said(field: Option<&str>) -> String {
    field.map_or_else(|| "nothing".to_owned(), |field| format!("`{field}`"))
}

/// The name that differs least from what was written, if it could be a slip of the pen.
fn nearest<'a>(written: &str, names: &[&'a str]) -> Option<&'a str> {
    let written = written.to_lowercase();
    let limit = (written.chars().count() / 3).max(1);
    names
        .iter()
        .map(|name| (edits(&written, &name.to_lowercase()), *name))
        .filter(|(edits, _)| *edits <= limit)
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// Levenshtein distance in characters.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
