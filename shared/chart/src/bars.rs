//! Bars: one, side by side or on each other at each step; upright here, lying in `lying_bars`.
//!
//! Upright bars whose names would have to be turned or shortened lie down instead, where all of them then have room.

use crate::bar_values::{End, inside, put_values};
use crate::frame::{LABEL, Page, ticks_max};
use crate::grid::Grid;
use crate::legend::{self, Swatch};
use crate::line_ends::Ends;
use crate::scale::Scale;
use crate::scene::{Scene, Shape};
use crate::stack::Stacks;
use crate::theme::Rgb;
use crate::value_labels::ValueLabels;
use crate::{line, lying_bars, step_labels, targets};
use domain::chart_spec::Stack;
use domain::series::{Domain, Plotted};
use rust_decimal::Decimal;
use vello_cpu::kurbo::{Point, Rect, RoundedRectRadii, Shape as _};

/// Of a band, and in pixels at most.
const BAR_SHARE: f64 = 0.66;
pub(crate) const GROUP_SHARE: f64 = 0.8;
const BAR_MAX: f64 = 220.0;

/// What is drawn as bars.
pub(crate) struct Bars<'a> {
    pub plotted: &'a Plotted,
    pub values: ValueLabels<'a>,
    pub stacks: Option<Stacks>,
    pub colors: Vec<Rgb>,
}

impl<'a> Bars<'a> {
    pub fn of(page: &Page, plotted: &'a Plotted) -> Self {
        let style = page.options.style();
        Self {
            plotted,
            values: ValueLabels::stacked(plotted, style),
            stacks: plotted.is_stacked().then(|| Stacks::of(plotted)),
            colors: page.series_colors(plotted, plotted.series.len()),
        }
    }

    pub fn is_share(&self) -> bool {
        self.plotted.stack == Stack::Normalize
    }

    pub fn is_compared(&self) -> bool {
        self.plotted.series.iter().any(|series| series.previous.is_some())
    }

    /// How many bars share a band, each with a number of its own.
    pub fn slots(&self) -> usize {
        if self.stacks.is_some() {
            1
        } else {
            self.plotted.series.len().max(1)
        }
    }

    /// All that must be on the scale.
    pub fn extremes(&self) -> Vec<Decimal> {
        let mut extremes = self.tips();
        extremes.extend(targets::values(self.plotted));
        extremes
    }

    /// Where bars end.
    fn tips(&self) -> Vec<Decimal> {
        match &self.stacks {
            Some(stacks) => stacks.extremes().collect(),
            None => line::numbers(self.plotted).collect(),
        }
    }

    pub fn legend(&self, page: &mut Page) {
        let mut entries = legend::entries(page, self.plotted, &self.colors, Swatch::Box);
        if self.is_compared() && self.plotted.series.len() == 1 && !self.plotted.is_horizontal {
            // As the bars stand.
            entries.reverse();
        }
        page.titled_legend(self.plotted.legend_title.as_deref(), &entries);
    }

    /// The bars, and where their numbers belong.
    pub fn draw(&self, page: &mut Page, grid: &Grid) -> Vec<End> {
        let ends = match &self.stacks {
            Some(stacks) => self.stacked(page, grid, stacks),
            None => self.grouped(page, grid),
        };
        let (from, to) = grid.across(grid.at(Decimal::ZERO));
        let color = page.colors.axis;
        zero_line(page, from, to, color);
        ends
    }

    fn grouped(&self, page: &mut Page, grid: &Grid) -> Vec<End> {
        let band = grid.band();
        let is_histogram = matches!(self.plotted.x.domain, Domain::Bins { .. });
        let count = self.slots();
        let share = match () {
            () if is_histogram => 1.0,
            () if count == 1 && !self.is_compared() => BAR_SHARE,
            () => GROUP_SHARE,
        };
        let inner = (band * share).min(BAR_MAX * page.unit * if is_histogram { f64::INFINITY } else { count as f64 });
        let slot = inner / count as f64;
        let gap = if is_histogram {
            (2.0 * page.unit).min(slot * 0.2)
        } else if count == 1 {
            0.0
        } else {
            (slot * 0.08).min(6.0 * page.unit)
        };
        let zero = grid.at(Decimal::ZERO);
        let mut ends = Vec::new();
        for (i, (series, color)) in self.plotted.series.iter().zip(&self.colors).enumerate() {
            for (step, middle) in grid.places.iter().enumerate() {
                let start = middle - inner / 2.0 + slot * i as f64 + gap / 2.0;
                let (mut own, mut thick) = (start, slot - gap);
                let previous = series.previous.as_ref().map(|values| values[step]);
                if let Some(previous) = previous {
                    // The period before is narrower; it stands before the current one, and lies under it.
                    let part = thick * 0.38;
                    thick -= part + 2.0 * page.unit;
                    let before = if grid.is_lying { start + thick + 2.0 * page.unit } else { start };
                    own = if grid.is_lying { start } else { start + part + 2.0 * page.unit };
                    if let Some(value) = previous {
                        let color = page.colors.previous;
                        let area = grid.block(before, part, zero, grid.at(value));
                        bar(page, grid, area, value.is_sign_negative(), color, true);
                    }
                }
                let Some(value) = series.values[step] else { continue };
                let area = grid.block(own, thick, zero, grid.at(value));
                bar(page, grid, area, value.is_sign_negative(), *color, !is_histogram);
                ends.push(End {
                    middle: own + thick / 2.0,
                    at: grid.at(value),
                    is_below: value.is_sign_negative(),
                    value,
                    previous: previous.flatten(),
                });
            }
        }
        ends
    }

    fn stacked(&self, page: &mut Page, grid: &Grid, stacks: &Stacks) -> Vec<End> {
        let is_histogram = matches!(self.plotted.x.domain, Domain::Bins { .. });
        let band = grid.band();
        let share = match () {
            () if is_histogram => 0.98,
            () if grid.is_lying => 0.74,
            () => BAR_SHARE,
        };
        let thick = (band * share).min(if is_histogram { f64::INFINITY } else { BAR_MAX * page.unit });
        let mut ends = Vec::new();
        for (step, middle) in grid.places.iter().enumerate() {
            let (below, above) = stacks.ends[step];
            let start = middle - thick / 2.0;
            for (parts, color) in stacks.parts.iter().zip(&self.colors) {
                let Some(part) = parts[step].filter(|part| !part.value.is_zero()) else {
                    continue;
                };
                let (from, to) = (grid.at(part.from), grid.at(part.to));
                let area = grid.block(start, thick, from, to);
                let is_outermost = part.to == above || part.to == below;
                bar(
                    page,
                    grid,
                    area,
                    part.value.is_sign_negative(),
                    *color,
                    is_outermost && !is_histogram,
                );
                // A thin line of ground between the parts.
                if !part.from.is_zero() && (to - from).abs() > 4.0 * page.unit {
                    let (a, b) = (grid.block(start, thick, from, from), page.colors.background);
                    let width = (2.0 * page.unit).max(1.0);
                    page.scene.block(
                        if grid.is_lying {
                            a.inflate(width / 2.0, 0.0)
                        } else {
                            a.inflate(0.0, width / 2.0)
                        },
                        0.0,
                        b,
                    );
                }
                inside(page, area, &self.values.value(part.value), *color);
            }
            if let Some(total) = stacks.totals[step] {
                let is_below = above.is_zero() && !below.is_zero();
                ends.push(End {
                    middle: *middle,
                    at: grid.at(if is_below { below } else { above }),
                    is_below,
                    value: total,
                    previous: None,
                });
            }
        }
        ends
    }
}

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    if plotted.is_horizontal || lying_bars::suits(&mut page, plotted) {
        return lying_bars::lay_out(page, plotted);
    }
    let bars = Bars::of(&page, plotted);
    bars.legend(&mut page);
    let scale = if bars.is_share() {
        Scale::shares(bars.extremes().iter().any(|end| *end < Decimal::ZERO), ticks_max(&page))
    } else {
        let extremes = with_headroom(&page, &bars);
        Scale::of(extremes.into_iter(), true, ticks_max(&page), bars.values.divisor())
    };
    let mut labels = Ends::new(&page, plotted);
    labels.add_targets(&mut page, plotted, &bars.values);
    let right = if plotted.targets.is_empty() { 0.0 } else { labels.width(&page) };
    let grid = step_labels::axes(&mut page, plotted, scale, &bars.values, right, true);
    let ends = bars.draw(&mut page, &grid);
    put_values(&mut page, &bars, ends, &grid);
    labels.put(&mut page, grid.plot, grid.plot.x1, |value| grid.at(value));
    targets::rules(&mut page, &grid, plotted);
    page.scene
}

/// Adds room for the numbers at the ends of the longest bars, where there are few enough to have any.
fn with_headroom(page: &Page, bars: &Bars) -> Vec<Decimal> {
    let mut extremes = bars.extremes();
    let count = bars.plotted.x.domain.len() * bars.slots();
    // About what the shortest readable number takes.
    let has_values = (page.area.width() - 110.0 * page.unit) / count.max(1) as f64 > 64.0 * page.unit;
    let tips = bars.tips();
    let high = tips.iter().copied().fold(Decimal::ZERO, Decimal::max);
    let low = tips.iter().copied().fold(Decimal::ZERO, Decimal::min);
    let lines = if bars.is_compared() { 2.3 } else { 1.3 };
    let share = LABEL * lines * page.unit / (page.area.height() - 100.0 * page.unit).max(LABEL * 3.0 * page.unit);
    if let (Some(share), true) = (Decimal::from_f64_retain(share), has_values) {
        let share = share.round_dp(3);
        let room = high.saturating_mul(share).saturating_sub(low.saturating_mul(share));
        let ends = [(high, room), (low, -room)].into_iter().filter(|(end, _)| !end.is_zero());
        // Counts keep whole ticks.
        let is_whole = tips.iter().all(|tip| tip.fract().is_zero());
        let whole = |end: Decimal| if end.is_sign_negative() { end.floor() } else { end.ceil() };
        let ends = ends.map(|(end, room)| end.saturating_add(room));
        extremes.extend(ends.map(|end| if is_whole { whole(end) } else { end }));
    }
    extremes
}

/// The line that bars begin at.
fn zero_line(page: &mut Page, from: Point, to: Point, color: Rgb) {
    let width = (2.0 * page.unit).max(1.0);
    page.scene.rule(from, to, width, color);
}

/// Rounded at the end that is away from zero.
fn bar(page: &mut Page, grid: &Grid, area: Rect, is_negative: bool, color: Rgb, is_rounded: bool) {
    let (length, thick) = if grid.is_lying {
        (area.width(), area.height())
    } else {
        (area.height(), area.width())
    };
    let radius = (8.0 * page.unit).min(thick / 4.0).min(length);
    if radius < 1.0 || !is_rounded {
        // A value too small to be seen still shows that there is one.
        let area = match (length < 1.0, grid.is_lying) {
            (true, true) => Rect::new(area.x0, area.y0, area.x0 + 1.0, area.y1),
            (true, false) => Rect::new(area.x0, area.y1 - 1.0, area.x1, area.y1),
            (false, _) => area,
        };
        return page.scene.block(area, 0.0, color);
    }
    let r = radius;
    let (top_left, top_right, bottom_right, bottom_left) = match (grid.is_lying, is_negative) {
        (false, false) => (r, r, 0.0, 0.0),
        (false, true) => (0.0, 0.0, r, r),
        (true, false) => (0.0, r, r, 0.0),
        (true, true) => (r, 0.0, 0.0, r),
    };
    let radii = RoundedRectRadii::new(top_left, top_right, bottom_right, bottom_left);
    let path = area.to_rounded_rect(radii).to_path(0.05);
    page.scene.shapes.push(Shape::Fill { path, color });
}
