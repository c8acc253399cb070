//! From characters to tokens: names, numbers as digits, words, and what parts them.

use std::collections::HashMap;
use std::ops::Range;

use super::digits::{self, Digits, Manner};
use super::names::{Meant, Names};

/// The smallest piece of a text that means something.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A name of the Facts, or a quoted text.
    Name(Meant),
    /// A number with what is written onto it.
    Digits(Digits),
    /// A word in small letters, and whether it was written with a capital.
    Word { lower: String, is_capital: bool },
    /// A mark: one of `, ; : ( ) . ! ? –`, or another one as `·`.
    Mark(char),
}

/// A piece and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub piece: Piece,
    pub span: Range<usize>,
}

/// All pieces of a text, in order.
pub(super) fn pieces(text: &str, names: &Names, manner: &Manner, is_arabic: bool) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before: Option<char> = None;
    while let Some(rest) = text.get(at..)
        && let Some(first) = rest.chars().next()
    {
        let (piece, length) = if let Some((meant, length)) = names.read(rest, before) {
            (Some(Piece::Name(meant)), length)
        } else if let Some((digits, length)) = digits::read(rest, before, manner, &|behind| names.read(behind, Some(' ')).is_some()) {
            (Some(Piece::Digits(digits)), length)
        } else if is_letter(first) {
            let length = word_length(rest, is_arabic);
            let word = rest.get(..length).unwrap_or_default();
            let is_short = SHORTENED.contains(&word) && rest.get(length..).is_some_and(|behind| behind.starts_with('.'));
            let lower = word.replace(['\u{640}', '’', '\''], "'").replace("''", "'").to_lowercase();
            (
                Some(Piece::Word {
                    lower: strip(&lower),
                    is_capital: first.is_uppercase(),
                }),
                length + usize::from(is_short),
            )
        } else {
            (mark(first, rest, before).map(Piece::Mark), first.len_utf8())
        };
        let length = length.max(first.len_utf8());
        if let Some(piece) = piece {
            found.push(Found {
                piece,
                span: at..at + length,
            });
        }
        before = rest.get(..length).and_then(|taken| taken.chars().next_back());
        at += length;
    }
    found
}

/// Words that a full stop shortens without ending the sentence.
const SHORTENED: [&str; 6] = ["Tg", "Std", "Sek", "ca", "bzw", "vs"];

/// Without the marks of Arabic vowels and the stretching of letters.
fn strip(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\u{64B}'..='\u{652}' | '\u{640}')).collect()
}

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{64B}'..='\u{652}' | '\u{640}' | '\u{300}'..='\u{36F}')
}

/// Letters, and apostrophes and digits among them ("don't", "Q3"); Arabic prefixes end before digits.
fn word_length(rest: &str, is_arabic: bool) -> usize {
    let mut length = 0;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let goes_on = is_letter(c)
            || (matches!(c, '\'' | '’') && chars.peek().is_some_and(|next| is_letter(*next)) && length > 0)
            || (c.is_numeric() && !is_arabic)
            || matches!(c, '\u{200c}' | '\u{200d}');
        if !goes_on {
            break;
        }
        length += c.len_utf8();
    }
    length
}

fn mark(c: char, rest: &str, before: Option<char>) -> Option<char> {
    let next = rest.chars().nth(1);
    match c {
        '.' | '!' | '?' | '؟' | '。' | '…' => {
            let ends = next.is_none_or(|next| next.is_whitespace() || matches!(next, ')' | '"' | '”' | '»' | '’' | '\u{2069}'));
            ends.then_some('.')
        }
        '\n' => Some('.'),
        ',' | '،' | '、' => Some(','),
        ';' | '؛' => Some(';'),
        ':' => Some(':'),
        '(' | ')' | '[' | ']' => Some(c),
        '–' | '—' => Some('–'),
        '-' if before.is_none_or(char::is_whitespace) && next.is_none_or(char::is_whitespace) => Some('–'),
        // Quotes, spaces, hyphens within words and what only turns the direction of writing claim nothing.
        '-' | '‑' | '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '’' | '‘' | '*' | '_' => None,
        c if c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
        {
            None
        }
        _ => Some('·'),
    }
}

/// Where each of many things begins, by its first character, so that a long text is read in one pass.
pub(super) fn by_first<T: Copy>(items: impl Iterator<Item = (char, T)>) -> HashMap<char, Vec<T>> {
    let mut groups: HashMap<char, Vec<T>> = HashMap::new();
    for (first, item) in items {
        groups.entry(first).or_default().push(item);
    }
    groups
}
