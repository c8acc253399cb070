//! From pieces to what they say together: "12", "October" and "2026" are one date, "minus", "7.1" and "percent" one number.

use std::ops::Range;

use domain::series::Grain;
use rust_decimal::Decimal;

use super::date::{date, is_date, span_of_periods};
use super::digits::Digits;
use super::lexicon::{Lexicon, Noun, Term};
use super::names::Meant;
use super::scan::{Found, Piece};
use super::when::When;

/// What a text says at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Name(Meant),
    Number(Number),
    Date(When),
    Term(Term),
    /// A word that stands in no list; whether it was written with a capital inside a sentence.
    Unknown {
        is_capital: bool,
    },
    /// `, ; : ( ) – .`
    Mark(char),
}

/// A token and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub token: Token,
    pub span: Range<usize>,
}

/// A number with all that was written to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Without its sign; `None` where it cannot be read.
    pub value: Option<Decimal>,
    /// What the last written digit counts.
    pub unit: Decimal,
    pub is_negative: bool,
    pub is_positive: bool,
    pub measure: Measure,
    /// What it counts, where such a name follows.
    pub noun: Option<Noun>,
    /// Whether the word that follows is no known one, so that it may be another unit.
    pub is_followed_by_unknown: bool,
}

/// What a number was written as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Measure {
    Bare,
    Percent,
    Points,
    /// Seconds in what it counts.
    Time(u32),
    /// By its sign or code.
    Currency(String),
    /// By its name: the codes that it may mean.
    Money(&'static [&'static str]),
    /// "1.5x", "3 times as much".
    Factor,
    /// "3rd".
    Rank,
}

/// Between a part's count and the whole's: "2 of 9 values".
const OF: [&str; 8] = ["of", "de", "do", "da", "dos", "von", "من", "del"];
/// Small words within a date.
const GLUE: [&str; 31] = [
    "o",
    "al",
    "no",
    "na",
    "of",
    "the",
    "on",
    "at",
    "in",
    "de",
    "del",
    "do",
    "da",
    "la",
    "las",
    "el",
    "le",
    "a",
    "à",
    "às",
    "as",
    "vom",
    "den",
    "der",
    "dem",
    "um",
    "uhr",
    "utc",
    "من",
    "في",
    "الساعة",
];
/// All tokens of a text.
pub(super) fn tokens(found: &[Found], lexicon: &Lexicon, axis: Option<Grain>) -> Vec<Placed> {
    let words = phrases(found, lexicon);
    let mut tokens = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = words.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let (token, taken) = span_of_periods(rest)
            .or_else(|| date(rest).filter(|(when, _)| is_date(when, rest, before, axis)))
            .map(|(when, taken)| (Token::Date(when), taken))
            .or_else(|| number(rest).map(|(number, taken)| (Token::Number(number), taken)))
            .unwrap_or_else(|| (plain(word), 1));
        let end = rest.get(taken.max(1) - 1).map_or(word.span.end, |last| last.span.end);
        tokens.push(Placed {
            token,
            span: word.span.start..end,
        });
        at += taken.max(1);
    }
    tokens
}

/// A piece whose words are read.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    pub said: Said<'a>,
    span: Range<usize>,
    pub is_glue: bool,
    /// "of" and its like.
    pub is_of: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Said<'a> {
    Name(Meant),
    Digits(&'a Digits),
    Term(Term),
    Unknown { is_capital: bool },
    Mark(char),
}

fn phrases<'a>(found: &'a [Found], lexicon: &Lexicon) -> Vec<Word<'a>> {
    const PHRASE_WORDS_MAX: usize = 7;
    let mut words = Vec::with_capacity(found.len());
    let mut at = 0;
    let mut is_first = true;
    while let Some(here) = found.get(at) {
        let mut taken = 1;
        let (mut is_glue, mut is_of) = (false, false);
        let said = match &here.piece {
            Piece::Name(meant) => Said::Name(*meant),
            Piece::Digits(digits) => Said::Digits(digits),
            Piece::Mark(mark) => Said::Mark(*mark),
            Piece::Word { lower, is_capital } => {
                let run = found.iter().skip(at).take(PHRASE_WORDS_MAX).map_while(|found| match &found.piece {
                    Piece::Word { lower, .. } => Some(lower.as_str()),
                    _ => None,
                });
                let run: Vec<&str> = run.collect();
                is_glue = GLUE.contains(&lower.as_str());
                is_of = OF.contains(&lower.as_str());
                match lexicon.read(&run) {
                    Some((term, length)) => {
                        taken = length;
                        Said::Term(term)
                    }
                    None => Said::Unknown {
                        is_capital: *is_capital && !is_first,
                    },
                }
            }
        };
        is_first = matches!(said, Said::Mark('.' | ':' | '·'));
        let end = found.get(at + taken - 1).map_or(here.span.end, |last| last.span.end);
        words.push(Word {
            said,
            span: here.span.start..end,
            is_glue,
            is_of,
        });
        at += taken;
    }
    words
}

fn plain(word: &Word) -> Token {
    match word.said {
        Said::Name(meant) => Token::Name(meant),
        Said::Term(term) => Token::Term(term),
        Said::Unknown { is_capital } => Token::Unknown { is_capital },
        Said::Mark(mark) => Token::Mark(mark),
        // Read by `number` before.
        Said::Digits(_) => Token::Mark('·'),
    }
}

/// The number that begins here: its sign as a word, its unit, what it counts.
fn number(words: &[Word]) -> Option<(Number, usize)> {
    let mut at = 0;
    let mut is_negative = false;
    if matches!(words.first()?.said, Said::Term(Term::Minus)) && matches!(words.get(1).map(|word| &word.said), Some(Said::Digits(_))) {
        is_negative = true;
        at = 1;
    }
    let mut number = match &words.get(at)?.said {
        Said::Digits(digits) => Number {
            value: digits.value,
            unit: digits.unit,
            is_negative: is_negative || digits.is_negative,
            is_positive: digits.is_positive,
            measure: measure(digits),
            noun: None,
            is_followed_by_unknown: false,
        },
        Said::Term(Term::Count(count)) => Number {
            value: Some(Decimal::from(*count)),
            unit: Decimal::ONE,
            is_negative: false,
            is_positive: false,
            measure: Measure::Bare,
            noun: Some(counted(words.get(at + 1..)?)?),
            is_followed_by_unknown: false,
        },
        _ => return None,
    };
    at += 1;
    if number.measure != Measure::Bare {
        return Some((number, at));
    }
    let after = words.get(at).map(|word| &word.said);
    let unit = match after {
        Some(Said::Term(Term::Percent)) => Some(Measure::Percent),
        Some(Said::Term(Term::Points)) => Some(Measure::Points),
        Some(Said::Term(Term::Time(seconds))) => Some(Measure::Time(*seconds)),
        Some(Said::Term(Term::Currency(codes))) => Some(Measure::Money(codes)),
        Some(Said::Term(Term::Times)) => Some(Measure::Factor),
        _ => None,
    };
    if let Some(unit) = unit {
        number.measure = unit;
        return Some((number, at + 1));
    }
    number.noun = number.noun.or_else(|| counted(words.get(at..).unwrap_or_default()));
    number.is_followed_by_unknown = matches!(after, Some(Said::Unknown { .. }));
    Some((number, at))
}

fn measure(digits: &Digits) -> Measure {
    match &digits.currency {
        Some(sign) => Measure::Currency(sign.clone()),
        None if digits.is_percent => Measure::Percent,
        None if digits.is_factor => Measure::Factor,
        None if digits.is_ordinal => Measure::Rank,
        None => Measure::Bare,
    }
}

/// The name of counted things that follows on a number: "months", "full months", "of 12 values".
fn counted(after: &[Word]) -> Option<Noun> {
    let mut at = 0;
    let is_of = after.first().is_some_and(|word| word.is_of);
    if is_of && let Some(Said::Digits(digits)) = after.get(1).map(|word| &word.said) {
        digits.plain?;
        at = 2;
    } else if is_of && matches!(after.get(1).map(|word| &word.said), Some(Said::Term(Term::Count(_)))) {
        at = 2;
    }
    while matches!(after.get(at).map(|word| &word.said), Some(Said::Term(Term::Filler))) {
        at += 1;
    }
    // "5 on the day Thursday" counts no days.
    let is_day = matches!(after.get(at)?.said, Said::Term(Term::Noun(Noun::Period(Grain::Day))));
    let is_date = match after.get(at + 1).map(|word| &word.said) {
        Some(Said::Term(Term::Weekday(_))) => true,
        Some(Said::Digits(_)) => is_day,
        _ => false,
    };
    match after.get(at)?.said {
        Said::Term(Term::Noun(noun)) if !is_date => Some(noun),
        _ => None,
    }
}
