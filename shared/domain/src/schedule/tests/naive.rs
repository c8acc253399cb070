//! The rules once more, as slow and plain as can be: no tables, no cleverness, nothing of the code they check but the holidays' names.

use super::*;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One part of a cron field's list.
#[derive(Debug, Clone)]
pub enum Part {
    Star(u8),
    One(u8),
    Range(u8, u8, u8),
}

#[derive(Debug, Clone)]
pub enum DayField {
    Parts(Vec<Part>),
    Question,
    Last,
    NearestWeekday(u8),
}

#[derive(Debug, Clone)]
pub enum WeekField {
    Parts(Vec<Part>),
    Question,
    Last(u8),
    Nth(u8, u8),
}

#[derive(Debug, Clone)]
pub enum Plain {
    Hourly(u8),
    Daily(u8, u8),
    Weekly(Vec<usize>, u8, u8),
    /// 32 is `last`.
    Monthly(u8, u8, u8),
    /// minutes, hours, day-of-month, month, day-of-week
    Five([Vec<Part>; 5]),
    /// minutes, hours, month; years
    Six([Vec<Part>; 3], DayField, WeekField, Option<(i16, i16)>),
}

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

fn text(parts: &[Part]) -> String {
    let one = |part: &Part| match part {
        Part::Star(1) => "*".to_owned(),
        Part::Star(by) => format!("*/{by}"),
        Part::One(value) => value.to_string(),
        Part::Range(from, to, 1) => format!("{from}-{to}"),
        Part::Range(from, to, by) => format!("{from}-{to}/{by}"),
    };
    parts.iter().map(one).collect::<Vec<_>>().join(",")
}

fn fits(parts: &[Part], value: u8, min: u8) -> bool {
    parts.iter().any(|part| match part {
        Part::Star(by) => (value - min).is_multiple_of(*by),
        Part::One(only) => value == *only,
        Part::Range(from, to, by) => *from <= value && value <= *to && (value - from).is_multiple_of(*by),
    })
}

fn weekday(date: Date) -> u8 {
    let known_sunday = Date::constant(2026, 11, 15);
    let days = date.since(known_sunday).unwrap().get_days();
    u8::try_from(days.rem_euclid(7)).unwrap()
}

fn is_last_of_month(date: Date) -> bool {
    date.tomorrow().unwrap().day() == 1
}

impl Plain {
    pub fn json(&self) -> (&'static str, Value) {
        let at = |hour: &u8, minute: &u8| format!("{hour:02}:{minute:02}");
        match self {
            Self::Hourly(minute) => ("hourly", json!({ "minute": minute })),
            Self::Daily(hour, minute) => ("daily", json!({ "at": at(hour, minute) })),
            Self::Weekly(on, hour, minute) => (
                "weekly",
                json!({ "on": on.iter().map(|day| WEEKDAYS[*day]).collect::<Vec<_>>(), "at": at(hour, minute) }),
            ),
            Self::Monthly(32, hour, minute) => ("monthly", json!({ "on": "last", "at": at(hour, minute) })),
            Self::Monthly(on, hour, minute) => ("monthly", json!({ "on": on, "at": at(hour, minute) })),
            Self::Five(fields) => ("cron", fields.iter().map(|parts| text(parts)).collect::<Vec<_>>().join(" ").into()),
            Self::Six([minutes, hours, months], day, week, years) => {
                let day = match day {
                    DayField::Parts(parts) => text(parts),
                    DayField::Question => "?".to_owned(),
                    DayField::Last => "L".to_owned(),
                    DayField::NearestWeekday(day) => format!("{day}W"),
                };
                let week = match week {
                    WeekField::Parts(parts) => text(parts),
                    WeekField::Question => "?".to_owned(),
                    WeekField::Last(day) => format!("{day}L"),
                    WeekField::Nth(day, nth) => format!("{day}#{nth}"),
                };
                let years = years.map_or("*".to_owned(), |(from, to)| format!("{from}-{to}"));
                (
                    "cron",
                    format!("{} {} {day} {} {week} {years}", text(minutes), text(hours), text(months)).into(),
                )
            }
        }
    }

    pub fn time_fits(&self, time: Time) -> bool {
        let (h, m) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
        match self {
            Self::Hourly(minute) => m == *minute,
            Self::Daily(hour, minute) | Self::Weekly(_, hour, minute) | Self::Monthly(_, hour, minute) => (h, m) == (*hour, *minute),
            Self::Five([minutes, hours, ..]) | Self::Six([minutes, hours, _], ..) => fits(minutes, m, 0) && fits(hours, h, 0),
        }
    }

    pub fn date_fits(&self, date: Date) -> bool {
        let (day, month, in_week) = (date.day().unsigned_abs(), date.month().unsigned_abs(), weekday(date));
        match self {
            Self::Hourly(_) | Self::Daily(..) => true,
            Self::Weekly(on, ..) => on.contains(&usize::from(in_week)),
            Self::Monthly(on, ..) => day == *on || (is_last_of_month(date) && day < *on),
            Self::Five([_, _, days, months, weekdays]) => {
                let (by_day, by_week) = (
                    fits(days, day, 1),
                    fits(weekdays, in_week, 0) || (in_week == 0 && fits(weekdays, 7, 0)),
                );
                let star = |parts: &[Part]| matches!(parts[0], Part::Star(_));
                let both = if star(days) || star(weekdays) {
                    by_day && by_week
                } else {
                    by_day || by_week
                };
                both && fits(months, month, 1)
            }
            Self::Six([.., months], days, weekdays, years) => {
                let by_day = match days {
                    DayField::Parts(parts) => fits(parts, day, 1),
                    DayField::Question => true,
                    DayField::Last => is_last_of_month(date),
                    DayField::NearestWeekday(wanted) => nearest_weekday(date, *wanted) == Some(date),
                };
                let by_week = match weekdays {
                    WeekField::Parts(parts) => fits(parts, in_week + 1, 1),
                    WeekField::Question => true,
                    WeekField::Last(wanted) => in_week + 1 == *wanted && date.checked_add(7.days()).unwrap().month() != date.month(),
                    WeekField::Nth(wanted, nth) => {
                        let same = (1..=date.day())
                            .filter(|d| weekday(Date::new(date.year(), date.month(), *d).unwrap()) == in_week)
                            .count();
                        in_week + 1 == *wanted && same == usize::from(*nth)
                    }
                };
                by_day && by_week && fits(months, month, 1) && years.is_none_or(|(from, to)| from <= date.year() && date.year() <= to)
            }
        }
    }
}

/// Of the Mondays to Fridays of the date's month the one fewest days away from the wanted day.
fn nearest_weekday(date: Date, wanted: u8) -> Option<Date> {
    let days = (1..=31)
        .filter_map(|day| Date::new(date.year(), date.month(), day).ok())
        .collect::<Vec<_>>();
    let wanted = days.get(usize::from(wanted) - 1)?.day();
    days.into_iter()
        .filter(|day| (1..=5).contains(&weekday(*day)))
        .min_by_key(|day| (day.day() - wanted).abs())
}

/// What is expected of a date: moved from where, or not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Due(Option<Date>),
    Skipped,
}

/// Each date of the span, and where its occurrences end up.
pub fn expected_days(plain: &Plain, skip: &Skip, from: Date, to: Date) -> BTreeMap<Date, Expected> {
    let is_left_out = |date: Date| {
        let weekend = skip.weekends
            && if skip.weekend_days.is_empty() {
                [0, 6].contains(&weekday(date))
            } else {
                [5, 6].contains(&weekday(date))
            };
        weekend || skip.dates.contains(&date) || skip.holidays.iter().any(|region| region.holiday(date).is_some())
    };
    let mut expected = BTreeMap::new();
    let mut date = from.checked_sub(40.days()).unwrap();
    while date <= to.checked_add(40.days()).unwrap() {
        if plain.date_fits(date) {
            let step = if skip.then == Then::Previous { -1 } else { 1 };
            let distances = if skip.then == Then::Nothing { 0..=0 } else { 0..=14 };
            match distances
                .map(|n| date.checked_add((n * step).days()).unwrap())
                .find(|day| !is_left_out(*day))
            {
                None => drop(expected.insert(date, Expected::Skipped)),
                Some(day) if day == date => drop(expected.insert(day, Expected::Due(None))),
                // Dates come in order, so the first to arrive is the earliest.
                Some(day) => drop(expected.entry(day).or_insert(Expected::Due(Some(date)))),
            }
        }
        date = date.tomorrow().unwrap();
    }
    expected.into_iter().filter(|(date, _)| from <= *date && *date <= to).collect()
}
