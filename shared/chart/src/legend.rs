//! Names beside their colours, and the periods that are compared.

use crate::dates;
use crate::frame::{LABEL, Page, dash};
use crate::scene::{Anchor, Shape};
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use domain::series::{Domain, Plotted};
use vello_cpu::kurbo::{BezPath, Point, Rect};

/// How a series is recognised in the legend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Swatch {
    Line,
    Dashes,
    Box,
}

/// Name, form and colour.
pub(crate) type Entry = (String, Swatch, Rgb);

/// What a chart of these colours has to explain: the names of several series, the periods of a comparison.
pub(crate) fn entries(page: &Page, plotted: &Plotted, colors: &[Rgb], swatch: Swatch) -> Vec<Entry> {
    let has_previous = plotted.series.iter().any(|series| series.previous.is_some());
    let mut entries: Vec<Entry> = Vec::new();
    if plotted.series.len() > 1 {
        let named = plotted.series.iter().zip(colors);
        entries.extend(named.map(|(series, color)| (series.name.clone(), swatch, *color)));
    } else if has_previous {
        entries.push((drawn_words(page, plotted), swatch, colors[0]));
    }
    if has_previous {
        let swatch = if swatch == Swatch::Line { Swatch::Dashes } else { swatch };
        entries.push((previous_words(page, plotted), swatch, page.colors.previous));
    }
    entries
}

/// "Oct 1 – 30, 2026", or "This period" where no date tells it.
fn drawn_words(page: &Page, plotted: &Plotted) -> String {
    let locale = page.options.locale;
    let period = match &plotted.period {
        Some(span) => Some(dates::span_words(locale, span.drawn.0, span.drawn.1, span.grain)),
        None => span(page, &plotted.x.domain),
    };
    period.unwrap_or_else(|| page.options.words().this_period.to_owned())
}

/// "Previous period, Sep 1 – 30, 2026".
fn previous_words(page: &Page, plotted: &Plotted) -> String {
    let words = page.options.words();
    let period = match plotted.period.as_ref().and_then(|span| Some((span.previous?, span.grain))) {
        Some(((first, last), grain)) => Some(dates::span_words(page.options.locale, first, last, grain)),
        None => plotted.x.previous.as_ref().and_then(|domain| span(page, domain)),
    };
    let period = period.map(|period| format!("{}{period}", words.comma));
    format!("{}{}", words.previous_period, period.unwrap_or_default())
}

fn span(page: &Page, domain: &Domain) -> Option<String> {
    let Domain::Time { steps, grain } = domain else { return None };
    Some(dates::span_words(page.options.locale, *steps.first()?, *steps.last()?, *grain))
}

impl Page<'_> {
    /// Names beside their colours, on two rows at most.
    pub fn legend(&mut self, entries: &[Entry]) {
        self.titled_legend(None, entries);
    }

    /// The same with a word before the names; nothing without names.
    pub fn titled_legend(&mut self, title: Option<&str>, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        let style = Style::regular(LABEL * self.unit);
        let (gap, between) = (12.0 * self.unit, 34.0 * self.unit);
        let is_boxes = entries.iter().all(|(_, swatch, _)| *swatch == Swatch::Box);
        let sample = if is_boxes { 24.0 } else { 34.0 } * self.unit;
        let whole = self.area.width();
        let title = title.map(|title| self.type_setter.fit(title, style, whole * 0.3));
        let indent = title.as_ref().map_or(0.0, |title| title.width + between * 0.7);
        let mut fitted = |width: f64| -> Vec<Line> {
            let names = entries.iter().map(|(name, _, _)| name);
            names.map(|name| self.type_setter.fit(name, style, width)).collect()
        };
        let mut lines = fitted(whole - indent - sample - gap);
        if rows(&lines, indent, sample + gap, between, whole) > 2 {
            // Too many for two rows: every name gets an equal part of them.
            lines = fitted((whole - indent) / entries.len().div_ceil(2) as f64 - sample - gap - between);
        }
        let (mut x, mut baseline) = (self.area.x0 + indent, self.area.y0 + style.size);
        if let Some(title) = title {
            let (left, color) = (self.area.x0, self.colors.muted);
            self.scene.put(title, color, Anchor::Start, left, baseline.round());
        }
        for (line, (_, swatch, color)) in lines.into_iter().zip(entries) {
            if x > self.area.x0 + indent && x + sample + gap + line.width > self.area.x1 {
                x = self.area.x0 + indent;
                baseline += style.size * 1.45;
            }
            self.swatch(*swatch, Point::new(x, baseline - style.size * 0.36), sample, *color);
            x += sample + gap;
            let width = line.width;
            self.scene.put(line, self.colors.ink, Anchor::Start, x, baseline.round());
            x += width + between;
        }
        self.area.y0 = baseline + 26.0 * self.unit;
    }

    fn swatch(&mut self, swatch: Swatch, left: Point, width: f64, color: Rgb) {
        let stroke = 6.0 * self.unit;
        if swatch == Swatch::Box {
            let area = Rect::new(
                left.x,
                left.y - width.min(24.0 * self.unit) / 2.0,
                left.x + width,
                left.y + width.min(24.0 * self.unit) / 2.0,
            );
            self.scene.block(area, 4.0 * self.unit, color);
            return;
        }
        let mut path = BezPath::new();
        path.move_to((left.x + stroke / 2.0, left.y));
        path.line_to((left.x + width - stroke / 2.0, left.y));
        let dash = (swatch == Swatch::Dashes).then(|| dash(self.unit));
        let width = if swatch == Swatch::Dashes { stroke * 0.7 } else { stroke };
        self.scene.shapes.push(Shape::Stroke { path, width, dash, color });
    }
}

/// How many rows the entries fill, each beginning at `indent`.
fn rows(lines: &[Line], indent: f64, before: f64, between: f64, width: f64) -> usize {
    let (mut rows, mut x) = (1, indent);
    for line in lines {
        if x > indent && x + before + line.width > width {
            rows += 1;
            x = indent;
        }
        x += before + line.width + between;
    }
    rows
}
