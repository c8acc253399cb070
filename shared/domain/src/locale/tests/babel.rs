//! What Babel, the source of the table, makes of some values in every locale.

use super::{compact, d, formatted, money, unmarked};
use crate::dataset::Unit;
use crate::locale::{DateForm, Locale, NumberStyle};
use rust_decimal::Decimal;

/// Lines of `@tag`, then `kind<TAB>value<TAB>text`; from `infra/locales/expect.py`.
const EXPECTED: &str = include_str!("expected.txt");

/// Ours for one line, with the differences that are meant: a typographic minus instead of a hyphen.
fn ours(locale: Locale, kind: &str, value: &str) -> String {
    let style = locale.numbers();
    let (kind, detail) = kind.split_once(' ').unwrap_or((kind, ""));
    let text = match kind {
        "number" => formatted(style, ",", value, None),
        "percent" => formatted(style, ",.1~%", value, None),
        "money" => formatted(style, "$,.2f", value, Some(&money(detail))),
        "compact" => compact(style, d(value), None),
        "duration" => {
            let seconds = [("second", 1), ("minute", 60), ("hour", 3_600), ("day", 86_400)];
            let seconds = seconds.iter().find(|(unit, _)| *unit == detail).unwrap().1;
            compact(style, d(value) * Decimal::from(seconds), Some(&Unit::Seconds))
        }
        form => locale.date(value.parse().unwrap(), form_named(form)),
    };
    unmarked(&text).replace(NumberStyle::MINUS, "-")
}

fn form_named(name: &str) -> DateForm {
    let forms = [
        DateForm::Year,
        DateForm::MonthYear,
        DateForm::MonthYearLong,
        DateForm::Day,
        DateForm::DayMonth,
        DateForm::DayMonthLong,
        DateForm::DayMonthYear,
        DateForm::DayMonthYearLong,
        DateForm::WeekdayDayMonth,
        DateForm::WeekdayDayMonthYear,
        DateForm::Time,
        DateForm::Time24,
    ];
    forms.into_iter().find(|form| format!("{form:?}") == name).unwrap()
}

/// Whether Babel's text says what ours does, or differs where it is meant to.
fn agrees(tag: &str, kind: &str, theirs: &str, ours: &str) -> bool {
    match kind {
        // Babel writes one width after the other; we take the one that is the same for all numbers, with a space that does not break. English has
        // its charts' letters.
        kind if kind.starts_with("duration") => {
            let spaceless = |text: &str| text.replace([' ', '\u{a0}'], "");
            tag.starts_with("en") || theirs.split('|').any(|text| spaceless(text) == spaceless(ours))
        }
        // Babel groups no short number: `12500` where a language has no short thousand. English thousands have a small k.
        "compact" => {
            let group = Locale::of(tag).numbers().group();
            theirs == ours || theirs.replace('K', "k") == ours || theirs == ours.replace(group, "")
        }
        // Babel knows no decimal sign for money alone (fr-CH), and puts no space between digits and letters (CLDR's currencySpacing).
        kind if kind.starts_with("money") => {
            let comparable = |text: &str| text.replace([' ', '\u{a0}'], "");
            theirs == ours || comparable(theirs) == comparable(ours) || (tag == "fr-CH" && theirs.replace(',', ".") == ours)
        }
        // Taiwan's Chinese has two and not the seven of CLDR's small hours; Thai years of our era
        // are not marked as such.
        "Time" if tag == "zh-TW" => ours.split_once("午").map(|(_, time)| time) == theirs.get("午".len() * 2..),
        "DayMonthYearLong" if tag == "th" => theirs.replace("ค.ศ. ", "") == ours,
        _ => theirs == ours,
    }
}

#[test]
fn texts_are_those_of_babel() {
    let (mut tag, mut compared, mut wrong) = ("", 0, Vec::new());
    for line in EXPECTED.lines().skip(1) {
        if let Some(next) = line.strip_prefix('@') {
            tag = next;
            assert_eq!(Locale::of(tag).tag(), tag);
            continue;
        }
        let [kind, value, theirs] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let ours = ours(Locale::of(tag), kind, value);
        compared += 1;
        if !agrees(tag, kind, theirs, &ours) {
            wrong.push(format!("{tag} {kind} {value}: Babel {theirs:?}, ours {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 1_000, "{compared}");
}
