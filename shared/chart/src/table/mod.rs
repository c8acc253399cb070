//! The numbers themselves: a row per step, a column per series, the change beside the number, the sum below.

mod content;

use crate::frame::{LABEL, Page};
use crate::names::told_apart;
use crate::scene::{Anchor, Scene};
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use content::{Column, Content, content};
use domain::series::{Domain, Plotted};
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
/// The most that a column of texts is given, likewise.
const TEXTS_MAX: f64 = 0.26;

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
    let wanted = count + 1 + usize::from(has_total);
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
    let widths = fit_columns(&mut page, &content, shown.clone(), size);
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

/// Width of the names, and of each column that finds room; the rest are left out and said to be.
struct Widths {
    names: f64,
    columns: Vec<f64>,
    size: f64,
}

/// By the rows of this page alone: of ten thousand, measuring the others is what would take time.
fn fit_columns(page: &mut Page, content: &Content, shown: Range<usize>, size: f64) -> Widths {
    let gap = GAP * page.unit;
    let measure = |page: &mut Page, size: f64| -> Vec<f64> {
        let wide = |column: &Column, page: &mut Page| {
            let cells = column.cells.get(shown.clone()).unwrap_or_default();
            let cells = cells.iter().chain(&column.total).map(|(text, _)| text);
            let widest = cells
                .map(|text| page.type_setter.line(text, Style::semi_bold(size).tabular()).width)
                .fold(0.0, f64::max);
            let heading = page.type_setter.line(&column.heading, Style::semi_bold(size * 0.85)).width;
            if column.is_text {
                return widest.max(heading).min(page.area.width() * TEXTS_MAX);
            }
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
    let longest = content.names[shown]
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

/// Texts at the left of their column, numbers at the right.
fn place(page: &mut Page, line: Line, color: Rgb, column: &Column, right: f64, width: f64, baseline: f64) {
    // Of a mirrored page the start is the right: there, too, the last digits stand under each other.
    if column.is_text || page.options.locale.is_right_to_left() {
        page.scene.put(line, color, Anchor::Start, right - width, baseline);
    } else {
        page.scene.put(line, color, Anchor::End, right, baseline);
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
        place(page, heading, muted, column, *right, *width, baseline(top));
    }
    if let Some(heading) = &content.heading {
        let heading = page.type_setter.fit(heading, Style::semi_bold(size * 0.85), widths.names);
        page.scene.put(heading, muted, Anchor::Start, page.area.x0, baseline(top));
    }
    top += how.row;
    line(page, top, axis);
    let names: Vec<&str> = content.names[shown.clone()].iter().map(String::as_str).collect();
    let names = told_apart(page, &names, Style::regular(size), widths.names);
    for (i, name) in shown.clone().zip(names) {
        page.scene.put(name, ink, Anchor::Start, page.area.x0, baseline(top));
        for ((column, right), width) in content.columns.iter().zip(&rights).zip(&widths.columns) {
            let Some((text, color)) = column.cells.get(i) else { continue };
            let cell = page.type_setter.fit(text, Style::regular(size).tabular(), *width);
            place(page, cell, *color, column, *right, *width, baseline(top));
        }
        top += how.row;
        if i + 1 < shown.end || how.missing > 0 {
            line(page, top, grid);
        }
    }
    if how.missing > 0 {
        let text = page.options.words().more_of(how.missing, &page.options.style());
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
            let cell: Line = page.type_setter.fit(text, Style::semi_bold(size).tabular(), *width);
            place(page, cell, *color, column, *right, *width, baseline(top));
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
