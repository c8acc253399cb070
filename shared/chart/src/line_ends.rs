//! What stands at the newest end of lines and areas, right of the plot: numbers, with the series' names where there is room for them, and targets.

use crate::frame::{LABEL, Page};
use crate::scene::{Anchor, Shape};
use crate::targets;
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::Plotted;
use rust_decimal::Decimal;
use vello_cpu::kurbo::{Point, Rect};

/// Type size, and from one row to the next, in pixels of a picture 1200 wide.
const SIZE: f64 = LABEL * 1.08;
const ROW: f64 = SIZE * 1.18;

/// Of the page's width: what names with their numbers may take, and a number alone.
const NAMED_SHARE_MAX: f64 = 0.3;
const NUMBER_SHARE_MAX: f64 = 0.25;

/// One number at its height on the scale, not yet placed.
pub(crate) struct EndLabel {
    at: Decimal,
    /// In front of it, where several series have to be told apart.
    dot: Option<Rgb>,
    number: Line,
    /// Behind it.
    name: Option<Line>,
    /// Over it: what a target is called.
    head: Option<Line>,
}

/// A column of labels and what it is made with.
pub(crate) struct Ends {
    labels: Vec<EndLabel>,
    /// Between the last step and the text.
    gap: f64,
    /// Of the numbers that have names behind them.
    number_width: f64,
}

/// Whether every series can be named at its end, so that no legend is needed: a comparison, a titled legend, a series without a newest value and long
/// names need one.
pub(crate) fn has_room_for_names(page: &mut Page, plotted: &Plotted, texts: &[Option<(Decimal, String)>]) -> bool {
    let count = plotted.series.len();
    let is_plain = count > 1 && plotted.legend_title.is_none() && plotted.series.iter().all(|series| series.previous.is_none());
    if !is_plain {
        return false;
    }
    // Under the plot come two lines of dates; axis titles are rare.
    let rows = count + 1 + plotted.targets.len() * 2;
    let height = page.area.height() - 150.0 * page.unit - page.x_title_height(plotted.x.title.as_deref()) * 2.0;
    if rows as f64 * ROW * page.unit > height {
        return false;
    }
    let style = Style::regular(SIZE * page.unit);
    let width_max = page.area.width() * NAMED_SHARE_MAX - 62.0 * page.unit;
    plotted.series.iter().zip(texts).all(|(series, text)| {
        let Some((_, number)) = text else { return false };
        let text = format!("{number} {}", series.name);
        !series.name.trim().is_empty() && page.type_setter.line(&text, style).width <= width_max
    })
}

impl Ends {
    pub fn new(page: &Page, plotted: &Plotted) -> Self {
        let gap = if plotted.series.len() > 1 { 54.0 } else { 24.0 };
        Self {
            labels: Vec::new(),
            gap: gap * page.unit,
            number_width: 0.0,
        }
    }

    /// The newest number of each series, where it has one at the last step: its height on the scale, and as it is written.
    pub fn add_series(&mut self, page: &mut Page, plotted: &Plotted, texts: &[Option<(Decimal, String)>], colors: &[Rgb], has_names: bool) {
        let width_max = page.area.width() * NUMBER_SHARE_MAX;
        let several = plotted.series.len() > 1;
        for ((series, text), color) in plotted.series.iter().zip(texts).zip(colors) {
            let Some((at, text)) = text else { continue };
            let number = page.type_setter.fit(text, Style::semi_bold(SIZE * page.unit), width_max);
            let name = has_names.then(|| page.type_setter.line(&series.name, Style::regular(SIZE * page.unit)));
            if has_names {
                self.number_width = self.number_width.max(number.width);
            }
            self.labels.push(EndLabel {
                at: *at,
                dot: several.then_some(*color),
                number,
                name,
                head: None,
            });
        }
    }

    /// A sum over the parts, without a dot; beside named parts it is named, too.
    pub fn add_total(&mut self, page: &mut Page, at: Decimal, text: &str, has_names: bool) {
        let width_max = page.area.width() * NUMBER_SHARE_MAX;
        let number = page.type_setter.fit(text, Style::bold(SIZE * page.unit), width_max);
        self.number_width = self.number_width.max(number.width);
        let word = page.options.words().total;
        let name = has_names.then(|| page.type_setter.line(word, Style::regular(SIZE * page.unit)));
        self.labels.push(EndLabel {
            at,
            dot: None,
            number,
            name,
            head: None,
        });
    }

    /// Targets stand first: they are kept where there is not room for all.
    pub fn add_targets(&mut self, page: &mut Page, plotted: &Plotted, values: &ValueLabels) {
        let width_max = page.area.width() * NUMBER_SHARE_MAX;
        let mut labels = Vec::with_capacity(plotted.targets.len());
        for target in &plotted.targets {
            let name = targets::name(page, target);
            let head = page.type_setter.fit(name, Style::regular(SIZE * 0.86 * page.unit), width_max);
            let number = page
                .type_setter
                .fit(&values.value(target.value), Style::semi_bold(SIZE * 0.86 * page.unit), width_max);
            labels.push(EndLabel {
                at: target.value,
                dot: None,
                number,
                name: None,
                head: Some(head),
            });
        }
        self.labels.splice(0..0, labels);
    }

    /// What is to be left free right of the plot.
    pub fn width(&self, page: &Page) -> f64 {
        let widths = self.labels.iter().map(|label| {
            let number = match &label.name {
                Some(name) => self.number_width + 12.0 * page.unit + name.width,
                None => label.number.width,
            };
            self.gap + number.max(label.head.as_ref().map_or(0.0, |head| head.width))
        });
        widths.fold(14.0 * page.unit, f64::max)
    }

    /// Beside the plot, moved apart where they would touch; the last ones are left out where even that does not make room. `at` gives heights, `x`
    /// where the lines end.
    pub fn put(mut self, page: &mut Page, plot: Rect, x: f64, at: impl Fn(Decimal) -> f64) {
        let height = |label: &EndLabel| {
            let number = label.number.height().max(ROW * page.unit);
            number + label.head.as_ref().map_or(0.0, |head| head.height().max(ROW * page.unit))
        };
        while self.labels.iter().map(height).sum::<f64>() > plot.height() + ROW * page.unit {
            self.labels.pop();
        }
        self.labels.sort_by(|a, b| at(a.at).total_cmp(&at(b.at)));
        let wanted: Vec<(f64, f64)> = self.labels.iter().map(|label| (at(label.at), height(label))).collect();
        let half = ROW * page.unit / 2.0;
        let left = x + self.gap - 2.0 * page.unit;
        for (label, y) in self.labels.into_iter().zip(apart(&wanted, plot.y0 - half, plot.y1 + half)) {
            let (ink, muted) = (page.colors.ink, page.colors.muted);
            if let Some(head) = label.head {
                // The line points between the two.
                let baseline = (y - head.below - 2.0 * page.unit).round();
                let under = y + label.number.above + 4.0 * page.unit;
                page.scene.put(head, muted, Anchor::Start, left, baseline);
                page.scene.put(label.number, ink, Anchor::Start, left, under.round());
                continue;
            }
            let baseline = (y + SIZE * page.unit * 0.36).round();
            if let Some(color) = label.dot {
                let center = Point::new(x + self.gap - 20.0 * page.unit, y);
                let radius = 8.0 * page.unit;
                page.scene.shapes.push(Shape::Dot { center, radius, color });
            }
            page.scene.put(label.number, ink, Anchor::Start, left, baseline);
            if let Some(name) = label.name {
                let left = left + self.number_width + 12.0 * page.unit;
                page.scene.put(name, muted, Anchor::Start, left, baseline);
            }
        }
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

/// Middles of blocks inside `low..=high` that do not touch, each as near to the wanted one as the others let it. `wanted` holds middles, ascending, and
/// heights that have room together.
fn apart(wanted: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    // Groups that touch move as one, to the mean of what they want: start, height, members.
    let mut groups: Vec<(f64, f64, usize)> = Vec::new();
    for &(middle, height) in wanted {
        let mut group = (middle - height / 2.0, height, 1);
        while let Some(&(start, above, count)) = groups.last() {
            if start + above <= group.0 {
                break;
            }
            groups.pop();
            // What the upper group's start would be, were the lower one at its place.
            let wish = group.0 - above;
            let total = count + group.2;
            group = (
                (start * count as f64 + wish * group.2 as f64) / total as f64,
                above + group.1,
                total,
            );
        }
        groups.push(group);
    }
    let mut heights = wanted.iter().map(|(_, height)| *height);
    let mut starts: Vec<(f64, f64)> = Vec::with_capacity(wanted.len());
    for (start, _, count) in groups {
        let mut at = start;
        for height in heights.by_ref().take(count) {
            starts.push((at, height));
            at += height;
        }
    }
    let mut ceiling = high;
    for (start, height) in starts.iter_mut().rev() {
        *start = start.min(ceiling - *height);
        ceiling = *start;
    }
    let mut floor = low;
    for (start, height) in &mut starts {
        *start = start.max(floor);
        floor = *start + *height;
    }
    starts.into_iter().map(|(start, height)| start + height / 2.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_apart_and_no_further() {
        assert_eq!(apart(&[(10.0, 4.0), (30.0, 4.0)], 0.0, 40.0), [10.0, 30.0]);
        assert_eq!(apart(&[(10.0, 4.0), (10.0, 4.0)], 0.0, 40.0), [8.0, 12.0]);
        assert_eq!(apart(&[(0.0, 4.0), (40.0, 8.0)], 0.0, 40.0), [2.0, 36.0]);
        assert_eq!(apart(&[(10.0, 4.0), (12.0, 8.0)], 0.0, 40.0), [8.0, 14.0]);
    }
}
