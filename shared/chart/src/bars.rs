//! Upright bars: one, side by side or stacked at each step.

use crate::frame::{LABEL, Page, Swatch, ticks_max};
use crate::line::{period, previous_words};
use crate::names;
use crate::scale::{Scale, number};
use crate::scene::{Anchor, Scene, Shape};
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::Plotted;
use rust_decimal::Decimal;
use vello_cpu::kurbo::{BezPath, Point, Rect};

/// The smallest type of a value on a bar, in pixels of a picture 1200 wide.
const VALUE_MIN: f64 = 22.0;

/// Bars of one colour, one per step.
struct Row<'a> {
    values: &'a [Option<Decimal>],
    color: Rgb,
}

/// Where bars stand.
struct Grid {
    plot: Rect,
    /// The middle of every band.
    places: Vec<f64>,
    scale: Scale,
}

impl Grid {
    fn band(&self) -> f64 {
        self.plot.width() / self.places.len().max(1) as f64
    }

    fn height(&self, value: Decimal) -> f64 {
        self.plot.y1 - self.scale.share(number(value)) * self.plot.height()
    }
}

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let values = ValueLabels::of(plotted, page.options.style());
    let rows = rows(&page, plotted);
    legend(&mut page, plotted);
    let extremes: Vec<Decimal> = if plotted.is_stacked() {
        (0..plotted.x.domain.len())
            .flat_map(|step| <[Decimal; 2]>::from(stack_ends(&rows, step)))
            .collect()
    } else {
        rows.iter().flat_map(|row| row.values.iter().flatten().copied()).collect()
    };
    let extremes = with_headroom(
        &page,
        extremes,
        plotted.x.domain.len() * if plotted.is_stacked() { 1 } else { rows.len() },
    );
    let scale = Scale::of(extremes.into_iter(), true, ticks_max(&page), values.divisor());
    let (plot, places) = names::axes(&mut page, plotted, &scale, &values, 0.0);
    let grid = Grid { plot, places, scale };
    if plotted.is_stacked() {
        stacked(&mut page, &rows, &grid, &values);
    } else {
        grouped(&mut page, &rows, &grid, &values);
    }
    let zero = grid.height(Decimal::ZERO);
    let width = (2.0 * page.unit).max(1.0);
    page.scene
        .rule(Point::new(plot.x0, zero), Point::new(plot.x1, zero), width, page.colors.axis);
    page.scene
}

/// Adds room for the numbers at the ends of the longest bars, where there are few enough to have any.
fn with_headroom(page: &Page, mut extremes: Vec<Decimal>, bars: usize) -> Vec<Decimal> {
    // About what the shortest readable number takes.
    let has_values = (page.area.width() - 110.0 * page.unit) / bars.max(1) as f64 > 64.0 * page.unit;
    let high = extremes.iter().copied().fold(Decimal::ZERO, Decimal::max);
    let low = extremes.iter().copied().fold(Decimal::ZERO, Decimal::min);
    let share = LABEL * 1.3 * page.unit / (page.area.height() - 100.0 * page.unit).max(LABEL * 2.0 * page.unit);
    if let (Some(share), true) = (Decimal::from_f64_retain(share), has_values) {
        let share = share.round_dp(3);
        let room = high.saturating_mul(share).saturating_sub(low.saturating_mul(share));
        let ends = [(high, room), (low, -room)].into_iter().filter(|(end, _)| !end.is_zero());
        extremes.extend(ends.map(|(end, room)| end.saturating_add(room)));
    }
    extremes
}

/// The previous period's bars stand left of the current ones.
fn rows<'a>(page: &Page, plotted: &'a Plotted) -> Vec<Row<'a>> {
    let color = |i: usize| page.colors.series[i % page.colors.series.len()];
    let previous = plotted.series.iter().filter_map(|series| {
        Some(Row {
            values: series.previous.as_deref()?,
            color: page.colors.previous,
        })
    });
    let current = plotted.series.iter().enumerate().map(|(i, series)| Row {
        values: &series.values,
        color: color(i),
    });
    previous.chain(current).collect()
}

fn legend(page: &mut Page, plotted: &Plotted) {
    let series = page.colors.series;
    let mut entries: Vec<(String, Swatch, Rgb)> = Vec::new();
    if plotted.series.len() > 1 {
        entries.extend(
            plotted
                .series
                .iter()
                .enumerate()
                .map(|(i, s)| (s.name.clone(), Swatch::Box, series[i % series.len()])),
        );
    } else if plotted.series.iter().any(|series| series.previous.is_some()) {
        entries.push((previous_words(page, plotted), Swatch::Box, page.colors.previous));
        entries.push((
            period(page.options.locale, &plotted.x.domain).unwrap_or_else(|| page.options.words().this_period.to_owned()),
            Swatch::Box,
            series[0],
        ));
    }
    if !entries.is_empty() {
        page.legend(&entries);
    }
}

fn grouped(page: &mut Page, rows: &[Row], grid: &Grid, values: &ValueLabels) {
    let band = grid.band();
    let inner = band * if rows.len() == 1 { 0.66 } else { 0.8 };
    let inner = inner.min(220.0 * page.unit * rows.len() as f64);
    let slot = inner / rows.len() as f64;
    let gap = if rows.len() == 1 { 0.0 } else { (slot * 0.08).min(6.0 * page.unit) };
    let mut tops: Vec<Top> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (x, value) in grid.places.iter().zip(row.values) {
            let Some(value) = *value else { continue };
            let left = x - inner / 2.0 + slot * i as f64 + gap / 2.0;
            let (zero, end) = (grid.height(Decimal::ZERO), grid.height(value));
            bar(
                page,
                Rect::new(left, zero.min(end), left + slot - gap, zero.max(end)),
                value.is_sign_negative(),
                row.color,
            );
            tops.push(Top {
                x: left + (slot - gap) / 2.0,
                end,
                is_below: value.is_sign_negative(),
                value,
            });
        }
    }
    let room = if rows.len() == 1 { band } else { slot };
    put_values(page, tops, room - 4.0 * page.unit, grid.plot, values);
}

fn stacked(page: &mut Page, rows: &[Row], grid: &Grid, values: &ValueLabels) {
    let band = grid.band();
    let width = (band * 0.66).min(220.0 * page.unit);
    let mut tops: Vec<Top> = Vec::new();
    for (step, x) in grid.places.iter().enumerate() {
        let (below, above) = stack_ends(rows, step);
        let (mut up, mut down) = (Decimal::ZERO, Decimal::ZERO);
        for row in rows {
            let Some(value) = row.values[step].filter(|value| !value.is_zero()) else {
                continue;
            };
            let base = if value.is_sign_negative() { &mut down } else { &mut up };
            let from = *base;
            *base = base.saturating_add(value);
            let (a, b) = (grid.height(from), grid.height(*base));
            let area = Rect::new(x - width / 2.0, a.min(b), x + width / 2.0, a.max(b));
            if *base == above || *base == below {
                bar(page, area, value.is_sign_negative(), row.color);
            } else {
                page.scene.block(area, 0.0, row.color);
            }
            // A thin line of ground between the parts.
            if from != Decimal::ZERO && area.height() > 4.0 * page.unit {
                page.scene.rule(
                    Point::new(area.x0, a),
                    Point::new(area.x1, a),
                    (2.0 * page.unit).max(1.0),
                    page.colors.background,
                );
            }
        }
        if rows.iter().any(|row| row.values[step].is_some()) {
            let is_below = above.is_zero() && !below.is_zero();
            tops.push(Top {
                x: *x,
                end: grid.height(if is_below { below } else { above }),
                is_below,
                value: up.saturating_add(down),
            });
        }
    }
    put_values(page, tops, band - 4.0 * page.unit, grid.plot, values);
}

/// The lowest and the highest end of the stack at this step.
fn stack_ends(rows: &[Row], step: usize) -> (Decimal, Decimal) {
    let values = || rows.iter().filter_map(|row| row.values.get(step).copied().flatten());
    let sum = |negative: bool| {
        values()
            .filter(|value| value.is_sign_negative() == negative)
            .fold(Decimal::ZERO, Decimal::saturating_add)
    };
    (sum(true), sum(false))
}

/// Rounded at the end that is away from zero.
fn bar(page: &mut Page, area: Rect, is_negative: bool, color: Rgb) {
    let radius = (8.0 * page.unit).min(area.width() / 4.0).min(area.height());
    if radius < 1.0 {
        // A value too small to be seen still shows that there is one.
        let area = if area.height() < 1.0 {
            Rect::new(area.x0, area.y0 - 1.0, area.x1, area.y1)
        } else {
            area
        };
        return page.scene.block(area, 0.0, color);
    }
    let (end, base, inward) = if is_negative {
        (area.y1, area.y0, -radius)
    } else {
        (area.y0, area.y1, radius)
    };
    let mut path = BezPath::new();
    path.move_to((area.x0, base));
    path.line_to((area.x0, end + inward));
    path.quad_to((area.x0, end), (area.x0 + radius, end));
    path.line_to((area.x1 - radius, end));
    path.quad_to((area.x1, end), (area.x1, end + inward));
    path.line_to((area.x1, base));
    path.close_path();
    page.scene.shapes.push(Shape::Fill { path, color });
}

/// The end of a bar or stack, and the number that belongs there.
struct Top {
    x: f64,
    end: f64,
    is_below: bool,
    value: Decimal,
}

/// The numbers at the bars' ends, where all of them fit; otherwise none, since some without the others would look chosen.
fn put_values(page: &mut Page, tops: Vec<Top>, room: f64, plot: Rect, values: &ValueLabels) {
    let full = LABEL * page.unit;
    if room < VALUE_MIN * page.unit {
        return;
    }
    let texts: Vec<String> = tops.iter().map(|top| values.value(top.value)).collect();
    let Some(widest) = texts
        .iter()
        .map(|text| page.type_setter.line(text, Style::semi_bold(full)).width)
        .reduce(f64::max)
    else {
        return;
    };
    let size = full * (room / widest.max(1.0)).min(1.0);
    if size < VALUE_MIN * page.unit {
        return;
    }
    let lines: Vec<Line> = texts
        .iter()
        .map(|text| page.type_setter.line(text, Style::semi_bold(size)))
        .collect();
    let baseline = |top: &Top, line: &Line| {
        let y = if top.is_below {
            top.end + line.above + 8.0 * page.unit
        } else {
            top.end - line.below - 6.0 * page.unit
        };
        y.round()
    };
    let is_inside = |(top, line): (&Top, &Line)| {
        baseline(top, line) - line.above >= plot.y0 - full && baseline(top, line) + line.below <= plot.y1 + 12.0 * page.unit
    };
    if !tops.iter().zip(&lines).all(is_inside) {
        return;
    }
    let places: Vec<f64> = tops.iter().zip(&lines).map(|(top, line)| baseline(top, line)).collect();
    for ((top, line), y) in tops.into_iter().zip(lines).zip(places) {
        page.scene.put(line, page.colors.ink, Anchor::Middle, top.x, y);
    }
}
