//! A number against the statements of the Facts: its value as rounded, its unit, its sign, and all that is said with it.

use domain::dataset::Unit;
use domain::series::Grain;
use rust_decimal::Decimal;

use super::check::{Ground, Said};
use super::clause::direction_of;
use super::derive;
use super::lexicon::{Noun, Term, Topic};
use super::names::Meant;
use super::statement::{Kind, Statement, Topics};
use super::token::{Measure, Number, Placed, Token};
use crate::fact::Direction;

impl Ground<'_> {
    /// The fact that proves a number.
    pub fn number(&self, said: &Said, at: usize, number: &Number) -> Option<usize> {
        let direct = self.statements.iter().find(|statement| self.is_number(statement, said, at, number));
        direct.map(|statement| statement.fact).or_else(|| {
            let derived = derive::statements(self, said);
            derived
                .iter()
                .find(|statement| self.is_number(statement, said, at, number))
                .map(|statement| statement.fact)
        })
    }

    fn is_number(&self, statement: &Statement, said: &Said, at: usize, number: &Number) -> bool {
        let Some(value) = number.value else { return false };
        if number.measure == Measure::Rank {
            return statement.rank.is_some_and(|rank| Decimal::from(rank) == value) && self.fits(statement, said);
        }
        let is_part = said
            .clause
            .topics
            .meets(Topics::of(&[Topic::Share, Topic::Contribution, Topic::OfRise, Topic::OfFall]));
        if is_part && number.measure == Measure::Percent && statement.kind == Kind::Ratio {
            return false;
        }
        let is_named_number = match statement.kind {
            Kind::Count(noun) => {
                number.measure == Measure::Bare && number.noun.is_some_and(|named| named == noun) && value == statement.value
            }
            _ => self
                .measure(statement, number)
                .is_some_and(|exact| is_rounded(exact.abs(), value, number.unit)),
        };
        is_named_number && self.is_told_right(statement, said, at, number) && self.fits_number(statement, said)
    }

    /// The statement's value in what the number is written in; `None` where it cannot be written so.
    fn measure(&self, statement: &Statement, number: &Number) -> Option<Decimal> {
        let hundredfold = || statement.value.checked_mul(Decimal::ONE_HUNDRED);
        let is_move = matches!(statement.kind, Kind::Difference | Kind::Usual);
        match (&number.measure, statement.kind, statement.unit.as_ref()) {
            (Measure::Percent, Kind::Ratio | Kind::Share, _) => hundredfold(),
            (Measure::Percent, Kind::Level | Kind::FromLevel, Some(Unit::Percent)) => hundredfold(),
            (Measure::Points, _, Some(Unit::Percent)) if is_move => hundredfold(),
            (Measure::Factor, Kind::Factor, _) => Some(statement.value),
            (_, Kind::Ratio | Kind::Share | Kind::Factor | Kind::Count(_) | Kind::Still { .. } | Kind::Relation, _) => None,
            (Measure::Currency(sign), _, Some(Unit::Currency(code))) => self.manner.is_sign_of(sign, code).then_some(statement.value),
            (Measure::Money(codes), _, Some(Unit::Currency(code))) => codes.contains(&code.as_str()).then_some(statement.value),
            (Measure::Time(seconds), _, Some(Unit::Seconds)) => statement.value.checked_div(Decimal::from(*seconds)),
            (Measure::Bare, _, Some(Unit::Seconds)) => match number.noun {
                Some(Noun::Period(grain)) => statement.value.checked_div(Decimal::from(seconds(grain)?)),
                _ => None,
            },
            (Measure::Bare, _, None | Some(Unit::Other(_))) if number.noun.is_none() && !number.is_followed_by_unknown => {
                Some(statement.value)
            }
            _ => None,
        }
    }

    /// Whether a number is that value as it is written; true of a number in another unit, which then is no value of it.
    pub(super) fn is_value(&self, value: Decimal, unit: Option<&Unit>, number: &Number) -> bool {
        let level = Statement::level(value, unit);
        let exact = self.measure(&level, number);
        exact
            .zip(number.value)
            .is_none_or(|(exact, written)| is_rounded(exact.abs(), written, number.unit))
    }

    /// Whether sign and direction beside the number are the statement's.
    fn is_told_right(&self, statement: &Statement, said: &Said, at: usize, number: &Number) -> bool {
        let way = direction_of(said.clause, said.context, at, number);
        let role = role(said, at);
        match statement.kind {
            Kind::Difference | Kind::Ratio => {
                // A distance to what is usual is told in words ("5 below"); "came to −5" tells a value, "(−5)" a difference.
                let is_value_like = statement.kind == Kind::Difference
                    && number.is_negative
                    && number.measure != Measure::Points
                    && !said.clause.is_bracket;
                let is_in_words = way.is_some_and(|way| way.at != at) || (statement.needs.is_empty() && !is_value_like);
                let is_signed_right = !number.is_negative || statement.direction == Some(Direction::Down);
                role != Role::Value
                    && is_in_words
                    && is_signed_right
                    && way.is_some_and(|way| !way.is_denied && Some(way.direction) == statement.direction)
            }
            Kind::Factor => {
                way.is_none_or(|way| way.is_claim || Some(way.direction) == statement.direction || statement.direction.is_none())
            }
            Kind::Level => {
                role != Role::Move
                    && !number.is_positive
                    && (!said.clause.is_from || role == Role::Value || statement.is_from_like(said))
                    && is_sign(statement.value, number)
            }
            Kind::FromLevel => {
                role != Role::Move
                    && (said.clause.is_from
                        || (said.is_number_alone() && !statement.needs_from)
                        || self.is_dated(statement.at.as_ref(), &said.clause.dates))
                    && is_sign(statement.value, number)
            }
            Kind::Share | Kind::Usual => role != Role::Move && !number.is_negative && !number.is_positive,
            Kind::Count(_) => {
                let is_denied = said.clause.ways.iter().any(|way| way.is_denied && way.is_claim);
                !number.is_negative
                    && !is_denied
                    && statement
                        .direction
                        .is_none_or(|direction| way.is_some_and(|way| way.direction == direction))
            }
            Kind::Still { .. } | Kind::Relation => false,
        }
    }

    /// Whether the number may be this one by what else its clause says: largest, smallest, its rank.
    fn fits_number(&self, statement: &Statement, said: &Said) -> bool {
        let is_value = matches!(statement.kind, Kind::Level | Kind::Count(_));
        let extreme = said.clause.extremes.first().map(|(_, direction)| *direction);
        let is_extreme = !is_value || extreme.is_none() || statement.extreme == extreme || self.is_extreme_elsewhere(statement, said);
        is_extreme && self.fits(statement, said)
    }

    /// "The largest, $5, came ...": the value of the same place stands in another fact that says so.
    fn is_extreme_elsewhere(&self, statement: &Statement, said: &Said) -> bool {
        let extreme = said.clause.extremes.first().map(|(_, direction)| *direction);
        statement.kind == Kind::Level
            && self.statements.iter().any(|other| {
                other.kind == Kind::Level && other.extreme == extreme && other.at == statement.at && other.series == statement.series
            })
    }
}

impl Statement {
    /// Whether a value after "from" is an earlier one that has no change of its own.
    fn is_from_like(&self, said: &Said) -> bool {
        !said.clause.dates.is_empty() || !said.clause.entities.is_empty() || said.clause.topics.meets(self.topics)
    }
}

/// What the word before a number says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// "to 5": a value.
    Value,
    /// "rose 5": a difference.
    Move,
    Any,
}

fn role(said: &Said, at: usize) -> Role {
    if is_before_more(said, at) {
        return Role::Move;
    }
    for token in said.before(at) {
        match token {
            Token::Term(Term::To) => return Role::Value,
            Token::Term(Term::Move(_)) => return Role::Move,
            Token::Term(Term::Plain | Term::Minus | Term::Of | Term::Filler) | Token::Date(_) | Token::Name(_) => {}
            _ => return Role::Any,
        }
    }
    Role::Any
}

/// "5 more", "5 (8 %) more": a difference.
fn is_before_more(said: &Said, at: usize) -> bool {
    let after = said.tokens.get(at + 1..said.sentence.end).unwrap_or_default();
    let mut is_in_bracket = false;
    for Placed { token, .. } in after {
        match token {
            Token::Term(Term::Beside(_)) => return !is_in_bracket,
            Token::Mark('(') if !is_in_bracket => is_in_bracket = true,
            Token::Mark(')') if is_in_bracket => is_in_bracket = false,
            Token::Name(Meant::Unit) => {}
            _ if is_in_bracket => {}
            _ => return false,
        }
    }
    false
}

fn is_sign(value: Decimal, number: &Number) -> bool {
    number.is_negative == (value < Decimal::ZERO) || value.is_zero()
}

/// Whether a size, rounded half away from zero to a multiple of `unit`, is the one that is written.
fn is_rounded(exact: Decimal, written: Decimal, unit: Decimal) -> bool {
    let Some(error) = exact.checked_sub(written).and_then(|error| error.checked_mul(Decimal::TWO)) else {
        return false;
    };
    // Half away from zero: 0.5 is written 1, never 0.
    error < unit && error >= -unit
}

fn seconds(grain: Grain) -> Option<u32> {
    match grain {
        Grain::Minute => Some(60),
        Grain::Hour => Some(3_600),
        Grain::Day => Some(86_400),
        _ => None,
    }
}
