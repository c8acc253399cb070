//! Occurrences, decisions and EventBridge's firings against a walk over every minute and every day.

use super::naive::{DayField, Expected, Part, Plain, WeekField, expected_days};
use super::*;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::{BTreeMap, BTreeSet};

/// Offsets of 30 and 45 minutes, changes of half an hour and of two, at midnight, over Ramadan, a day left out, none at all.
const ZONES: &[&str] = &[
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "America/St_Johns",
    "Asia/Tehran",
    "Africa/Cairo",
    "America/Havana",
    "Asia/Beirut",
    "Antarctica/Troll",
    "America/Nuuk",
    "Europe/Dublin",
    "Asia/Gaza",
    "UTC",
];

fn parts(min: u8, max: u8) -> impl Strategy<Value = Vec<Part>> {
    let star = prop_oneof![3 => Just(Part::Star(1)), 1 => (2..=12u8).prop_map(Part::Star)];
    let other = prop_oneof![
        3 => (min..=max).prop_map(Part::One),
        1 => (min..=max, min..=max, 1..=9u8).prop_map(|(a, b, by)| Part::Range(a.min(b), a.max(b), by)),
    ];
    prop_oneof![1 => star.prop_map(|part| vec![part]), 2 => prop::collection::vec(other, 1..=3)]
}

fn six() -> impl Strategy<Value = Plain> {
    let day = prop_oneof![
        3 => parts(1, 31).prop_map(DayField::Parts),
        1 => Just(DayField::Last),
        1 => (1..=31u8).prop_map(DayField::NearestWeekday),
    ];
    let week = prop_oneof![
        3 => parts(1, 7).prop_map(WeekField::Parts),
        1 => (1..=7u8).prop_map(WeekField::Last),
        1 => (1..=7u8, 1..=5u8).prop_map(|(day, nth)| WeekField::Nth(day, nth)),
    ];
    let days = prop_oneof![
        day.prop_map(|day| (day, WeekField::Question)),
        week.prop_map(|week| (DayField::Question, week))
    ];
    let years = prop_oneof![2 => Just(None), 1 => (1990..=2030i16, 0..=20i16).prop_map(|(from, more)| Some((from, from + more)))];
    (parts(0, 59), parts(0, 23), parts(1, 12), days, years)
        .prop_map(|(m, h, months, (day, week), years)| Plain::Six([m, h, months], day, week, years))
}

fn rules() -> impl Strategy<Value = Plain> {
    let weekdays = subsequence((0..7).collect::<Vec<usize>>(), 1..=6);
    prop_oneof![
        1 => (0..60u8).prop_map(Plain::Hourly),
        1 => (0..24u8, 0..60u8).prop_map(|(h, m)| Plain::Daily(h, m)),
        1 => (weekdays, 0..24u8, 0..60u8).prop_map(|(on, h, m)| Plain::Weekly(on, h, m)),
        2 => (1..=32u8, 0..24u8, 0..60u8).prop_map(|(on, h, m)| Plain::Monthly(on, h, m)),
        4 => (parts(0, 59), parts(0, 23), parts(1, 31), parts(1, 12), parts(0, 7)).prop_map(|(m, h, d, mo, w)| Plain::Five([m, h, d, mo, w])),
        4 => six(),
    ]
}

/// The same rule once a day, so that years of days can be walked.
fn once_a_day(plain: Plain) -> Plain {
    let (minute, hour) = (vec![Part::One(30)], vec![Part::One(9)]);
    match plain {
        Plain::Hourly(_) => Plain::Daily(9, 30),
        Plain::Five([_, _, day, month, week]) => Plain::Five([minute, hour, day, month, week]),
        Plain::Six([.., months], day, week, years) => Plain::Six([minute, hour, months], day, week, years),
        daily => daily,
    }
}

fn skips(around: Date) -> impl Strategy<Value = Skip> {
    let holidays = subsequence(vec!["DE-BY", "US", "CN", "TR", "GB-SCT", "IT"], 0..=2);
    let dates = prop::collection::vec(-40..40i32, 0..12);
    let then = select(vec![Then::Nothing, Then::Previous, Then::Next]);
    (any::<bool>(), any::<bool>(), holidays, dates, then).prop_map(move |(weekends, friday, holidays, dates, then)| Skip {
        weekends,
        weekend_days: if weekends && friday {
            vec![Weekday::Friday, Weekday::Saturday]
        } else {
            vec![]
        },
        holidays: holidays.into_iter().map(|code| code.parse().unwrap()).collect(),
        dates: dates.into_iter().map(|days| around.checked_add(days.days()).unwrap()).collect(),
        then,
    })
}

/// A window of some days, half of them around a clock change.
fn windows() -> impl Strategy<Value = (Zone, Timestamp)> {
    (select(ZONES), 1985..2060i16, 0..525_600i64, any::<bool>()).prop_map(|(zone, year, minute, at_change)| {
        let zone: Zone = zone.parse().unwrap();
        let start = time(&format!("{year}-01-01T00:00:00Z")).checked_add(minute.minutes()).unwrap();
        let change = zone
            .rules
            .following(start)
            .next()
            .filter(|_| at_change)
            .map(|change| change.timestamp());
        let middle = change.filter(|at| at.as_second() < 2_900_000_000).unwrap_or(start);
        (zone, middle)
    })
}

/// `None` for cron that can never fire, once that is found to be true.
fn schedule(plain: &Plain, zone: &str, skip: &Skip) -> Option<Schedule> {
    let (rule, value) = plain.json();
    let json = serde_json::json!({ rule: value, "time_zone": zone, "skip": skip });
    match serde_json::from_value(json.clone()) {
        Ok(schedule) => Some(schedule),
        Err(error) => {
            assert!(error.to_string().contains("can never fire"), "{json}: {error}");
            let mut days =
                std::iter::successors(Some(Date::constant(1990, 1, 1)), |day| day.tomorrow().ok()).take_while(|day| day.year() < 2051);
            assert_eq!(days.find(|day| plain.date_fits(*day)), None, "{json} was refused");
            None
        }
    }
}

/// Each local time that the zone shows in the span, and the first minute at which it does.
fn walk(zone: &Zone, from: Timestamp, to: Timestamp) -> BTreeMap<DateTime, Timestamp> {
    let mut first = BTreeMap::new();
    let mut at = from;
    while at < to {
        first.entry(zone.rules.to_datetime(at)).or_insert(at);
        at = at.checked_add(1.minute()).unwrap();
    }
    first
}

fn check_minutes(plain: &Plain, zone: &Zone, middle: Timestamp, skip: &Skip) -> Result<(), TestCaseError> {
    let Some(schedule) = schedule(plain, zone.name(), skip) else {
        return Ok(());
    };
    let (after, end) = (middle.checked_sub(50.hours()).unwrap(), middle.checked_add(40.hours()).unwrap());
    let shown = walk(zone, after.checked_sub(26.hours()).unwrap(), end);
    let (first, last) = (zone.rules.to_datetime(after).date(), zone.rules.to_datetime(end).date());
    let days = expected_days(plain, skip, first, last);

    let mut expected: Vec<(Timestamp, DateTime, Expected)> = shown
        .iter()
        .filter(|(local, at)| **at > after && plain.time_fits(local.time()))
        .filter_map(|(local, at)| Some((*at, *local, days.get(&local.date())?.clone())))
        .collect();
    expected.sort_by_key(|(at, ..)| *at);

    let all: Vec<Occurrence> = schedule.occurrences(after).take_while(|o| o.scheduled_for < end).collect();
    prop_assert!(all.is_sorted_by_key(|o| o.scheduled_for), "in time order: {all:?}");
    let (removed, found): (Vec<_>, Vec<_>) = all.into_iter().partition(|o| o.skipped == Some(SkipReason::ClockChange));
    let outcome = |o: &Occurrence| {
        if o.skipped.is_some() {
            Expected::Skipped
        } else {
            Expected::Due(o.moved_from)
        }
    };
    let found: Vec<_> = found.iter().map(|o| (o.scheduled_for, o.local, outcome(o))).collect();
    prop_assert_eq!(&found, &expected);

    // Local times on days well inside the window that never came.
    let inside = |date: Date| first < date && date < last;
    let missing: BTreeSet<DateTime> = days
        .keys()
        .filter(|date| inside(**date))
        .flat_map(|date| (0..1440i64).map(|minute| date.at(0, 0, 0, 0).checked_add(minute.minutes()).unwrap()))
        .filter(|local| plain.time_fits(local.time()) && !shown.contains_key(local))
        .collect();
    let removed: BTreeSet<DateTime> = removed.iter().map(|o| o.local).filter(|local| inside(local.date())).collect();
    prop_assert_eq!(removed, missing);

    check_firings(&schedule, after, end, &expected)
}

/// `decide_due` agrees with the occurrences, at each of them, at every firing of EventBridge, and in between; no due one is missed.
fn check_firings(
    schedule: &Schedule,
    after: Timestamp,
    end: Timestamp,
    expected: &[(Timestamp, DateTime, Expected)],
) -> Result<(), TestCaseError> {
    let given = schedule.eventbridge();
    prop_assert!(given.expression.len() <= 256);
    let expression: EventBridgeExpression = given.expression.parse().unwrap();
    let firings: BTreeSet<Timestamp> = expression
        .occurrences(&schedule.time_zone, after, after)
        .take_while(|at| *at < end)
        .collect();
    let expected: BTreeMap<Timestamp, &Expected> = expected.iter().map(|(at, _, outcome)| (*at, outcome)).collect();
    let between = (0..100i64)
        .map(|n| after.checked_add((n * 53).minutes()).unwrap())
        .filter(|at| *at > after && *at < end);
    for at in firings.iter().copied().chain(expected.keys().copied()).chain(between) {
        let decision = schedule.decide_due(at);
        let agrees = match expected.get(&at) {
            None => decision == DueDecision::NotAnOccurrence,
            Some(Expected::Due(_)) => decision == DueDecision::Due,
            Some(Expected::Skipped) => matches!(decision, DueDecision::Skipped(_)),
        };
        prop_assert!(agrees, "{at}: {decision:?}, not {:?}", expected.get(&at));
    }
    for (at, outcome) in &expected {
        let must_fire = matches!(outcome, Expected::Due(_)) || schedule.skip.then == Then::Nothing;
        prop_assert!(!must_fire || firings.contains(at), "{} does not fire at {at}", given.expression);
    }
    let next = expected
        .iter()
        .find(|(_, outcome)| matches!(outcome, Expected::Due(_)))
        .map(|(at, _)| *at);
    prop_assert_eq!(schedule.next_after(after).filter(|at| *at < end), next);
    Ok(())
}

/// Years of days in UTC, where a day is a day.
fn check_days(plain: Plain, from: Date, skip: &Skip) -> Result<(), TestCaseError> {
    let plain = once_a_day(plain);
    let Some(schedule) = schedule(&plain, "UTC", skip) else {
        return Ok(());
    };
    let to = from.checked_add(3.years()).unwrap();
    let utc = |date: Date| date.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let (after, end) = (utc(from), utc(to));
    let clock = |date: Date| (0..1440i16).map(move |m| date.at(i8::try_from(m / 60).unwrap(), i8::try_from(m % 60).unwrap(), 0, 0));
    let at = clock(from).find(|local| plain.time_fits(local.time())).unwrap().time();
    let expected: Vec<_> = expected_days(&plain, skip, from, to)
        .into_iter()
        .map(|(date, outcome)| {
            (
                date.to_datetime(at).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp(),
                date.to_datetime(at),
                outcome,
            )
        })
        .filter(|(at, ..)| *at > after && *at < end)
        .collect();
    let found = schedule.occurrences(after).take_while(|o| o.scheduled_for < end);
    let found: Vec<_> = found
        .map(|o| {
            (
                o.scheduled_for,
                o.local,
                o.skipped.map_or(Expected::Due(o.moved_from), |_| Expected::Skipped),
            )
        })
        .collect();
    prop_assert_eq!(&found, &expected);
    check_firings(&schedule, after, end, &expected)
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    }
}

#[test]
fn every_minute_around_clock_changes_in_many_zones() {
    let inputs = (rules(), windows()).prop_flat_map(|(rule, (zone, middle))| {
        let around = zone.rules.to_datetime(middle).date();
        (
            Just(rule),
            Just(zone),
            Just(middle),
            prop_oneof![Just(Skip::default()), skips(around)],
        )
    });
    let mut runner = proptest::test_runner::TestRunner::new(config(250));
    runner
        .run(&inputs, |(rule, zone, middle, skip)| check_minutes(&rule, &zone, middle, &skip))
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_change_of_every_zone_for_a_clock_that_strikes_each_quarter() {
    let quarters = Plain::Five([
        vec![Part::Star(15)],
        vec![Part::Star(1)],
        vec![Part::Star(1)],
        vec![Part::Star(1)],
        vec![Part::Star(1)],
    ]);
    for zone in ZONES {
        let zone: Zone = zone.parse().unwrap();
        for start in ["2011-01-01T00:00:00Z", "2018-01-01T00:00:00Z", "2026-01-01T00:00:00Z"] {
            for change in zone.rules.following(time(start)).take(2) {
                check_minutes(&quarters, &zone, change.timestamp(), &Skip::default()).unwrap_or_else(|error| panic!("{zone}: {error}"));
            }
        }
    }
}

#[test]
fn years_of_days_with_weekends_holidays_and_moves() {
    let inputs = (2024..2031i16, 1..=12i8).prop_flat_map(|(year, month)| {
        let from = Date::constant(year, month, 1);
        (rules(), Just(from), skips(from.checked_add(60.days()).unwrap()))
    });
    let mut runner = proptest::test_runner::TestRunner::new(config(200));
    runner
        .run(&inputs, |(rule, from, skip)| check_days(rule, from, &skip))
        .unwrap_or_else(|error| panic!("{error}"));
}
