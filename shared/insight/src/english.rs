//! How periods, counts and changes are called in English.

use domain::locale::Locale;
use domain::series::Grain;
use jiff::civil::DateTime;

use crate::amount::{Amount, Precision, written};
use crate::cell_text::embedded;
use crate::fact::{Fact, Facts, Label};
use crate::line::ordinal;

/// One period, as it is called: "Oct 2026", "Fri 20 Nov", "14:00 on Fri 20 Nov". Days of another year than `now`'s carry theirs.
pub(crate) fn moment(at: DateTime, grain: Grain, now: DateTime) -> String {
    let day = |at: DateTime| {
        let format = if at.year() == now.year() { "%a %-d %b" } else { "%-d %b %Y" };
        at.strftime(format).to_string()
    };
    match grain {
        Grain::Year => at.year().to_string(),
        Grain::Quarter => format!("Q{} {}", (at.month() - 1) / 3 + 1, at.year()),
        Grain::Month if at.year() == now.year() => at.strftime("%b").to_string(),
        Grain::Month => at.strftime("%b %Y").to_string(),
        Grain::Week if at.year() == now.year() => format!("the week of {}", at.strftime("%-d %b")),
        Grain::Week => format!("the week of {}", day(at)),
        Grain::Day => day(at),
        Grain::Hour | Grain::Minute => format!("{} on {}", at.strftime("%H:%M"), day(at)),
    }
}

/// What a place is called.
pub(crate) fn label(label: &Label, now: DateTime) -> String {
    match label {
        Label::Moment { at, grain } => moment(*at, *grain, now),
        Label::Span { from, to, grain } => {
            let periods = usize::try_from(ordinal(*to, *grain) - ordinal(*from, *grain) + 1).unwrap_or(1);
            format!(
                "{} {} to {}",
                written(&Amount::count(periods), Precision::FULL, Locale::ENGLISH),
                noun(*grain, periods),
                moment(*to, *grain, now)
            )
        }
        Label::Name { name } => embedded(name, false),
        Label::Range { from, to, unit } => {
            let end = |value: &rust_decimal::Decimal| written(&Amount::new(*value, unit.as_ref()), Precision::GLANCE, Locale::ENGLISH);
            format!("{}–{}", end(from), end(to))
        }
        Label::Whole => "all rows".to_owned(),
    }
}

/// "month", "months".
pub(crate) fn noun(grain: Grain, count: usize) -> &'static str {
    match (grain, count == 1) {
        (Grain::Minute, true) => "minute",
        (Grain::Minute, false) => "minutes",
        (Grain::Hour, true) => "hour",
        (Grain::Hour, false) => "hours",
        (Grain::Day, true) => "day",
        (Grain::Day, false) => "days",
        (Grain::Week, true) => "week",
        (Grain::Week, false) => "weeks",
        (Grain::Month, true) => "month",
        (Grain::Month, false) => "months",
        (Grain::Quarter, true) => "quarter",
        (Grain::Quarter, false) => "quarters",
        (Grain::Year, true) => "year",
        (Grain::Year, false) => "years",
    }
}

/// Whether a word names things that are counted.
pub(crate) fn is_counted(word: &str) -> bool {
    const GRAINS: [Grain; 7] = [
        Grain::Minute,
        Grain::Hour,
        Grain::Day,
        Grain::Week,
        Grain::Month,
        Grain::Quarter,
        Grain::Year,
    ];
    COUNTED.contains(&word)
        || GRAINS
            .iter()
            .any(|grain| [1, 2].into_iter().any(|count| noun(*grain, count) == word))
}

/// The words beside a number that tell its direction, for the proof.
pub(crate) const UP_WORDS: [&str; 9] = ["up", "rose", "rising", "risen", "grew", "gained", "more", "higher", "above"];
/// The same downwards.
pub(crate) const DOWN_WORDS: [&str; 9] = ["down", "fell", "falling", "fallen", "shrank", "lost", "less", "lower", "below"];
/// What is counted by bare numbers in these texts; the periods' names stand in [`noun`].
pub(crate) const COUNTED: [&str; 5] = ["value", "values", "category", "categories", "times"];
/// Words that may stand between such a word and its number.
pub(crate) const FILLERS: [&str; 6] = ["by", "about", "most", "the", "of", "a"];

/// When the rows were read, by the data's own clock: the day, and its time.
pub(crate) fn read_at(facts: &Facts) -> [String; 2] {
    crate::language::Scribe::of("en", facts).read_at()
}

/// All ways in which the places of a fact are called in these texts.
pub(crate) fn labels(fact: &Fact, now: DateTime) -> Vec<String> {
    let time = |label: &Label| match label {
        Label::Moment {
            at,
            grain: Grain::Hour | Grain::Minute,
        } => at.strftime("%H:%M").to_string(),
        _ => String::new(),
    };
    let forms = |place: &crate::fact::Place| {
        let scribe = |now| crate::language::Scribe {
            locale: Locale::ENGLISH,
            now,
            is_zoned: true,
        };
        [now, DateTime::MIN]
            .into_iter()
            .flat_map(move |now| [label(&place.label, now), scribe(now).name(&place.label), time(&place.label)])
            .collect::<Vec<_>>()
    };
    fact.places().into_iter().flat_map(forms).filter(|form| !form.is_empty()).collect()
}
