//! The chart's own names in a question: columns, and what stands in columns of text.

use std::collections::{HashMap, HashSet};

use domain::dataset::{Dataset, Values};

use super::cue::is_known;
use super::fold::{is_near, joined};

/// Longer names are not looked for.
const NAME_BYTES_MAX: usize = 120;
/// So many words of a question may be one name.
const NAME_WORDS_MAX: usize = 8;

/// A name of the chart's data in a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub column: &'a str,
    /// The cell, as it stands in that column; `None` where the column itself is named.
    pub value: Option<&'a str>,
    /// The first of its words.
    pub at: usize,
    pub words: usize,
}

/// All names, the longest first and none inside another. A name of nothing but digits, or of words that we know otherwise ("line", "why"), is not
/// taken for one: a cell must not change what a question means.
pub(super) fn named<'a>(words: &[String], dataset: &'a Dataset) -> Vec<Named<'a>> {
    let parts = parts(words);
    let mut found: Vec<Named<'a>> = Vec::new();
    let mut near: Vec<Named<'a>> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut look = |column: &'a str, value: Option<&'a str>| {
        let name = value.unwrap_or(column);
        if name.len() > NAME_BYTES_MAX || (value.is_some() && !seen.insert(name)) {
            return;
        }
        let folded = joined(name);
        let named = |at: usize, words: usize| Named { column, value, at, words };
        if let Some(places) = parts.get(&folded).filter(|_| is_a_name(&folded)) {
            let length = folded.split(' ').count();
            found.extend(places.iter().map(|at| named(*at, length)));
        } else if !folded.contains(' ') {
            let is_meant = |(_, word): &(usize, &String)| is_near(word, &folded) && !is_known(word);
            near.extend(words.iter().enumerate().filter(is_meant).map(|(at, _)| named(at, 1)));
        }
    };
    for column in &dataset.columns {
        look(&column.name, None);
    }
    for column in &dataset.columns {
        if let Values::Text(cells) = &column.values {
            cells.iter().flatten().for_each(|cell| look(&column.name, Some(cell)));
        }
    }
    found.sort_by_key(|name| std::cmp::Reverse(name.words));
    found.extend(near);
    let mut kept: Vec<Named> = Vec::new();
    for name in found {
        let is_apart = |other: &Named| name.at + name.words <= other.at || other.at + other.words <= name.at;
        if kept.iter().all(is_apart) {
            kept.push(name);
        }
    }
    kept.sort_by_key(|name| name.at);
    kept
}

fn is_a_name(folded: &str) -> bool {
    let is_said = |word: &str| is_known(word) || word.bytes().all(|byte| byte.is_ascii_digit());
    !folded.split(' ').all(is_said)
}

/// Every run of words, and where it begins.
fn parts(words: &[String]) -> HashMap<String, Vec<usize>> {
    let mut parts: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 0..words.len() {
        let mut part = String::new();
        for word in words[at..].iter().take(NAME_WORDS_MAX) {
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(word);
            parts.entry(part.clone()).or_default().push(at);
        }
    }
    parts
}
