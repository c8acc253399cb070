//! Finding the numbers of a text, with all that belongs to them.

use rust_decimal::Decimal;

use crate::amount::{PERCENTAGE_POINT, SIGNS, TIMES, is_currency_code};
use crate::english::{DOWN_WORDS, FILLERS, UP_WORDS, is_counted};
use crate::fact::Direction;

/// A number of a text, read in every way in which it can be meant.
pub(super) struct Scanned {
    pub text: String,
    pub at_byte: usize,
    pub is_negative: bool,
    /// What the words beside it say: "up", "fell by about", "more".
    pub direction: Option<Direction>,
    /// Whether the name of counted things follows: "12 months", "3 of 12 values".
    pub is_counting: bool,
    /// Empty where it is no number that we know how to read, such as "٣" or "Q7": then nothing proves it.
    pub readings: Vec<Sense>,
}

/// One way to read it.
pub(super) struct Sense {
    /// Without its sign; percentages as written.
    pub value: Decimal,
    /// What the last written digit counts: 100 in "12.3k".
    pub resolution: Decimal,
    pub measure: Measure,
}

/// What a number was written as.
pub(super) enum Measure {
    Bare,
    Percent,
    Points,
    Seconds,
    /// By its sign, or its code where it has none.
    Currency(String),
}

/// All numbers of a text that stand outside the given names.
pub(super) fn numbers(text: &str, names: &[String]) -> Vec<Scanned> {
    let mut found: Vec<(Scanned, usize)> = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = name_here(text, at, names) {
            at += length;
        } else if rest.starts_with(char::is_numeric) {
            let (mut number, end) = number_here(text, at);
            let after = text.get(end..).unwrap_or_default();
            number.is_counting = counts(after);
            number.direction = match found.last() {
                // "up 12 orders (7.1%)": one direction for both.
                Some((before, until)) if text.get(*until..number.at_byte).is_some_and(is_bracket) => before.direction,
                _ => {
                    direction_before(text.get(..number.at_byte).unwrap_or_default()).or_else(|| words(after).next().and_then(direction_of))
                }
            };
            at = end;
            found.push((number, end));
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    found.into_iter().map(|(number, _)| number).collect()
}

/// Whether nothing but a unit and an opening bracket stands between two numbers.
fn is_bracket(between: &str) -> bool {
    between == " (" || (between.starts_with('\u{a0}') && between.ends_with(" ("))
}

/// The length of the name that stands at that byte as a whole: not inside a word, a number or an amount.
fn name_here(text: &str, at: usize, names: &[String]) -> Option<usize> {
    let before = text.get(..at)?.chars().next_back();
    let here = text.get(at..)?;
    let starts_fresh = |name: &str| {
        let is_word = name.starts_with(char::is_alphanumeric);
        let is_number = name.starts_with(|c: char| c.is_ascii_digit());
        before.is_none_or(|c| !(is_word && c.is_alphanumeric() || is_number && is_part_of_number(c)))
    };
    let ends_there = |name: &str| {
        let mut after = here.get(name.len()..).unwrap_or_default().chars();
        let (next, second) = (after.next(), after.next());
        let is_word = name.ends_with(char::is_alphanumeric);
        let goes_on = matches!(next, Some('.' | ',')) && second.is_some_and(|c| c.is_ascii_digit());
        next.is_none_or(|c| !(is_word && (c.is_alphanumeric() || c == '%' || goes_on)))
    };
    let is_here = |name: &&String| here.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    names
        .iter()
        .filter(is_here)
        .find(|name| starts_fresh(name) && ends_there(name))
        .map(String::len)
}

fn is_part_of_number(c: char) -> bool {
    matches!(c, '.' | ',' | '−' | '+') || SIGNS.iter().any(|(_, sign)| sign.ends_with(c))
}

/// The number whose first digit is at that byte, and where it ends.
fn number_here(text: &str, at: usize) -> (Scanned, usize) {
    let before = text.get(..at).unwrap_or_default();
    let (currency, start) = currency_before(before);
    let lead = before.get(..start).unwrap_or_default();
    let is_negative = lead.ends_with('−') || (lead.ends_with('-') && !lead.trim_end_matches('-').ends_with(char::is_alphanumeric));
    let unreadable = Scanned {
        text: String::new(),
        at_byte: start,
        is_negative,
        direction: None,
        is_counting: false,
        readings: Vec::new(),
    };
    let here = text.get(at..).unwrap_or_default();
    let Some((mantissa, digits_end)) = mantissa(here).filter(|_| !lead.ends_with(char::is_alphanumeric)) else {
        let end = at + here.find(|c: char| !c.is_alphanumeric()).unwrap_or(here.len());
        return (
            Scanned {
                text: text.get(start..end).unwrap_or_default().to_owned(),
                ..unreadable
            },
            end,
        );
    };
    let after = here.get(digits_end..).unwrap_or_default();
    let (power, size_length) = size_after(after);
    let tail = after.get(size_length..).unwrap_or_default();
    let readings = senses(mantissa, Decimal::from(10_u64.pow(power)), currency, tail);
    let percent_length = usize::from(tail.starts_with('%'));
    let end = at + digits_end + size_length + percent_length;
    (
        Scanned {
            text: text.get(start..end).unwrap_or_default().to_owned(),
            readings,
            ..unreadable
        },
        end,
    )
}

/// Every way to read a number with what stands around it; `tail` follows its digits and size.
fn senses(mantissa: Decimal, multiplier: Decimal, currency: Option<String>, tail: &str) -> Vec<Sense> {
    let ulp = Decimal::new(1, mantissa.scale());
    let sense = |factor: Decimal, measure: Measure| {
        let scale = multiplier.checked_mul(factor)?;
        Some(Sense {
            value: mantissa.checked_mul(scale)?,
            resolution: ulp.checked_mul(scale)?,
            measure,
        })
    };
    let spaced = tail.strip_prefix(['\u{a0}', ' ']).unwrap_or_default();
    let word = spaced.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let time = TIMES.iter().find(|(name, _)| *name == word);
    let senses = match currency {
        Some(currency) => [sense(Decimal::ONE, Measure::Currency(currency)), None],
        None if tail.starts_with('%') => [sense(Decimal::ONE, Measure::Percent), None],
        None if spaced.starts_with(PERCENTAGE_POINT) => [sense(Decimal::ONE, Measure::Points), None],
        None if tail.starts_with(char::is_alphanumeric) => [None, None],
        None => [
            sense(Decimal::ONE, Measure::Bare),
            time.and_then(|(_, seconds)| sense(Decimal::from(*seconds), Measure::Seconds)),
        ],
    };
    senses.into_iter().flatten().collect()
}

/// The currency sign or code right before a number, and where it starts.
fn currency_before(before: &str) -> (Option<String>, usize) {
    // "R$" before "$".
    let signs = SIGNS.iter().map(|(_, sign)| *sign);
    if let Some(sign) = signs.filter(|sign| before.ends_with(sign)).max_by_key(|sign| sign.len()) {
        return (Some(sign.to_owned()), before.len() - sign.len());
    }
    let head = before.strip_suffix('\u{a0}').unwrap_or_default();
    let code = head.get(head.len().saturating_sub(3)..).filter(|code| is_currency_code(code));
    match code.filter(|code| !head.trim_end_matches(code).ends_with(char::is_alphanumeric)) {
        Some(code) => (Some(code.to_owned()), head.len() - code.len()),
        None => (None, before.len()),
    }
}

/// Digits with commas between groups of three, and a fraction. Its scale is the number of written decimals.
fn mantissa(here: &str) -> Option<(Decimal, usize)> {
    let bytes = here.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    let is_grouped = |end: usize| bytes.get(end) == Some(&b',') && digits(end + 1) == 3;
    while end > 0 && is_grouped(end) {
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if here.starts_with('0') && bytes.get(1).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let plain: String = here.get(..end)?.chars().filter(|c| *c != ',').collect();
    Some((plain.parse().ok()?, end))
}

/// k, M, B or T right after the digits, as a power of ten and its length.
fn size_after(after: &str) -> (u32, usize) {
    let power = match after.chars().next() {
        Some('k') => 3,
        Some('M') => 6,
        Some('B') => 9,
        Some('T') => 12,
        _ => return (0, 0),
    };
    let goes_on = after.chars().nth(1).is_some_and(char::is_alphanumeric);
    if goes_on { (0, 0) } else { (power, 1) }
}

/// The direction that the words before a number tell, a few fillers skipped.
fn direction_before(before: &str) -> Option<Direction> {
    let earlier = before
        .trim_end_matches(['−', '-', '+'])
        .split([' ', '\u{a0}', '\n'])
        .rev()
        .filter(|word| !word.is_empty());
    for word in earlier.take(5) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if let Some(direction) = direction_of(&bare) {
            return Some(direction);
        }
        if !FILLERS.contains(&bare.as_str()) {
            return None;
        }
    }
    None
}

fn direction_of(word: &str) -> Option<Direction> {
    if UP_WORDS.contains(&word) {
        Some(Direction::Up)
    } else if DOWN_WORDS.contains(&word) {
        Some(Direction::Down)
    } else {
        None
    }
}

/// The words that follow on a number, each after one space.
fn words(after: &str) -> impl Iterator<Item = &str> {
    let after = after.strip_prefix(' ').unwrap_or_default();
    after.split(' ').map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether the name of counted things follows: "months", "full months", "of 12 values".
fn counts(after: &str) -> bool {
    let mut words = words(after);
    match words.next() {
        Some("of") => {
            words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())) && words.next().is_some_and(is_counted)
        }
        Some("full") => words.next().is_some_and(is_counted),
        Some(word) => is_counted(word),
        None => false,
    }
}
