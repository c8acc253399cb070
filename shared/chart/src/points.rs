//! Dots: one per row over two scales of numbers, or one per step.

use crate::frame::{LABEL, Page, ticks_max};
use crate::legend::Swatch;
use crate::names;
use crate::scale::{Scale, number};
use crate::scene::{Scene, Shape};
use crate::theme::Rgb;
use crate::type_setter::Style;
use crate::value_labels::ValueLabels;
use domain::dataset::Unit;
use domain::series::{Domain, Plotted};
use rust_decimal::Decimal;
use std::collections::HashSet;
use vello_cpu::kurbo::{Point, Rect};

/// Of a dot, in pixels of a picture 1200 wide: of few, and of very many.
const RADIUS: f64 = 9.0;
const RADIUS_MIN: f64 = 3.5;
/// From so many on, dots are drawn small.
const MANY: usize = 60;

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let values = ValueLabels::of(plotted, page.options.style());
    legend(&mut page, plotted);
    let targets = plotted.targets.iter().map(|target| target.value);
    let heights = plotted.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let scale = Scale::of(heights.chain(targets), false, ticks_max(&page), values.divisor());
    let (plot, places) = match &plotted.x.domain {
        Domain::Points { values: along, unit } => numbers_below(&mut page, plotted, along, unit.as_ref(), &scale, &values),
        _ => names::axes(&mut page, plotted, &scale, &values, 0.0),
    };
    let count: usize = plotted.series.iter().map(|series| series.values.iter().flatten().count()).sum();
    let radius = (RADIUS * (MANY as f64 / count.max(1) as f64).sqrt()).clamp(RADIUS_MIN, RADIUS) * page.unit;
    let mut seen: HashSet<(usize, i32, i32)> = HashSet::new();
    let colors = page.series_colors(plotted, plotted.series.len());
    for (i, (series, color)) in plotted.series.iter().zip(colors).enumerate() {
        for (x, value) in places.iter().zip(&series.values) {
            let Some(value) = *value else { continue };
            let center = Point::new(*x, plot.y1 - scale.share(number(value)) * plot.height());
            // Dots on the same half pixel are one.
            if seen.insert((i, (center.x * 2.0) as i32, (center.y * 2.0) as i32)) {
                dot(&mut page, center, radius, color, count);
            }
        }
    }
    page.scene
}

/// Few dots have a rim, which keeps neighbours apart.
fn dot(page: &mut Page, center: Point, radius: f64, color: Rgb, count: usize) {
    if count <= MANY * 10 {
        page.scene.shapes.push(Shape::Dot {
            center,
            radius: radius + 2.0 * page.unit,
            color: page.colors.background,
        });
    }
    page.scene.shapes.push(Shape::Dot { center, radius, color });
}

fn legend(page: &mut Page, plotted: &Plotted) {
    if plotted.series.len() < 2 {
        return;
    }
    let colors = page.series_colors(plotted, plotted.series.len());
    let named = plotted.series.iter().zip(colors);
    let entries: Vec<_> = named.map(|(series, color)| (series.name.clone(), Swatch::Box, color)).collect();
    page.legend(&entries);
}

/// A scale of numbers below the plot; the plot's area, and where each number stands.
fn numbers_below(
    page: &mut Page,
    plotted: &Plotted,
    along: &[Decimal],
    unit: Option<&Unit>,
    scale: &Scale,
    values: &ValueLabels,
) -> (Rect, Vec<f64>) {
    let max = along.iter().map(Decimal::abs).max().unwrap_or_default();
    let numbers = ValueLabels::along(max, unit, plotted.x.format.as_deref(), page.options.style());
    let title = plotted.x.title.clone().or_else(|| plotted.x.field.clone());
    let title = title.as_deref();
    let labels = page.y_labels(scale, values);
    let style = Style::regular(LABEL * page.unit);
    let (left, right) = page.plot_sides(&labels, 12.0 * page.unit);
    let sample = page.type_setter.line("−8,888.8k", style).width;
    let ticks_max = ((right - left) / (sample * 1.25)).clamp(2.0, 9.0) as usize;
    let across = Scale::of(along.iter().copied(), false, ticks_max, numbers.divisor());
    let texts = across.ticks.iter().map(|tick| numbers.tick(*tick, across.step));
    let lines = texts.map(|text| page.type_setter.fit(&text, style, (right - left) / 2.0)).collect();
    let below = (LABEL * 1.3 + 16.0) * page.unit + page.x_title_height(title);
    let plot = page.y_axis(
        scale,
        labels,
        plotted.y.title.as_deref().or(plotted.y.field.as_deref()),
        12.0 * page.unit,
        below,
    );
    let baseline = (plot.y1 + 16.0 * page.unit + style.size).round();
    page.upright_lines(&across, lines, plot, baseline);
    page.x_title(title);
    let place = |value: &Decimal| plot.x0 + across.share(number(*value)) * plot.width();
    (plot, along.iter().map(place).collect())
}
