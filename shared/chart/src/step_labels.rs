//! What stands under a plot: dates, names, or the edges of a histogram's ranges.

use crate::dates::{self, DateTick};
use crate::frame::{LABEL, Page};
use crate::grid::Grid;
use crate::names::Names;
use crate::scale::Scale;
use crate::scene::Anchor;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::{Domain, Plotted, XAxis};
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use vello_cpu::kurbo::Rect;

/// Measured labels of the steps.
pub(crate) enum StepLabels {
    Dates(Vec<DateTick>),
    Names(Names),
    Edges(Vec<Line>),
    Nothing,
}

/// The axes of an upright chart, taken from the page. In bands every step has an equal part; else a moment stands where the calendar puts it, and
/// names still in bands.
pub(crate) fn axes(page: &mut Page, plotted: &Plotted, scale: Scale, values: &ValueLabels, right: f64, is_banded: bool) -> Grid {
    let labels = page.y_labels(&scale, values);
    let (left, far) = page.plot_sides(&labels, right);
    let steps = StepLabels::of(page, &plotted.x, far - left, is_banded);
    let title = plotted.x.title.as_deref();
    let below = steps.height(page) + page.x_title_height(title);
    let plot = page.y_axis(&scale, labels, plotted.y.title.as_deref(), right, below);
    let places = places(&plotted.x.domain, plot, is_banded, page.unit);
    steps.put(page, &plotted.x, plot, &places, is_banded);
    page.x_title(title);
    Grid {
        plot,
        places,
        scale,
        is_lying: false,
    }
}

/// Where the steps stand from left to right.
pub(crate) fn places(domain: &Domain, plot: Rect, is_banded: bool, unit: f64) -> Vec<f64> {
    let count = domain.len();
    match domain {
        Domain::Time { steps, .. } if !is_banded => steps.iter().map(|step| along(steps, *step, plot, unit)).collect(),
        _ => (0..count)
            .map(|i| plot.x0 + plot.width() * (i as f64 + 0.5) / count.max(1) as f64)
            .collect(),
    }
}

/// Where the calendar puts a moment; a single one stands in the middle.
fn along(steps: &[DateTime], moment: DateTime, plot: Rect, unit: f64) -> f64 {
    let inset = 6.0 * unit;
    let seconds = |to: DateTime| to.duration_since(steps[0]).as_secs_f64();
    let whole = seconds(steps[steps.len() - 1]);
    let share = if whole > 0.0 { seconds(moment) / whole } else { 0.5 };
    plot.x0 + inset + share * (plot.width() - inset)
}

impl StepLabels {
    /// For a plot about so wide.
    pub fn of(page: &mut Page, x: &XAxis, width: f64, is_banded: bool) -> Self {
        let count = x.domain.len().max(1);
        match &x.domain {
            Domain::Time { steps, grain } => {
                let (first, last, locale) = (steps[0], steps[steps.len() - 1], page.options.locale);
                let format = x.format.as_ref().and_then(|text| text.parse().ok());
                let sample = dates::ticks(locale, last, last, *grain, format.as_ref(), 1).pop();
                let most = page.dates_max(&sample.map_or_else(String::new, |tick| tick.label), width);
                let most = if is_banded { most.min(count) } else { most };
                Self::Dates(dates::ticks(locale, first, last, *grain, format.as_ref(), most))
            }
            Domain::Categories { names } => Self::Names(Names::of(page, names, width / count as f64)),
            Domain::Bins { edges, unit } => {
                let max = edges.iter().map(Decimal::abs).max().unwrap_or_default();
                let values = ValueLabels::along(max, unit.as_ref(), x.format.as_deref(), page.options.style());
                let step = edges.get(1).map_or(Decimal::ONE, |second| second.saturating_sub(edges[0]));
                let style = Style::regular(LABEL * page.unit);
                let texts = edges.iter().map(|edge| values.tick(*edge, step));
                let lines = texts.map(|text| page.type_setter.fit(&text, style, width / 2.0));
                Self::Edges(lines.collect())
            }
            Domain::Points { .. } | Domain::Whole => Self::Nothing,
        }
    }

    /// What they take under the plot.
    pub fn height(&self, page: &Page) -> f64 {
        match self {
            Self::Dates(ticks) => page.dates_height(ticks),
            Self::Names(names) => names.height + 20.0 * page.unit,
            Self::Edges(_) => (LABEL * 1.3 + 16.0) * page.unit,
            Self::Nothing => 8.0 * page.unit,
        }
    }

    pub fn put(self, page: &mut Page, x: &XAxis, plot: Rect, places: &[f64], is_banded: bool) {
        match (self, &x.domain) {
            (Self::Dates(ticks), Domain::Time { steps, .. }) => {
                let at = |tick: &DateTick| {
                    if is_banded {
                        // A date between two bars belongs to the next one.
                        places[steps.partition_point(|step| *step < tick.moment).min(places.len() - 1)]
                    } else {
                        along(steps, tick.moment, plot, page.unit)
                    }
                };
                let at: Vec<f64> = ticks.iter().map(at).collect();
                page.dates(ticks, &at, plot);
            }
            (Self::Names(names), _) => names.put(page, places, plot.y1 + 18.0 * page.unit),
            (Self::Edges(lines), Domain::Bins { edges, .. }) => put_edges(page, edges, lines, plot),
            _ => {}
        }
    }
}

/// All of them, or those that are round: multiples of two, five, ten and so on of their distance.
fn put_edges(page: &mut Page, edges: &[Decimal], lines: Vec<Line>, plot: Rect) {
    let gap = 18.0 * page.unit;
    let band = plot.width() / (lines.len().max(2) - 1) as f64;
    let widest = lines.iter().map(|line| line.width).fold(0.0, f64::max);
    let fits = |every: &u32| f64::from(*every) * band >= widest + gap;
    let every = [1, 2, 5, 10, 20, 50, 100, 200].into_iter().find(fits).unwrap_or(500);
    let distance = edges.get(1).map_or(Decimal::ONE, |second| second.saturating_sub(edges[0]));
    let is_round = |edge: &Decimal| {
        let rest = edge.checked_rem(distance.saturating_mul(Decimal::from(every)));
        rest.is_some_and(|rest| rest.is_zero())
    };
    let baseline = (plot.y1 + (16.0 + LABEL) * page.unit).round();
    let mut free_from = f64::NEG_INFINITY;
    for (i, line) in lines.into_iter().enumerate().filter(|(i, _)| every == 1 || is_round(&edges[*i])) {
        let (low, high) = page.bounds;
        let left = (plot.x0 + band * i as f64 - line.width / 2.0).min(high - line.width).max(low);
        if left >= free_from {
            free_from = left + line.width + gap;
            let color = page.colors.muted;
            page.scene.put(line, color, Anchor::Start, left, baseline);
        }
    }
}
