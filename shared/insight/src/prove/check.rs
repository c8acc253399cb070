//! What words claim without a number, against the statements of the Facts.

use std::ops::Range;

use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::clause::{Clause, Context, DENIAL_TOKENS};
use super::derive;
use super::digits::Manner;
use super::lexicon::{Term, Topic};
use super::names::Meant;
use super::statement::{Kind, Statement};
use super::token::{Placed, Token};
use super::when::When;
use crate::fact::{Direction, Label};

/// All that a claim is held against.
pub(super) struct Ground<'a> {
    pub statements: &'a [Statement],
    pub manner: &'a Manner,
    pub now: DateTime,
}

/// A clause of which a claim is a part.
pub(super) struct Said<'a> {
    pub clause: &'a Clause,
    pub context: &'a Context,
    /// Of the whole text.
    pub tokens: &'a [Placed],
    /// Its sentence, as indices of the tokens.
    pub sentence: Range<usize>,
}

/// "Half" is told of 48 % to 52 %, "doubled" of 1.9 to 2.1 times: a twentieth more or less.
const PART_TOLERANCE: Decimal = Decimal::from_parts(2, 0, 0, false, 2);
const FACTOR_TOLERANCE: Decimal = Decimal::from_parts(5, 0, 0, false, 2);

impl Ground<'_> {
    /// A direction word by itself.
    pub fn direction(&self, said: &Said, direction: Direction, is_denied: bool) -> Option<usize> {
        let derived = derive::statements(self, said);
        let moves = self.statements.iter().chain(&derived).filter(|statement| {
            let is_move = matches!(statement.kind, Kind::Difference | Kind::Still { .. })
                || (matches!(statement.kind, Kind::Count(_)) && statement.topics.has(Topic::Streak));
            is_move && self.fits(statement, said)
        });
        let mut moves = moves.filter(|statement| {
            if is_denied {
                statement.direction != Some(direction)
            } else {
                statement.direction == Some(direction)
            }
        });
        moves.next().map(|statement| statement.fact)
    }

    /// Whether two measures were held against each other.
    pub fn has_relation(&self) -> bool {
        self.statements.iter().any(|statement| statement.kind == Kind::Relation)
    }

    /// "Higher spend goes with lower costs", "a positive correlation": what the words for up and down of the whole sentence say together.
    pub fn relation(&self, said: &Said) -> Option<usize> {
        let tokens = said.tokens.get(said.sentence.clone()).unwrap_or_default();
        let terms = tokens.iter().flat_map(|placed| match &placed.token {
            Token::Term(Term::Both(terms)) => terms,
            Token::Term(term) => std::slice::from_ref(term),
            _ => &[],
        });
        let ways = terms.filter_map(|term| match term {
            Term::Move(direction) | Term::Beside(direction) => Some(*direction),
            _ => None,
        });
        let way = match *ways.collect::<Vec<_>>().as_slice() {
            [one, other] if one == other => Direction::Up,
            [_, _] => Direction::Down,
            [one] if said.clause.topics.has(Topic::Together) => one,
            _ => return None,
        };
        let is_denied = tokens.iter().any(|placed| matches!(placed.token, Token::Term(Term::Not)));
        self.related(said, Some(way)).filter(|_| !is_denied)
    }

    /// That two measures are held against each other with this result.
    pub fn related(&self, said: &Said, way: Option<Direction>) -> Option<usize> {
        let is_meant =
            |statement: &&Statement| statement.kind == Kind::Relation && statement.direction == way && self.is_entity(statement, said);
        self.statements.iter().find(is_meant).map(|statement| statement.fact)
    }

    /// "unchanged", "little changed".
    pub fn still(&self, said: &Said, must_be_exact: bool) -> Option<usize> {
        let still = self.statements.iter().find(|statement| {
            matches!(statement.kind, Kind::Still { is_exact } if is_exact || !must_be_exact) && self.fits(statement, said)
        });
        still.map(|statement| statement.fact)
    }

    /// "the highest", "second".
    pub fn extreme(&self, said: &Said, direction: Direction) -> Option<usize> {
        let is_meant =
            |statement: &&Statement| statement.extreme == Some(direction) && statement.kind == Kind::Level && self.fits(statement, said);
        self.statements.iter().find(is_meant).map(|statement| statement.fact)
    }

    /// A rank; 1 is the largest.
    pub fn rank(&self, said: &Said, is_rank: impl Fn(usize) -> bool) -> Option<usize> {
        let is_meant = |statement: &&Statement| statement.rank.is_some_and(&is_rank) && self.fits_without_need(statement, said);
        self.statements.iter().find(is_meant).map(|statement| statement.fact)
    }

    fn fits_without_need(&self, statement: &Statement, said: &Said) -> bool {
        self.is_entity(statement, said) && self.is_at(statement, said)
    }

    /// "doubled", "half of the total".
    pub fn multiple(&self, said: &Said, value: Decimal, is_part: bool, is_nearly: bool) -> Option<usize> {
        let tolerance = if is_part { PART_TOLERANCE } else { FACTOR_TOLERANCE * value };
        let derived = derive::statements(self, said);
        let is_meant = |statement: &&Statement| {
            let is_kind = if is_part {
                statement.kind == Kind::Share
            } else {
                statement.kind == Kind::Factor
            };
            let is_near = if is_nearly {
                statement.value < value && value - statement.value <= tolerance * Decimal::TWO
            } else {
                (statement.value - value).abs() <= tolerance
            };
            is_kind && is_near && (self.fits(statement, said) || (is_part && self.fits_without_need(statement, said)))
        };
        self.statements
            .iter()
            .chain(&derived)
            .find(is_meant)
            .map(|statement| statement.fact)
    }

    /// A date by itself: one that some fact speaks of.
    pub fn date(&self, said: &Said, when: &When) -> Option<usize> {
        if said.clause.is_reading() {
            return when.is_reading(self.now).then_some(0);
        }
        let is_newest_only = said.clause.topics.has(Topic::Newest);
        let is_meant = |statement: &&Statement| {
            let is_there = [&statement.at, &statement.from, &statement.over]
                .into_iter()
                .flatten()
                .any(|label| self.is_end_of(label, when));
            is_there && (!is_newest_only || statement.topics.has(Topic::Newest))
        };
        self.statements.iter().find(is_meant).map(|statement| statement.fact)
    }

    fn is_end_of(&self, label: &Label, when: &When) -> bool {
        when.is(label, self.now)
            || match label {
                Label::Span { from, to, grain } => [from, to].into_iter().any(|at| when.is_moment(*at, *grain, self.now)),
                _ => false,
            }
    }

    /// A topic that claims something without a number: "no clear trend", "so far", "met its target".
    pub fn topic(&self, said: &Said, topic: Topic) -> Option<usize> {
        let is_denied = said.clause.is_denied;
        let with = |topic: Topic| {
            self.statements
                .iter()
                .find(|statement| statement.topics.has(topic) && self.is_entity(statement, said))
        };
        let found = match topic {
            Topic::Trend if is_denied => self.statements.iter().find(|statement| {
                statement.topics.has(Topic::Trend)
                    && statement.kind == Kind::Difference
                    && statement.direction.is_none()
                    && self.is_entity(statement, said)
            }),
            Topic::Met if is_denied => with(Topic::Missed),
            Topic::Missed if is_denied => with(Topic::Met),
            topic => with(topic),
        };
        // Where there is no value at all, that is what is missing.
        let is_blank = topic == Topic::Missing && self.statements.iter().all(|statement| statement.kind != Kind::Level);
        found.map(|statement| statement.fact).or(is_blank.then_some(0))
    }
}

impl Said<'_> {
    /// Whether no number stands in the sentence.
    pub fn has_no_number(&self) -> bool {
        let tokens = self.tokens.get(self.sentence.clone()).unwrap_or_default();
        !tokens.iter().any(|placed| matches!(placed.token, Token::Number(_)))
    }

    /// Whether the text is this number and nothing else.
    pub fn is_number_alone(&self) -> bool {
        let tokens = self.tokens.get(self.sentence.clone()).unwrap_or_default();
        tokens.iter().all(|placed| {
            matches!(
                placed.token,
                Token::Number(_) | Token::Name(Meant::Measure | Meant::Unit) | Token::Term(Term::Noun(_))
            )
        })
    }

    /// The tokens of the clause before that one, the nearest first.
    pub fn before(&self, index: usize) -> impl Iterator<Item = &Token> {
        let start = self.clause.tokens.start.min(index);
        let before = self.tokens.get(start..index).unwrap_or_default();
        before.iter().rev().map(|placed| &placed.token)
    }

    /// Whether "not" stands shortly before it.
    pub fn is_denied(&self, index: usize) -> bool {
        self.before(index)
            .take(DENIAL_TOKENS)
            .any(|token| matches!(token, Token::Term(Term::Not)))
    }
}
