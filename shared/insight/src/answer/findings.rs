//! Answers that the Facts hold already: why, the newest value, extremes, course, target, what stands out, how fresh it is.

use domain::chart_spec::{ColorChannel, Mark};
use domain::dataset::Unit;
use domain::locale::Language;
use rust_decimal::Decimal;

use super::desk::{Desk, Reply};
use super::shape::drawn;
use super::words::Remark;
use crate::fact::{Axis, Basis, Claim, Fact, Facts, Joined, Label};
use crate::language::sentence::{Measure, Sentence, Subject};
use crate::narrative::highlights::unusual;
use crate::narrative::story::Story;

/// Most columns by which a change is parted to find who moved it.
const PARTED_BY_MAX: usize = 2;
/// Notes on the data that are quoted.
const NOTES_MAX: usize = 3;

/// Where it moved; causes are not in the data.
pub(super) fn why(desk: &Desk) -> Reply {
    let facts = &desk.facts;
    let is_mover = |fact: &Fact| matches!(fact.claim, Claim::Mover { .. });
    let is_context = |fact: &Fact| match &fact.claim {
        Claim::Anomaly { .. } => true,
        Claim::Change(change) => change.basis == Basis::SamePeriodLastYear,
        _ => false,
    };
    let mut reply = Reply::of(facts)
        .remark(desk.say(&Remark::WhereNotWhy))
        .told([desk.summary(facts)])
        .told(desk.sentences(facts, is_mover));
    if !facts.items.iter().any(is_mover) {
        let mut all = facts.clone();
        // The only series has the measure's name.
        all.series.retain(|_| facts.series.len() > 1);
        let mut told = Vec::new();
        for parted in parted(desk) {
            told.extend(desk.sentences(&parted, is_mover));
            all.items.extend(parted.items.into_iter().filter(is_mover));
            all.series.extend(parted.series);
        }
        reply = reply.told(told);
        reply.facts = Some(all);
    }
    let parts = if facts.axis == Axis::Categories {
        // The largest is in the summary.
        desk.sentences(facts, |fact| {
            matches!(fact.claim, Claim::Share { rank: 2.., .. } | Claim::TopShare { .. })
        })
    } else {
        Vec::new()
    };
    reply.told(unusual_move(desk)).told(desk.sentences(facts, is_context)).told(parts)
}

/// The same numbers over time, parted by columns that are not on the chart.
fn parted(desk: &Desk) -> Vec<Facts> {
    if !desk.shape.is_dated() || !desk.facts.is_additive || desk.shape.rest.fold().is_some() {
        return Vec::new();
    }
    let drawn_columns = desk.shape.color.as_ref().map(|color| color.field.as_str());
    let columns = desk.dimensions().into_iter().filter(|name| Some(*name) != drawn_columns);
    let parted = columns.take(PARTED_BY_MAX).filter_map(|field| {
        let mut shape = desk.shape.clone();
        shape.color = Some(ColorChannel {
            field: field.to_owned(),
            ..ColorChannel::default()
        });
        shape.rest.targets.clear();
        let (_, facts) = desk.read(&shape.spec(Mark::Line))?;
        Some(facts)
    });
    parted.collect()
}

fn unusual_move(desk: &Desk) -> Option<String> {
    let story = Story::of(&desk.facts, desk.scribe(&desk.facts));
    let (fact, change, _) = story.change()?;
    let unusual = unusual(&story, fact, change)?;
    Some(story.say(&unusual))
}

pub(super) fn latest(desk: &Desk) -> Reply {
    let facts = &desk.facts;
    Reply::of(facts).told([desk.summary(facts)])
}

/// What is told of the newest value needs it told first.
pub(super) fn high_low(desk: &Desk) -> Reply {
    let is_meant = |fact: &Fact| {
        matches!(
            fact.claim,
            Claim::High { .. } | Claim::Low { .. } | Claim::Record { since: Some(_), .. }
        )
    };
    latest(desk).told(desk.sentences(&desk.facts, is_meant))
}

pub(super) fn trend(desk: &Desk) -> Reply {
    let is_meant = |fact: &Fact| match &fact.claim {
        Claim::Trend { .. } | Claim::Streak { .. } | Claim::Relation { .. } => true,
        Claim::Change(change) | Claim::NoMaterialChange(change) => change.basis == Basis::FirstShown,
        _ => false,
    };
    found_or_summary(desk, is_meant)
}

fn found_or_summary(desk: &Desk, is_meant: impl Fn(&Fact) -> bool) -> Reply {
    let reply = Reply::of(&desk.facts).told(desk.sentences(&desk.facts, is_meant));
    if reply.is_told() {
        reply
    } else {
        reply.told([desk.summary(&desk.facts)])
    }
}

pub(super) fn target(desk: &Desk) -> Reply {
    let told = desk.sentences(&desk.facts, |fact| matches!(fact.claim, Claim::Target { .. }));
    found_or(desk, told, &Remark::NoTarget)
}

pub(super) fn anomaly(desk: &Desk) -> Reply {
    let mut told = desk.sentences(&desk.facts, |fact| matches!(fact.claim, Claim::Anomaly { .. }));
    told.extend(unusual_move(desk));
    found_or(desk, told, &Remark::NothingUnusual)
}

fn found_or(desk: &Desk, told: Vec<String>, none: &Remark) -> Reply {
    let reply = Reply::of(&desk.facts);
    let reply = if told.is_empty() { reply.remark(desk.say(none)) } else { reply };
    reply.told([desk.summary(&desk.facts)]).told(told)
}

pub(super) fn total(desk: &Desk) -> Reply {
    let facts = &desk.facts;
    let told = if facts.axis == Axis::Categories {
        Vec::new()
    } else {
        desk.sentences(facts, |fact| matches!(fact.claim, Claim::Total { .. }))
    };
    let has_total = facts.is_additive || facts.items.iter().any(|fact| matches!(fact.claim, Claim::Total { .. }));
    let reply = Reply::of(facts);
    let reply = if has_total {
        reply
    } else {
        reply.remark(desk.say(&Remark::NoTotal))
    };
    let reply = reply.told(told);
    if reply.is_told() {
        reply
    } else {
        reply.told([desk.summary(facts)])
    }
}

/// The mean of what is drawn: of the full periods where it is a sum.
pub(super) fn average(desk: &Desk) -> Reply {
    let Some((mean, at)) = mean(desk) else {
        return latest(desk);
    };
    let mut facts = desk.facts.clone();
    let name = facts.bare_measure().to_owned();
    (facts.measure, facts.joined) = (format!("{}{name}", Joined::Mean.prefix()), Some(Joined::Mean));
    let fact = super::desk::value(&facts, None, mean, 0, at.clone());
    facts.items.push(fact);
    let story = Story::of(&facts, desk.scribe(&facts));
    let measure = Measure::Average(name);
    let text = story.say(&Sentence::Value {
        subject: Subject::Measure(&measure),
        value: story.value(&facts.items[facts.items.len() - 1], mean),
        at: Some(&at).filter(|label| **label != Label::Whole),
        is_sum: false,
    });
    Reply::of(&facts).told([text])
}

fn mean(desk: &Desk) -> Option<(Decimal, Label)> {
    let facts = &desk.facts;
    if facts.joined.is_some() && facts.joined != Some(Joined::Mean) {
        return None;
    }
    let total = facts.items.iter().find_map(|fact| match &fact.claim {
        Claim::Total { reading, steps } if fact.series.is_none() => Some((reading.value, *steps, reading.at.label.clone())),
        _ => None,
    });
    let (sum, count, label) = total.or_else(|| {
        let plotted = drawn(&desk.dataset, &desk.spec)?;
        let [only] = plotted.series.as_slice() else { return None };
        let values: Vec<Decimal> = only.values.iter().flatten().copied().collect();
        let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
        Some((sum, values.len(), Label::Whole))
    })?;
    Some((sum.checked_div(Decimal::from(count))?, label)).filter(|(mean, _)| mean.abs() < Decimal::from(10_u64.pow(18)))
}

/// How fresh and whole the rows are.
pub(super) fn data(desk: &Desk) -> Reply {
    let facts = &desk.facts;
    let told = desk.sentences(facts, |fact| matches!(fact.claim, Claim::Freshness { .. } | Claim::Gaps { .. }));
    let reply = Reply::of(facts).told(told);
    let [day, time] = desk.scribe(facts).read_at();
    let mut reply = if reply.is_told() {
        reply
    } else {
        reply.remark(desk.say(&Remark::ReadAt { day: &day, time: &time }))
    };
    if desk.locale.language() == Language::English {
        for note in facts.notes.iter().take(NOTES_MAX) {
            reply = reply.remark(note.clone());
        }
    }
    reply
}

/// What a column is; the data says no more of it.
pub(super) fn meaning(desk: &Desk) -> Reply {
    let named = desk.heard.names.iter().find(|name| name.value.is_none()).map(|name| name.column);
    let measured = desk.shape.measure.field.as_deref();
    let Some(column) = named.or(measured).and_then(|name| desk.dataset.column(name)) else {
        return latest(desk);
    };
    let unit = column.unit.as_ref().and_then(crate::amount::tame_unit).map(|unit| match unit {
        Unit::Currency(code) => code,
        Unit::Percent => "%".to_owned(),
        Unit::Seconds => "s".to_owned(),
        Unit::Other(name) => desk.name(&name),
    });
    let is_measure = measured == Some(column.name.as_str());
    let meaning = Remark::Meaning {
        name: &desk.name(&column.name),
        unit: unit.as_deref(),
        joined: is_measure.then_some(desk.shape.measure.aggregate),
    };
    Reply::default().remark(desk.say(&meaning))
}
