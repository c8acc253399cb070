//! What a question asks for, by rules over its words.

use std::collections::HashSet;

use domain::dataset::Dataset;
use domain::locale::{Language, Locale};

use super::AnswerKind;
use super::cue::{Cue, Found, found};
use super::fold::words;
use super::names::{Named, named};
use super::words::SPOKEN;

/// More of a question is not read. Ours.
pub(super) const QUESTION_CHARS_MAX: usize = 1_000;

/// A question as it was understood.
pub(super) struct Heard<'a> {
    pub words: Vec<String>,
    pub found: Vec<Found>,
    pub names: Vec<Named<'a>>,
}

impl<'a> Heard<'a> {
    pub fn of(question: &str, dataset: &'a Dataset) -> Self {
        let question: String = question.chars().take(QUESTION_CHARS_MAX).collect();
        let words = words(&question);
        let names = named(&words, dataset);
        let is_name = |at: usize| names.iter().any(|name| (name.at..name.at + name.words).contains(&at));
        let found = found(&words, is_name);
        Self { words, found, names }
    }

    pub fn has(&self, cue: Cue) -> bool {
        self.found.iter().any(|found| found.cue == cue)
    }

    fn has_any(&self, cues: &[Cue]) -> bool {
        cues.iter().any(|cue| self.has(*cue))
    }

    fn is_name(&self, at: usize) -> bool {
        self.names.iter().any(|name| (name.at..name.at + name.words).contains(&at))
    }

    /// A number of things, in digits or as a word.
    pub fn number(&self) -> Option<usize> {
        self.words.iter().find_map(|word| word.parse().ok().or_else(|| numeral(word)))
    }

    /// What follows on "by" and is no name and no period: a part that the data may not have.
    pub fn is_by_unknown(&self) -> bool {
        let by = self.found.iter().filter(|found| found.cue == Cue::By);
        by.map(|by| by.at + by.words)
            .any(|next| next < self.words.len() && self.is_unknown(next))
    }

    /// The language of the answer: the pulse's, unless the question's words are clearly of another that we write.
    pub fn locale(&self, pulse: Locale) -> Locale {
        let score = |language: Language| {
            let own = self.found.iter().filter(|found| found.language == language);
            let places: HashSet<usize> = own.flat_map(|found| found.at..found.at + found.words).collect();
            places.into_iter().filter(|at| !self.is_name(*at)).count()
        };
        let mut scores: Vec<(usize, &str, Language)> = SPOKEN
            .iter()
            .map(|spoken| (score(spoken.language), spoken.tag, spoken.language))
            .collect();
        scores.sort_by_key(|(score, _, _)| std::cmp::Reverse(*score));
        match scores.as_slice() {
            [(best, tag, language), (second, ..), ..]
                if best > second && *language != pulse.language() && score(pulse.language()) < *best =>
            {
                Locale::of(tag)
            }
            _ => pulse,
        }
    }

    /// What is asked for.
    pub fn kind(&self) -> AnswerKind {
        if !self.has_any(&[Cue::Off]) && self.is_about_the_chart() {
            self.asked()
        } else if self.words.is_empty() {
            AnswerKind::Help
        } else {
            AnswerKind::Declined
        }
    }

    /// Whether nearly all words are known: ours, or names of the data. Where one is named, more may be said around it.
    fn is_about_the_chart(&self) -> bool {
        let unknown = (0..self.words.len()).filter(|at| self.is_unknown(*at)).count();
        let means_something = !self.names.is_empty() || self.found.iter().any(|found| found.cue != Cue::Plain);
        let is_listed = unknown == 1 && self.is_by_unknown();
        let room = if self.names.is_empty() { 6 } else { 3 };
        means_something && (is_listed || unknown * room <= self.words.len())
    }

    fn is_unknown(&self, at: usize) -> bool {
        let is_found = self.found.iter().any(|found| (found.at..found.at + found.words).contains(&at));
        let word = &self.words[at];
        !is_found && !self.is_name(at) && numeral(word).is_none() && !word.bytes().all(|byte| byte.is_ascii_digit()) && !is_month(word)
    }

    fn asked(&self) -> AnswerKind {
        let has = |cue| self.has(cue);
        let has_unit = self.has_any(&[Cue::Day, Cue::Week, Cue::Month, Cue::Quarter, Cue::Year, Cue::Period]);
        let is_back = has(Cue::Yesterday) || (has(Cue::Previous) && has_unit);
        let names_dimension = self.names.iter().any(|name| name.value.is_none());
        let is_ranked = self.number().is_some() || names_dimension || has_unit;
        let is_form = self.has_any(&[Cue::Line, Cue::Bar, Cue::Area, Cue::Pie, Cue::Lying, Cue::Stacked]);
        let is_short = self.words.len() <= 3;
        match () {
            () if has(Cue::Why) => AnswerKind::Why,
            () if has(Cue::Target) && !is_back => AnswerKind::Target,
            () if self.has_any(&[Cue::Top, Cue::Bottom]) => AnswerKind::Top,
            () if self.has_any(&[Cue::High, Cue::Low]) && self.number().is_some() => AnswerKind::Top,
            () if is_form && (is_short || self.has_any(&[Cue::As, Cue::Show, Cue::Chart])) => AnswerKind::Form,
            () if has(Cue::Data) && !has(Cue::Compare) && !self.has_any(&[Cue::High, Cue::Low]) => AnswerKind::Data,
            () if self.has_any(&[Cue::High, Cue::Low]) => AnswerKind::HighLow,
            () if is_back || has(Cue::Compare) => AnswerKind::Compare,
            () if has(Cue::Meaning) => AnswerKind::Meaning,
            () if has(Cue::By) && (is_ranked || self.is_by_unknown()) => AnswerKind::By,
            () if has(Cue::Anomaly) => AnswerKind::Anomaly,
            () if has(Cue::Trend) => AnswerKind::Trend,
            () if has(Cue::Average) => AnswerKind::Average,
            () if has(Cue::Total) => AnswerKind::Total,
            () if has(Cue::Numbers) => AnswerKind::Numbers,
            () if is_form => AnswerKind::Form,
            () if has(Cue::Thanks) && !has(Cue::Help) && self.names.is_empty() => AnswerKind::Nothing,
            () if has(Cue::Help) => AnswerKind::Help,
            () if has(Cue::Chart) => AnswerKind::Form,
            () if self.has_any(&[Cue::Latest, Cue::Previous, Cue::Show]) || has_unit || !self.names.is_empty() => AnswerKind::Latest,
            () => AnswerKind::Declined,
        }
    }
}

/// One to ten, in any of the languages.
fn numeral(word: &str) -> Option<usize> {
    SPOKEN.iter().find_map(|spoken| {
        let place = spoken
            .numerals
            .iter()
            .position(|numeral| words(numeral).first().is_some_and(|known| known == word))?;
        Some(place + 1)
    })
}

/// A month's name, in any of the languages.
fn is_month(word: &str) -> bool {
    let locales = SPOKEN.iter().map(|spoken| Locale::of(spoken.tag));
    let mut names = locales.flat_map(|locale| (1..=12).flat_map(move |month| locale.month_forms(month)));
    names.any(|name| words(name).first().is_some_and(|known| known == word))
}
