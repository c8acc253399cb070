//! The shape in files, and what is refused with which words.

use super::*;

#[test]
fn every_shape_reads_naturally_and_comes_back_the_same() {
    for text in [
        "hourly: {minute: 15}\ntime_zone: Europe/Berlin",
        "hourly: {}\ntime_zone: UTC",
        "daily: {at: 09:00}\ntime_zone: Asia/Kolkata",
        "weekly:\n  on: [monday, friday]\n  at: \"9:00\"\ntime_zone: Europe/Berlin",
        "weekly: {on: monday, at: \"09:00\"}\ntime_zone: Europe/Berlin",
        "monthly: {on: 31, at: \"09:00\"}\ntime_zone: Europe/Berlin",
        "monthly: {on: last, at: \"09:00\"}\ntime_zone: Europe/Berlin\nskip: {weekends: true, holidays: [DE, DE-BY, US], dates: [2026-12-24], then: previous}",
        "cron: 0 9 * * 1-5\ntime_zone: europe/berlin\nskip:\n  weekends: true\n  weekend_days: [friday, saturday]\n  then: next",
        "cron: cron(0 9 ? * MON-FRI 2026-2030)\ntime_zone: America/Argentina/Buenos_Aires",
    ] {
        let schedule = yaml(text);
        let json = serde_json::to_string(&schedule).unwrap();
        assert_eq!(serde_json::from_str::<Schedule>(&json).unwrap(), schedule, "{json}");
    }
    let schedule = yaml("weekly: {on: monday, at: \"9:00\"}\ntime_zone: europe/berlin\nskip: {dates: [2026-12-24], holidays: [de-by]}");
    let expected = r#"{"weekly":{"on":["monday"],"at":"09:00"},"time_zone":"Europe/Berlin","skip":{"weekends":false,"holidays":["DE-BY"],"dates":["2026-12-24"],"then":"nothing"}}"#;
    assert_eq!(serde_json::to_string(&schedule).unwrap(), expected);
}

#[test]
fn refusals_name_the_field_what_was_given_and_what_is_accepted() {
    let zone = "time_zone: UTC";
    let cases = [
        (
            "{time_zone: UTC}".to_owned(),
            "schedule must have exactly one rule; accepted are hourly, daily, weekly, monthly and cron",
        ),
        (
            format!("daily: {{at: 09:00}}\nhourly: {{}}\n{zone}"),
            "schedule \"hourly, daily\" must have exactly one rule",
        ),
        ("daily: {at: 09:00}".to_owned(), "time_zone"),
        (
            format!("daily: {{at: 25:00}}\n{zone}"),
            "at \"25:00\" is not a time of day; accepted are 00:00 to 23:59",
        ),
        (format!("daily: {{at: \"9\"}}\n{zone}"), "at \"9\" is not a time of day"),
        (format!("daily: {{on: monday}}\n{zone}"), "unknown field"),
        (
            format!("hourly: {{minute: 60}}\n{zone}"),
            "minute \"60\" is not a minute of the hour; accepted are 0 to 59",
        ),
        (format!("weekly: {{on: [], at: 09:00}}\n{zone}"), "at least one weekday"),
        (
            format!("weekly: {{on: [mon], at: 09:00}}\n{zone}"),
            "expected one of sunday, monday, tuesday",
        ),
        (
            format!("monthly: {{on: 32, at: 09:00}}\n{zone}"),
            "a day of the month from 1 to 31, or last",
        ),
        (
            format!("monthly: {{on: first, at: 09:00}}\n{zone}"),
            "a day of the month from 1 to 31, or last",
        ),
        (format!("fortnightly: {{}}\n{zone}"), "fortnightly"),
        (
            format!("hourly: {{}}\n{zone}\nskip: {{holiday: DE}}"),
            "weekend_days, holidays, dates, then",
        ),
        (format!("hourly: {{}}\n{zone}\nskip: {{holidays: [Germany]}}"), "did you mean DE?"),
        (
            format!("hourly: {{}}\n{zone}\nskip: {{dates: [2026-02-29]}}"),
            "dates \"2026-02-29\" is not a date of the calendar",
        ),
        (format!("hourly: {{}}\n{zone}\nskip: {{then: after}}"), "nothing, previous, next"),
        (
            format!("hourly: {{}}\n{zone}\nskip: {{weekend_days: [friday]}}"),
            "has no effect without weekends: true",
        ),
        (
            "hourly: {}\ntime_zone: Europe/Berln".to_owned(),
            "time_zone \"Europe/Berln\" is not an IANA time zone; did you mean Europe/Berlin?",
        ),
        ("hourly: {}\ntime_zone: Germany/Berlin".to_owned(), "did you mean Europe/Berlin?"),
        ("hourly: {}\ntime_zone: new york".to_owned(), "did you mean America/New_York?"),
        (
            "hourly: {}\ntime_zone: \"+02:00\"".to_owned(),
            "accepted are names such as Europe/Berlin",
        ),
        ("hourly: {}\ntime_zone: Etc/Unknown".to_owned(), "is not an IANA time zone"),
    ];
    for (text, expected) in cases {
        let message = refused(&text);
        assert!(message.contains(expected), "{text}\n  said: {message}\n  not:  {expected}");
    }
}

#[test]
fn refusals_say_the_line() {
    let message = refused("weekly:\n  on: [monday]\n  at: 7 o'clock\ntime_zone: UTC\n");
    assert!(message.contains("line 3"), "{message}");
}

#[test]
fn nothing_to_come_is_refused_in_words() {
    let now = time("2026-11-20T12:00:00Z");
    let past = yaml("cron: 0 9 1 1 ? 2020-2025\ntime_zone: UTC")
        .check_upcoming(now)
        .unwrap_err()
        .to_string();
    assert!(
        past.starts_with("cron \"0 9 1 1 ? 2020-2025\" does not fire after 2026-11-20T12:00:00Z"),
        "{past}"
    );
    let emptied = yaml("cron: '* * * * 6,0'\ntime_zone: UTC\nskip: {weekends: true}")
        .check_upcoming(now)
        .unwrap_err()
        .to_string();
    assert!(emptied.starts_with("skip leaves out every occurrence"), "{emptied}");
    let next = yaml("cron: 0 9 29 2 *\ntime_zone: UTC").check_upcoming(now).unwrap();
    assert_eq!(next, time("2028-02-29T09:00:00Z"));
}
