//! What the proof found: each claim of a text, and why one is refused.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// All claims of a text, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// One per number, date, rank, direction word and name; and one per word that must not be there.
    pub claims: Vec<Checked>,
}

/// All claims of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceVerdict {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// What it claims, in order; empty where it claims nothing.
    pub claims: Vec<Checked>,
}

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// What it is.
    pub what: What,
    /// Whether a Fact says so.
    pub verdict: Verdict,
}

/// What is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A number with its unit.
    Number,
    /// A percentage, or percentage points.
    Percent,
    /// A date or period.
    Date,
    /// "second", "the highest".
    Rank,
    /// "rose", "unchanged".
    Direction,
    /// A series or category.
    Entity,
    /// A word that tells what the chart does not: a cause, the future; or what it is about: a trend, a target.
    Wording,
}

/// Whether a Fact says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Verdict {
    /// Yes.
    Proven {
        /// Index into [`crate::Facts::items`] of the first that does; `None` for a name, which claims nothing by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fact: Option<usize>,
    },
    /// No.
    Refused {
        /// Why.
        reason: Reason,
    },
}

/// Why a claim is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No Fact says this of what the sentence names.
    NoFact,
    /// Digits that are no number in this language, or no number at all.
    Unreadable,
    /// A name that is none of the data's.
    UnknownName,
    /// Why it is so: nothing is computed that tells.
    Causal,
    /// What will be, or may be.
    Speculative,
}

impl Reason {
    /// For logs and metrics.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoFact => "no_fact",
            Self::Unreadable => "unreadable",
            Self::UnknownName => "unknown_name",
            Self::Causal => "causal",
            Self::Speculative => "speculative",
        }
    }

    /// For a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoFact => "no fact says this of what the sentence names",
            Self::Unreadable => "these digits are no number that can be read",
            Self::UnknownName => "a name that is not in the data",
            Self::Causal => "a cause is told, and none is computed",
            Self::Speculative => "something is told that is not known yet",
        }
    }
}

impl Checked {
    /// Whether a Fact says so.
    pub fn is_proven(&self) -> bool {
        matches!(self.verdict, Verdict::Proven { .. })
    }
}

impl Proof {
    /// Whether every claim is a Fact's.
    pub fn is_proven(&self) -> bool {
        self.claims.iter().all(Checked::is_proven)
    }

    /// The claims that no Fact proves.
    pub fn refused(&self) -> impl Iterator<Item = &Checked> {
        self.claims.iter().filter(|claim| !claim.is_proven())
    }
}

impl SentenceVerdict {
    /// Whether every claim is a Fact's.
    pub fn is_proven(&self) -> bool {
        self.claims.iter().all(Checked::is_proven)
    }

    /// The claims that no Fact proves.
    pub fn refused(&self) -> impl Iterator<Item = &Checked> {
        self.claims.iter().filter(|claim| !claim.is_proven())
    }
}
