//! Highlights: what is most worth knowing beside the summary.

use rust_decimal::Decimal;

use super::Story;
use super::sentence::{is_with, sentence};
use crate::english::{self, noun};
use crate::fact::{Axis, Basis, Change, Claim, Fact};

/// Facts below this are for the analysis only.
const MATERIALITY_MIN: u32 = 390;
/// How many times the usual size makes a move an unusual one.
const UNUSUAL: u32 = 3;
/// An unusual move ranks like this.
const UNUSUAL_MATERIALITY: u32 = 760;

/// The most material facts that the summary does not tell, as sentences, best first. No two of them say the same.
pub(super) fn highlights(story: &Story) -> Vec<String> {
    let mut told: Vec<(Topic, String)> = Vec::new();
    let mut ranked: Vec<(u32, Topic, String)> = story
        .facts
        .items
        .iter()
        .filter(|fact| fact.materiality >= MATERIALITY_MIN)
        .filter_map(|fact| Some((fact.materiality, topic(story, fact)?, sentence(story, fact)?)))
        .collect();
    if let Some(unusual) = story.change().and_then(|(fact, change, _)| unusual(story, fact, change)) {
        ranked.push((UNUSUAL_MATERIALITY, Topic::Move, unusual));
    }
    ranked.sort_by_key(|(materiality, _, _)| std::cmp::Reverse(*materiality));
    for (_, topic, sentence) in ranked {
        if told.iter().all(|(other, text)| *other != topic && *text != sentence) {
            told.push((topic, sentence));
        }
    }
    told.into_iter().map(|(_, sentence)| sentence).collect()
}

/// What a highlight is about; the second one about the same says little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    Age,
    Extreme,
    Course,
    Move,
    Part,
    Against,
    Before,
    LastYear,
    Target,
    Gap,
}

/// The topic of a fact that may be a highlight; none where the summary tells it already or a highlight would be too little.
fn topic(story: &Story, fact: &Fact) -> Option<Topic> {
    let is_categories = story.facts.axis == Axis::Categories;
    match &fact.claim {
        Claim::Blank | Claim::Latest { .. } | Claim::Total { .. } => None,
        Claim::Freshness { is_stale, .. } => is_stale.then_some(Topic::Age),
        Claim::Change(change) | Claim::NoMaterialChange(change) => match change.basis {
            Basis::PreviousStep => None,
            Basis::SamePeriodLastYear => Some(Topic::LastYear),
            Basis::PreviousPeriod => (!story.is_headline(change)).then_some(Topic::Before),
            Basis::FirstShown => matches!(fact.claim, Claim::Change(_)).then_some(Topic::Course),
        },
        Claim::High { .. } if is_categories => None,
        Claim::Low { .. } if is_categories => story
            .facts
            .items
            .iter()
            .any(|other| matches!(other.claim, Claim::Total { .. }))
            .then_some(Topic::Extreme),
        Claim::High { .. } | Claim::Low { .. } | Claim::Record { .. } => Some(Topic::Extreme),
        Claim::Streak { .. } => Some(Topic::Course),
        Claim::Trend { direction, .. } => direction.map(|_| Topic::Course),
        // The largest category is in the summary.
        Claim::Share { rank: 1, .. } if is_categories && fact.series.is_none() => None,
        Claim::Share { .. } => Some(Topic::Part),
        Claim::Mover { change, whole, .. } => Some(if is_with(change, *whole) { Topic::Part } else { Topic::Against }),
        Claim::TopShare { .. } | Claim::Spread { .. } => Some(Topic::Part),
        Claim::Anomaly { .. } => Some(Topic::Move),
        Claim::Target { .. } => Some(Topic::Target),
        Claim::Relation { .. } => Some(Topic::Course),
        Claim::Gaps { .. } => Some(Topic::Gap),
    }
}

/// "That is well above the usual daily move", where it is.
pub(super) fn unusual(story: &Story, fact: &Fact, change: &Change) -> Option<String> {
    let usual = change.usual.filter(|usual| !usual.is_zero())?;
    let threshold = usual.checked_mul(Decimal::from(UNUSUAL))?;
    let usual = english::moved(usual, fact.unit.as_ref());
    let step = story.grain().map_or("step", |grain| noun(grain, 1));
    (change.difference.abs() >= threshold).then(|| format!("An unusually large move: from one {step} to the next, about {usual} is usual."))
}
