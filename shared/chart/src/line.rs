//! Lines over time or over names in order.

use crate::bars;
use crate::dates;
use crate::frame::{LABEL, Page, Swatch, dash, ticks_max};
use crate::scale::{Scale, number};
use crate::scene::{Anchor, Scene, Shape};
use crate::theme::{Rgb, mix};
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::{Domain, Plotted, Series};
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use vello_cpu::kurbo::{BezPath, Point, Rect};

/// Of lines, in pixels of a picture 1200 wide.
const STROKE: f64 = 6.0;
const STROKE_PREVIOUS: f64 = 4.0;

/// How much of the line's colour the ground under it has.
const TINT: f64 = 0.09;

/// Above this many points a line is drawn thinner, so that its course can be seen.
const DENSE_POINTS: usize = 400;

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let values = ValueLabels::of(plotted, page.options.style);
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
    if plotted.series.iter().flat_map(|series| &series.values).flatten().count() == 1 {
        page.area = plot;
        page.area.y1 = plot.y0 + plot.height() * 0.3;
        page.say(page.options.words.one_value);
    }
    page.scene
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
            period(&plotted.x.domain).unwrap_or_else(|| page.options.words.this_period.to_owned()),
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
    let words = page.options.words.previous_period;
    plotted
        .x
        .previous
        .as_ref()
        .and_then(period)
        .map_or_else(|| words.to_owned(), |period| format!("{words}, {period}"))
}

pub(crate) fn period(domain: &Domain) -> Option<String> {
    let Domain::Time { steps, grain } = domain else { return None };
    Some(dates::span_words(*steps.first()?, *steps.last()?, *grain))
}

/// The newest value of each series that has one at the last step.
fn end_labels(page: &mut Page, plotted: &Plotted, values: &ValueLabels) -> Vec<Option<Line>> {
    let style = Style::semi_bold(LABEL * 1.08 * page.unit);
    let last = plotted.x.domain.len().saturating_sub(1);
    let width_max = page.area.width() * 0.25;
    let newest = |series: &Series| series.values.get(last).copied().flatten();
    plotted
        .series
        .iter()
        .map(|series| newest(series).map(|value| page.type_setter.fit(&values.value(value), style, width_max)))
        .collect()
}

/// Between the last step and the text beside it: the dot, and with several series another one that says whose number it is.
fn end_gap(page: &Page, plotted: &Plotted) -> f64 {
    if plotted.series.len() > 1 {
        54.0 * page.unit
    } else {
        24.0 * page.unit
    }
}

/// At the newest value of a line. Few lines have room for a rim.
fn newest_dot(page: &mut Page, center: Point, lines: usize, color: Rgb) {
    if lines <= 2 {
        page.scene.shapes.push(Shape::Dot {
            center,
            radius: 13.0 * page.unit,
            color: page.colors.background,
        });
    }
    page.scene.shapes.push(Shape::Dot {
        center,
        radius: if lines <= 2 { 9.0 } else { 7.0 } * page.unit,
        color,
    });
}

/// Beside the line's end, moved apart where they would touch; left out where even that does not make room.
fn put_end_labels(page: &mut Page, plotted: &Plotted, lines: Vec<Option<Line>>, plot: Rect, place: &impl Fn(usize, Decimal) -> Point) {
    let last = plotted.x.domain.len().saturating_sub(1);
    let mut ends: Vec<(Point, Line, Rgb)> = Vec::new();
    for (i, (series, line)) in plotted.series.iter().zip(lines).enumerate() {
        if let (Some(line), Some(value)) = (line, series.values.get(last).copied().flatten()) {
            ends.push((place(last, value), line, page.colors.series[i % page.colors.series.len()]));
        }
    }
    let size = LABEL * 1.08 * page.unit;
    let step = size * 1.15;
    if (ends.len() as f64 - 1.0) * step > plot.height() {
        ends.truncate(1);
    }
    ends.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    let wanted: Vec<f64> = ends.iter().map(|(point, _, _)| point.y).collect();
    let gap = end_gap(page, plotted);
    for ((point, line, color), y) in ends.into_iter().zip(apart(&wanted, step, plot.y0, plot.y1)) {
        if plotted.series.len() > 1 {
            page.scene.shapes.push(Shape::Dot {
                center: Point::new(point.x + gap - 20.0 * page.unit, y),
                radius: 8.0 * page.unit,
                color,
            });
        }
        page.scene.put(
            line,
            page.colors.ink,
            Anchor::Start,
            point.x + gap - 2.0 * page.unit,
            (y + size * 0.36).round(),
        );
    }
}

/// Heights at least `step` apart and inside `low..=high`, each as near to the wanted one as the others let it; `wanted` ascends and has room.
fn apart(wanted: &[f64], step: f64, low: f64, high: f64) -> Vec<f64> {
    // Groups that touch move as one, to the mean of what they want.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for &y in wanted {
        let mut group = (y, 1);
        while let Some(&(above, count)) = groups.last() {
            if above + (count as f64 + group.1 as f64) / 2.0 * step <= group.0 {
                break;
            }
            groups.pop();
            let total = count + group.1;
            // The wish of a group's middle, were every member at its own place.
            group = ((above * count as f64 + group.0 * group.1 as f64) / total as f64, total);
        }
        groups.push(group);
    }
    let mut places: Vec<f64> = groups
        .iter()
        .flat_map(|&(middle, count)| (0..count).map(move |i| middle + (i as f64 - (count as f64 - 1.0) / 2.0) * step))
        .collect();
    let mut ceiling = high;
    for place in places.iter_mut().rev() {
        *place = place.min(ceiling);
        ceiling = *place - step;
    }
    let mut floor = low;
    for place in &mut places {
        *place = place.max(floor);
        floor = *place + step;
    }
    places
}

/// Axes with their labels; the plot's area and the place of every step in it.
fn axes(page: &mut Page, plotted: &Plotted, scale: &Scale, values: &ValueLabels, right: f64) -> (Rect, Vec<f64>) {
    let title = plotted.x.title.as_deref();
    let Domain::Time { steps, grain } = &plotted.x.domain else {
        return bars::name_axes(page, plotted, scale, values, right);
    };
    let (first, last) = (steps[0], steps[steps.len() - 1]);
    let format = plotted.x.format.as_ref().and_then(|text| text.parse().ok());
    let room = page.area.width() - right - 110.0 * page.unit;
    let sample = dates::ticks(last, last, *grain, format.as_ref(), 1)
        .pop()
        .map_or_else(String::new, |tick| tick.label);
    let ticks = dates::ticks(first, last, *grain, format.as_ref(), page.dates_max(&sample, room));
    let plot = page.y_axis(scale, values, plotted.y.title.as_deref(), right, page.dates_height(&ticks, title));
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
fn tint(page: &mut Page, values: &[Option<Decimal>], place: &impl Fn(usize, Decimal) -> Point, foot: f64, color: Rgb) {
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
fn draw(
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

/// The stroke of a small line without axes.
pub(crate) fn spark(page: &mut Page, values: &[Option<Decimal>], area: Rect, color: Rgb) {
    let scale = Scale::of(values.iter().flatten().copied(), false, 4, Decimal::ONE);
    let (low, high) = values
        .iter()
        .flatten()
        .map(|value| number(*value))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let span = if high > low { high - low } else { scale.high - scale.low };
    let last = values.len().saturating_sub(1).max(1) as f64;
    let place = |step: usize, value: Decimal| {
        Point::new(
            area.x0 + area.width() * step as f64 / last,
            area.y1 - (number(value) - low) / span * area.height(),
        )
    };
    let ground = mix(color, page.colors.background, TINT);
    tint(page, values, &place, area.y1 + 18.0 * page.unit, ground);
    draw(page, values, &place, STROKE, None, color);
    if let Some(center) = values
        .iter()
        .enumerate()
        .rev()
        .find_map(|(step, value)| Some(place(step, (*value)?)))
    {
        newest_dot(page, center, 1, color);
    }
}
