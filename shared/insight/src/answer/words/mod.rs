//! What is understood, and what answers say beside the sentences of the narrative: a file per language.

mod arabic;
mod english;
mod german;
mod portuguese;
mod spanish;

use domain::chart_spec::Aggregate;
use domain::locale::{Language, Locale};

use super::cue::Cue;

/// One language, as far as answers need it.
pub(super) struct Spoken {
    pub language: Language,
    /// What is answered in where the pulse is in another language.
    pub tag: &'static str,
    /// Phrases, with `|` between those that mean the same.
    pub cues: &'static [(Cue, &'static str)],
    /// Words that say nothing by themselves, or of which the numbers tell anyway: "is", "the", "fell".
    pub plain: &'static str,
    /// One to ten.
    pub numerals: [&'static str; 10],
    pub say: fn(&Remark) -> String,
}

/// English first.
pub(super) const SPOKEN: [&Spoken; 5] = [
    &english::SPOKEN,
    &spanish::SPOKEN,
    &portuguese::SPOKEN,
    &german::SPOKEN,
    &arabic::SPOKEN,
];

/// What no fact says. Names are tamed, and set apart where their letters run the other way.
#[derive(Debug, Clone)]
pub(super) enum Remark<'a> {
    /// Causes are not in the data.
    WhereNotWhy,
    /// There are no dates, so no period to compare with.
    NoDates,
    /// Days are asked of monthly rows.
    TooFine,
    /// There is no such period in the rows.
    NotBack,
    NoTarget,
    NothingUnusual,
    /// Levels and rates have no sum.
    NoTotal,
    /// "Sales by region".
    Breakdown {
        measure: &'a str,
        by: &'a str,
    },
    /// The same in order; `by: None`: by what is drawn.
    Ranked {
        measure: &'a str,
        by: Option<&'a str>,
        is_largest: bool,
    },
    /// A form that these numbers do not take.
    Unfit {
        form: &'a str,
        reason: Unfit,
    },
    /// By what the numbers may be split; none: by nothing.
    Dimensions {
        names: &'a [String],
    },
    /// What a name stands for.
    Meaning {
        name: &'a str,
        unit: Option<&'a str>,
        joined: Option<Joining>,
    },
    /// When the rows were read.
    ReadAt {
        day: &'a str,
        time: &'a str,
    },
    /// What can be asked.
    Help {
        title: &'a str,
        by: Option<&'a str>,
    },
    /// Another topic.
    Declined {
        title: &'a str,
    },
}

/// How rows become the numbers on the chart.
pub(super) type Joining = Option<Aggregate>;

/// Why a form does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It shows parts of a whole, and there are none.
    NoParts,
    /// Parts below zero.
    Negative,
    /// It runs along dates or names, and there are none.
    NoSteps,
    /// There is nothing to stand on each other.
    OneSeries,
    /// Anything else about the rows.
    Rows,
}

/// A remark in the language of a locale; in English where we do not write it.
pub(super) fn say(locale: Locale, remark: &Remark) -> String {
    let spoken = SPOKEN
        .iter()
        .find(|spoken| spoken.language == locale.language())
        .unwrap_or(&SPOKEN[0]);
    (spoken.say)(remark)
}
