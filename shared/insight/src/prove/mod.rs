//! The proof that a text says nothing that is not so: each number in it is parsed back and held against the Facts.
//!
//! First form: numbers with their unit, size (k, M, B, T), sign and a direction word right before them. A number is proven when some Fact's
//! amount, rounded to the digits as written, is that number.

mod scan;

use domain::dataset::Unit;
use rust_decimal::Decimal;

use crate::amount::PERCENTAGE_POINTS;
use crate::english;
use crate::fact::{Direction, Facts, Licensed, direction};
use scan::{Measure, Scanned};

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenNumber {
    /// As written.
    pub text: String,
    /// Its first byte in the text.
    pub at_byte: usize,
    /// Index into [`Facts::items`] of the first fact that proves it; `None`: nothing does.
    pub fact: Option<usize>,
}

/// All numbers of a text, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Names, dates and quoted notes of the Facts are not among them.
    pub numbers: Vec<WrittenNumber>,
}

impl Proof {
    /// Whether every number is a Fact's.
    pub fn holds(&self) -> bool {
        self.numbers.iter().all(|number| number.fact.is_some())
    }

    /// The numbers that no Fact proves.
    pub fn unproven(&self) -> impl Iterator<Item = &WrittenNumber> {
        self.numbers.iter().filter(|number| number.fact.is_none())
    }
}

/// Holds each number of an English text against the Facts. `quoted` are texts that are not ours to prove (the pulse's title): where they stand
/// word for word, their digits are no claims. The Facts' own names, periods and notes are known.
pub fn prove(text: &str, facts: &Facts, quoted: &[&str]) -> Proof {
    let licensed: Vec<(usize, Licensed)> =
        facts.items.iter().enumerate().flat_map(|(index, fact)| fact.licensed().into_iter().map(move |number| (index, number))).collect();
    let scanned = scan::numbers(text, &names(facts, quoted));
    let numbers = scanned.into_iter().map(|number| {
        let fact = licensed.iter().find(|(_, licensed)| is_proven(&number, licensed)).map(|(index, _)| *index);
        WrittenNumber { text: number.text, at_byte: number.at_byte, fact }
    });
    Proof { numbers: numbers.collect() }
}

/// Everything that may hold digits without claiming anything. Longest first, so that "Q3 2026" goes before "2026".
fn names(facts: &Facts, quoted: &[&str]) -> Vec<String> {
    let now = facts.as_of_local;
    let mut names: Vec<String> = quoted.iter().map(|&name| name.to_owned()).collect();
    names.push(facts.measure.clone());
    names.extend(facts.series.iter().chain(&facts.notes).cloned());
    names.extend(english::read_at(facts));
    for fact in &facts.items {
        names.extend(english::labels(fact, now));
        if let Some(Unit::Other(name)) = &fact.unit {
            names.push(name.clone());
        }
    }
    names.retain(|name| name.chars().any(char::is_numeric));
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    names
}

fn is_proven(number: &Scanned, licensed: &Licensed) -> bool {
    let amount = &licensed.amount;
    number.readings.iter().any(|reading| {
        let is_same_kind = match (&reading.measure, &amount.unit) {
            (Measure::Percent, Some(Unit::Percent)) | (Measure::Seconds, Some(Unit::Seconds)) | (Measure::Bare, None) => true,
            (Measure::Points, Some(Unit::Other(name))) => name == PERCENTAGE_POINTS,
            (Measure::Bare, Some(Unit::Other(name))) => name != PERCENTAGE_POINTS,
            (Measure::Currency(written), Some(Unit::Currency(code))) => written == code,
            _ => false,
        };
        is_same_kind && is_rounded(reading.value, reading.resolution, number, licensed)
    })
}

/// Whether the amount, rounded to a multiple of `resolution`, is `size`. Where the text tells a direction, a difference must go that way; a level
/// must carry its own sign.
fn is_rounded(size: Decimal, resolution: Decimal, number: &Scanned, licensed: &Licensed) -> bool {
    let exact = match licensed.amount.unit {
        Some(Unit::Percent) => licensed.amount.value.checked_mul(Decimal::ONE_HUNDRED),
        _ => Some(licensed.amount.value),
    };
    let Some(exact) = exact else { return false };
    let told = if number.is_negative { Some(Direction::Down) } else { number.direction };
    let is_right_way = if licensed.is_directed {
        told.is_none() || direction(exact).is_none() || told == direction(exact)
    } else {
        number.is_negative == (exact.is_sign_negative() && !exact.is_zero())
    };
    let error = exact.abs().checked_sub(size).map(|error| error.abs());
    is_right_way && error.and_then(|error| error.checked_mul(Decimal::TWO)).is_some_and(|doubled| doubled <= resolution)
}
