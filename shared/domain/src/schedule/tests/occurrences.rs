//! Occurrences a person can check against a calendar.

use super::*;

#[test]
fn a_clock_change_skips_the_removed_hour_and_fires_the_repeated_one_once() {
    let schedule = yaml("daily: {at: 02:30}\ntime_zone: Europe/Berlin");
    assert_eq!(
        lines(&schedule, "2026-03-28T00:00:00Z", 3),
        [
            "2026-03-28 02:30 = 2026-03-28T01:30:00Z: due",
            "2026-03-29 02:30 = 2026-03-29T01:00:00Z: the clocks go forward and this local time does not exist",
            "2026-03-30 02:30 = 2026-03-30T00:30:00Z: due",
        ]
    );
    assert_eq!(
        lines(&schedule, "2026-10-24T12:00:00Z", 2),
        [
            "2026-10-25 02:30 = 2026-10-25T00:30:00Z: due, Repeated",
            "2026-10-26 02:30 = 2026-10-26T01:30:00Z: due"
        ]
    );
    assert_eq!(schedule.decide_due(time("2026-10-25T00:30:00Z")), DueDecision::Due);
    assert_eq!(
        schedule.decide_due(time("2026-10-25T01:30:00Z")),
        DueDecision::NotAnOccurrence,
        "the second 02:30"
    );
    let hourly = yaml("hourly: {}\ntime_zone: Australia/Lord_Howe");
    assert_eq!(
        lines(&hourly, "2026-10-03T14:30:00Z", 3),
        [
            "2026-10-04 02:00 = 2026-10-03T15:30:00Z: the clocks go forward and this local time does not exist",
            "2026-10-04 03:00 = 2026-10-03T16:00:00Z: due",
            "2026-10-04 04:00 = 2026-10-03T17:00:00Z: due",
        ]
    );
}

#[test]
fn a_day_that_a_zone_left_out_is_skipped() {
    let schedule = yaml("daily: {at: 09:00}\ntime_zone: Pacific/Apia");
    assert_eq!(
        lines(&schedule, "2011-12-29T00:00:00Z", 3),
        [
            "2011-12-29 09:00 = 2011-12-29T19:00:00Z: due",
            "2011-12-30 09:00 = 2011-12-30T10:00:00Z: the clocks go forward and this local time does not exist",
            "2011-12-31 09:00 = 2011-12-30T19:00:00Z: due",
        ]
    );
}

#[test]
fn shorter_months_have_it_on_their_last_day() {
    let days = |on: &str| -> Vec<String> {
        let schedule = yaml(&format!("monthly: {{on: {on}, at: 09:00}}\ntime_zone: UTC"));
        schedule
            .occurrences(time("2028-01-01T00:00:00Z"))
            .take(4)
            .map(|o| o.local.strftime("%m-%d").to_string())
            .collect()
    };
    assert_eq!(days("31"), ["01-31", "02-29", "03-31", "04-30"]);
    assert_eq!(days("last"), days("31"));
    assert_eq!(days("30"), ["01-30", "02-29", "03-30", "04-30"]);
    assert_eq!(days("28"), ["01-28", "02-28", "03-28", "04-28"]);
}

#[test]
fn skipped_days_say_why_or_move() {
    let skip = |then: &str| {
        yaml(&format!(
            "daily: {{at: 09:00}}\ntime_zone: UTC\nskip: {{weekends: true, holidays: [DE-BY], dates: [2026-12-24], then: {then}}}"
        ))
    };
    assert_eq!(
        lines(&skip("nothing"), "2026-12-23T12:00:00Z", 5),
        [
            "2026-12-24 09:00 = 2026-12-24T09:00:00Z: a date that this schedule leaves out",
            "2026-12-25 09:00 = 2026-12-25T09:00:00Z: public holiday: Christmas Day (DE-BY)",
            "2026-12-26 09:00 = 2026-12-26T09:00:00Z: weekend",
            "2026-12-27 09:00 = 2026-12-27T09:00:00Z: weekend",
            "2026-12-28 09:00 = 2026-12-28T09:00:00Z: due",
        ]
    );
    assert_eq!(
        lines(&skip("next"), "2026-12-23T12:00:00Z", 1),
        ["2026-12-28 09:00 = 2026-12-28T09:00:00Z: due"]
    );
    let weekly = |then: &str| {
        yaml(&format!(
            "weekly: {{on: [thursday, friday], at: 09:00}}\ntime_zone: UTC\nskip: {{weekends: true, holidays: [DE-BY], dates: [2026-12-24], then: {then}}}"
        ))
    };
    assert_eq!(
        lines(&weekly("next"), "2026-12-20T00:00:00Z", 1),
        ["2026-12-28 09:00 = 2026-12-28T09:00:00Z: due, moved from 2026-12-24"]
    );
    assert_eq!(
        lines(&weekly("previous"), "2026-12-20T00:00:00Z", 1),
        ["2026-12-23 09:00 = 2026-12-23T09:00:00Z: due, moved from 2026-12-24"]
    );
    assert_eq!(
        skip("nothing").decide_due(time("2026-12-26T09:00:00Z")),
        DueDecision::Skipped(SkipReason::Weekend)
    );
    assert_eq!(skip("next").decide_due(time("2026-12-26T09:00:00Z")), DueDecision::NotAnOccurrence);
    assert_eq!(
        skip("nothing").next_after(time("2026-12-23T12:00:00Z")),
        Some(time("2026-12-28T09:00:00Z"))
    );
}

#[test]
fn the_last_working_day_of_the_month() {
    let schedule = yaml("monthly: {on: last, at: 17:00}\ntime_zone: UTC\nskip: {weekends: true, then: previous}");
    assert_eq!(
        lines(&schedule, "2026-10-01T00:00:00Z", 3),
        [
            "2026-10-30 17:00 = 2026-10-30T17:00:00Z: due, moved from 2026-10-31",
            "2026-11-30 17:00 = 2026-11-30T17:00:00Z: due",
            "2026-12-31 17:00 = 2026-12-31T17:00:00Z: due",
        ]
    );
    let sunday_to_thursday = yaml(
        "weekly: {on: friday, at: 09:00}\ntime_zone: Asia/Riyadh\nskip: {weekends: true, weekend_days: [friday, saturday], then: next}",
    );
    assert_eq!(
        lines(&sunday_to_thursday, "2026-11-20T12:00:00Z", 1),
        ["2026-11-22 09:00 = 2026-11-22T06:00:00Z: due, moved from 2026-11-20"]
    );
}

#[test]
fn without_a_working_day_in_two_weeks_it_is_skipped() {
    let closed = |last: i8| {
        let dates: Vec<String> = (3..=last).map(|day| format!("2026-08-{day:02}")).collect();
        let skip = format!("skip: {{dates: [{}], then: next}}", dates.join(", "));
        lines(
            &yaml(&format!("monthly: {{on: 3, at: 09:00}}\ntime_zone: UTC\n{skip}")),
            "2026-08-01T00:00:00Z",
            1,
        )
    };
    assert_eq!(closed(16), ["2026-08-17 09:00 = 2026-08-17T09:00:00Z: due, moved from 2026-08-03"]);
    assert_eq!(
        closed(17),
        ["2026-08-03 09:00 = 2026-08-03T09:00:00Z: no working day within 14 days to move to"]
    );
}

#[test]
fn years_without_holiday_data_say_so() {
    let schedule = yaml("daily: {at: 09:00}\ntime_zone: UTC\nskip: {holidays: [DE]}");
    let after = format!("{}-12-30T12:00:00Z", holiday_years().end());
    let found = lines(&schedule, &after, 2);
    assert!(
        found[0].ends_with(": due") && found[1].ends_with("-01-01T09:00:00Z: due, HolidaysUnknown"),
        "{found:?}"
    );
}

#[test]
fn it_ends_even_if_nothing_fires() {
    let schedule = yaml("cron: 0 9 1 1 ? 2000\ntime_zone: UTC");
    assert_eq!(schedule.occurrences(time("2026-01-01T00:00:00Z")).count(), 0);
    assert_eq!(
        yaml("cron: 0 9 29 2 *\ntime_zone: UTC")
            .occurrences(time("2026-01-01T00:00:00Z"))
            .count(),
        7
    );
    assert_eq!(yaml("hourly: {}\ntime_zone: Asia/Kathmandu").next_after(Timestamp::MAX), None);
    assert!(yaml("hourly: {}\ntime_zone: Asia/Kathmandu").next_after(Timestamp::MIN).is_some());
}
