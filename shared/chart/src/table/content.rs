//! What stands in a table, before its size is known.

use crate::change::Change;
use crate::dates;
use crate::frame::Page;
use crate::theme::Rgb;
use crate::value_labels::ValueLabels;
use domain::chart_spec::{Aggregate, NumberFormat, NumberStyle, TimeFormat};
use domain::dataset::Unit;
use domain::series::{Domain, Grain, Listed, ListedCells, Plotted, Series};
use jiff::civil::DateTime;
use rust_decimal::Decimal;

/// A cell as it is written.
pub(super) type Cell = (String, Rgb);

/// Numbers under one heading, right-aligned.
pub(super) struct Column {
    pub heading: String,
    /// Texts begin at the left, numbers end at the right.
    pub is_text: bool,
    pub cells: Vec<Cell>,
    /// Under the line.
    pub total: Option<Cell>,
}

/// What is to be set, before its size is known.
pub(super) struct Content {
    /// Over the names.
    pub heading: Option<String>,
    pub names: Vec<String>,
    pub columns: Vec<Column>,
}

pub(super) fn content(page: &Page, plotted: &Plotted) -> Content {
    let names = match &plotted.x.domain {
        Domain::Categories { names } => names.clone(),
        Domain::Time { steps, grain } => {
            let write = Dates::of(page, plotted.x.format.as_deref(), *grain);
            steps.iter().map(|step| write.date(*step)).collect()
        }
        Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => vec![String::new(); plotted.x.domain.len()],
    };
    let columns = if plotted.listed.is_empty() {
        plotted.series.iter().flat_map(|series| columns(page, plotted, series)).collect()
    } else {
        plotted.listed.iter().map(|listed| listed_column(page, plotted, listed)).collect()
    };
    Content {
        heading: if plotted.listed.is_empty() {
            None
        } else {
            plotted.x.title.clone().or_else(|| plotted.x.field.clone())
        },
        names,
        columns,
    }
}

/// The numbers of a series and, where it is compared, the numbers before and the change.
fn columns(page: &Page, plotted: &Plotted, series: &Series) -> Vec<Column> {
    let (words, colors, style) = (page.options.words(), page.colors, page.options.style());
    let values = ValueLabels::of(plotted, style);
    let write = Writer::of(page, plotted.y.format.as_deref(), series, &values);
    let is_summed = matches!(plotted.y.aggregate, Some(Aggregate::Sum | Aggregate::Count)) && series.values.len() > 1;
    let total = |values: &[Option<Decimal>]| -> Option<Decimal> {
        let sum = values
            .iter()
            .flatten()
            .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
        is_summed.then_some(sum)
    };
    let number = |value: Option<Decimal>, color: Rgb| match value {
        Some(value) => (write.value(value), color),
        None => ("–".to_owned(), colors.muted),
    };
    let now = Column {
        heading: if plotted.series.len() == 1 {
            plotted.y.title.clone().unwrap_or_else(|| series.name.clone())
        } else {
            series.name.clone()
        },
        is_text: false,
        cells: series.values.iter().map(|value| number(*value, colors.ink)).collect(),
        total: total(&series.values).map(|sum| number(Some(sum), colors.ink)),
    };
    let Some(previous) = &series.previous else { return vec![now] };
    let change = |(value, previous): (Option<Decimal>, Option<Decimal>)| match (value, previous) {
        (Some(value), Some(previous)) => {
            let change = Change::of(value, previous, &values, &style, colors, words.no_change);
            (change.text, change.colors.0)
        }
        _ => ("–".to_owned(), colors.muted),
    };
    let pairs = || series.values.iter().copied().zip(previous.iter().copied());
    let changes = Column {
        heading: words.change.to_owned(),
        is_text: false,
        cells: pairs().map(change).collect(),
        total: total(&series.values)
            .zip(total(previous))
            .map(|(now, before)| change((Some(now), Some(before)))),
    };
    if plotted.series.len() > 1 {
        return vec![now, changes];
    }
    let before = Column {
        heading: before_words(page, plotted),
        is_text: false,
        cells: previous.iter().map(|value| number(*value, colors.muted)).collect(),
        total: total(previous).map(|sum| number(Some(sum), colors.muted)),
    };
    vec![now, before, changes]
}

/// A column of a table that lists rows.
fn listed_column(page: &Page, plotted: &Plotted, listed: &Listed) -> Column {
    let (format, colors) = (listed.format.as_deref(), page.colors);
    let missing = || (String::new(), colors.muted);
    let cells: Vec<Cell> = match &listed.cells {
        ListedCells::Texts(cells) => cells
            .iter()
            .map(|cell| cell.clone().map_or_else(missing, |text| (text, colors.ink)))
            .collect(),
        ListedCells::Times(cells, grain) => {
            let write = Dates::of(page, format, *grain);
            let cell = |cell: &Option<DateTime>| cell.map_or_else(missing, |moment| (write.date(moment), colors.ink));
            cells.iter().map(cell).collect()
        }
        ListedCells::Numbers(series) => {
            let Some(series) = plotted.series.get(*series) else {
                return Column::empty(listed);
            };
            let values = ValueLabels::of(plotted, page.options.style());
            let write = Writer::of(page, format, series, &values);
            let is_change = format.is_some_and(|format| format.starts_with('+'));
            let color = |value: Decimal| match () {
                () if !is_change || value.is_zero() => colors.ink,
                () if value.is_sign_negative() => colors.fall.0,
                () => colors.rise.0,
            };
            let cell = |value: &Option<Decimal>| value.map_or_else(missing, |value| (write.value(value), color(value)));
            series.values.iter().map(cell).collect()
        }
    };
    Column {
        is_text: matches!(listed.cells, ListedCells::Texts(_)),
        cells,
        ..Column::empty(listed)
    }
}

impl Column {
    fn empty(listed: &Listed) -> Self {
        Self {
            heading: listed.title.clone(),
            is_text: true,
            cells: Vec::new(),
            total: None,
        }
    }
}

/// Writes the dates of one column.
struct Dates<'a> {
    page: &'a Page<'a>,
    format: Option<TimeFormat>,
    grain: Grain,
}

impl<'a> Dates<'a> {
    fn of(page: &'a Page<'a>, format: Option<&str>, grain: Grain) -> Self {
        Self {
            page,
            format: format.and_then(|text| text.parse().ok()),
            grain,
        }
    }

    fn date(&self, moment: DateTime) -> String {
        let locale = self.page.options.locale;
        match &self.format {
            Some(format) => format.write(moment, locale),
            None => dates::moment_words(locale, moment, self.grain),
        }
    }
}

/// The dates that the numbers are compared with, where other dates chose the rows.
fn before_words(page: &Page, plotted: &Plotted) -> String {
    let span = plotted.period.and_then(|period| Some((period.previous?, period.grain)));
    match span {
        Some(((first, last), grain)) => dates::span_words(page.options.locale, first, last, grain),
        None => page.options.words().previous_period.to_owned(),
    }
}

/// Writes the numbers of one column alike, so that their points stand under each other.
struct Writer<'a> {
    format: Option<NumberFormat>,
    unit: Option<&'a Unit>,
    style: NumberStyle,
    values: &'a ValueLabels<'a>,
}

impl<'a> Writer<'a> {
    fn of(page: &Page, format: Option<&str>, series: &'a Series, values: &'a ValueLabels<'a>) -> Self {
        /// Longer numbers are shortened.
        const FULL_BELOW: i64 = 1_000_000_000;
        let unit = series.unit.as_ref();
        let drawn = || series.values.iter().chain(series.previous.iter().flatten()).flatten();
        let is_percent = unit == Some(&Unit::Percent);
        let decimals = drawn().map(|value| value.normalize().scale()).max().unwrap_or(0);
        let max = drawn().map(Decimal::abs).max().unwrap_or_default();
        let decimals = match unit {
            Some(Unit::Percent) => decimals.saturating_sub(2).min(1),
            // Cents come in pairs, and only where they matter.
            Some(Unit::Currency(_)) if max >= Decimal::from(10_000) || decimals == 0 => 0,
            Some(Unit::Currency(_)) => 2,
            _ if max >= Decimal::from(10_000) => 0,
            _ => decimals.min(if max < Decimal::ONE { 4 } else { 2 }),
        };
        let own = format.map(str::to_owned).or_else(|| {
            let money = if matches!(unit, Some(Unit::Currency(_))) { "$" } else { "" };
            let kind = if is_percent { "%" } else { "f" };
            // So small that all of them would be written as nothing.
            let is_tiny = !max.is_zero() && max.round_dp(decimals + if is_percent { 2 } else { 0 }).is_zero();
            let is_full = unit != Some(&Unit::Seconds) && max < Decimal::from(FULL_BELOW) && !is_tiny;
            is_full.then(|| format!("{money},.{decimals}{kind}"))
        });
        Self {
            format: own.and_then(|text| text.parse().ok()),
            unit,
            style: page.options.style(),
            values,
        }
    }

    fn value(&self, value: Decimal) -> String {
        match &self.format {
            Some(format) => format.write(value, self.unit, &self.style),
            None => self.values.value(value),
        }
    }
}
