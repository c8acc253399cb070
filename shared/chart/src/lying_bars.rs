//! Bars that lie: names at the left, from top to bottom as they are given, numbers at the bars' ends.
//!
//! Where there is not room for all steps the first are shown, of dates the last, and a line says how many more there are. Names take up to
//! [`NAME_SHARE_MAX`] of the width; longer ones go on a second line where rows are high enough, else end in an ellipsis. The axis of the numbers is left
//! out where every bar carries its own.

use crate::bars::Bars;
use crate::dates;
use crate::frame::{LABEL, Page, SUBTITLE};
use crate::grid::Grid;
use crate::lying_values::Numbers;
use crate::names::{NAME_MIN, Names, tallest, told_apart};
use crate::scale::Scale;
use crate::scene::{Anchor, Scene};
use crate::targets::{self, Heads};
use crate::type_setter::{Line, Style};
use domain::series::{Domain, Plotted};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::ops::Range;
use vello_cpu::kurbo::Rect;

/// Of the page's width.
pub(crate) const NAME_SHARE_MAX: f64 = 0.38;
/// The thinnest bar of a group, in pixels of a picture 1200 wide.
const SLOT_MIN: f64 = 13.0;
/// From the height of letters to that of a row.
pub(crate) const ROW: f64 = 1.12;
/// The highest row.
const ROW_MAX: f64 = 130.0;

/// Whether upright bars are better laid down.
pub(crate) fn suits(page: &mut Page, plotted: &Plotted) -> bool {
    let Domain::Categories { names } = &plotted.x.domain else {
        return false;
    };
    let band = (page.area.width() - 110.0 * page.unit) / names.len().max(1) as f64;
    // What a legend or an axis may still take.
    let height = page.area.height() - 70.0 * page.unit;
    !Names::are_whole(page, names, band) && names.len() <= capacity(page, plotted, height)
}

/// How many steps have room in this height.
fn capacity(page: &mut Page, plotted: &Plotted, height: f64) -> usize {
    let slots = if plotted.is_stacked() { 1 } else { plotted.series.len() };
    (height / row_min(page, plotted, slots)).max(1.0) as usize
}

/// The lowest row, in pixels: as high as its name in small type, and as its bars side by side.
pub(crate) fn row_min(page: &mut Page, plotted: &Plotted, slots: usize) -> f64 {
    let style = Style::regular(NAME_MIN * page.unit);
    let names = names(page, plotted, 0..plotted.x.domain.len().min(60));
    let lines: Vec<Line> = names.iter().map(|name| page.type_setter.line(name, style)).collect();
    (tallest(&lines) * ROW)
        .max(style.size * 1.15)
        .max(slots as f64 * SLOT_MIN * page.unit)
}

fn names(page: &Page, plotted: &Plotted, range: Range<usize>) -> Vec<String> {
    let locale = page.options.locale;
    match &plotted.x.domain {
        Domain::Categories { names } => names[range].to_vec(),
        Domain::Time { steps, grain } => {
            let format = plotted
                .x
                .format
                .as_ref()
                .and_then(|text| text.parse::<domain::chart_spec::TimeFormat>().ok());
            let write = |step: &jiff::civil::DateTime| match &format {
                Some(format) => format.write(*step, locale),
                None => dates::moment_words(locale, *step, *grain),
            };
            steps[range].iter().map(write).collect()
        }
        Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => vec![String::new(); range.len()],
    }
}

/// Measured names of rows so high, each on one line or two.
pub(crate) struct RowNames {
    lines: Vec<Vec<Line>>,
    pub size: f64,
    pub width: f64,
}

impl RowNames {
    pub fn of(page: &mut Page, plotted: &Plotted, row: f64, width_max: f64) -> Self {
        let names = names(page, plotted, 0..plotted.x.domain.len());
        let smallest = Style::regular(NAME_MIN * page.unit);
        let mut measured = Vec::with_capacity(names.len());
        for name in &names {
            measured.push(page.type_setter.line(name, smallest));
        }
        let rise = tallest(&measured).max(smallest.size) / smallest.size;
        let size = (row / (rise * ROW)).clamp(smallest.size, LABEL * page.unit);
        let rows = if row >= rise * size * 2.2 { 2 } else { 1 };
        let style = Style::regular(size);
        let lines: Vec<Vec<Line>> = if rows == 1 {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            told_apart(page, &names, style, width_max)
                .into_iter()
                .map(|line| vec![line])
                .collect()
        } else {
            let wrap = |name: &String| page.type_setter.wrap(name, style, width_max, rows);
            names.iter().map(wrap).collect()
        };
        let width = lines.iter().flatten().map(|line| line.width).fold(0.0, f64::max);
        Self { lines, size, width }
    }

    /// Ending at `right`, one in each row.
    pub fn put(&self, page: &mut Page, right: f64, places: &[f64]) {
        for (lines, place) in self.lines.iter().zip(places) {
            let height: f64 = lines.iter().map(Line::height).sum();
            let mut top = place - height / 2.0;
            for line in lines {
                let color = page.colors.ink;
                let baseline = (top + line.above).round();
                top += line.height();
                page.scene.put(line.clone(), color, Anchor::End, right, baseline);
            }
        }
    }
}

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    Bars::of(&page, plotted).legend(&mut page);
    if let Some(title) = &plotted.x.title {
        let (style, color) = (Style::regular(SUBTITLE * 0.86 * page.unit), page.colors.muted);
        page.paragraph(title, style, color, 1);
        page.area.y0 += 6.0 * page.unit;
    }
    let (plotted, left_out) = shown(&mut page, plotted);
    let plotted = &*plotted;
    say_left_out(&mut page, plotted, left_out);
    let bars = Bars::of(&page, plotted);
    let heads = Heads::of(&mut page, plotted, &bars.values);
    page.area.y0 += heads.height() + if plotted.targets.is_empty() { 0.0 } else { 6.0 * page.unit };
    let title_height = page.x_title_height(plotted.y.title.as_deref());
    let bottom = page.area.y1 - title_height;
    let count = plotted.x.domain.len().max(1);
    let row = ((bottom - page.area.y0) / count as f64).min(ROW_MAX * page.unit * bars.slots().min(3) as f64);
    let width_max = page.area.width() * NAME_SHARE_MAX;
    let names = RowNames::of(&mut page, plotted, row, width_max);
    let numbers = Numbers::of(&mut page, &bars, row, names.size);
    let left = page.area.x0 + names.width + 16.0 * page.unit;
    let mut plot = Rect::new(left, page.area.y0, page.area.x1, page.area.y0 + row * count as f64);
    let grid = match &numbers {
        Some(numbers) => {
            numbers.make_room(&mut plot, &bars);
            grid(plot, count, Scale::tight(bars.extremes().into_iter()))
        }
        None => with_axis(&mut page, &bars, plot, bottom, count),
    };
    let right = left - 16.0 * page.unit;
    names.put(&mut page, right, &grid.places);
    let ends = bars.draw(&mut page, &grid);
    if let Some(numbers) = numbers {
        numbers.put(&mut page, &ends);
    }
    heads.put(&mut page, &grid);
    page.x_title(plotted.y.title.as_deref());
    targets::rules(&mut page, &grid, plotted);
    page.scene
}

pub(crate) fn grid(plot: Rect, count: usize, scale: Scale) -> Grid {
    let row = plot.height() / count as f64;
    Grid {
        plot,
        places: (0..count).map(|i| plot.y0 + row * (i as f64 + 0.5)).collect(),
        scale,
        is_lying: true,
    }
}

/// The steps that have room, and how many have none.
fn shown<'a>(page: &mut Page, plotted: &'a Plotted) -> (Cow<'a, Plotted>, usize) {
    let count = plotted.x.domain.len();
    // Targets' names stand above, a title or an axis may stand below.
    let above = plotted.targets.len() as f64 * LABEL * 1.1 * page.unit;
    let below = page.x_title_height(plotted.y.title.as_deref());
    let height = page.area.height() - above - below;
    if capacity(page, plotted, height) >= count {
        return (Cow::Borrowed(plotted), 0);
    }
    let room = capacity(page, plotted, height - SUBTITLE * 1.4 * page.unit);
    let range = if matches!(plotted.x.domain, Domain::Time { .. }) {
        count - room..count
    } else {
        0..room
    };
    let mut part = plotted.clone();
    match &mut part.x.domain {
        Domain::Time { steps, .. } => *steps = steps[range.clone()].to_vec(),
        Domain::Categories { names } => *names = names[range.clone()].to_vec(),
        Domain::Bins { .. } | Domain::Points { .. } | Domain::Whole => return (Cow::Borrowed(plotted), 0),
    }
    for series in &mut part.series {
        series.values = series.values[range.clone()].to_vec();
        series.rows = series.rows[range.clone()].to_vec();
        if let Some(previous) = &mut series.previous {
            *previous = previous[range.clone()].to_vec();
        }
    }
    (Cow::Owned(part), count - room)
}

/// "+ 12 more", where they would be: dates before the first row, names under the last.
fn say_left_out(page: &mut Page, plotted: &Plotted, count: usize) {
    if count == 0 {
        return;
    }
    let text = page.options.words().more_of(count, &page.options.style());
    let style = Style::regular(SUBTITLE * 0.86 * page.unit);
    let line = page.type_setter.fit(&text, style, page.area.width());
    let (left, color, height) = (page.area.x0, page.colors.muted, SUBTITLE * 1.3 * page.unit);
    let baseline = if matches!(plotted.x.domain, Domain::Time { .. }) {
        page.area.y0 += height;
        page.area.y0 - 8.0 * page.unit - line.below
    } else {
        page.area.y1 -= height;
        page.area.y1 + height - line.below
    };
    page.scene.put(line, color, Anchor::Start, left, baseline.round());
}

/// An axis of numbers under the plot, whose height shrinks by that.
fn with_axis(page: &mut Page, bars: &Bars, mut plot: Rect, bottom: f64, count: usize) -> Grid {
    let style = Style::regular(LABEL * 0.92 * page.unit);
    let height = style.size * 1.2 + 14.0 * page.unit;
    let row = plot.height() / count as f64;
    plot.y1 = plot.y1.min(bottom - height).max(plot.y0 + row * 0.5);
    plot.x1 -= 24.0 * page.unit;
    let values = &bars.values;
    let extremes = bars.extremes();
    let sample = extremes
        .iter()
        .map(|value| page.type_setter.line(&values.value(*value), style).width)
        .fold(0.0, f64::max);
    let most = (plot.width() / (sample + 50.0 * page.unit)).clamp(1.0, 6.0) as usize;
    let scale = if bars.is_share() {
        Scale::shares(extremes.iter().any(|end| *end < Decimal::ZERO), most)
    } else {
        Scale::of(extremes.into_iter(), true, most, values.divisor())
    };
    let grid = grid(plot, count, scale);
    let baseline = (plot.y1 + 10.0 * page.unit + style.size).round();
    let texts = grid.scale.ticks.iter().map(|tick| values.tick(*tick, grid.scale.step));
    let lines = texts.map(|text| page.type_setter.fit(&text, style, plot.width())).collect();
    page.upright_lines(&grid.scale, lines, plot, baseline);
    grid
}
