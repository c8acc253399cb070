//! An axis of bands: under each its name or date.

use crate::dates;
use crate::frame::{LABEL, Page};
use crate::scale::Scale;
use crate::scene::{Anchor, Label};
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::{Domain, Plotted};
use vello_cpu::kurbo::{Point, Rect};

/// The smallest type of a turned name: rather small than missing.
const TURNED_MIN: f64 = 20.0;

/// Axes of bands: one per step, each with its name or date below; the plot's area and the middle of every band.
pub(crate) fn axes(page: &mut Page, plotted: &Plotted, scale: &Scale, values: &ValueLabels, right: f64) -> (Rect, Vec<f64>) {
    let (title, locale) = (plotted.x.title.as_deref(), page.options.locale);
    let count = plotted.x.domain.len().max(1);
    let middles = |plot: Rect| -> Vec<f64> {
        (0..count)
            .map(|i| plot.x0 + plot.width() * (i as f64 + 0.5) / count as f64)
            .collect()
    };
    let labels = page.y_labels(scale, values);
    let (left, far) = page.plot_sides(&labels, right);
    let room = far - left;
    if let Domain::Time { steps, grain } = &plotted.x.domain {
        let format = plotted.x.format.as_ref().and_then(|text| text.parse().ok());
        let (first, last) = (steps[0], steps[steps.len() - 1]);
        let sample = dates::ticks(locale, last, last, *grain, format.as_ref(), 1)
            .pop()
            .map_or_else(String::new, |tick| tick.label);
        let ticks = dates::ticks(
            locale,
            first,
            last,
            *grain,
            format.as_ref(),
            page.dates_max(&sample, room).min(count),
        );
        let plot = page.y_axis(scale, labels, plotted.y.title.as_deref(), right, page.dates_height(&ticks, title));
        let places = middles(plot);
        // A date between two bars belongs to the next one.
        let at: Vec<f64> = ticks
            .iter()
            .map(|tick| places[steps.partition_point(|step| *step < tick.moment).min(count - 1)])
            .collect();
        page.dates(ticks, &at, plot, title);
        return (plot, places);
    }
    let names: &[String] = if let Domain::Categories { names } = &plotted.x.domain {
        names
    } else {
        &[]
    };
    let names = Names::of(page, names, room / count as f64);
    let plot = page.y_axis(
        scale,
        labels,
        plotted.y.title.as_deref(),
        right,
        names.height + 20.0 * page.unit + page.x_title_height(title),
    );
    let places = middles(plot);
    names.put(page, &places, plot.y1 + 18.0 * page.unit);
    page.x_title(title);
    (plot, places)
}

/// Names under bands: level on up to two lines, else turned, and then only so many as stand clear of each other.
struct Names {
    lines: Vec<Vec<Line>>,
    row_height: f64,
    is_turned: bool,
    every: usize,
    height: f64,
}

impl Names {
    fn of(page: &mut Page, names: &[String], band: f64) -> Self {
        let style = Style::regular(LABEL * page.unit);
        let width = band - 12.0 * page.unit;
        if width > style.size * 2.5 {
            let lines: Vec<Vec<Line>> = names.iter().map(|name| page.type_setter.wrap(name, style, width, 2)).collect();
            let is_cut = lines.iter().flatten().any(|line| line.text.ends_with('…'));
            if !is_cut || width > style.size * 5.0 {
                let rows = lines.iter().map(Vec::len).max().unwrap_or(0) as f64;
                let row_height = tallest(lines.iter().flatten()).max(style.size * 1.2);
                return Self {
                    lines,
                    row_height,
                    is_turned: false,
                    every: 1,
                    height: rows * row_height,
                };
            }
        }
        Self::turned(page, names, band)
    }

    fn turned(page: &mut Page, names: &[String], band: f64) -> Self {
        let room = page.area.height() * 0.32;
        let size = (band / 1.15).clamp(TURNED_MIN * page.unit, LABEL * page.unit);
        let clear = |height: f64| ((height * 1.15 / band - 0.001).ceil().max(1.0)) as usize;
        // Of names by the thousand only those are set that can be shown; scripts with tall letters need a second look.
        let mut every = clear(size);
        let mut lines: Vec<Line> = names
            .iter()
            .step_by(every)
            .map(|name| page.type_setter.fit(name, Style::regular(size), room))
            .collect();
        let row_height = tallest(&lines);
        let more = clear(row_height / 1.12).div_ceil(every);
        if more > 1 {
            every *= more;
            lines = lines.into_iter().step_by(more).collect();
        }
        let height = lines.iter().map(|line| line.width).fold(0.0, f64::max);
        Self {
            lines: lines.into_iter().map(|line| vec![line]).collect(),
            row_height,
            is_turned: true,
            every,
            height,
        }
    }

    fn put(self, page: &mut Page, places: &[f64], top: f64) {
        let color = page.colors.muted;
        for (lines, x) in self.lines.into_iter().zip(places.iter().step_by(self.every)) {
            for (row, line) in lines.into_iter().enumerate() {
                if self.is_turned {
                    let origin = Point::new((x + (line.above - line.below) / 2.0).round(), (top + line.width).round());
                    page.scene.labels.push(Label {
                        line,
                        color,
                        origin,
                        is_turned: true,
                    });
                } else {
                    let y = top + self.row_height * (row as f64 + 1.0) - line.below - self.row_height * 0.1;
                    page.scene.put(line, color, Anchor::Middle, *x, y.round());
                }
            }
        }
    }
}

fn tallest<'a>(lines: impl IntoIterator<Item = &'a Line>) -> f64 {
    lines.into_iter().map(Line::height).fold(0.0, f64::max)
}
