//! Which words of a question mean what, in the five languages at once.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::locale::Language;

use super::fold::{is_near, joined};
use super::words::SPOKEN;

/// What a word or phrase tells of what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Cue {
    Why,
    Compare,
    /// "last", "before"
    Previous,
    Yesterday,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Period,
    Top,
    Bottom,
    By,
    As,
    Show,
    Chart,
    Line,
    Bar,
    Area,
    Pie,
    Lying,
    Stacked,
    Numbers,
    Latest,
    High,
    Low,
    Total,
    Average,
    Trend,
    Target,
    Anomaly,
    /// How old the rows are, and which period they cover.
    Data,
    /// What a name or unit means.
    Meaning,
    Help,
    Thanks,
    /// Other topics, and orders to whoever reads.
    Off,
    /// Says nothing by itself.
    Plain,
}

/// A phrase found in a question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub cue: Cue,
    pub at: usize,
    pub words: usize,
    pub language: Language,
}

struct Phrase {
    words: Vec<String>,
    cue: Cue,
    language: Language,
}

/// All phrases, by their first word.
static PHRASES: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<Phrase>> = HashMap::new();
    for spoken in SPOKEN {
        let asked = spoken
            .cues
            .iter()
            .flat_map(|(cue, all)| all.split('|').map(move |text| (*cue, text)));
        let plain = spoken.plain.split_whitespace().map(|text| (Cue::Plain, text));
        for (cue, text) in asked.chain(plain) {
            let words: Vec<String> = joined(text).split(' ').map(str::to_owned).collect();
            let first = words.first().cloned().unwrap_or_default();
            phrases.entry(first).or_default().push(Phrase {
                words,
                cue,
                language: spoken.language,
            });
        }
    }
    phrases
});

/// Whether a word stands alone among the phrases of any language.
pub(super) fn is_known(word: &str) -> bool {
    PHRASES
        .get(word)
        .is_some_and(|phrases| phrases.iter().any(|phrase| phrase.words.len() == 1))
}

/// All phrases of a question, the longest at each place. A mistyped word is taken for the one that is meant unless `is_name` knows it.
pub(super) fn found(words: &[String], is_name: impl Fn(usize) -> bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let here = PHRASES.get(word).map(Vec::as_slice).unwrap_or_default();
        let fits = |phrase: &&Phrase| words[at..].starts_with(&phrase.words);
        let longest = here.iter().filter(fits).map(|phrase| phrase.words.len()).max().unwrap_or(0);
        for phrase in here.iter().filter(|phrase| phrase.words.len() == longest).filter(fits) {
            found.push(Found {
                cue: phrase.cue,
                at,
                words: longest,
                language: phrase.language,
            });
        }
        if longest == 0 && !is_name(at) {
            found.extend(mistyped(word, at));
        }
        at += longest.max(1);
    }
    found
}

/// What a word is, one letter aside: the same for every order of the map.
fn mistyped(word: &str, at: usize) -> Vec<Found> {
    let near = PHRASES
        .iter()
        .filter(|(first, _)| is_near(word, first))
        .flat_map(|(_, phrases)| phrases);
    let mut near: Vec<&Phrase> = near.filter(|phrase| phrase.words.len() == 1).collect();
    near.sort_by_key(|phrase| (phrase.cue == Cue::Plain, phrase.words[0].clone()));
    let Some(best) = near.first().map(|phrase| phrase.words[0].clone()) else {
        return Vec::new();
    };
    near.retain(|phrase| phrase.words[0] == best);
    let found = near.iter().map(|phrase| Found {
        cue: phrase.cue,
        at,
        words: 1,
        language: phrase.language,
    });
    found.collect()
}
