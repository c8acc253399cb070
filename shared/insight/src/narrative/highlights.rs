//! Highlights: what is most worth knowing beside the summary.

use rust_decimal::Decimal;

use super::sentence::sentence;
use super::story::{Story, is_with};
use crate::fact::{Axis, Basis, Change, Claim, Fact};
use crate::language::sentence::Sentence;

/// Facts below this are for the analysis only.
const MATERIALITY_MIN: u32 = 390;
/// Of fewer values than this, that the newest is the highest is no news.
const BEATEN_MIN: usize = 5;
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
        .filter_map(|fact| Some((fact.materiality, topic(story, fact)?, story.say(&sentence(story, fact)?))))
        .collect();
    if let Some(unusual) = story.change().and_then(|(fact, change, _)| unusual(story, fact, change)) {
        ranked.push((UNUSUAL_MATERIALITY, Topic::Move, story.say(&unusual)));
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
    match &fact.claim {
        Claim::Blank | Claim::Latest { .. } | Claim::Value { .. } | Claim::Total { .. } => None,
        Claim::Freshness { is_stale, .. } => is_stale.then_some(Topic::Age),
        Claim::Change(change) | Claim::NoMaterialChange(change) => match change.basis {
            Basis::PreviousStep => None,
            Basis::SamePeriodLastYear => Some(Topic::LastYear),
            Basis::PreviousPeriod => (!story.is_headline(change)).then_some(Topic::Before),
            Basis::FirstShown => matches!(fact.claim, Claim::Change(_)).then_some(Topic::Course),
        },
        Claim::High { .. } if story.is_named() => None,
        // Of a few values, one must be the highest.
        Claim::High { reading, of } | Claim::Low { reading, of } if *of < BEATEN_MIN && story.is_told(fact, reading) => None,
        Claim::Low { .. } if story.is_named() => story
            .facts
            .items
            .iter()
            .any(|other| matches!(other.claim, Claim::Total { .. }))
            .then_some(Topic::Extreme),
        Claim::High { .. } | Claim::Low { .. } | Claim::Record { .. } => Some(Topic::Extreme),
        Claim::Streak { .. } => Some(Topic::Course),
        Claim::Trend { direction, .. } => direction.map(|_| Topic::Course),
        // The largest category is in the summary.
        Claim::Share { rank: 1, .. } if story.is_named() && fact.series.is_none() => None,
        Claim::Share { .. } => Some(Topic::Part),
        Claim::Mover { change, whole, .. } => Some(if is_with(change, *whole) { Topic::Part } else { Topic::Against }),
        // The summary of a cloud of points is made of these.
        Claim::Relation { .. } | Claim::Spread { .. } if story.facts.axis == Axis::Points => None,
        Claim::TopShare { .. } | Claim::Spread { .. } => Some(Topic::Part),
        Claim::Anomaly { .. } => Some(Topic::Move),
        Claim::Target { .. } => Some(Topic::Target),
        Claim::Relation { .. } => Some(Topic::Course),
        Claim::Gaps { .. } => Some(Topic::Gap),
    }
}

/// That a move is far above the usual ones, where it is.
pub(crate) fn unusual<'s>(story: &Story, fact: &Fact, change: &Change) -> Option<Sentence<'s>> {
    let usual = change.usual.filter(|usual| !usual.is_zero())?;
    let threshold = usual.checked_mul(Decimal::from(UNUSUAL))?;
    (change.difference.abs() >= threshold).then(|| Sentence::Unusual {
        usual: story.moved(usual, fact.unit.as_ref()),
        grain: story.grain(),
    })
}
