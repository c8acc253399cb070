//! The names that a text may hold: series, categories, the measure, units, and what is quoted.

use std::collections::HashMap;

use domain::dataset::Unit;

use super::lexicon::{self, Lexicon};
use super::scan::by_first;
use crate::fact::{Claim, Facts, Label};
use crate::language::Scribe;
use crate::narrative::story::measure;

/// What a name in a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// A series or category, by its index in [`Names::entities`].
    Entity(usize),
    /// What is measured.
    Measure,
    /// What its numbers count.
    Unit,
    /// Quoted: not ours to prove.
    Quoted,
}

/// All names, ready to be found.
pub(super) struct Names {
    /// Series and categories, in small letters.
    pub entities: Vec<String>,
    /// Whether one of the names is also a word of the language.
    pub has_words: bool,
    known: Vec<(Vec<char>, Meant)>,
    by_first: HashMap<char, Vec<usize>>,
}

impl Names {
    /// `is_strict`: a name that is also a word of the language is only a word.
    pub fn of(facts: &Facts, quoted: &[&str], locale: &str, is_strict: bool) -> Self {
        let lexicon = lexicon::of(locale);
        let mut names = Self {
            entities: Vec::new(),
            has_words: false,
            known: Vec::new(),
            by_first: HashMap::new(),
        };
        for text in quoted.iter().copied().chain(facts.notes.iter().map(String::as_str)) {
            names.add(text, Meant::Quoted);
        }
        let entities = facts.items.iter().flat_map(|fact| {
            let places = fact.places().into_iter().filter_map(|place| match &place.label {
                Label::Name { name } => Some(name),
                _ => None,
            });
            fact.series.iter().chain(places)
        });
        let several = facts.series.iter().filter(|_| facts.series.len() > 1);
        for name in entities.chain(several) {
            let lower = name.to_lowercase();
            if is_word(&lower, lexicon) {
                names.has_words = true;
                if is_strict {
                    continue;
                }
            }
            let index = names.entities.iter().position(|known| *known == lower).unwrap_or_else(|| {
                names.entities.push(lower);
                names.entities.len() - 1
            });
            names.add(name, Meant::Entity(index));
        }
        let single = facts.series.iter().filter(|_| facts.series.len() == 1);
        let units = facts.items.iter().filter_map(|fact| fact.unit.as_ref()).chain(&facts.unit);
        let units = units.filter_map(|unit| if let Unit::Other(name) = unit { Some(name) } else { None });
        let others = facts.items.iter().filter_map(|fact| match &fact.claim {
            Claim::Target { name, .. } => name.as_ref(),
            Claim::Relation { with, .. } => Some(with),
            Claim::Spread { measure, .. } => Some(measure),
            _ => None,
        });
        let scribe = Scribe::of(locale, facts);
        let places = facts.items.iter().flat_map(crate::fact::Fact::places);
        for place in places.filter(|place| matches!(place.label, Label::Range { .. })) {
            names.add(&scribe.name(&place.label), Meant::Quoted);
        }
        let written = scribe.measure(&measure(facts));
        let bare = facts.bare_measure().to_owned();
        let measures = [&facts.measure, &written, &bare]
            .into_iter()
            .chain(single)
            .chain(others)
            .map(|name| (name, Meant::Measure));
        for (name, meant) in measures.chain(units.map(|name| (name, Meant::Unit))) {
            let is_word = is_word(&name.to_lowercase(), lexicon);
            names.has_words |= is_word;
            if !(is_strict && is_word) {
                names.add(name, meant);
            }
        }
        names.known.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let firsts = names
            .known
            .iter()
            .enumerate()
            .filter_map(|(index, (name, _))| Some((*name.first()?, index)));
        names.by_first = by_first(firsts);
        names
    }

    /// The index of a series' or category's name.
    pub fn entity(&self, name: &str) -> Option<usize> {
        let lower = name.to_lowercase();
        self.entities.iter().position(|known| *known == lower)
    }

    fn add(&mut self, name: &str, meant: Meant) {
        let folded: Vec<char> = name.chars().map(fold).collect();
        // A title that is a name of the data means what the name means.
        self.known
            .retain(|(known, before)| *before != Meant::Quoted || meant == Meant::Quoted || *known != folded);
        let is_known = self
            .known
            .iter()
            .any(|(known, before)| *known == folded && (*before == meant || meant == Meant::Quoted));
        if !folded.is_empty() && !is_known {
            self.known.push((folded, meant));
        }
    }

    /// The longest name that a text begins with as a whole: not inside a word or a number. And its length in bytes.
    pub fn read(&self, rest: &str, before: Option<char>) -> Option<(Meant, usize)> {
        let first = rest.chars().next()?;
        let candidates = self.by_first.get(&fold(first))?;
        candidates.iter().find_map(|index| {
            let (name, meant) = self.known.get(*index)?;
            let mut chars = rest.char_indices();
            let mut last = first;
            for letter in name {
                let (_, c) = chars.next()?;
                if fold(c) != *letter {
                    return None;
                }
                last = c;
            }
            let length = chars.clone().next().map_or(rest.len(), |(at, _)| at);
            let starts = before.is_none_or(|before| {
                !(goes_on(first, before) || (first.is_numeric() && matches!(before, '.' | ',' | '−' | '+' | '-' | '٫')))
            });
            let mut after = chars.map(|(_, c)| c);
            let next = after.next();
            let ends = next.is_none_or(|next| {
                let is_mark = matches!(next, '.' | ',' | '٫') && after.next().is_some_and(char::is_numeric);
                let is_fraction = last.is_numeric() && (is_mark || matches!(next, '%' | '٪'));
                !goes_on(last, next) && !is_fraction
            });
            (starts && ends).then_some((*meant, length))
        })
    }
}

fn goes_on(inner: char, outer: char) -> bool {
    inner.is_alphanumeric() && outer.is_alphanumeric()
}

fn fold(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

/// Whether a name is also a word of the language, or no word at all.
fn is_word(name: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = name.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    words.is_empty() || name.chars().all(|c| !c.is_alphabetic()) || lexicon.read(&words).is_some_and(|(_, length)| length == words.len())
}
