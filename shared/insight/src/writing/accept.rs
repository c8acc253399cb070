//! What comes of a model's answer: its sentences that hold, or our own words.

use domain::fault::Why;
use domain::reading::{DropReason, Proofread};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::private::Hidden;
use super::prompt::headings;
use super::sentence::Judge;
use super::{Told, drop_sentence};
use crate::cut::utf16_units;
use crate::fact::Facts;
use crate::narrative::{ANALYSIS_UNITS_MAX, HIGHLIGHTS_MAX, Narrative, SENTENCES_UNITS_MAX, Section};

/// Most texts of one list that are looked at. Ours.
const LIST_MAX: usize = 24;

/// The answer, as it was asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    summary: String,
    highlights: Vec<String>,
    analysis: Vec<WrittenSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSection {
    heading: String,
    lines: Vec<String>,
}

/// Takes what holds of a model's answer. `ours` is what is told otherwise: where the answer is of another shape, where its summary holds no proven
/// number, or where less than half of its sentences hold; [`Proofread::why_not`] then says so.
pub fn accept(answer: Map<String, Value>, model: &str, facts: &Facts, ours: Told) -> Told {
    let Ok(written) = Written::deserialize(Value::Object(answer)) else {
        let sentence = "The model's answer has not the shape that it was asked for.";
        return not_used(ours, Vec::new(), Why::new("writing.shape", sentence));
    };
    let texts = ours.narrative.texts();
    let judge = Judge::new(facts, &ours.narrative.title, &ours.narrative.locale, &texts);
    let mut reader = Reader {
        judge,
        hidden: Hidden::of(facts, &ours.narrative.title),
        proof: Proofread {
            writer: model.to_owned(),
            ..Proofread::default()
        },
        seen: 0,
    };
    let summary = reader.text(&written.summary, SENTENCES_UNITS_MAX);
    let highlights = written.highlights.iter().take(LIST_MAX);
    let mut highlights: Vec<String> = highlights
        .filter_map(|text| reader.text(text, SENTENCES_UNITS_MAX / 2).map(|kept| kept.text))
        .collect();
    highlights.truncate(HIGHLIGHTS_MAX);
    let analysis = sections(&mut reader, written.analysis, &ours.narrative, &facts.notes);
    let Reader { proof, seen, .. } = reader;
    let kept = proof.kept;
    match summary.filter(|summary| summary.proven > 0) {
        Some(summary) if kept * 2 >= seen => Told {
            narrative: Narrative {
                summary: summary.text,
                highlights,
                analysis,
                ..ours.narrative
            },
            proof,
        },
        _ => {
            let sentence = format!("Too little of what the model wrote could be proven: {kept} of {seen} sentences.");
            not_used(ours, proof.dropped, Why::new("writing.unproven", sentence))
        }
    }
}

fn not_used(mut ours: Told, dropped: Vec<domain::reading::Dropped>, why: Why) -> Told {
    for one in dropped {
        drop_sentence(&mut ours.proof, one.reason, &one.text);
    }
    ours.because(why)
}

struct Reader<'a> {
    judge: Judge<'a>,
    hidden: Hidden,
    proof: Proofread,
    /// Sentences so far, good and bad.
    seen: u32,
}

struct Kept {
    text: String,
    proven: usize,
}

impl Reader<'_> {
    /// The sentences of a text that hold, in order, as many as fit.
    fn text(&mut self, text: &str, units_max: usize) -> Option<Kept> {
        let mut kept = Kept {
            text: String::new(),
            proven: 0,
        };
        for sentence in self.judge.sentences(&self.hidden.put_back(text)) {
            self.seen = self.seen.saturating_add(1);
            let fits = utf16_units(&kept.text) + 1 + utf16_units(&sentence) <= units_max;
            match self.judge.judge(&sentence) {
                Ok(proven) if fits => {
                    if !kept.text.is_empty() {
                        kept.text.push(' ');
                    }
                    kept.text.push_str(&sentence);
                    kept.proven += proven;
                    self.proof.kept = self.proof.kept.saturating_add(1);
                }
                Ok(_) => drop_sentence(&mut self.proof, DropReason::TooLong, &sentence),
                Err(reason) => drop_sentence(&mut self.proof, reason, &sentence),
            }
        }
        (!kept.text.is_empty()).then_some(kept)
    }
}

/// The analysis under our own headings; what stands under another one goes to the first. Notes on the data are quoted as they always are.
fn sections(reader: &mut Reader, written: Vec<WrittenSection>, ours: &Narrative, notes: &[String]) -> Vec<Section> {
    let is_note = |line: &&String| notes.contains(line);
    let mut sections: Vec<Section> = headings(ours)
        .into_iter()
        .map(|heading| Section {
            heading: heading.to_owned(),
            lines: Vec::new(),
        })
        .collect();
    let quoted: usize = notes.iter().map(|note| utf16_units(note) + 3).sum();
    let framing: usize = sections.iter().map(|section| utf16_units(&section.heading) + 4).sum();
    let mut room = ANALYSIS_UNITS_MAX.saturating_sub(quoted + framing);
    for section in written.into_iter().take(LIST_MAX) {
        let place = sections.iter().position(|ours| ours.heading == section.heading).unwrap_or(0);
        for line in section.lines.iter().take(LIST_MAX) {
            let Some(kept) = reader.text(line, room.saturating_sub(3).min(SENTENCES_UNITS_MAX * 2)) else {
                continue;
            };
            let Some(target) = sections.get_mut(place) else { continue };
            if !target.lines.contains(&kept.text) {
                room = room.saturating_sub(utf16_units(&kept.text) + 3);
                target.lines.push(kept.text);
            }
        }
    }
    // Whoever wants the longer reading gets one.
    if sections.iter().all(|section| section.lines.is_empty()) {
        return ours.analysis.clone();
    }
    for (section, own) in sections.iter_mut().zip(&ours.analysis) {
        section.lines.extend(own.lines.iter().filter(is_note).cloned());
    }
    sections.retain(|section| !section.lines.is_empty());
    sections
}
