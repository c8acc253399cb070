//! What a sentence says, before any language: chosen once by the narrative, said by each language in its own way.

use domain::series::Grain;

use crate::fact::{Cycle, Direction, Label};

/// A number as it is written for the reader, with its unit, sign and marks.
pub(crate) type Figure = String;

/// What the numbers are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Measure {
    /// By its own name.
    Named(String),
    /// Rows joined into their mean.
    Average(String),
    /// Into their median.
    Median(String),
    /// Into the smallest.
    Smallest(String),
    /// Into the largest.
    Largest(String),
    /// Rows are counted.
    Count,
    /// Several columns that have no name in common.
    Total,
}

/// Who a sentence is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// What the chart measures.
    Measure(&'a Measure),
    /// One of its series.
    Series(&'a str),
    /// The last period that is over, of this length.
    LastFull(&'a Label, Grain),
}

/// When or where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When<'a> {
    /// There.
    At(&'a Label),
    /// In as many periods right before: "the 7 days before".
    Before(usize, Grain),
    /// Earlier on the day that was just named.
    SameDay(&'a Label),
    /// In the same period, a year earlier.
    YearBefore,
}

/// The size of a change without its direction, and the way it went.
#[derive(Debug, Clone)]
pub(crate) struct Delta {
    pub way: Direction,
    pub size: Figure,
    /// As a share of the older value, where that says something.
    pub ratio: Option<Figure>,
}

/// So many values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counted {
    pub count: usize,
    /// One for each of these periods; `None` where they stand further apart, or are no periods.
    pub grain: Option<Grain>,
}

/// How much a change is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The value first, then what changed.
    ValueFirst,
    /// The change first.
    MoveFirst,
    /// A change that is not worth much.
    Slight,
}

/// One thing to say. `series` stands where a sentence is about one of several.
#[derive(Debug)]
pub(crate) enum Sentence<'a> {
    /// There is no number at all.
    Nothing { measure: &'a Measure },
    /// A value by itself. `is_sum`: it came together over time.
    Value {
        subject: Subject<'a>,
        value: Figure,
        at: Option<&'a Label>,
        is_sum: bool,
    },
    /// The sum of a period that is not over.
    SoFar {
        subject: Subject<'a>,
        value: Figure,
        at: &'a Label,
        grain: Option<Grain>,
    },
    /// A value and the one before it; `delta: None`: they are equal.
    Moved {
        subject: Subject<'a>,
        value: Figure,
        at: Option<&'a Label>,
        before: Figure,
        when: When<'a>,
        delta: Option<Delta>,
        turn: Turn,
        is_sum: bool,
    },
    /// The sum over names along x.
    Sum {
        measure: &'a Measure,
        value: Figure,
        categories: usize,
        /// Whether they are ranges of numbers.
        are_ranges: bool,
    },
    /// The largest of them.
    Largest {
        name: &'a Label,
        value: Figure,
        share: Option<Figure>,
    },
    /// Largest and smallest, where there is no sum.
    Between {
        subject: Subject<'a>,
        series: Option<&'a str>,
        high: (Figure, &'a Label),
        low: Option<(Figure, &'a Label)>,
    },
    /// The only value there is.
    Only {
        measure: &'a Measure,
        series: Option<&'a str>,
        value: Figure,
        name: &'a Label,
    },
    /// Two readings, and what lies between them.
    Compared {
        series: Option<&'a str>,
        value: Figure,
        at: &'a Label,
        before: Figure,
        when: When<'a>,
        delta: Option<Delta>,
    },
    /// The same against a year earlier, where the value itself was told before.
    YearOnYear {
        series: Option<&'a str>,
        at: &'a Label,
        before: Figure,
        delta: Option<Delta>,
    },
    /// The newest against the first; `value: None` where the newest was just told.
    Since {
        series: Option<&'a str>,
        from: &'a Label,
        before: Figure,
        value: Option<Figure>,
        delta: Option<Delta>,
    },
    /// The sum over a stretch of time; `counted` where not each of its periods holds a value.
    Total {
        value: Figure,
        over: &'a Label,
        counted: Option<Counted>,
    },
    /// The highest or lowest value.
    Extreme {
        series: Option<&'a str>,
        way: Direction,
        value: Figure,
        at: &'a Label,
    },
    /// The newest value is the highest (lowest). `named` where it is not the value that was just told.
    Record {
        series: Option<&'a str>,
        way: Direction,
        named: Option<&'a Label>,
        among: Among<'a>,
    },
    /// Moves in a row; `grain: None`: not of neighbouring periods.
    Streak {
        series: Option<&'a str>,
        way: Direction,
        moves: usize,
        grain: Option<Grain>,
    },
    /// The course of all values; `way: None`: none that is clear.
    Trend {
        series: Option<&'a str>,
        way: Option<Direction>,
        slope: Figure,
        grain: Option<Grain>,
        shown: Counted,
    },
    /// A part of the whole, by its rank from 1.
    Share {
        name: Part<'a>,
        value: Figure,
        at: Option<&'a Label>,
        share: Figure,
        rank: usize,
    },
    /// The largest parts together.
    TopShare { top: usize, share: Figure },
    /// A series that moved the sum.
    Mover {
        name: &'a str,
        value: Figure,
        delta: Delta,
        role: Role,
        share: Option<Figure>,
    },
    /// A value far from where it was to be expected; `value: None`: the one that was just told.
    Anomaly {
        series: Option<&'a str>,
        value: Option<(Figure, &'a Label)>,
        expected: Figure,
        cycle: Option<Cycle>,
    },
    /// A value against its target; `delta: None`: exactly on it.
    Target {
        series: Option<&'a str>,
        name: Option<&'a str>,
        value: Option<(Figure, &'a Label)>,
        target: Figure,
        delta: Option<Delta>,
    },
    /// Two measures of the same rows.
    Relation {
        measure: &'a Measure,
        with: &'a str,
        way: Option<Direction>,
    },
    /// Where the middle half of many values lies.
    Spread {
        measure: &'a str,
        median: Figure,
        from: Figure,
        to: Figure,
    },
    /// Values that are not there.
    Gaps { missing: usize, of: usize },
    /// Nothing newer came.
    Stale { newest: &'a Label },
    /// How far the rows reach, and when they were read.
    Fresh { newest: &'a Label, is_over: bool },
    /// This move is larger than they usually are.
    Unusual { usual: Figure, grain: Option<Grain> },
    /// How large moves usually are.
    Usual { usual: Figure, grain: Option<Grain> },
}

/// Among which values a newest one stands out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Among<'a> {
    /// All since then.
    Since(&'a Label),
    /// All that are shown; `is_full`: without the period that is not over.
    Shown { counted: Counted, is_full: bool },
    /// So many of the newest, not all of which are shown.
    Last(Counted),
}

/// What a part is called.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part<'a> {
    Series(&'a str),
    Place(&'a Label),
}

/// How a series moved beside the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Furthest the way the sum went.
    Most,
    /// The same way.
    Along,
    /// The other way.
    Against,
}

/// The headings of the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading {
    Changed,
    Parts,
    Range,
    Trend,
    Data,
}

/// Single words and short phrases outside of sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// What a placeholder stands for where there is nothing.
    NotAvailable,
    /// Two values are equal.
    Unchanged,
}

impl Sentence<'_> {
    /// Whether it begins with a word of ours; the letters of a name out of the data stay as they are.
    pub fn begins_with_a_word(&self) -> bool {
        matches!(
            self,
            Self::YearOnYear { .. }
                | Self::Since { .. }
                | Self::Total { .. }
                | Self::Extreme { .. }
                | Self::Record { .. }
                | Self::Streak { .. }
                | Self::Trend { .. }
                | Self::Anomaly { .. }
                | Self::Usual { .. }
        )
    }
}

impl<'a> Sentence<'a> {
    /// The series that the sentence begins with, where it is about one of several and does not name it itself.
    pub fn series(&self) -> Option<&'a str> {
        match self {
            Self::Compared { series, .. }
            | Self::YearOnYear { series, .. }
            | Self::Since { series, .. }
            | Self::Extreme { series, .. }
            | Self::Record { series, .. }
            | Self::Streak { series, .. }
            | Self::Trend { series, .. }
            | Self::Anomaly { series, .. }
            | Self::Target { series, .. } => *series,
            _ => None,
        }
    }
}

impl Delta {
    /// "$8.2k (7.1%)": alike in every language.
    pub fn sized(&self) -> String {
        match &self.ratio {
            Some(ratio) => format!("{} ({ratio})", self.size),
            None => self.size.clone(),
        }
    }

    /// The comma between a value and this change of it; `words` instead where it would look like a decimal comma: "6.473, 414 mehr".
    pub fn comma(&self, value: &str, words: &'static str) -> &'static str {
        let is_between_digits = value.ends_with(|c: char| c.is_ascii_digit()) && self.size.starts_with(|c: char| c.is_ascii_digit());
        if is_between_digits { words } else { ", " }
    }

    pub fn is_up(&self) -> bool {
        self.way == Direction::Up
    }
}
