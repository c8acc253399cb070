//! The summary: what stands on the chart now, and what changed.

use super::story::{Story, when};
use crate::fact::{Axis, Basis, Change, Claim, Fact, Label, Reading};
use crate::language::sentence::{Measure, Sentence, Subject, Turn};

/// Series that are told of one by one in a summary.
const SERIES_MAX: usize = 2;

/// One to three sentences.
pub(super) fn summary<'s>(story: &'s Story<'s>) -> Vec<Sentence<'s>> {
    let sentences = match (story.latest(), story.facts.axis) {
        (Some((fact, reading, is_running)), axis) => {
            let mut sentences = if is_running {
                running(story, fact, reading)
            } else {
                vec![newest(story, fact, reading)]
            };
            sentences.extend(largest(story).filter(|_| axis == Axis::Categories));
            sentences
        }
        (None, Axis::Categories | Axis::Bins) => categories(story),
        (None, Axis::Time(_) | Axis::Whole) => side_by_side(story),
        (None, Axis::Points) => points(story),
    };
    if sentences.is_empty() {
        vec![Sentence::Nothing { measure: &story.measure }]
    } else {
        sentences
    }
}

fn newest<'s>(story: &'s Story<'s>, fact: &'s Fact, reading: &'s Reading) -> Sentence<'s> {
    let (subject, at) = (story.subject(fact), Some(&reading.at.label).filter(|label| **label != Label::Whole));
    match story.change().filter(|(_, change, _)| story.is_headline(change)) {
        Some((_, change, is_material)) => moved(story, subject, at, fact, change, is_material),
        None => Sentence::Value {
            subject,
            value: story.value(fact, reading.value),
            at,
            is_sum: story.facts.is_additive,
        },
    }
}

/// The newest value and the one before it, in one sentence. `at` is when, where the subject does not say it.
fn moved<'s>(
    story: &'s Story<'s>,
    subject: Subject<'s>,
    at: Option<&'s Label>,
    fact: &'s Fact,
    change: &'s Change,
    is_material: bool,
) -> Sentence<'s> {
    let unit = fact.unit.as_ref();
    let [before, value] = story.pair(change, unit);
    Sentence::Moved {
        subject,
        value,
        at,
        before,
        when: when(change),
        delta: story.delta(change, unit),
        turn: if is_material {
            story.pick([Turn::ValueFirst, Turn::MoveFirst])
        } else {
            Turn::Slight
        },
        is_sum: story.facts.is_additive,
    }
}

/// A period that is not over: its sum so far, and the last full one.
fn running<'s>(story: &'s Story<'s>, fact: &'s Fact, reading: &'s Reading) -> Vec<Sentence<'s>> {
    let mut sentences = vec![Sentence::SoFar {
        subject: story.subject(fact),
        value: story.value(fact, reading.value),
        at: &reading.at.label,
        grain: match reading.at.label {
            Label::Moment { grain, .. } => Some(grain),
            _ => story.grain(),
        },
    }];
    if let (Some((fact, change, is_material)), Some(grain)) = (story.change(), story.grain()) {
        let subject = Subject::LastFull(&change.to.at.label, grain);
        sentences.push(moved(story, subject, None, fact, change, is_material));
    }
    sentences
}

/// Series that cannot be added: the ones that changed most, one by one.
fn side_by_side<'s>(story: &'s Story<'s>) -> Vec<Sentence<'s>> {
    let latest = story.facts.items.iter().filter_map(|fact| match &fact.claim {
        Claim::Latest { reading, is_running } => Some((fact, reading, *is_running)),
        _ => None,
    });
    let sentences = latest.take(SERIES_MAX).map(|(fact, reading, is_running)| {
        let (subject, at) = (story.subject(fact), &reading.at.label);
        let change = story.change_of(fact.series.as_deref(), |basis| basis == Basis::PreviousStep);
        match change.filter(|(_, change, _)| change.to == *reading) {
            Some((_, change, is_material)) => moved(story, subject, Some(at), fact, change, is_material),
            None if is_running => Sentence::SoFar {
                subject,
                value: story.value(fact, reading.value),
                at,
                grain: story.grain(),
            },
            None => Sentence::Value {
                subject,
                value: story.value(fact, reading.value),
                at: Some(at).filter(|label| **label != Label::Whole),
                is_sum: story.facts.is_additive,
            },
        }
    });
    sentences.collect()
}

fn categories<'s>(story: &'s Story<'s>) -> Vec<Sentence<'s>> {
    let measure = &story.measure;
    let items = &story.facts.items;
    let total = items.iter().find_map(|fact| match &fact.claim {
        Claim::Total { reading, steps } => Some(Sentence::Sum {
            measure,
            value: story.value(fact, reading.value),
            categories: *steps,
            are_ranges: story.facts.axis == Axis::Bins,
        }),
        _ => None,
    });
    if let Some(sum) = total {
        return std::iter::once(sum).chain(largest(story)).collect();
    }
    let high = items.iter().find_map(|fact| match &fact.claim {
        Claim::High { reading, of } => Some((fact, reading, *of)),
        _ => None,
    });
    let Some((fact, high, of)) = high else { return Vec::new() };
    let (series, value, name) = (fact.series.as_deref(), story.value(fact, high.value), &high.at.label);
    if of == 1 {
        return vec![Sentence::Only {
            measure,
            series,
            value,
            name,
        }];
    }
    // Columns side by side are no total of each other.
    let (subject, series) = match series {
        Some(series) if *measure == Measure::Total => (Subject::Series(series), None),
        series => (Subject::Measure(measure), series),
    };
    let low = items.iter().find_map(|other| match &other.claim {
        Claim::Low { reading, .. } if other.series == fact.series => Some(reading),
        _ => None,
    });
    vec![Sentence::Between {
        subject,
        series,
        high: (value, name),
        low: low.map(|low| (story.value(fact, low.value), &low.at.label)),
    }]
}

/// The largest of several names, and its part of them all.
fn largest<'s>(story: &'s Story<'s>) -> Option<Sentence<'s>> {
    let items = &story.facts.items;
    let (fact, high) = items.iter().find_map(|fact| match &fact.claim {
        Claim::High { reading, .. } => Some((fact, reading)),
        _ => None,
    })?;
    let share = items.iter().find_map(|part| match &part.claim {
        Claim::Share { reading, ratio, .. } if part.series.is_none() && reading == high => Some(story.share(*ratio)),
        _ => None,
    });
    Some(Sentence::Largest {
        name: &high.at.label,
        value: story.value(fact, high.value),
        share,
    })
}

/// Pairs of numbers: how they go together, and where they lie.
fn points<'s>(story: &'s Story<'s>) -> Vec<Sentence<'s>> {
    let told = story
        .facts
        .items
        .iter()
        .filter(|fact| matches!(fact.claim, Claim::Relation { .. } | Claim::Spread { .. }));
    told.take(SERIES_MAX)
        .filter_map(|fact| super::sentence::sentence(story, fact))
        .collect()
}
