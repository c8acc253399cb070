//! One large number, its change, and the small line of how it came there.

use crate::change::{Change, percent};
use crate::dates;
use crate::frame::{LABEL, Page, SUBTITLE};
use crate::line::{STROKE, TINT, draw, tint};
use crate::line_ends::newest_dot;
use crate::scale::{Scale, number};
use crate::scene::{Anchor, Scene};
use crate::targets;
use crate::theme::{Rgb, mix};
use crate::type_setter::Style;
use crate::value_labels::ValueLabels;
use domain::chart_spec::{TARGETS_MAX, Target};
use domain::series::{Domain, Grain, Plotted};
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use vello_cpu::kurbo::{Point, Rect};

/// Of the number, in pixels of a picture 1200 wide.
const NUMBER: f64 = 190.0;

/// Of a target's words and bar together.
const TARGET_ROW: f64 = 84.0;

/// Fewer points than this make no line.
const SPARK_POINTS_MIN: usize = 3;

pub(crate) fn lay_out(mut page: Page, plotted: &Plotted) -> Scene {
    let Some(headline) = &plotted.headline else { return page.scene };
    let Some(value) = headline.value else {
        page.say(page.options.words().no_data);
        return page.scene;
    };
    let values = ValueLabels::of(plotted, page.options.style());
    let grain = match (&plotted.period, &plotted.x.domain) {
        (Some(span), _) => span.grain,
        (None, Domain::Time { grain, .. }) => *grain,
        _ => Grain::Day,
    };
    let points = plotted.series.first().map_or(&[][..], |series| &series.values);
    let has_spark = points.iter().flatten().count() >= SPARK_POINTS_MIN;
    if let Some((first, last)) = headline.period.or(plotted.period.as_ref().map(|span| span.drawn)) {
        let words = dates::span_words(page.options.locale, first, last, grain);
        page.paragraph(&words, Style::regular(SUBTITLE * page.unit), page.colors.muted, 1);
    }
    // Each target has its row, on a low picture only the first one.
    let row = TARGET_ROW * page.unit;
    let is_tall = page.area.height() > page.area.width() * 0.7;
    let rows = plotted.targets.len().min(if is_tall { TARGETS_MAX } else { 1 });
    let spark_share = if rows > 0 && !is_tall { 0.24 } else { 0.34 };
    let spark_height = if has_spark { page.area.height() * spark_share } else { 0.0 };
    let pill_height = if headline.previous.is_some() { 110.0 * page.unit } else { 0.0 };
    let others = spark_height + row * rows as f64 + if rows > 0 { pill_height } else { 0.0 };
    let text = values.headline(value);
    let full = (NUMBER * page.unit).min((page.area.height() - others) * if rows > 0 { 0.74 } else { 0.5 });
    let width = page.type_setter.line(&text, Style::bold(full)).width;
    let size = full * (page.area.width() / width.max(1.0)).min(1.0);
    let number = page.type_setter.fit(&text, Style::bold(size), page.area.width() + 1.0);
    let room = page.area.height() - spark_height - pill_height - row * rows as f64;
    let baseline = page.area.y0 + room / 2.0 + number.above * 0.5;
    page.scene
        .put(number, page.colors.ink, Anchor::Start, page.area.x0 - size * 0.04, baseline.round());
    if let Some(previous) = headline.previous {
        let top = baseline + size * 0.2 + 22.0 * page.unit;
        let against = headline.previous_period.or(plotted.period.as_ref().and_then(|span| span.previous));
        change(&mut page, (value, previous), against, grain, &values, top);
    }
    let mut top = baseline + size * 0.2 + pill_height + 12.0 * page.unit;
    for target in &plotted.targets[..rows] {
        reached(&mut page, target, value, &values, top);
        top += row;
    }
    if has_spark {
        let area = Rect::new(
            page.area.x0 + 4.0 * page.unit,
            page.area.y1 - spark_height + 24.0 * page.unit,
            page.area.x1 - 18.0 * page.unit,
            page.area.y1 - 18.0 * page.unit,
        );
        let color = page.colors.series[0];
        spark(&mut page, points, area, color);
    }
    page.scene
}

/// The change on a coloured ground, and what it is against.
fn change(
    page: &mut Page,
    (value, previous): (Decimal, Decimal),
    period: Option<(DateTime, DateTime)>,
    grain: Grain,
    values: &ValueLabels,
    top: f64,
) {
    let style = Style::semi_bold(SUBTITLE * 1.25 * page.unit);
    let level = page.options.words().no_change;
    let Change {
        text,
        colors: (ink, ground),
    } = Change::of(value, previous, values, &page.options.style(), page.colors, level);
    let line = page.type_setter.fit(&text, style, page.area.width() * 0.6);
    let (pad, height) = (22.0 * page.unit, style.size * 1.75);
    let area = Rect::new(page.area.x0, top, page.area.x0 + line.width + 2.0 * pad, top + height);
    page.scene.block(area, height / 2.0, ground);
    let baseline = (top + height / 2.0 + style.size * 0.36).round();
    page.scene.put(line, ink, Anchor::Start, area.x0 + pad, baseline);
    let against = period
        .map(|(first, last)| format!(" ({})", dates::span_words(page.options.locale, first, last, grain)))
        .unwrap_or_default();
    let words = format!("{} {}{against}", page.options.words().versus, values.headline(previous));
    let left = area.x1 + 24.0 * page.unit;
    let line = page
        .type_setter
        .fit(&words, Style::regular(LABEL * 1.1 * page.unit), page.area.x1 - left);
    page.scene.put(line, page.colors.muted, Anchor::Start, left, baseline);
}

/// "Target $1.2M · 82%" over a slim bar of how much of it there is; without a share where the target is not above zero.
fn reached(page: &mut Page, target: &Target, value: Decimal, values: &ValueLabels, top: f64) {
    let style = Style::regular(LABEL * 1.1 * page.unit);
    let share = (target.value > Decimal::ZERO).then(|| value.checked_div(target.value)).flatten();
    let mut text = format!("{} {}", targets::name(page, target), values.headline(target.value));
    if let Some(share) = share {
        let sign = if share.is_sign_negative() { "−" } else { "" };
        text = format!("{text} · {sign}{}", percent(share.abs(), &page.options.style()));
    }
    let line = page.type_setter.fit(&text, style, page.area.width());
    let (left, color) = (page.area.x0, page.colors.muted);
    let baseline = (top + line.above).round();
    page.scene.put(line, color, Anchor::Start, left, baseline);
    if let Some(share) = share {
        let width = page.area.width().min(560.0 * page.unit);
        let (y, height) = (baseline + 16.0 * page.unit, 12.0 * page.unit);
        let filled = width * number(share).clamp(0.0, 1.0);
        let track = Rect::new(left, y, left + width, y + height);
        page.scene.block(track, height / 2.0, page.colors.grid);
        if filled >= height {
            let done = Rect::new(left, y, left + filled, y + height);
            page.scene.block(done, height / 2.0, page.colors.series[0]);
        }
    }
}

/// The stroke of a small line without axes.
fn spark(page: &mut Page, values: &[Option<Decimal>], area: Rect, color: Rgb) {
    let scale = Scale::of(values.iter().flatten().copied(), false, 4, Decimal::ONE);
    let (low, high) = values
        .iter()
        .flatten()
        .map(|value| number(*value))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    // As lines with an axis: from zero, with a ground, unless that would flatten them.
    let is_from_zero = scale.low == 0.0;
    let low = if is_from_zero { 0.0 } else { low };
    let span = if high > low { high - low } else { scale.high - scale.low };
    let last = values.len().saturating_sub(1).max(1) as f64;
    let place = |step: usize, value: Decimal| {
        Point::new(
            area.x0 + area.width() * step as f64 / last,
            area.y1 - (number(value) - low) / span * area.height(),
        )
    };
    if is_from_zero {
        let ground = mix(color, page.colors.background, TINT);
        tint(page, values, &place, area.y1, ground);
    }
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
