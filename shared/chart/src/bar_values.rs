//! Numbers on upright bars: at their ends, beyond them the changes, and inside the parts of stacks.

use crate::bars::{Bars, GROUP_SHARE};
use crate::change::Change;
use crate::contrast::ink_on;
use crate::frame::{LABEL, Page};
use crate::grid::Grid;
use crate::scene::Anchor;
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use rust_decimal::Decimal;
use vello_cpu::kurbo::Rect;

/// The smallest type of a value on a bar, in pixels of a picture 1200 wide.
pub(crate) const VALUE_MIN: f64 = 22.0;
/// Of changes, as a share of the type beside them.
pub(crate) const CHANGE_SHARE: f64 = 0.86;
/// The end of a bar or stack, and the number that belongs there.
pub(crate) struct End {
    /// The middle of the bar along the axis of the steps.
    pub middle: f64,
    /// Its end along the axis of the numbers.
    pub at: f64,
    pub is_below: bool,
    pub value: Decimal,
    /// The same of the period before.
    pub previous: Option<Decimal>,
}

/// A part's own number, where it fits and is read on the part's colour.
pub(crate) fn inside(page: &mut Page, area: Rect, text: &str, ground: Rgb) {
    let style = Style::semi_bold(VALUE_MIN * page.unit);
    if area.height() < style.size * 1.3 || area.width() < style.size * 1.5 {
        return;
    }
    let Some(ink) = ink_on(ground) else { return };
    let line = page.type_setter.line(text, style);
    if line.width + 12.0 * page.unit <= area.width() && line.height() + 4.0 * page.unit <= area.height() {
        let baseline = (area.center().y + style.size * 0.36).round();
        page.scene.put(line, ink, Anchor::Middle, area.center().x, baseline);
    }
}

/// The numbers at the bars' ends, where all of them fit; otherwise none, since some without the others would look chosen. Then, by the same rule, the
/// changes beyond them.
pub(crate) fn put_values(page: &mut Page, bars: &Bars, ends: Vec<End>, grid: &Grid) {
    let slot = grid.band() / bars.slots() as f64 * if bars.slots() == 1 { 1.0 } else { GROUP_SHARE };
    let (room, full) = (slot - 4.0 * page.unit, LABEL * page.unit);
    let texts: Vec<String> = if room < VALUE_MIN * page.unit {
        return;
    } else {
        ends.iter().map(|end| bars.values.value(end.value)).collect()
    };
    let widths = texts.iter().map(|text| page.type_setter.line(text, Style::semi_bold(full)).width);
    let Some(widest) = widths.reduce(f64::max) else { return };
    let size = full * (room / widest.max(1.0)).min(1.0);
    if size < VALUE_MIN * page.unit {
        return;
    }
    let lines: Vec<Line> = texts
        .iter()
        .map(|text| page.type_setter.line(text, Style::semi_bold(size)))
        .collect();
    let beyond = |end: &End, line: &Line, near: f64| {
        let y = if end.is_below { near + line.above } else { near - line.below };
        y.round()
    };
    let unit = page.unit;
    let is_inside = |y: f64, line: &Line| y - line.above >= grid.plot.y0 - full * 0.5 && y + line.below <= grid.plot.y1 + 12.0 * unit;
    let signed = |end: &End, distance: f64| if end.is_below { distance } else { -distance } * unit;
    let places: Vec<f64> = ends
        .iter()
        .zip(&lines)
        .map(|(end, line)| beyond(end, line, end.at + signed(end, 7.0)))
        .collect();
    if !lines.iter().zip(&places).all(|(line, y)| is_inside(*y, line)) {
        return;
    }
    let changes = changes(page, bars, &ends, size * CHANGE_SHARE);
    let near = |i: usize| places[i] + if ends[i].is_below { lines[i].below } else { -lines[i].above };
    let change_places: Vec<f64> = changes
        .iter()
        .enumerate()
        .map(|(i, change)| {
            change
                .as_ref()
                .map_or(0.0, |(line, _)| beyond(&ends[i], line, near(i) + signed(&ends[i], 3.0)))
        })
        .collect();
    let has_room =
        |(change, y): (&Option<(Line, Rgb)>, &f64)| change.as_ref().is_none_or(|(line, _)| line.width <= room && is_inside(*y, line));
    let are_shown = changes.iter().zip(&change_places).all(has_room);
    let ink = page.colors.ink;
    for ((end, line), y) in ends.iter().zip(lines).zip(places) {
        page.scene.put(line, ink, Anchor::Middle, end.middle, y);
    }
    for ((end, change), y) in ends.iter().zip(changes).zip(change_places).filter(|_| are_shown) {
        if let Some((line, color)) = change {
            page.scene.put(line, color, Anchor::Middle, end.middle, y);
        }
    }
}

/// Against the period before, where a bar has one.
pub(crate) fn changes(page: &mut Page, bars: &Bars, ends: &[End], size: f64) -> Vec<Option<(Line, Rgb)>> {
    let (style, level) = (page.options.style(), page.options.words().no_change);
    let mut changes = Vec::with_capacity(ends.len());
    for end in ends {
        let change = end
            .previous
            .map(|previous| Change::of(end.value, previous, &bars.values, &style, page.colors, level));
        changes.push(change.map(|change| (page.type_setter.line(&change.text, Style::regular(size)), change.colors.0)));
    }
    changes
}
