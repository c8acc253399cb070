//! The numbers themselves: a row per step, a column per series, the change beside the number, the sum below.

use crate::change::Change;
use crate::dates;
use crate::frame::{LABEL, Page};
use crate::scene::{Anchor, Scene};
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::chart_spec::{Aggregate, NumberFormat, NumberStyle, TimeFormat};
use domain::dataset::Unit;
use domain::series::{Domain, Plotted, Series};
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use std::ops::Range;
use vello_cpu::kurbo::Point;

/// Type and rows in pixels of a picture 1200 wide: as large as the rows let it be, within these.
const TYPE_MAX: f64 = 30.0;
const TYPE_MIN: f64 = 22.0;
/// A row's height as a multiple of its type, and what it is on a page with room.
const ROW_MIN: f64 = 1.55;
const ROW_MAX: f64 = 2.3;
/// Between columns.
const GAP: f64 = 34.0;
/// The least that is left for the rows' names, as a share of the page.
const NAMES_MIN: f64 = 0.2;

/// A cell as it is written.
type Cell = (String, Rgb);

/// Numbers under one heading, right-aligned.
struct Column {
    heading: String,
    cells: Vec<Cell>,
    /// Under the line.
    total: Option<Cell>,
}

/// What is to be set, before its size is known.
struct Content {
    names: Vec<String>,
    columns: Vec<Column>,
}

/// Which rows of a long table stand on a page.
pub(crate) struct Sheet {
    /// From this row on.
    pub from: usize,
    /// Whether more pages follow for the rest; a picture has no second page and says how many rows are missing.
    pub is_paged: bool,
}

/// One page, and the first row that did not fit.
pub(crate) fn lay_out(mut page: Page, plotted: &Plotted, sheet: &Sheet) -> (Scene, Option<usize>) {
    let content = content(&page, plotted);
    let (count, has_total) = (content.names.len(), content.columns.iter().any(|column| column.total.is_some()));
    let wanted = count - sheet.from.min(count) + 1 + usize::from(has_total);
    let size = (page.area.height() / (wanted as f64 * ROW_MIN)).clamp(TYPE_MIN * page.unit, TYPE_MAX * page.unit);
    let fitting = ((page.area.height() / (size * ROW_MIN)).floor() as usize).max(3);
    // The heading, the sum and, where rows are missing, the line that says so take a row each.
    let rows_max = if wanted <= fitting {
        count
    } else {
        fitting - 2 - usize::from(has_total)
    };
    let shown = shown(plotted, sheet, count, rows_max.max(1));
    let is_last = !sheet.is_paged || shown.end == count;
    let missing = if sheet.is_paged { 0 } else { count - shown.len() };
    let lines = shown.len() + 1 + usize::from(has_total && is_last) + usize::from(missing > 0);
    let row = (page.area.height() / lines as f64).clamp(size * ROW_MIN, size * ROW_MAX);
    let widths = fit_columns(&mut page, &content, size);
    set(
        &mut page,
        &content,
        shown.clone(),
        &widths,
        Set {
            size,
            row,
            has_total: has_total && is_last,
            missing,
        },
    );
    let next = (sheet.is_paged && !is_last).then_some(shown.end);
    (page.scene, next)
}

/// The rows of this page. A picture shows the newest dates, and the first names.
fn shown(plotted: &Plotted, sheet: &Sheet, count: usize, rows_max: usize) -> Range<usize> {
    let from = sheet.from.min(count);
    if !sheet.is_paged && matches!(plotted.x.domain, Domain::Time { .. }) {
        return count.saturating_sub(rows_max)..count;
    }
    from..count.min(from + rows_max)
}

fn content(page: &Page, plotted: &Plotted) -> Content {
    let locale = page.options.locale;
    let names = match &plotted.x.domain {
        Domain::Categories { names } => names.clone(),
        Domain::Time { steps, grain } => {
            let format = plotted.x.format.as_ref().and_then(|text| text.parse().ok());
            let write = |step: &DateTime| match &format {
                Some(format) => TimeFormat::write(format, *step, locale),
                None => dates::moment_words(locale, *step, *grain),
            };
            steps.iter().map(write).collect()
        }
        Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => vec![String::new(); plotted.x.domain.len()],
    };
    Content {
        names,
        columns: plotted.series.iter().flat_map(|series| columns(page, plotted, series)).collect(),
    }
}

/// The numbers of a series and, where it is compared, the numbers before and the change.
fn columns(page: &Page, plotted: &Plotted, series: &Series) -> Vec<Column> {
    let (words, colors, style) = (page.options.words(), page.colors, page.options.style());
    let values = ValueLabels::of(plotted, style);
    let write = Writer::of(page, plotted, series, &values);
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
        cells: previous.iter().map(|value| number(*value, colors.muted)).collect(),
        total: total(previous).map(|sum| number(Some(sum), colors.muted)),
    };
    vec![now, before, changes]
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
    fn of(page: &Page, plotted: &'a Plotted, series: &'a Series, values: &'a ValueLabels<'a>) -> Self {
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
        let own = plotted.y.format.clone().or_else(|| {
            let money = if matches!(unit, Some(Unit::Currency(_))) { "$" } else { "" };
            let kind = if is_percent { "%" } else { "f" };
            let is_full = unit != Some(&Unit::Seconds) && max < Decimal::from(FULL_BELOW);
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

/// Width of the names, and of each column that finds room; the rest are left out and said to be.
struct Widths {
    names: f64,
    columns: Vec<f64>,
    size: f64,
}

fn fit_columns(page: &mut Page, content: &Content, size: f64) -> Widths {
    let gap = GAP * page.unit;
    let measure = |page: &mut Page, size: f64| -> Vec<f64> {
        let wide = |column: &Column, page: &mut Page| {
            let cells = column.cells.iter().chain(&column.total).map(|(text, _)| text);
            let widest = cells
                .map(|text| page.type_setter.line(text, Style::semi_bold(size)).width)
                .fold(0.0, f64::max);
            let heading = page.type_setter.line(&column.heading, Style::semi_bold(size * 0.85)).width;
            // A long heading is shortened rather than given room that the numbers do not need.
            widest
                .max(heading.min(widest * 1.4).min(page.area.width() * 0.3))
                .max(heading.min(90.0 * page.unit))
        };
        content.columns.iter().map(|column| wide(column, page)).collect()
    };
    let room = |columns: &[f64], page: &Page| page.area.width() - columns.iter().map(|width| width + gap).sum::<f64>();
    let least = page.area.width() * NAMES_MIN;
    let (mut size, mut columns) = (size, measure(page, size));
    if room(&columns, page) < least && size > TYPE_MIN * page.unit {
        size = TYPE_MIN * page.unit;
        columns = measure(page, size);
    }
    while room(&columns, page) < least && columns.len() > 1 {
        columns.pop();
    }
    // Names take what they need, at most; the numbers stand near them.
    let longest = content
        .names
        .iter()
        .map(|name| page.type_setter.line(name, Style::regular(size)).width);
    let names = longest.fold(0.0, f64::max).min(room(&columns, page)).max(least);
    let spare = (room(&columns, page) - names).max(0.0);
    // A table of few columns is spread over the page.
    let each = spare / columns.len().max(1) as f64;
    Widths {
        names,
        columns: columns.into_iter().map(|width| width + each).collect(),
        size,
    }
}

/// How the rows are set.
struct Set {
    size: f64,
    row: f64,
    has_total: bool,
    missing: usize,
}

fn set(page: &mut Page, content: &Content, shown: Range<usize>, widths: &Widths, how: Set) {
    let (size, gap) = (widths.size.min(how.size), GAP * page.unit);
    let (ink, muted, grid, axis) = (page.colors.ink, page.colors.muted, page.colors.grid, page.colors.axis);
    let rights: Vec<f64> = widths
        .columns
        .iter()
        .scan(page.area.x0 + widths.names, |x, width| {
            *x += gap + width;
            Some(*x)
        })
        .collect();
    let mut top = page.area.y0;
    let baseline = |top: f64| (top + how.row / 2.0 + size * 0.36).round();
    let line = |page: &mut Page, y: f64, color: Rgb| {
        let (x0, x1) = (page.area.x0, page.area.x1);
        page.scene
            .rule(Point::new(x0, y), Point::new(x1, y), (2.0 * page.unit).max(1.0), color);
    };
    for ((column, right), width) in content.columns.iter().zip(&rights).zip(&widths.columns) {
        let heading = page.type_setter.fit(&column.heading, Style::semi_bold(size * 0.85), *width);
        page.scene.put(heading, muted, Anchor::End, *right, baseline(top));
    }
    top += how.row;
    line(page, top, axis);
    for i in shown.clone() {
        let name = page.type_setter.fit(&content.names[i], Style::regular(size), widths.names);
        page.scene.put(name, ink, Anchor::Start, page.area.x0, baseline(top));
        for ((column, right), width) in content.columns.iter().zip(&rights).zip(&widths.columns) {
            let Some((text, color)) = column.cells.get(i) else { continue };
            let cell = page.type_setter.fit(text, Style::regular(size), *width);
            page.scene.put(cell, *color, Anchor::End, *right, baseline(top));
        }
        top += how.row;
        if i + 1 < shown.end || how.missing > 0 {
            line(page, top, grid);
        }
    }
    if how.missing > 0 {
        let words = page.options.words();
        let text = format!("{}{}{}", words.rows_not_shown, words.colon, how.missing);
        let more = page.type_setter.fit(&text, Style::regular(size * 0.9), page.area.width());
        page.scene.put(more, muted, Anchor::Start, page.area.x0, baseline(top));
        top += how.row;
    }
    if how.has_total {
        line(page, top, axis);
        let word = page
            .type_setter
            .fit(page.options.words().total, Style::semi_bold(size), widths.names);
        page.scene.put(word, ink, Anchor::Start, page.area.x0, baseline(top));
        for ((column, right), width) in content.columns.iter().zip(&rights).zip(&widths.columns) {
            let Some((text, color)) = &column.total else { continue };
            let cell: Line = page.type_setter.fit(text, Style::semi_bold(size), *width);
            page.scene.put(cell, *color, Anchor::End, *right, baseline(top));
        }
    }
    let dropped = content.columns.len() - widths.columns.len();
    if dropped > 0 {
        let words = page.options.words();
        let text = format!("{}{}{dropped}", words.columns_not_shown, words.colon);
        let more = page.type_setter.fit(&text, Style::regular(LABEL * 0.75 * page.unit), widths.names);
        page.scene.put(more, muted, Anchor::Start, page.area.x0, baseline(page.area.y0));
    }
}
