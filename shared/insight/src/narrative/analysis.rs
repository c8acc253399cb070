//! The analysis: all facts, grouped for someone who wants to know more.

use super::highlights::unusual;
use super::sentence::sentence;
use super::{Section, Story};
use crate::english;
use crate::fact::{Claim, Direction, Fact};

/// Most notes on the data that are quoted.
const NOTES_MAX: usize = 8;

pub(super) fn analysis(story: &Story, summary: &str) -> Vec<Section> {
    let told = |is_meant: fn(&Claim) -> bool| -> Vec<String> {
        story
            .facts
            .items
            .iter()
            .filter(|fact| is_meant(&fact.claim) && !is_record(story, fact))
            .filter_map(|fact| sentence(story, fact))
            .collect()
    };
    // Side by side, the summary tells of the first few only; here all follow, each on its line.
    let is_side_by_side =
        story.latest().is_none() && story.grain().is_some() && story.facts.items.iter().any(|fact| is_further_change(story, fact));
    let mut changed = if is_side_by_side { Vec::new() } else { vec![summary.to_owned()] };
    changed.extend(usual(story));
    changed.extend(told(|claim| matches!(claim, Claim::Mover { .. })));
    changed.extend(
        story
            .facts
            .items
            .iter()
            .filter(|fact| is_further_change(story, fact))
            .filter_map(|fact| sentence(story, fact)),
    );
    let sections = [
        ("What changed", changed),
        ("Parts", told(|claim| matches!(claim, Claim::Share { .. } | Claim::TopShare { .. }))),
        (
            "Range",
            told(|claim| {
                matches!(
                    claim,
                    Claim::High { .. }
                        | Claim::Low { .. }
                        | Claim::Record { .. }
                        | Claim::Total { .. }
                        | Claim::Anomaly { .. }
                        | Claim::Target { .. }
                        | Claim::Spread { .. }
                )
            }),
        ),
        (
            "Trend",
            told(|claim| matches!(claim, Claim::Trend { .. } | Claim::Streak { .. } | Claim::Relation { .. })),
        ),
        ("About the data", about_the_data(story)),
    ];
    let sections = sections.into_iter().map(|(heading, lines)| Section {
        heading: heading.to_owned(),
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

/// A high (or low) that a record tells already.
fn is_record(story: &Story, fact: &Fact) -> bool {
    let way = match fact.claim {
        Claim::High { .. } => Direction::Up,
        Claim::Low { .. } => Direction::Down,
        _ => return false,
    };
    let tells = |claim: &Claim| matches!(claim, Claim::Record { direction, since: None, .. } if *direction == way);
    story
        .facts
        .items
        .iter()
        .any(|other| other.series == fact.series && tells(&other.claim))
}

/// How large the moves usually are, beside this one.
fn usual(story: &Story) -> Option<String> {
    let (fact, change, _) = story.change()?;
    if let Some(unusual) = unusual(story, fact, change) {
        return Some(unusual);
    }
    let usual = change.usual.filter(|usual| !usual.is_zero())?;
    let period = story.grain().map_or("step", |grain| english::noun(grain, 1));
    Some(format!(
        "From one {period} to the next, a move of about {} is usual.",
        english::moved(usual, fact.unit.as_ref())
    ))
}

fn about_the_data(story: &Story) -> Vec<String> {
    let facts = story
        .facts
        .items
        .iter()
        .filter(|fact| matches!(fact.claim, Claim::Freshness { .. } | Claim::Gaps { .. }));
    let mut lines: Vec<String> = facts.filter_map(|fact| sentence(story, fact)).collect();
    let notes = &story.facts.notes;
    lines.extend(notes.iter().take(NOTES_MAX).cloned());
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
