//! The proof that a text says nothing that is not so: every number, percentage, date, rank, direction word and name of it is parsed back and
//! held against the Facts.
//!
//! # What is meant
//! A sentence is parted into **clauses**, at commas, conjunctions and words like "from" and "than". Each clause says something of an entity (a
//! series or category), of a period, perhaps against another one, in a direction, about a topic (a trend, a target). What a clause leaves out, it
//! takes from the clauses before it, else from those after it. Each Fact is taken apart into **statements** of the same form, each with one number.
//! A claim is proven when one statement has *all* that is said together: "North rose 8% in October" needs a change of 8%, upwards, of North, that
//! ends in October. That is what catches a swapped name, month or direction whose number is right.
//!
//! # Rules
//! - **Numbers** are read as the reader's locale writes them, in Latin, Arabic or Devanagari digits. A number is proven when the exact value, rounded
//!   half away from zero to the last written digit, is that number. Cutting off is not rounding. The unit must be the Fact's: another currency, a bare
//!   number for money, "%" for percentage points are refused. A bare number that another noun follows than the Fact's unit is refused.
//! - **A value** carries its own sign. **A difference** stands beside a word or sign that tells its direction. An older value stands after "from",
//!   or beside its own date. A value without any date is the newest one.
//! - **Counts** ("12 months", "three") need the name of what is counted, and the Fact that counts it.
//! - **Dates** name the period as long as it is: a day is no month. A year that is left out is the newest. A weekday must be that day's. "Yesterday"
//!   and "last month" are taken from the time at which the rows were read. The reading's own date needs a word like "read".
//! - **Direction words, ranks, "highest", "unchanged", "doubled", "half"** are claims of their own, with or without a number. "Did not fall" is
//!   proven by a change that is none, or goes up.
//! - **Two facts together** prove a difference or ratio of two values that the sentence compares by name or date.
//! - **Causes and the future** are never proven: nothing of the kind is computed. Texts of a model ([`Strictness::Model`]) may also hold no
//!   capitalised name that is not in the data.
//! - **Names** of the data are matched whole, the longest first; digits in them claim nothing. Notes and quoted texts are not ours to prove.
//! - A word that is both a name and a word of the language is tried as either.
//!
//! What is not known claims nothing: adjectives, and sentences without any of these, pass.

mod check;
mod clause;
mod clock;
mod date;
mod derive;
mod digits;
mod fits;
mod lexicon;
mod maker;
mod names;
mod number;
mod scan;
mod statement;
mod subject;
mod token;
mod verdict;
mod when;
mod words;

use std::ops::Range;

use domain::series::Grain;

use crate::fact::{Axis, Fact, Facts, Label};
use check::{Ground, Said};
use clause::{Clause, Context, clauses, contexts};
use digits::Manner;
use lexicon::Lexicon;
use maker::statements;
use names::Names;
use statement::Statement;
use token::{Placed, Token, tokens};
pub use verdict::{Checked, Proof, Reason, SentenceVerdict, Verdict, What};

/// Whose text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Written by this crate.
    Ours,
    /// Written by a model: capitalised words that are no names of the data are refused beside claims.
    Model,
}

/// Holds a text, best one that is about one thing, against the Facts. `quoted` are texts that are not ours to prove (the pulse's title): where
/// they stand word for word, they claim nothing. `locale` is the reader's BCP 47 tag. Never panics; takes time in proportion to the text.
pub fn prove(text: &str, facts: &Facts, quoted: &[&str], locale: &str, strictness: Strictness) -> Proof {
    let sentences = prove_sentences(text, facts, quoted, locale, strictness);
    Proof {
        claims: sentences.into_iter().flat_map(|sentence| sentence.claims).collect(),
    }
}

/// The same sentence by sentence, so that one that fails can be left out. What a sentence does not name, it takes from those before it.
pub fn prove_sentences(text: &str, facts: &Facts, quoted: &[&str], locale: &str, strictness: Strictness) -> Vec<SentenceVerdict> {
    let reading = Reading::of(text, facts, quoted, locale, strictness, false);
    let mut verdicts = reading.sentences();
    if verdicts.iter().all(SentenceVerdict::is_proven) || !reading.has_names {
        return verdicts;
    }
    // A series called "Up", a category called "5": the word may be the language's.
    let other = Reading::of(text, facts, quoted, locale, strictness, true).sentences();
    if other.iter().all(SentenceVerdict::is_proven) {
        return other;
    }
    for verdict in verdicts.iter_mut().filter(|verdict| !verdict.is_proven()) {
        let better = other.iter().find(|other| other.span == verdict.span && other.is_proven());
        if let Some(better) = better {
            verdict.clone_from(better);
        }
    }
    verdicts
}

/// A text made ready to be held against the Facts, in one way in which its names can be read.
struct Reading<'a> {
    text: &'a str,
    tokens: Vec<Placed>,
    statements: Vec<Statement>,
    manner: Manner,
    lexicon: &'static Lexicon,
    facts: &'a Facts,
    strictness: Strictness,
    has_names: bool,
}

impl<'a> Reading<'a> {
    fn of(text: &'a str, facts: &'a Facts, quoted: &[&str], locale: &str, strictness: Strictness, is_strict: bool) -> Self {
        let lexicon = lexicon::of(locale);
        let manner = Manner::of(locale);
        let names = Names::of(facts, quoted, locale, is_strict);
        let found = scan::pieces(text, &names, &manner, lexicon.is_arabic);
        let grain: Option<Grain> = match facts.axis {
            Axis::Time(grain) => Some(grain),
            // Names against themselves in the period before.
            _ => facts.items.iter().flat_map(Fact::places).find_map(|place| grain_of(&place.label)),
        };
        Self {
            text,
            tokens: tokens(&found, lexicon, grain),
            statements: statements(facts, &names),
            manner,
            lexicon,
            facts,
            strictness,
            has_names: names.has_words,
        }
    }

    fn sentences(&self) -> Vec<SentenceVerdict> {
        let ground = Ground {
            statements: &self.statements,
            manner: &self.manner,
            now: self.facts.as_of_local,
        };
        let mut earlier = Context::default();
        let mut verdicts = Vec::new();
        for (indices, span) in self.spans() {
            let parts = clauses(&self.tokens, indices.clone(), self.lexicon.is_german);
            let meant = contexts(&parts, &earlier);
            let mut claims = self.claims(&ground, &parts, &meant, indices);
            claims.sort_by_key(|claim| claim.span.start);
            if let Some(last) = meant.into_iter().next_back() {
                earlier = last;
            }
            verdicts.push(SentenceVerdict { span, claims });
        }
        verdicts
    }

    /// Each sentence as indices of its tokens, and as bytes of the text.
    fn spans(&self) -> Vec<(Range<usize>, Range<usize>)> {
        let mut spans = Vec::new();
        let mut start = 0;
        let mut start_byte = 0;
        for (index, placed) in self.tokens.iter().enumerate() {
            if placed.token == Token::Mark('.') {
                if index > start {
                    spans.push((start..index, start_byte..placed.span.end));
                    start_byte = placed.span.end;
                }
                start = index + 1;
            }
        }
        if start < self.tokens.len() {
            spans.push((start..self.tokens.len(), start_byte..self.text.len()));
        }
        spans
    }

    fn claims(&self, ground: &Ground, parts: &[Clause], meant: &[Context], sentence: Range<usize>) -> Vec<Checked> {
        let mut claims = Vec::new();
        for (clause, context) in parts.iter().zip(meant) {
            let said = Said {
                clause,
                context,
                tokens: &self.tokens,
                sentence: sentence.clone(),
            };
            for index in clause.tokens.clone() {
                let Some(placed) = self.tokens.get(index) else { break };
                let found = match &placed.token {
                    Token::Unknown { is_capital: true } if self.strictness == Strictness::Model && !self.lexicon.is_german => {
                        Some((What::Entity, Err(Reason::UnknownName)))
                    }
                    token => words::claim(ground, &said, index, token),
                };
                let is_unknown = self.strictness == Strictness::Model && found.is_some() && subject::is_unknown(&said, index);
                let found = found.map(|(what, found)| (what, if is_unknown { Err(Reason::NoFact) } else { found }));
                if let Some((what, verdict)) = found {
                    claims.push(Checked {
                        span: placed.span.clone(),
                        what,
                        verdict: match verdict {
                            Ok(fact) => Verdict::Proven { fact },
                            Err(reason) => Verdict::Refused { reason },
                        },
                    });
                }
            }
        }
        // A capital alone is no claim: only beside one does an unknown name matter.
        let is_claim = |claim: &Checked| {
            !matches!(
                claim.verdict,
                Verdict::Refused {
                    reason: Reason::UnknownName
                }
            )
        };
        if !claims.iter().any(is_claim) {
            claims.clear();
        }
        claims
    }
}

fn grain_of(label: &Label) -> Option<Grain> {
    match label {
        Label::Moment { grain, .. } | Label::Span { grain, .. } => Some(*grain),
        Label::Name { .. } | Label::Range { .. } | Label::Whole => None,
    }
}
