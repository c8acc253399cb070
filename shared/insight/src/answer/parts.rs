//! The numbers parted by names or periods, in order or not, and as a list.

use domain::chart_spec::{ChartSpec, ColorChannel, Mark, Sort};
use domain::dataset::Values;
use domain::series::{Domain, Plotted};
use rust_decimal::Decimal;

use super::compare::{asked_grain, by_time};
use super::cue::Cue;
use super::desk::{Desk, Reply, named_steps, value};
use super::shape::grain;
use super::words::Remark;
use crate::cell_text::tame_name;
use crate::fact::{Axis, Claim, Fact, Facts, Label};
use crate::narrative::story::Story;
use crate::scale;

/// Most values of a list. Ours: a message is read on a phone.
const LISTED_MAX: usize = 10;
/// As many as "the best" are.
const LISTED_DEFAULT: usize = 5;
/// Names of columns in one sentence.
const DIMENSIONS_MAX: usize = 6;
/// More bars than this are not drawn for an answer.
const BARS_MAX: usize = 40;

/// The largest or smallest, in order.
pub(super) fn top(desk: &Desk) -> Reply {
    if desk.heard.is_by_unknown() && desk.asked_dimension().is_none() {
        return dimensions(desk);
    }
    let is_largest = !desk.heard.has(Cue::Bottom) && !desk.heard.has(Cue::Low);
    let count = desk.heard.number().unwrap_or(LISTED_DEFAULT).clamp(1, LISTED_MAX);
    let steps = desk.shape.steps.as_ref().and_then(|steps| steps.field.as_deref());
    let is_of_periods = desk.shape.is_dated() && asked_grain(desk).is_some();
    let named = desk.asked_dimension().or_else(|| {
        let candidates = desk.dimensions();
        let drawn = candidates.iter().find(|name| Some(**name) == steps).copied();
        drawn.or_else(|| candidates.first().copied())
    });
    match named {
        Some(field) if !is_of_periods || desk.asked_dimension().is_some() => ranked(desk, field, Some(count), is_largest),
        _ if desk.shape.is_dated() => ranked_periods(desk, count, is_largest),
        _ => ranked_folded(desk).unwrap_or_else(|| dimensions(desk)),
    }
}

/// By what the question names; by the first column there is.
pub(super) fn by(desk: &Desk) -> Reply {
    if let Some(field) = desk.asked_dimension() {
        return parted(desk, field);
    }
    if let (Some(asked), true) = (asked_grain(desk), desk.shape.is_dated()) {
        let held = desk.dates().and_then(grain);
        if held.is_some_and(|held| asked < held) {
            return Reply::of(&desk.facts)
                .remark(desk.say(&Remark::TooFine))
                .told([desk.summary(&desk.facts)]);
        }
        if let Some((spec, facts)) = by_time(desk, asked) {
            return Reply::of(&facts).told([desk.summary(&facts)]).drawn_as(desk.chart(spec));
        }
    }
    let only = desk
        .dimensions()
        .first()
        .copied()
        .filter(|_| !desk.heard.is_by_unknown() && asked_grain(desk).is_none());
    only.map_or_else(|| dimensions(desk), |field| parted(desk, field))
}

/// By what the numbers may be split.
fn dimensions(desk: &Desk) -> Reply {
    let names: Vec<String> = desk
        .dimensions()
        .into_iter()
        .take(DIMENSIONS_MAX)
        .map(|name| desk.name(name))
        .collect();
    Reply::default().remark(desk.say(&Remark::Dimensions { names: &names }))
}

fn parted(desk: &Desk, field: &str) -> Reply {
    if desk.shape.is_dated() && desk.shape.rest.fold().is_none() && desk.spec.mark != Mark::Kpi {
        over_time(desk, field).unwrap_or_else(|| ranked(desk, field, None, true))
    } else {
        ranked(desk, field, None, true)
    }
}

/// A line per name, and the newest value of each.
fn over_time(desk: &Desk, field: &str) -> Option<Reply> {
    let mut shape = desk.shape.clone();
    shape.color = Some(ColorChannel {
        field: field.to_owned(),
        ..ColorChannel::default()
    });
    let mark = if matches!(desk.spec.mark, Mark::Area | Mark::Bar) {
        desk.spec.mark
    } else {
        Mark::Line
    };
    let (spec, plotted) = shape.drawn(mark, &desk.dataset)?;
    let facts = crate::facts(&plotted, &spec, &desk.dataset);
    let (facts, items) = newest(desk, &plotted, facts)?;
    let intro = format!("{}:", breakdown(desk, &facts, field));
    Some(Reply::of(&facts).remark(intro).listed(items).drawn_as(desk.chart(spec)))
}

fn breakdown(desk: &Desk, facts: &Facts, field: &str) -> String {
    desk.say(&Remark::Breakdown {
        measure: &desk.measure(facts),
        by: &desk.name(field),
    })
}

/// The newest value of each series, the largest first.
fn newest(desk: &Desk, plotted: &Plotted, mut facts: Facts) -> Option<(Facts, Vec<String>)> {
    let step = plotted.latest_step()?;
    let label = moment(plotted, step)?;
    let at_step = plotted.series.iter().filter_map(|series| {
        let unit = series.unit.as_ref().and_then(crate::amount::tame_unit);
        Some((tame_name(&series.name), series.values.get(step).copied().flatten()?, unit))
    });
    let mut values: Vec<_> = at_step.filter(|(_, value, _)| is_sayable(*value)).collect();
    values.sort_by_key(|(_, value, _)| std::cmp::Reverse(*value));
    let first = facts.items.len();
    let is_single = plotted.series.len() == 1;
    for (name, number, unit) in values {
        let series = Some(name.as_str()).filter(|_| !is_single);
        let fact = value(&facts, series, number, step, label.clone());
        facts.items.push(Fact { unit, ..fact });
    }
    let story = Story::of(&facts, desk.scribe(&facts));
    let items = facts.items[first..].iter().filter_map(|fact| {
        let Claim::Value { reading } = &fact.claim else { return None };
        let at = story.scribe.value_at(&story.value(fact, reading.value), &reading.at.label);
        let name = fact.series.as_ref().map(|name| format!("{}: ", story.scribe.embed(name)));
        Some(format!("{}{at}", name.unwrap_or_default()))
    });
    let items = items.collect();
    Some((facts, items))
}

/// Bars of names in order, and the first of them in words.
fn ranked(desk: &Desk, field: &str, count: Option<usize>, is_largest: bool) -> Reply {
    let mut shape = desk.shape.clone();
    if shape.steps.as_ref().is_none_or(|steps| steps.field.as_deref() != Some(field)) {
        shape = shape.along(field);
    }
    if shape.rest.fold().is_none() {
        shape.color = None;
    }
    (shape.is_lying, shape.is_side_by_side) = (true, false);
    shape.rest.targets.clear();
    shape.rest.compare = None;
    if let Some(steps) = &mut shape.steps {
        steps.sort = Some(if is_largest { Sort::ByYDescending } else { Sort::ByY });
    }
    let shape = shape.titled(breakdown(desk, &desk.facts, field));
    let Some((spec, plotted)) = shape.drawn(Mark::Bar, &desk.dataset) else {
        return dimensions(desk);
    };
    let facts = crate::facts(&plotted, &spec, &desk.dataset);
    let values = totals(&plotted);
    let count = count.unwrap_or(LISTED_MAX);
    list(desk, facts, &values, count, is_largest, Some(field)).drawn_as(chart(desk, spec, &plotted))
}

fn chart(desk: &Desk, spec: ChartSpec, plotted: &Plotted) -> Option<ChartSpec> {
    desk.chart(spec).filter(|_| plotted.x.domain.len() <= BARS_MAX)
}

/// The columns that were folded, in order: of their newest values.
fn ranked_folded(desk: &Desk) -> Option<Reply> {
    let (plotted, facts) = desk.read(&desk.spec)?;
    let (facts, items) = newest(desk, &plotted, facts)?;
    Some(Reply::of(&facts).listed(items))
}

/// The periods with the largest (smallest) values.
fn ranked_periods(desk: &Desk, count: usize, is_largest: bool) -> Reply {
    let derived = asked_grain(desk).and_then(|asked| by_time(desk, asked));
    let spec = derived.map_or_else(|| desk.spec.clone(), |(spec, _)| spec);
    let Some((plotted, facts)) = desk.read(&spec) else {
        return dimensions(desk);
    };
    let mut values = totals(&plotted);
    values.sort_by_key(|(_, value, _)| if is_largest { -*value } else { *value });
    list(desk, facts, &values, count, is_largest, None)
}

/// The values of the steps, all series together, as they are drawn.
fn totals(plotted: &Plotted) -> Vec<(usize, Decimal, Label)> {
    let steps = (0..plotted.x.domain.len()).filter_map(|step| {
        let mut values = plotted
            .series
            .iter()
            .filter_map(|series| series.values.get(step).copied().flatten());
        let first = values.next()?;
        let sum = values.try_fold(first, Decimal::checked_add)?;
        let label = match &plotted.x.domain {
            Domain::Categories { names } => Label::Name {
                name: tame_name(names.get(step)?),
            },
            _ => moment(plotted, step)?,
        };
        Some((step, sum, label)).filter(|(_, sum, _)| is_sayable(*sum))
    });
    steps.collect()
}

fn list(desk: &Desk, mut facts: Facts, values: &[(usize, Decimal, Label)], count: usize, is_largest: bool, field: Option<&str>) -> Reply {
    let listed = &values[..count.min(values.len())];
    let first = facts.items.len();
    for (step, number, label) in listed {
        let fact = value(&facts, None, *number, *step, label.clone());
        facts.items.push(fact);
    }
    let story = Story::of(&facts, desk.scribe(&facts));
    let items: Vec<String> = facts.items[first..first + listed.len()]
        .iter()
        .filter_map(|fact| item(&story, fact))
        .collect();
    let by = field.map(|field| desk.name(field));
    let intro = desk.say(&Remark::Ranked {
        measure: &desk.measure(&facts),
        by: by.as_deref(),
        is_largest,
    });
    Reply::of(&facts).remark(intro).listed(items)
}

/// "October: $124k", "November so far: $80.5k".
fn item(story: &Story, fact: &Fact) -> Option<String> {
    let Claim::Value { reading } = &fact.claim else { return None };
    let name = story.scribe.name(&reading.at.label);
    let is_running = story
        .latest()
        .is_some_and(|(_, latest, is_running)| is_running && latest.at.label == reading.at.label);
    let name = if is_running { story.scribe.so_far(&name) } else { name };
    Some(format!("{name}: {}", story.value(fact, reading.value)))
}

/// The numbers themselves: a table, and the newest of them in words.
pub(super) fn numbers(desk: &Desk) -> Reply {
    let mut shape = desk.shape.clone();
    if shape.steps.is_none() {
        let steps = shape.color.take().map(|color| color.field);
        let dates = desk.dates().map(|column| column.name.clone());
        shape.steps = steps.or(dates).as_deref().map(named_steps);
    }
    let table = shape.drawn(Mark::Table, &desk.dataset);
    let Some((spec, plotted)) = table else {
        return Reply::of(&desk.facts).told([desk.summary(&desk.facts)]);
    };
    let facts = crate::facts(&plotted, &spec, &desk.dataset);
    let chart = desk.picture(spec);
    let reply = match (facts.axis, plotted.series.len()) {
        (Axis::Time(_), 2..) => {
            newest(desk, &plotted, facts).map(|(facts, items)| Reply::of(&facts).remark(format!("{}:", desk.measure(&facts))).listed(items))
        }
        (Axis::Time(_), 1) => {
            let mut values = totals(&plotted);
            values.reverse();
            Some(values_of(desk, facts, &values))
        }
        (Axis::Categories, 1) => Some(values_of(desk, facts, &totals(&plotted))),
        _ => None,
    };
    let reply = reply.unwrap_or_else(|| Reply::of(&desk.facts).told([desk.summary(&desk.facts)]));
    reply.drawn_as(chart)
}

fn values_of(desk: &Desk, mut facts: Facts, values: &[(usize, Decimal, Label)]) -> Reply {
    let first = facts.items.len();
    for (step, number, label) in values.iter().take(LISTED_MAX) {
        let fact = value(&facts, None, *number, *step, label.clone());
        facts.items.push(fact);
    }
    let story = Story::of(&facts, desk.scribe(&facts));
    let items: Vec<String> = facts.items[first..].iter().filter_map(|fact| item(&story, fact)).collect();
    let measure = format!("{}:", desk.measure(&facts));
    Reply::of(&facts).remark(measure).listed(items)
}

fn moment(plotted: &Plotted, step: usize) -> Option<Label> {
    let Domain::Time { steps, grain } = &plotted.x.domain else {
        return None;
    };
    steps.get(step).map(|at| scale::span(*at, *at, *grain))
}

/// As for all facts: larger numbers are not said.
fn is_sayable(value: Decimal) -> bool {
    value.abs() < Decimal::from(10_u128.pow(21))
}

/// Whether there are names by which anything can be parted, for the line of help.
pub(super) fn first_dimension(desk: &Desk) -> Option<String> {
    let is_text = |name: &&str| {
        desk.dataset
            .column(name)
            .is_some_and(|column| matches!(column.values, Values::Text(_)))
    };
    desk.dimensions().into_iter().find(is_text).map(|name| desk.name(name))
}
