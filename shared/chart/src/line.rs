//! Lines over time or over names in order; areas are the same with the ground under them filled, unless they stand on each other.

use crate::frame::{Page, dash, ticks_max};
use crate::grid::Grid;
use crate::legend::{self, Swatch};
use crate::line_ends::{Ends, has_room_for_names, newest_dot};
use crate::scale::Scale;
use crate::scene::{Scene, Shape};
use crate::step_labels;
use crate::targets;
use crate::theme::{Rgb, mix};
use crate::value_labels::ValueLabels;
use domain::chart_spec::Mark;
use domain::series::{Plotted, Series};
use rust_decimal::Decimal;
use vello_cpu::kurbo::{BezPath, Point, Rect};

/// Of lines, in pixels of a picture 1200 wide.
pub(crate) const STROKE: f64 = 6.0;
const STROKE_PREVIOUS: f64 = 4.0;

/// How much of the line's colour the ground under it has: a hint, or an area.
pub(crate) const TINT: f64 = 0.09;
const AREA_TINT: f64 = 0.3;

/// Above this many points a line is drawn thinner, so that its course can be seen.
pub(crate) const DENSE_POINTS: usize = 400;

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let values = ValueLabels::of(plotted, page.options.style());
    let colors = page.series_colors(plotted, plotted.series.len());
    let has_names = has_room_for_names(&mut page, plotted, &newest(plotted, &values));
    if !has_names {
        let entries = legend::entries(&page, plotted, &colors, Swatch::Line);
        page.titled_legend(plotted.legend_title.as_deref(), &entries);
    }
    let scale = Scale::of(
        numbers(plotted).chain(targets::values(plotted)),
        plotted.mark == Mark::Area,
        ticks_max(&page),
        values.divisor(),
    );
    let values = values.near(scale.step);
    let mut ends = Ends::new(&page, plotted);
    ends.add_series(&mut page, plotted, &newest(plotted, &values), &colors, has_names);
    ends.add_targets(&mut page, plotted, &values);
    let right = ends.width(&page);
    let grid = step_labels::axes(&mut page, plotted, scale, &values, right, false);
    marks(&mut page, &grid, plotted, &colors);
    let x = grid.places.last().copied().unwrap_or(grid.plot.x1);
    ends.put(&mut page, grid.plot, x, |value| grid.at(value));
    say_if_one(&mut page, plotted, &grid);
    targets::rules(&mut page, &grid, plotted);
    page.scene
}

/// Of each series the number at the last step, where it has one there, and as it is written.
fn newest(plotted: &Plotted, values: &ValueLabels) -> Vec<Option<(Decimal, String)>> {
    let last = plotted.x.domain.len().saturating_sub(1);
    let newest = plotted.series.iter().map(|series| series.values.get(last).copied().flatten());
    newest.map(|value| value.map(|value| (value, values.value(value)))).collect()
}

/// Every drawn number.
pub(crate) fn numbers(plotted: &Plotted) -> impl Iterator<Item = Decimal> + '_ {
    let lines = plotted.series.iter();
    let values = lines.flat_map(|series| series.values.iter().chain(series.previous.iter().flatten()));
    values.flatten().copied()
}

/// The lines themselves, the first series on top.
pub(crate) fn marks(page: &mut Page, grid: &Grid, plotted: &Plotted, colors: &[Rgb]) {
    let place = |step: usize, value: Decimal| grid.point(step, value);
    grounds(page, grid, plotted, colors);
    for (series, color) in plotted.series.iter().zip(colors) {
        let Some(previous) = &series.previous else { continue };
        let quiet = if plotted.series.len() == 1 {
            page.colors.previous
        } else {
            mix(*color, page.colors.background, 0.6)
        };
        let dashes = Some(dash(page.unit));
        draw(page, previous, &place, STROKE_PREVIOUS, dashes, quiet);
    }
    let stroke = if plotted.x.domain.len() > DENSE_POINTS {
        STROKE * 0.5
    } else if plotted.series.len() > 4 {
        STROKE * 0.8
    } else {
        STROKE
    };
    for (series, color) in plotted.series.iter().zip(colors).rev() {
        draw(page, &series.values, &place, stroke, None, *color);
    }
    for (series, color) in plotted.series.iter().zip(colors).rev() {
        let mut newest = series.values.iter().enumerate().rev();
        if let Some(center) = newest.find_map(|(step, value)| Some(place(step, (*value)?))) {
            newest_dot(page, center, plotted.series.len(), *color);
        }
    }
}

/// Under a single line whose axis begins at zero a hint; under areas a pale ground down to zero, the largest at the back.
fn grounds(page: &mut Page, grid: &Grid, plotted: &Plotted, colors: &[Rgb]) {
    let is_area = plotted.mark == Mark::Area;
    if !is_area && (plotted.series.len() > 1 || grid.scale.low != 0.0) {
        return;
    }
    let foot = grid.at(Decimal::ZERO);
    let size = |series: &Series| {
        series
            .values
            .iter()
            .flatten()
            .fold(Decimal::ZERO, |sum, value| sum.saturating_add(value.abs()))
    };
    let mut order: Vec<usize> = (0..plotted.series.len()).collect();
    // Each goes behind everything so far.
    order.sort_by_cached_key(|&i| size(&plotted.series[i]));
    let share = if is_area { AREA_TINT } else { TINT };
    for i in order {
        let color = mix(colors[i], page.colors.background, share);
        let place = |step: usize, value: Decimal| grid.point(step, value);
        tint(page, &plotted.series[i].values, &place, foot, color);
    }
}

/// A chart of one value, or of one step, says so in the part of the plot where nothing is.
pub(crate) fn say_if_one(page: &mut Page, plotted: &Plotted, grid: &Grid) {
    let Some(last) = grid.places.last() else { return };
    // What is written beside the newest values begins there.
    let plot = Rect::new(grid.plot.x0, grid.plot.y0, last - 24.0 * page.unit, grid.plot.y1);
    let values = plotted.series.iter().flat_map(|series| series.values.iter().enumerate());
    let values: Vec<(usize, Decimal)> = values.filter_map(|(step, value)| Some((step, (*value)?))).take(2).collect();
    let (from, to) = match values[..] {
        _ if grid.places.len() == 1 => (0.0, 1.0),
        [(step, value)] if grid.point(step, value).y < plot.center().y => (0.7, 1.0),
        [_] => (0.0, 0.3),
        _ => return,
    };
    page.area = Rect::new(plot.x0, plot.y0 + plot.height() * from, plot.x1, plot.y0 + plot.height() * to);
    page.say(page.options.words().one_value);
}

/// The points of a series, `None` at its gaps.
fn points(values: &[Option<Decimal>], place: &impl Fn(usize, Decimal) -> Point) -> Vec<Option<Point>> {
    let values = values.iter().enumerate();
    values.map(|(step, value)| value.map(|value| place(step, value))).collect()
}

/// The ground between a line and zero, behind the grid.
pub(crate) fn tint(page: &mut Page, values: &[Option<Decimal>], place: &impl Fn(usize, Decimal) -> Point, foot: f64, color: Rgb) {
    let points = points(values, place);
    let mut path = BezPath::new();
    for stretch in points.split(Option::is_none).filter(|stretch| stretch.len() > 1) {
        let stretch = thinned(stretch.iter().flatten().copied());
        path.move_to((stretch[0].x, foot));
        stretch.iter().for_each(|point| path.line_to(*point));
        path.line_to((stretch[stretch.len() - 1].x, foot));
        path.close_path();
    }
    page.scene.shapes.insert(0, Shape::Fill { path, color });
}

/// One line, broken at gaps; a point between two gaps is a dot.
pub(crate) fn draw(
    page: &mut Page,
    values: &[Option<Decimal>],
    place: &impl Fn(usize, Decimal) -> Point,
    width: f64,
    dash: Option<[f64; 2]>,
    color: Rgb,
) {
    let width = width * page.unit;
    let mut path = BezPath::new();
    let points = points(values, place);
    for stretch in points.split(Option::is_none).filter(|stretch| !stretch.is_empty()) {
        let stretch = thinned(stretch.iter().flatten().copied());
        if let [center] = stretch[..] {
            page.scene.shapes.push(Shape::Dot {
                center,
                radius: width * 0.8,
                color,
            });
            continue;
        }
        for (i, point) in stretch.into_iter().enumerate() {
            if i == 0 { path.move_to(point) } else { path.line_to(point) }
        }
    }
    if !path.elements().is_empty() {
        page.scene.shapes.push(Shape::Stroke { path, width, dash, color });
    }
}

/// At most four points per column of pixels: where the line enters it, its lowest and highest there, where it leaves.
pub(crate) fn thinned(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    let mut column: Vec<Point> = Vec::new();
    for point in points {
        if column.first().is_some_and(|first| first.x.floor() != point.x.floor()) {
            flush(&mut column, &mut kept);
        }
        column.push(point);
    }
    flush(&mut column, &mut kept);
    kept
}

fn flush(column: &mut Vec<Point>, kept: &mut Vec<Point>) {
    if column.len() <= 4 {
        kept.append(column);
        return;
    }
    let by_height = |a: &usize, b: &usize| column[*a].y.total_cmp(&column[*b].y);
    let low = (0..column.len()).min_by(by_height).unwrap_or(0);
    let high = (0..column.len()).max_by(by_height).unwrap_or(0);
    let mut indices = vec![0, low, high, column.len() - 1];
    indices.sort_unstable();
    indices.dedup();
    kept.extend(indices.into_iter().map(|i| column[i]));
    column.clear();
}
