//! A donut, its sum in the middle, and beside it the table that a donut cannot be read without.

use crate::change::{Change, percent};
use crate::frame::{LABEL, Page, SUBTITLE};
use crate::names::told_apart;
use crate::scale::number;
use crate::scene::{Anchor, Scene, Shape};
use crate::theme::Rgb;
use crate::type_setter::{Line, Style};
use crate::value_labels::ValueLabels;
use domain::series::{Domain, Plotted};
use rust_decimal::Decimal;
use std::f64::consts::{FRAC_PI_2, TAU};
use vello_cpu::kurbo::{Arc, BezPath, Point, Rect, Shape as _, Vec2};

/// The hole as a share of the whole.
const HOLE: f64 = 0.62;
/// The smallest type of the table, in pixels of a picture 1200 wide.
const ROW_MIN: f64 = 20.0;
/// Flattening error in pixels.
const TOLERANCE: f64 = 0.05;

/// A part as it is drawn and written.
struct Part<'a> {
    name: &'a str,
    value: Decimal,
    previous: Option<Decimal>,
    /// Of the sum of all parts above zero; `None` for a part that is not.
    share: Option<Decimal>,
    color: Rgb,
}

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let values = ValueLabels::of(plotted, page.options.style());
    let parts = parts(&page, plotted);
    let whole = parts
        .iter()
        .map(|part| part.value.max(Decimal::ZERO))
        .fold(Decimal::ZERO, Decimal::saturating_add);
    if whole.is_zero() {
        // Nothing above zero has no shares: the table alone.
        let area = page.area;
        table(&mut page, &parts, plotted, area, &values);
        return page.scene;
    }
    let (area, gap) = (page.area, 48.0 * page.unit);
    let full = LABEL * 1.05 * page.unit;
    let needed = Rows::of(&mut page, &parts, &values, full).width_wanted();
    let (ring, rest) = if area.width() > area.height() * 1.4 {
        // The names get what they need before the ring does, which stays large enough to be read.
        let side = area
            .height()
            .min(area.width() - gap - needed)
            .max(area.width() * 0.3)
            .min(area.height());
        let ring = Rect::new(area.x0, area.center().y - side / 2.0, area.x0 + side, area.center().y + side / 2.0);
        (ring, Rect::new(ring.x1 + gap, area.y0, area.x1, area.y1))
    } else {
        let rows = (parts.len() as f64 + f64::from(u8::from(plotted.legend_title.is_some()))) * LABEL * 2.1 * page.unit;
        let side = (area.height() - rows - gap)
            .clamp(area.height() * 0.34, area.height() * 0.62)
            .min(area.width());
        let ring = Rect::new(area.center().x - side / 2.0, area.y0, area.center().x + side / 2.0, area.y0 + side);
        (ring, Rect::new(area.x0, ring.y1 + gap, area.x1, area.y1))
    };
    slices(&mut page, &parts, ring);
    if parts.iter().all(|part| part.share.is_some()) {
        sum(&mut page, whole, ring, &values);
    }
    table(&mut page, &parts, plotted, rest, &values);
    page.scene
}

fn parts<'a>(page: &Page, plotted: &'a Plotted) -> Vec<Part<'a>> {
    let (Domain::Categories { names }, Some(series)) = (&plotted.x.domain, plotted.series.first()) else {
        return Vec::new();
    };
    let positive = series.values.iter().flatten().filter(|value| value.is_sign_positive());
    let whole = positive.copied().fold(Decimal::ZERO, Decimal::saturating_add);
    let previous = |i: usize| series.previous.as_ref().and_then(|values| values.get(i).copied().flatten());
    let colors = page.series_colors(plotted, names.len());
    let part = |(i, (name, value)): (usize, (&'a String, &Option<Decimal>))| {
        let value = (*value)?;
        Some(Part {
            name,
            value,
            previous: previous(i),
            share: if value.is_sign_negative() { None } else { value.checked_div(whole) },
            color: colors[i],
        })
    };
    names.iter().zip(&series.values).enumerate().filter_map(part).collect()
}

/// From twelve o'clock on, clockwise.
fn slices(page: &mut Page, parts: &[Part], ring: Rect) {
    let (center, outer) = (ring.center(), ring.width() / 2.0);
    let inner = outer * HOLE;
    let mut from = -FRAC_PI_2;
    let mut seams = Vec::new();
    for part in parts {
        let sweep = part.share.map_or(0.0, number) * TAU;
        if sweep <= 0.0 {
            continue;
        }
        page.scene.shapes.push(Shape::Fill {
            path: segment(center, (inner, outer), from, sweep),
            color: part.color,
        });
        seams.push(from);
        from += sweep;
    }
    // A thin line of ground between the parts, also where their colours are alike.
    for angle in seams.iter().filter(|_| seams.len() > 1) {
        let way = Vec2::new(angle.cos(), angle.sin());
        let mut path = BezPath::new();
        path.move_to(center + way * (inner - 2.0));
        path.line_to(center + way * (outer + 2.0));
        page.scene.shapes.push(Shape::Stroke {
            path,
            width: 4.0 * page.unit,
            dash: None,
            color: page.colors.background,
        });
    }
}

/// A part of a ring between two radii.
fn segment(center: Point, (inner, outer): (f64, f64), from: f64, sweep: f64) -> BezPath {
    let arc = |radius: f64, start: f64, sweep: f64| Arc::new(center, Vec2::new(radius, radius), start, sweep, 0.0);
    let mut path = arc(outer, from, sweep).to_path(TOLERANCE);
    for element in arc(inner, from + sweep, -sweep).to_path(TOLERANCE) {
        path.push(match element {
            vello_cpu::kurbo::PathEl::MoveTo(point) => vello_cpu::kurbo::PathEl::LineTo(point),
            element => element,
        });
    }
    path.close_path();
    path
}

/// The whole, in the hole.
fn sum(page: &mut Page, whole: Decimal, ring: Rect, values: &ValueLabels) {
    let room = ring.width() * HOLE * 0.8;
    let text = values.headline(whole);
    let full = ring.width() * 0.13;
    let line = page.type_setter.shrink(&text, Style::bold(full), room, 1.0);
    let word = page.type_setter.fit(
        page.options.words().total,
        Style::regular((SUBTITLE * page.unit).min(full * 0.5)),
        room * 0.8,
    );
    let center = ring.center();
    let height = line.above + word.height() * 1.3;
    let baseline = center.y - height / 2.0 + line.above;
    let below = baseline + line.below + word.above + 6.0 * page.unit;
    page.scene.put(line, page.colors.ink, Anchor::Middle, center.x, baseline.round());
    page.scene.put(word, page.colors.muted, Anchor::Middle, center.x, below.round());
}

/// What is written of the parts: a line per part in each column.
struct Rows {
    names: Vec<Line>,
    /// Value, share, and the change where there is one.
    columns: Vec<Vec<(Line, Rgb)>>,
    widths: Vec<f64>,
    size: f64,
    gap: f64,
    swatch: f64,
}

impl Rows {
    fn of(page: &mut Page, parts: &[Part], values: &ValueLabels, size: f64) -> Self {
        let (style, level, colors) = (page.options.style(), page.options.words().no_change, page.colors);
        let mut columns: Vec<Vec<(String, Rgb)>> = vec![
            parts.iter().map(|part| (values.value(part.value), colors.ink)).collect(),
            parts
                .iter()
                .map(|part| {
                    (
                        part.share.map_or_else(|| "–".to_owned(), |share| percent(share, &style)),
                        colors.muted,
                    )
                })
                .collect(),
        ];
        if parts.iter().any(|part| part.previous.is_some()) {
            let change = |part: &Part| match part.previous {
                Some(previous) => {
                    let change = Change::of(part.value, previous, values, &style, colors, level);
                    (change.text, change.colors.0)
                }
                None => ("–".to_owned(), colors.muted),
            };
            columns.push(parts.iter().map(change).collect());
        }
        let wide = page.area.width() * 0.3;
        let mut set = |(text, color): (String, Rgb)| (page.type_setter.fit(&text, Style::semi_bold(size).tabular(), wide), color);
        let columns: Vec<Vec<_>> = columns.into_iter().map(|texts| texts.into_iter().map(&mut set).collect()).collect();
        let widest = |lines: &Vec<(Line, Rgb)>| lines.iter().map(|(line, _)| line.width).fold(0.0, f64::max);
        Self {
            names: parts
                .iter()
                .map(|part| page.type_setter.line(part.name, Style::regular(size)))
                .collect(),
            widths: columns.iter().map(widest).collect(),
            columns,
            size,
            gap: 28.0 * page.unit,
            swatch: size * 0.8 + 14.0 * page.unit,
        }
    }

    fn numbers_width(&self) -> f64 {
        self.widths.iter().map(|width| width + self.gap).sum()
    }

    /// With every name in full.
    fn width_wanted(&self) -> f64 {
        let longest = self.names.iter().map(|line| line.width).fold(0.0, f64::max);
        self.swatch + longest + self.numbers_width()
    }
}

/// A row per part: colour, name, value, share, and the change where there is one.
fn table(page: &mut Page, parts: &[Part], plotted: &Plotted, area: Rect, values: &ValueLabels) {
    let count = parts.len() as f64 + f64::from(u8::from(plotted.legend_title.is_some()));
    let height = (area.height() / count.max(1.0)).min(LABEL * 2.1 * page.unit);
    let full = (height / 1.45).min(LABEL * 1.05 * page.unit);
    let mut rows = Rows::of(page, parts, values, full);
    // Names that do not fit are first set smaller, then cut.
    let least = (ROW_MIN * page.unit).min(full);
    while rows.width_wanted() > area.width() && rows.size > least {
        let size = (rows.size * 0.94).max(least);
        rows = Rows::of(page, parts, values, size);
    }
    let size = rows.size;
    let mut y = area.y0 + ((area.height() - count * height) / 2.0).max(0.0);
    if let Some(title) = &plotted.legend_title {
        let line = page.type_setter.fit(title, Style::regular(size), area.width());
        page.scene
            .put(line, page.colors.muted, Anchor::Start, area.x0, (y + height * 0.66).round());
        y += height;
    }
    let is_mirrored = page.options.locale.is_right_to_left();
    let first = area.x1 - rows.numbers_width() + rows.gap;
    let name_width = first - rows.gap - area.x0 - rows.swatch;
    let mut columns: Vec<_> = rows.columns.into_iter().map(Vec::into_iter).collect();
    let names: Vec<&str> = parts.iter().map(|part| part.name).collect();
    let names = told_apart(page, &names, Style::regular(size), name_width.max(size * 2.0) + 1.0);
    for (i, (part, name)) in parts.iter().zip(names).enumerate() {
        let middle = y + height * (i as f64 + 0.5);
        let baseline = (middle + size * 0.36).round();
        let side = size * 0.8;
        if part.share.is_some_and(|share| !share.is_zero()) {
            let ground = Rect::new(area.x0, middle - side / 2.0, area.x0 + side, middle + side / 2.0);
            page.scene.block(ground, 4.0 * page.unit, part.color);
        }
        page.scene
            .put(name, page.colors.ink, Anchor::Start, area.x0 + rows.swatch, baseline);
        let mut right = first;
        for (column, width) in columns.iter_mut().zip(&rows.widths) {
            right += width;
            // Of a mirrored page the start is the right: there, too, the last digits stand under each other.
            let (anchor, x) = if is_mirrored {
                (Anchor::Start, right - width)
            } else {
                (Anchor::End, right)
            };
            if let Some((line, color)) = column.next() {
                page.scene.put(line, color, anchor, x, baseline);
            }
            right += rows.gap;
        }
    }
}
