//! How periods, counts and changes are called in English.

use domain::dataset::Unit;
use domain::series::Grain;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

use crate::amount::{Amount, Precision, written};
use crate::cell_text::in_sentence;
use crate::fact::{Change, Direction, Fact, Facts, Label, Place};
use crate::line::ordinal;

/// Ratios from this on say less than the two values do.
const RATIO_MAX: u32 = 10;

/// One period, as it is called: "Oct 2026", "Fri 20 Nov", "14:00 on Fri 20 Nov". Days of another year than `now`'s carry theirs.
pub(crate) fn moment(at: DateTime, grain: Grain, now: DateTime) -> String {
    let day = |at: DateTime| {
        let format = if at.year() == now.year() { "%a %-d %b" } else { "%-d %b %Y" };
        at.strftime(format).to_string()
    };
    match grain {
        Grain::Year => at.year().to_string(),
        Grain::Quarter => format!("Q{} {}", (at.month() - 1) / 3 + 1, at.year()),
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
            format!("the {} {} to {}", number(periods), noun(*grain, periods), moment(*to, *grain, now))
        }
        Label::Name { name } => in_sentence(name),
        Label::Range { from, to, unit } => {
            let end = |value: &Decimal| written(&Amount::new(*value, unit.as_ref()), Precision::GLANCE);
            format!("{} to {}", end(from), end(to))
        }
        Label::Whole => "all rows".to_owned(),
    }
}

/// The same with the preposition that stands before it: "in Oct 2026", "on Fri 20 Nov", "at 14:00 on Fri 20 Nov".
pub(crate) fn at(place: &Place, now: DateTime) -> String {
    let preposition = match &place.label {
        Label::Moment { grain: Grain::Day, .. } => "on",
        Label::Moment {
            grain: Grain::Hour | Grain::Minute,
            ..
        } => "at",
        Label::Moment { .. } => "in",
        Label::Span { .. } => "in",
        Label::Name { .. } => "for",
        Label::Range { .. } => "from",
        Label::Whole => "over",
    };
    format!("{preposition} {}", label(&place.label, now))
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

/// "a month", "an hour".
pub(crate) fn per(grain: Grain) -> String {
    let article = if grain == Grain::Hour { "an" } else { "a" };
    format!("{article} {}", noun(grain, 1))
}

/// So many values over a stretch of time: "12 months" where each period holds one, "12 values" where they stand further apart.
pub(crate) fn counted(count: usize, over: &Place) -> String {
    let name = match over.label {
        Label::Span { grain, .. } if is_gapless(count, over) => noun(grain, count),
        _ if count == 1 => "value",
        _ => "values",
    };
    format!("{} {name}", number(count))
}

/// Whether so many values are one for each period of a stretch of time.
pub(crate) fn is_gapless(count: usize, over: &Place) -> bool {
    match over.label {
        Label::Span { from, to, grain } => usize::try_from(ordinal(to, grain) - ordinal(from, grain) + 1) == Ok(count),
        Label::Moment { .. } | Label::Name { .. } | Label::Range { .. } | Label::Whole => false,
    }
}

/// A count, in full.
pub(crate) fn number(count: usize) -> String {
    written(
        &Amount::count(count),
        Precision {
            digits: 20,
            short_from: 1_000_000,
        },
    )
}

/// Both values of a change, older first, so precisely that their difference shows.
pub(crate) fn pair(change: &Change, unit: Option<&Unit>) -> [String; 2] {
    let [from, to] = [&change.from, &change.to].map(|reading| Amount::new(reading.value, unit));
    let precision = Precision::of_pair(&from, &to);
    [written(&from, precision), written(&to, precision)]
}

/// The size of a change without its direction: "$8.2k (7.1%)", "1.5 percentage points".
pub(crate) fn size(change: &Change, unit: Option<&Unit>) -> String {
    let difference = written(&Amount::difference(change.difference, unit).abs(), Precision::CHANGE);
    match ratio(change, unit) {
        Some(ratio) => format!("{difference} ({ratio})"),
        None => difference,
    }
}

/// The relative size of a change without its direction. None for percentages (theirs is told in points), under 0.1 %, and
/// from a tenfold on.
pub(crate) fn ratio(change: &Change, unit: Option<&Unit>) -> Option<String> {
    let is_telling = |ratio: &Decimal| ratio.abs() >= Decimal::new(1, 3) && ratio.abs() < Decimal::from(RATIO_MAX);
    let ratio = change.ratio.filter(|ratio| unit != Some(&Unit::Percent) && is_telling(ratio))?;
    Some(written(&Amount::ratio(ratio).abs(), Precision::CHANGE))
}

/// "up $8.2k (7.1%)", "unchanged".
pub(crate) fn change(change: &Change, unit: Option<&Unit>) -> String {
    match change.direction() {
        Some(way) => format!("{} {}", up_or_down(way), size(change, unit)),
        None => "unchanged".to_owned(),
    }
}

/// The size of a move: 1.5 percentage points where it is one of percentages.
pub(crate) fn moved(size: Decimal, unit: Option<&Unit>) -> String {
    written(&Amount::difference(size, unit), Precision::CHANGE)
}

/// A part of a whole: "39%".
pub(crate) fn share(ratio: Decimal) -> String {
    written(&Amount::ratio(ratio), Precision::CHANGE)
}

/// "up", "down".
pub(crate) fn up_or_down(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

/// "rose", "fell".
pub(crate) fn rose_or_fell(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "rose",
        Direction::Down => "fell",
    }
}

/// A name at the start of a sentence: a word in small letters gets a capital.
pub(crate) fn begin(text: &str) -> String {
    let first_word = text.split(' ').next().unwrap_or_default().trim_end_matches([':', ',']);
    let is_plain = first_word.bytes().all(|byte| byte.is_ascii_lowercase());
    match text.split_at_checked(1) {
        Some((first, rest)) if is_plain => first.to_ascii_uppercase() + rest,
        _ => text.to_owned(),
    }
}

/// The words beside a number that tell its direction, for the proof.
pub(crate) const UP_WORDS: [&str; 9] = ["up", "rose", "rising", "risen", "grew", "gained", "more", "higher", "above"];
/// The same downwards.
pub(crate) const DOWN_WORDS: [&str; 9] = ["down", "fell", "falling", "fallen", "shrank", "lost", "less", "lower", "below"];
/// What is counted by bare numbers in these texts; the periods' names stand in [`noun`].
pub(crate) const COUNTED: [&str; 5] = ["value", "values", "category", "categories", "times"];
/// Words that may stand between such a word and its number.
pub(crate) const FILLERS: [&str; 6] = ["by", "about", "most", "the", "of", "a"];

/// When the rows were read, by the data's own clock: the day, and the day with its time.
pub(crate) fn read_at(facts: &Facts) -> [String; 2] {
    let now = facts.as_of_local;
    let time = now.strftime(if facts.time_zone.is_some() {
        "%H:%M on %a %-d %b %Y"
    } else {
        "%H:%M UTC on %a %-d %b %Y"
    });
    [now.strftime("%a %-d %b %Y").to_string(), time.to_string()]
}

/// All ways in which the places of a fact are called in these texts.
pub(crate) fn labels(fact: &Fact, now: DateTime) -> Vec<String> {
    fact.places().into_iter().map(|place| label(&place.label, now)).collect()
}
