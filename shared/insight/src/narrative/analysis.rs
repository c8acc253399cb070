//! The analysis: all facts, grouped for someone who wants to know more. What the summary at its top tells is not told again.

use domain::locale::Language;

use super::Section;
use super::highlights::unusual;
use super::sentence::sentence;
use super::story::Story;
use crate::fact::{Axis, Basis, Claim, Direction, Fact};
use crate::language::sentence::{Heading, Sentence};

/// Most notes on the data that are quoted.
const NOTES_MAX: usize = 8;

pub(super) fn analysis(story: &Story, summary: &str) -> Vec<Section> {
    let told = |is_meant: fn(&Claim) -> bool| -> Vec<String> {
        story
            .facts
            .items
            .iter()
            .filter(|fact| is_meant(&fact.claim) && !is_told(story, fact))
            .filter_map(|fact| Some(story.say(&sentence(story, fact)?)))
            .collect()
    };
    // Side by side, the summary tells of the first few only; here all follow, each on its line.
    let is_side_by_side =
        story.latest().is_none() && story.grain().is_some() && story.facts.items.iter().any(|fact| is_further_change(story, fact));
    let mut changed = if is_side_by_side { Vec::new() } else { vec![summary.to_owned()] };
    changed.extend(usual(story).map(|usual| story.say(&usual)));
    changed.extend(told(|claim| {
        matches!(claim, Claim::Mover { .. } | Claim::Target { .. } | Claim::Anomaly { .. })
    }));
    let further = story.facts.items.iter().filter(|fact| is_further_change(story, fact));
    changed.extend(further.filter_map(|fact| Some(story.say(&sentence(story, fact)?))));
    let is_range = |claim: &Claim| {
        matches!(
            claim,
            Claim::High { .. } | Claim::Low { .. } | Claim::Record { .. } | Claim::Total { .. } | Claim::Spread { .. }
        )
    };
    let sections = [
        (Heading::Changed, changed),
        (
            Heading::Parts,
            told(|claim| matches!(claim, Claim::Share { .. } | Claim::TopShare { .. })),
        ),
        (Heading::Range, told(is_range)),
        (
            Heading::Trend,
            told(|claim| matches!(claim, Claim::Trend { .. } | Claim::Streak { .. } | Claim::Relation { .. })),
        ),
        (Heading::Data, about_the_data(story)),
    ];
    let sections = sections.into_iter().map(|(heading, lines)| Section {
        heading: story.scribe.heading(heading).to_owned(),
        lines: distinct(lines),
    });
    sections.filter(|section| !section.lines.is_empty()).collect()
}

/// Changes that the summary does not tell: against the first value, against the period before, of the series one by one.
fn is_further_change(story: &Story, fact: &Fact) -> bool {
    match &fact.claim {
        Claim::Change(change) | Claim::NoMaterialChange(change) => story.change().is_none_or(|(_, told, _)| told != change),
        _ => false,
    }
}

/// What the summary or another line tells already: among names the sum, the largest and, without a sum, the smallest of the same; of points all; a
/// high (or low) that is a record; a sum that is compared with the period before.
fn is_told(story: &Story, fact: &Fact) -> bool {
    let items = &story.facts.items;
    let has_sum = || items.iter().any(|other| matches!(other.claim, Claim::Total { .. }));
    let highest = || items.iter().find(|other| matches!(other.claim, Claim::High { .. }));
    match &fact.claim {
        Claim::Total { reading, .. } => {
            let is_compared = |claim: &Claim| {
                matches!(claim, Claim::Change(change) | Claim::NoMaterialChange(change)
                    if change.basis == Basis::PreviousPeriod && change.to.value == reading.value && change.to.at == reading.at)
            };
            story.is_named() || items.iter().any(|other| other.series == fact.series && is_compared(&other.claim))
        }
        Claim::Share { rank: 1, .. } => story.is_named() && fact.series.is_none(),
        Claim::High { .. } if story.is_named() => highest().is_some_and(|highest| highest.series == fact.series),
        Claim::Low { reading, .. } if story.is_named() => {
            let is_part = |claim: &Claim| matches!(claim, Claim::Share { reading: part, .. } if part == reading);
            let is_beside_highest = !has_sum() && highest().is_some_and(|highest| highest.series == fact.series);
            is_beside_highest || items.iter().any(|other| other.series == fact.series && is_part(&other.claim))
        }
        Claim::Relation { .. } | Claim::Spread { .. } => story.facts.axis == Axis::Points,
        Claim::High { .. } => is_record(story, fact, Direction::Up),
        Claim::Low { .. } => is_record(story, fact, Direction::Down),
        _ => false,
    }
}

/// A high (or low) that a record tells already.
fn is_record(story: &Story, fact: &Fact, way: Direction) -> bool {
    let tells = |claim: &Claim| matches!(claim, Claim::Record { direction, since: None, .. } if *direction == way);
    story
        .facts
        .items
        .iter()
        .any(|other| other.series == fact.series && tells(&other.claim))
}

/// How large the moves usually are, beside this one.
fn usual(story: &Story) -> Option<Sentence<'static>> {
    let (fact, change, _) = story.change()?;
    if let Some(unusual) = unusual(story, fact, change) {
        return Some(unusual);
    }
    let usual = change.usual.filter(|usual| !usual.is_zero())?;
    Some(Sentence::Usual {
        usual: story.moved(usual, fact.unit.as_ref()),
        grain: story.grain(),
    })
}

/// How fresh and whole the data is. Notes are written in English where the data is read; other languages do without them.
fn about_the_data(story: &Story) -> Vec<String> {
    let facts = story
        .facts
        .items
        .iter()
        .filter(|fact| matches!(fact.claim, Claim::Freshness { .. } | Claim::Gaps { .. }));
    let mut lines: Vec<String> = facts.filter_map(|fact| Some(story.say(&sentence(story, fact)?))).collect();
    if story.scribe.locale.language() == Language::English {
        lines.extend(story.facts.notes.iter().take(NOTES_MAX).cloned());
    }
    lines
}

fn distinct(lines: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for line in lines {
        if !kept.contains(&line) {
            kept.push(line);
        }
    }
    kept
}
