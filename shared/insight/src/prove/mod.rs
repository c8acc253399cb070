//! The proof that a text says nothing that is not so: each number in it is parsed back and held against the Facts.
//!
//! First form: numbers with their unit, size (k, M, B, T), sign, and a direction word right before or after them. A number is proven when some Fact's
//! amount, rounded to the digits as written, is that number.

mod licensed;
mod scan;

use domain::dataset::Unit;
use rust_decimal::Decimal;

use crate::amount::{PERCENTAGE_POINTS, sign};
use crate::english;
use crate::fact::{Claim, Direction, Fact, Facts, Label, direction};
use licensed::{Licensed, Role};
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

/// Holds each number of an English text, best a single sentence, against the Facts. A text that names periods, categories or series of the Facts
/// is held against what is true of those, and of the whole. `quoted` are texts that are not ours to prove (the pulse's title): where they stand
/// word for word, their digits are no claims. The Facts' own names, periods and notes are known.
pub fn prove(text: &str, facts: &Facts, quoted: &[&str]) -> Proof {
    let context = Context::of(text, facts);
    let meant = facts.items.iter().enumerate().filter(|(_, fact)| context.may_mean(fact));
    let licensed: Vec<(usize, Licensed)> = meant
        .flat_map(|(index, fact)| fact.licensed().into_iter().map(move |number| (index, number)))
        .collect();
    let scanned = scan::numbers(text, &names(facts, quoted));
    let numbers = scanned.into_iter().map(|number| {
        let fact = licensed
            .iter()
            .find(|(_, licensed)| is_proven(&number, licensed))
            .map(|(index, _)| *index);
        WrittenNumber {
            text: number.text,
            at_byte: number.at_byte,
            fact,
        }
    });
    Proof {
        numbers: numbers.collect(),
    }
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

/// What a text speaks of: the places and series it names.
struct Context<'a> {
    text: String,
    facts: &'a Facts,
    names_places: bool,
    names_series: bool,
}

impl<'a> Context<'a> {
    fn of(text: &str, facts: &'a Facts) -> Self {
        let mut context = Self {
            text: text.to_ascii_lowercase(),
            facts,
            names_places: false,
            names_series: false,
        };
        context.names_series = facts.items.iter().any(|fact| context.names_series_of(fact));
        context.names_places = facts.items.iter().any(|fact| context.names_place_of(fact));
        context
    }

    /// Whether the text may mean this fact: it names none of its kind, or this one. What is true of the whole, or newest, may always be meant.
    fn may_mean(&self, fact: &Fact) -> bool {
        let is_whole = fact.places().iter().all(|place| place.label == Label::Whole) || matches!(fact.claim, Claim::Latest { .. });
        (fact.series.is_none() || !self.names_series || self.names_series_of(fact))
            && (is_whole || !self.names_places || self.names_place_of(fact))
    }

    fn names_series_of(&self, fact: &Fact) -> bool {
        fact.series.as_deref().is_some_and(|name| self.contains(name))
    }

    fn names_place_of(&self, fact: &Fact) -> bool {
        english::labels(fact, self.facts.as_of_local)
            .iter()
            .any(|label| self.contains(label))
    }

    fn contains(&self, name: &str) -> bool {
        !name.is_empty() && self.text.contains(&name.to_ascii_lowercase())
    }
}

fn is_proven(number: &Scanned, licensed: &Licensed) -> bool {
    let amount = &licensed.amount;
    number.readings.iter().any(|reading| {
        let is_same_kind = match (&reading.measure, &amount.unit) {
            (Measure::Percent, Some(Unit::Percent)) | (Measure::Seconds, Some(Unit::Seconds)) => true,
            (Measure::Bare, None) => (licensed.role == Role::Count) == number.is_counting,
            (Measure::Points, Some(Unit::Other(name))) => name == PERCENTAGE_POINTS,
            (Measure::Bare, Some(Unit::Other(name))) => name != PERCENTAGE_POINTS,
            (Measure::Currency(written), Some(Unit::Currency(code))) => written == sign(code),
            _ => false,
        };
        is_same_kind && is_rounded(reading.value, reading.resolution, number, licensed)
    })
}

/// Whether the amount, rounded to a multiple of `resolution`, is `size`. A difference must go the way that the text tells beside it; a level must
/// carry its own sign.
fn is_rounded(size: Decimal, resolution: Decimal, number: &Scanned, licensed: &Licensed) -> bool {
    let exact = match licensed.amount.unit {
        Some(Unit::Percent) => licensed.amount.value.checked_mul(Decimal::ONE_HUNDRED),
        _ => Some(licensed.amount.value),
    };
    let Some(exact) = exact else { return false };
    let told = if number.is_negative {
        Some(Direction::Down)
    } else {
        number.direction
    };
    let is_right_way = match licensed.role {
        Role::Move => told.is_some() && told == direction(exact),
        Role::Level | Role::Count => number.is_negative == (direction(exact) == Some(Direction::Down)),
    };
    let error = exact.abs().checked_sub(size).map(|error| error.abs());
    is_right_way
        && error
            .and_then(|error| error.checked_mul(Decimal::TWO))
            .is_some_and(|doubled| doubled <= resolution)
}
