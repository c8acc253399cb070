//! A reading worded by a model, and why it can be trusted: the model is told what is true, and every sentence that it gives back has to hold.
//!
//! The model sees the Narrative's own sentences and the names on the chart, as JSON: never rows, credentials, notes or links, and never a mail address,
//! a phone number or a link that stands in a cell: such names are called "item 1" until its answer is back ([`private`]). What comes back is not
//! believed: its shape is checked, each sentence is looked through for anything but words about the chart ([`sentence`]) and held against the Facts
//! by [`crate::prove`]. A cell can therefore say to a model whatever it likes; what leaves is true or does not leave.

mod accept;
mod private;
mod prompt;
mod proofread;
mod sentence;

pub use accept::accept;
pub use prompt::{Prompt, prompt};
pub use proofread::proofread;

use domain::fault::Why;
use domain::reading::{DROPPED_MAX, DropReason, Dropped, Proofread};

use crate::Narrative;
use crate::cell_text::tame;
use crate::fact::Facts;
use crate::prove::{Checked, Strictness, Verdict, What, prove};

/// Longest text of a dropped sentence that is kept, in graphemes. Ours.
const DROPPED_GRAPHEMES_MAX: usize = 160;

/// A Narrative and what the proof said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What may leave.
    pub narrative: Narrative,
    /// Who wrote it, what was kept and what was not.
    pub proof: Proofread,
}

impl Told {
    /// The same, with the reason why the model did not write it.
    #[must_use]
    pub fn because(mut self, why_not: Why) -> Self {
        self.proof.why_not = Some(why_not);
        self
    }
}

/// Everything on the chart that is a name and no word of ours, longest first.
fn names(facts: &Facts, title: &str) -> Vec<String> {
    let mut names: Vec<String> = vec![title.to_owned(), facts.measure.clone()];
    names.extend(facts.series.iter().cloned());
    for fact in &facts.items {
        names.extend(fact.series.clone());
        if let Some(domain::dataset::Unit::Other(unit)) = &fact.unit {
            names.push(unit.clone());
        }
        names.extend(fact.places().into_iter().filter_map(|place| place.label.name().map(str::to_owned)));
    }
    names.retain(|name| !name.trim().is_empty());
    names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    names.dedup();
    names
}

/// Whose text is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Author {
    Ours,
    Model,
}

/// What the proof says of a text.
struct Held {
    /// Nothing in it is untrue.
    is_true: bool,
    /// How many of its numbers, directions and ranks a Fact stands behind. A name or a date alone says nothing.
    backed: usize,
}

/// The one place that asks the proof. `author` says whose text it is.
fn hold(text: &str, facts: &Facts, title: &str, locale: &str, author: Author) -> Held {
    let strictness = match author {
        Author::Ours => Strictness::Ours,
        Author::Model => Strictness::Model,
    };
    let proof = prove(text, facts, &[title], locale, strictness);
    let is_backed = |claim: &&Checked| claim.what != What::Date && matches!(claim.verdict, Verdict::Proven { fact: Some(_) });
    Held {
        is_true: proof.is_proven(),
        backed: proof.claims.iter().filter(is_backed).count(),
    }
}

fn drop_sentence(proof: &mut Proofread, reason: DropReason, text: &str) {
    if proof.dropped.len() < DROPPED_MAX {
        proof.dropped.push(Dropped {
            reason,
            text: tame(text, DROPPED_GRAPHEMES_MAX),
        });
    }
}

#[cfg(test)]
mod tests;
