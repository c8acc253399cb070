//! What stands at the newest end of lines: a dot, and its value beside it.

use crate::frame::{LABEL, Page};
use crate::scene::{Anchor, Shape};
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::{Plotted, Series};
use rust_decimal::Decimal;
use vello_cpu::kurbo::{Point, Rect};

/// The newest value of each series that has one at the last step.
pub(crate) fn end_labels(page: &mut Page, plotted: &Plotted, values: &ValueLabels) -> Vec<Option<Line>> {
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
pub(crate) fn end_gap(page: &Page, plotted: &Plotted) -> f64 {
    if plotted.series.len() > 1 {
        54.0 * page.unit
    } else {
        24.0 * page.unit
    }
}

/// At the newest value of a line. Few lines have room for a rim.
pub(crate) fn newest_dot(page: &mut Page, center: Point, lines: usize, color: Rgb) {
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
pub(crate) fn put_end_labels(
    page: &mut Page,
    plotted: &Plotted,
    lines: Vec<Option<Line>>,
    plot: Rect,
    place: &impl Fn(usize, Decimal) -> Point,
) {
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
