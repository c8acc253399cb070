//! Our own words are proven too: whoever wrote them, a sentence that does not hold does not leave.

use domain::reading::{DropReason, Proofread};

use super::sentence::Judge;
use super::{Author, Told, drop_sentence, hold};
use crate::fact::Facts;
use crate::narrative::Narrative;

/// Holds a deterministic Narrative against its Facts and takes out what fails. That anything fails is a fault of ours, which the caller logs: it is in
/// [`Proofread::dropped`].
pub fn proofread(mut narrative: Narrative, facts: &Facts) -> Told {
    let (title, locale) = (narrative.title.clone(), narrative.locale.clone());
    let holds = |text: &str| hold(text, facts, &title, &locale, Author::Ours).is_true;
    let judge = Judge::new(facts, &title, &locale, &[]);
    let mut proof = Proofread::default();
    let mut kept = |text: &str| -> Option<String> {
        if facts.notes.iter().any(|note| note == text) {
            return Some(text.to_owned());
        }
        let sentences = judge.sentences(text);
        let count = |sentences: usize| u32::try_from(sentences).unwrap_or(u32::MAX);
        if holds(text) {
            proof.kept = proof.kept.saturating_add(count(sentences.len()));
            return Some(text.to_owned());
        }
        let (good, bad): (Vec<String>, Vec<String>) = sentences.into_iter().partition(|one| holds(one));
        bad.iter().for_each(|one| drop_sentence(&mut proof, DropReason::Unproven, one));
        proof.kept = proof.kept.saturating_add(count(good.len()));
        (!good.is_empty()).then(|| good.join(" "))
    };
    let summary = kept(&narrative.summary);
    narrative.highlights = narrative.highlights.iter().filter_map(|line| kept(line)).collect();
    for section in &mut narrative.analysis {
        section.lines = section.lines.iter().filter_map(|line| kept(line)).collect();
    }
    narrative.analysis.retain(|section| !section.lines.is_empty());
    let placeholders = &mut narrative.placeholders;
    for value in [&mut placeholders.latest, &mut placeholders.previous, &mut placeholders.change] {
        if !holds(value) {
            drop_sentence(&mut proof, DropReason::Unproven, value);
            "n/a".clone_into(value);
        }
    }
    // A message without a first sentence looks broken: the next one that holds takes its place.
    narrative.summary = match summary {
        Some(summary) => summary,
        None if narrative.highlights.is_empty() => String::new(),
        None => narrative.highlights.remove(0),
    };
    Told { narrative, proof }
}
