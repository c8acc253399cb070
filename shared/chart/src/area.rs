//! Areas on each other. A step at which some series has a number counts the others as nothing; one at which none has is a gap.
//!
//! Series that are never negative stand up from zero, those that are never positive hang down. Where one is both, its part would jump from one side to
//! the other: then, and with one series, areas are drawn before each other, each down to zero.

use crate::frame::{Page, ticks_max};
use crate::grid::Grid;
use crate::legend::{self, Swatch};
use crate::line::{self, DENSE_POINTS, STROKE, thinned};
use crate::line_ends::{Ends, has_room_for_names};
use crate::scale::Scale;
use crate::scene::{Scene, Shape};
use crate::stack::{Part, Stacks};
use crate::step_labels;
use crate::targets;
use crate::theme::Rgb;
use crate::value_labels::ValueLabels;
use domain::chart_spec::Stack;
use domain::series::{Plotted, Series};
use rust_decimal::Decimal;
use std::ops::Range;
use vello_cpu::kurbo::{BezPath, Point, Rect};

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let is_both = |series: &Series| {
        let mut values = series.values.iter().flatten();
        values.any(|value| *value < Decimal::ZERO) && series.values.iter().flatten().any(|value| *value > Decimal::ZERO)
    };
    if !plotted.is_stacked() || plotted.series.len() < 2 || plotted.series.iter().any(is_both) {
        return line::lay_out(page, plotted);
    }
    let stacks = Stacks::of(plotted);
    let is_share = plotted.stack == Stack::Normalize;
    let values = ValueLabels::stacked(plotted, page.options.style());
    let colors = page.series_colors(plotted, plotted.series.len());
    let last = plotted.x.domain.len().saturating_sub(1);
    let text = |parts: &Vec<Option<Part>>| {
        let part = parts.get(last).copied().flatten()?;
        let middle = part.from.saturating_add(part.to.saturating_sub(part.from) / Decimal::TWO);
        Some((middle, values.value(part.value)))
    };
    let texts: Vec<_> = stacks.parts.iter().map(text).collect();
    let has_names = has_room_for_names(&mut page, plotted, &texts);
    if !has_names {
        let entries = legend::entries(&page, plotted, &colors, Swatch::Box);
        page.titled_legend(plotted.legend_title.as_deref(), &entries);
    }
    let scale = if is_share {
        Scale::shares(stacks.extremes().any(|end| end < Decimal::ZERO), ticks_max(&page))
    } else {
        Scale::of(
            stacks.extremes().chain(targets::values(plotted)),
            true,
            ticks_max(&page),
            values.divisor(),
        )
    };
    let mut ends = Ends::new(&page, plotted);
    ends.add_series(&mut page, plotted, &texts, &colors, has_names);
    if let (Some(total), Some((low, high))) = (stacks.totals.get(last).copied().flatten(), stacks.ends.get(last)) {
        // Over a stack that only stands, where it is read as its height.
        if low.is_zero() && texts.iter().flatten().count() > 1 {
            ends.add_total(&mut page, *high, &values.value(total), has_names);
        }
    }
    ends.add_targets(&mut page, plotted, &values);
    let right = ends.width(&page);
    let grid = step_labels::axes(&mut page, plotted, scale, &values, right, false);
    marks(&mut page, &grid, &stacks, &colors);
    let x = grid.places.last().copied().unwrap_or(grid.plot.x1);
    ends.put(&mut page, grid.plot, x, |value| grid.at(value));
    line::say_if_one(&mut page, plotted, &grid);
    targets::rules(&mut page, &grid, plotted);
    page.scene
}

/// Each series is filled from its outer edge to zero, the outermost first, so that no seam shows between two.
fn marks(page: &mut Page, grid: &Grid, stacks: &Stacks, colors: &[Rgb]) {
    let steps = grid.places.len();
    let has_any = |step: usize| stacks.parts.iter().any(|parts| parts[step].is_some());
    let stretches = stretches(steps, has_any);
    let hangs = |parts: &Vec<Option<Part>>| parts.iter().flatten().any(|part| part.to < Decimal::ZERO);
    for is_below in [false, true] {
        let mut edge = vec![Decimal::ZERO; steps];
        let mut layers: Vec<(Vec<Decimal>, Rgb)> = Vec::new();
        for (parts, color) in stacks.parts.iter().zip(colors).filter(|(parts, _)| hangs(parts) == is_below) {
            for (edge, part) in edge.iter_mut().zip(parts) {
                *edge = part.map_or(*edge, |part| part.to);
            }
            layers.push((edge.clone(), *color));
        }
        let outermost = layers.len().saturating_sub(1);
        for (i, (edge, color)) in layers.iter().enumerate().rev() {
            let has_seam = i < outermost && steps <= DENSE_POINTS;
            layer(page, grid, &stretches, edge, *color, has_seam);
        }
    }
    let (from, to) = grid.across(grid.at(Decimal::ZERO));
    let color = page.colors.axis;
    page.scene.rule(from, to, (2.0 * page.unit).max(1.0), color);
}

fn layer(page: &mut Page, grid: &Grid, stretches: &[Range<usize>], edge: &[Decimal], color: Rgb, has_seam: bool) {
    let foot = grid.at(Decimal::ZERO);
    let (mut path, mut seam) = (BezPath::new(), BezPath::new());
    for stretch in stretches {
        let outline: Vec<Point> = thinned(stretch.clone().map(|step| grid.point(step, edge[step])));
        if let [only] = outline[..] {
            // A step between two gaps is a narrow bar.
            let half = STROKE * page.unit;
            page.scene.block(
                Rect::new(only.x - half, only.y.min(foot), only.x + half, only.y.max(foot)),
                0.0,
                color,
            );
            continue;
        }
        path.move_to((outline[0].x, foot));
        outline.iter().for_each(|point| path.line_to(*point));
        path.line_to((outline[outline.len() - 1].x, foot));
        path.close_path();
        for (i, point) in outline.into_iter().enumerate() {
            if i == 0 { seam.move_to(point) } else { seam.line_to(point) }
        }
    }
    if !path.elements().is_empty() {
        page.scene.shapes.push(Shape::Fill { path, color });
    }
    if has_seam && !seam.elements().is_empty() {
        let (width, color) = ((2.0 * page.unit).max(1.0), page.colors.background);
        page.scene.shapes.push(Shape::Stroke {
            path: seam,
            width,
            dash: None,
            color,
        });
    }
}

/// The runs of steps that have something.
fn stretches(steps: usize, has_any: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for step in (0..steps).filter(|step| has_any(*step)) {
        match stretches.last_mut() {
            Some(stretch) if stretch.end == step => stretch.end += 1,
            _ => stretches.push(step..step + 1),
        }
    }
    stretches
}
