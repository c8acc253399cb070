//! Lines over time or over names in order.

use crate::dates;
use crate::frame::{Page, Swatch, dash, ticks_max};
use crate::line_ends::{end_gap, end_labels, newest_dot, put_end_labels};
use crate::names;
use crate::scale::{Scale, number};
use crate::scene::{Scene, Shape};
use crate::theme::{Rgb, mix};
use crate::value_labels::ValueLabels;
use domain::locale::Locale;
use domain::series::{Domain, Plotted};
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use vello_cpu::kurbo::{BezPath, Point, Rect};

/// Of lines, in pixels of a picture 1200 wide.
pub(crate) const STROKE: f64 = 6.0;
const STROKE_PREVIOUS: f64 = 4.0;

/// How much of the line's colour the ground under it has.
pub(crate) const TINT: f64 = 0.09;

/// Above this many points a line is drawn thinner, so that its course can be seen.
const DENSE_POINTS: usize = 400;

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let values = ValueLabels::of(plotted, page.options.style());
    let colors: Vec<Rgb> = (0..plotted.series.len())
        .map(|i| page.colors.series[i % page.colors.series.len()])
        .collect();
    legend(&mut page, plotted, &colors);
    let drawn = plotted
        .series
        .iter()
        .flat_map(|series| series.values.iter().chain(series.previous.iter().flatten()))
        .flatten()
        .copied();
    let scale = Scale::of(drawn, false, ticks_max(&page), values.divisor());
    let values = values.near(scale.step);
    let ends = end_labels(&mut page, plotted, &values);
    let before = end_gap(&page, plotted);
    let right = ends
        .iter()
        .flatten()
        .map(|line| line.width + before)
        .fold(14.0 * page.unit, f64::max);
    let (plot, places) = axes(&mut page, plotted, &scale, &values, right);
    let place = |step: usize, value: Decimal| Point::new(places[step], plot.y1 - scale.share(number(value)) * plot.height());
    if let ([series], true) = (&plotted.series[..], scale.low == 0.0) {
        let color = mix(colors[0], page.colors.background, TINT);
        tint(&mut page, &series.values, &place, plot.y1, color);
    }
    for (series, color) in plotted.series.iter().zip(&colors) {
        let Some(previous) = &series.previous else { continue };
        let quiet = if plotted.series.len() == 1 {
            page.colors.previous
        } else {
            mix(*color, page.colors.background, 0.6)
        };
        let dashes = Some(dash(page.unit));
        draw(&mut page, previous, &place, STROKE_PREVIOUS, dashes, quiet);
    }
    let points = plotted.x.domain.len();
    let stroke = if points > DENSE_POINTS {
        STROKE * 0.5
    } else if plotted.series.len() > 4 {
        STROKE * 0.8
    } else {
        STROKE
    };
    for (series, color) in plotted.series.iter().zip(&colors).rev() {
        draw(&mut page, &series.values, &place, stroke, None, *color);
    }
    for (series, color) in plotted.series.iter().zip(&colors).rev() {
        let newest = series
            .values
            .iter()
            .enumerate()
            .rev()
            .find_map(|(step, value)| Some(place(step, (*value)?)));
        if let Some(center) = newest {
            newest_dot(&mut page, center, plotted.series.len(), *color);
        }
    }
    put_end_labels(&mut page, plotted, ends, plot, &place);
    say_if_one(&mut page, plotted, plot, &place);
    page.scene
}

/// A line of one value says so, in the part of the plot where the value is not.
fn say_if_one(page: &mut Page, plotted: &Plotted, plot: Rect, place: &impl Fn(usize, Decimal) -> Point) {
    let values = plotted.series.iter().flat_map(|series| series.values.iter().enumerate());
    let values: Vec<(usize, Decimal)> = values.filter_map(|(step, value)| Some((step, (*value)?))).take(2).collect();
    if let [(step, value)] = values[..] {
        let is_high = place(step, value).y < plot.center().y;
        let (from, to) = if is_high { (0.7, 1.0) } else { (0.0, 0.3) };
        page.area = Rect::new(plot.x0, plot.y0 + plot.height() * from, plot.x1, plot.y0 + plot.height() * to);
        page.say(page.options.words().one_value);
    }
}

/// Names of the series; with one series and a comparison, the two periods.
fn legend(page: &mut Page, plotted: &Plotted, colors: &[Rgb]) {
    let has_previous = plotted.series.iter().any(|series| series.previous.is_some());
    let mut entries: Vec<(String, Swatch, Rgb)> = Vec::new();
    if plotted.series.len() > 1 {
        entries.extend(
            plotted
                .series
                .iter()
                .zip(colors)
                .map(|(series, color)| (series.name.clone(), Swatch::Line, *color)),
        );
    } else if has_previous {
        entries.push((
            period(page.options.locale, &plotted.x.domain).unwrap_or_else(|| page.options.words().this_period.to_owned()),
            Swatch::Line,
            colors[0],
        ));
    }
    if has_previous {
        entries.push((previous_words(page, plotted), Swatch::Dashes, page.colors.previous));
    }
    if !entries.is_empty() {
        page.legend(&entries);
    }
}

/// "Previous period, Sep 1 – 30, 2026".
pub(crate) fn previous_words(page: &Page, plotted: &Plotted) -> String {
    let words = page.options.words();
    let period = plotted.x.previous.as_ref().and_then(|domain| period(page.options.locale, domain));
    let period = period.map(|period| format!("{}{period}", words.comma));
    format!("{}{}", words.previous_period, period.unwrap_or_default())
}

pub(crate) fn period(locale: Locale, domain: &Domain) -> Option<String> {
    let Domain::Time { steps, grain } = domain else { return None };
    Some(dates::span_words(locale, *steps.first()?, *steps.last()?, *grain))
}

/// Axes with their labels; the plot's area and the place of every step in it.
fn axes(page: &mut Page, plotted: &Plotted, scale: &Scale, values: &ValueLabels, right: f64) -> (Rect, Vec<f64>) {
    let (title, locale) = (plotted.x.title.as_deref(), page.options.locale);
    let Domain::Time { steps, grain } = &plotted.x.domain else {
        return names::axes(page, plotted, scale, values, right);
    };
    let (first, last) = (steps[0], steps[steps.len() - 1]);
    let format = plotted.x.format.as_ref().and_then(|text| text.parse().ok());
    let labels = page.y_labels(scale, values);
    let (left, far) = page.plot_sides(&labels, right);
    let room = far - left;
    let sample = dates::ticks(locale, last, last, *grain, format.as_ref(), 1)
        .pop()
        .map_or_else(String::new, |tick| tick.label);
    let ticks = dates::ticks(locale, first, last, *grain, format.as_ref(), page.dates_max(&sample, room));
    let plot = page.y_axis(scale, labels, plotted.y.title.as_deref(), right, page.dates_height(&ticks, title));
    let inset = 6.0 * page.unit;
    let at = |moment: DateTime| {
        let whole = seconds(first, last);
        let share = if whole > 0.0 { seconds(first, moment) / whole } else { 0.5 };
        plot.x0 + inset + share * (plot.width() - inset)
    };
    let places: Vec<f64> = ticks.iter().map(|tick| at(tick.moment)).collect();
    page.dates(ticks, &places, plot, title);
    (plot, steps.iter().map(|step| at(*step)).collect())
}

fn seconds(from: DateTime, to: DateTime) -> f64 {
    to.duration_since(from).as_secs_f64()
}

/// The ground between a line and zero, behind the grid.
pub(crate) fn tint(page: &mut Page, values: &[Option<Decimal>], place: &impl Fn(usize, Decimal) -> Point, foot: f64, color: Rgb) {
    let points: Vec<Option<Point>> = values
        .iter()
        .enumerate()
        .map(|(step, value)| value.map(|value| place(step, value)))
        .collect();
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
    let points: Vec<Option<Point>> = values
        .iter()
        .enumerate()
        .map(|(step, value)| value.map(|value| place(step, value)))
        .collect();
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
fn thinned(points: impl Iterator<Item = Point>) -> Vec<Point> {
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
