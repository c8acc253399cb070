//! What the Facts give leave to say: each fact taken apart into statements of one number, rank or direction with all that belongs to it.

use domain::dataset::Unit;
use rust_decimal::Decimal;

use super::lexicon::{Noun, Topic};
use crate::fact::{Direction, Label};

/// One number (or rank, or direction) that may be written, and what must be true around it.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// Index into [`Facts::items`].
    pub fact: usize,
    pub kind: Kind,
    /// The series, as an index into [`Names::entities`]; `None` for all of them.
    pub series: Option<usize>,
    /// The category, in the same way.
    pub category: Option<usize>,
    /// Where on the chart.
    pub at: Option<Label>,
    /// What it is compared with.
    pub from: Option<Label>,
    /// The value there.
    pub older: Option<Decimal>,
    /// From the one to the other, where it may be called a stretch.
    pub over: Option<Label>,
    pub value: Decimal,
    pub unit: Option<Unit>,
    pub direction: Option<Direction>,
    /// Largest or smallest of all.
    pub extreme: Option<Direction>,
    pub rank: Option<usize>,
    /// What it is about; a text that is about one of [`FILTERS`] can only mean a statement that is too.
    pub topics: Topics,
    /// It may only be said in a text about one of these.
    pub needs: Topics,
    /// It may only be said beside what it is compared with.
    pub needs_from: bool,
    /// Whether it is meant where no date is named.
    pub is_newest: bool,
}

/// What a number is, which says how it may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value: with its own sign.
    Level,
    /// The older value of a change: after "from", or beside its own date.
    FromLevel,
    /// A difference, a slope: beside a word that tells its direction.
    Difference,
    /// A difference as a share of the older value: the same.
    Ratio,
    /// A part of a whole.
    Share,
    /// The usual size of a move.
    Usual,
    /// How many.
    Count(Noun),
    /// The newer value over the older.
    Factor,
    /// No number: that two measures grow together, or one as the other shrinks.
    Relation,
    /// No number: that it did not change, or hardly.
    Still { is_exact: bool },
}

impl Statement {
    /// A value by itself.
    pub fn level(value: Decimal, unit: Option<&Unit>) -> Self {
        Self {
            fact: 0,
            kind: Kind::Level,
            series: None,
            category: None,
            at: None,
            from: None,
            older: None,
            over: None,
            value,
            unit: unit.cloned(),
            direction: None,
            extreme: None,
            rank: None,
            topics: Topics::NONE,
            needs: Topics::NONE,
            needs_from: false,
            is_newest: false,
        }
    }
}

/// A set of topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Topics(u32);

impl Topics {
    pub const NONE: Self = Self(0);
    pub const EVERY: Self = Self(u32::MAX);

    pub fn of(topics: &[Topic]) -> Self {
        topics.iter().fold(Self::NONE, |set, topic| set.with(*topic))
    }

    pub fn with(self, topic: Topic) -> Self {
        Self(self.0 | 1 << topic as u32)
    }

    pub fn has(self, topic: Topic) -> bool {
        self.0 & 1 << topic as u32 != 0
    }

    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}
