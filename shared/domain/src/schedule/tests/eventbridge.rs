//! What EventBridge Scheduler is given, and when its expressions fire.

use super::*;

#[test]
fn the_equivalent_expression_or_a_tight_superset() {
    let weekends = "weekends: true";
    let cases = [
        ("hourly: {minute: 15}", "", "cron(15 * * * ? *)"),
        ("daily: {at: 09:00}", "", "cron(0 9 * * ? *)"),
        ("daily: {at: 09:00}", weekends, "cron(0 9 * * ? *)"),
        ("daily: {at: 09:00}", "weekends: true, then: next", "cron(0 9 ? * MON-FRI *)"),
        ("weekly: {on: [monday, friday], at: 09:30}", "", "cron(30 9 ? * MON,FRI *)"),
        (
            "weekly: {on: saturday, at: 09:00}",
            "weekends: true, then: next",
            "cron(0 9 ? * MON *)",
        ),
        (
            "weekly: {on: saturday, at: 09:00}",
            "weekends: true, then: previous",
            "cron(0 9 ? * FRI *)",
        ),
        (
            "weekly: {on: monday, at: 09:00}",
            "weekends: true, holidays: [DE], then: next",
            "cron(0 9 ? * MON-FRI *)",
        ),
        ("weekly: {on: monday, at: 09:00}", "holidays: [DE]", "cron(0 9 ? * MON *)"),
        ("monthly: {on: 15, at: 09:00}", "", "cron(0 9 15 * ? *)"),
        ("monthly: {on: 29, at: 09:00}", "", "cron(0 9 28,29 * ? *)"),
        ("monthly: {on: 30, at: 09:00}", "", "cron(0 9 28-30 * ? *)"),
        ("monthly: {on: 31, at: 09:00}", "", "cron(0 9 L * ? *)"),
        ("monthly: {on: last, at: 09:00}", "", "cron(0 9 L * ? *)"),
        (
            "monthly: {on: last, at: 09:00}",
            "weekends: true, then: previous",
            "cron(0 9 26-31 * ? *)",
        ),
        ("monthly: {on: 1, at: 09:00}", "weekends: true, then: next", "cron(0 9 1-3 * ? *)"),
        ("monthly: {on: 1, at: 09:00}", "holidays: [DE], then: next", "cron(0 9 1-15 * ? *)"),
        (
            "monthly: {on: 1, at: 09:00}",
            "holidays: [DE], then: previous",
            "cron(0 9 1,15-31 * ? *)",
        ),
        ("cron: 0 9 1 1 *", "holidays: [DE], then: previous", "cron(0 9 1,18-31 1,12 ? *)"),
        ("cron: '*/15 9-17 * * 1-5'", "", "cron(0,15,30,45 9-17 ? * MON-FRI *)"),
        ("cron: 0 9 13 * 5", "", "cron(0 9 * * ? *)"),
        ("cron: 0 9 13 3,6 5", "", "cron(0 9 * 3,6 ? *)"),
        ("cron: 0 9 */10 * 1-5", "", "cron(0 9 1,11,21,31 * ? *)"),
        ("cron: 0 9 */2 * 1", "", "cron(0 9 ? * MON *)"),
        ("cron: 0 9 ? * 6#3 2026-2030", "", "cron(0 9 ? * 6#3 2026-2030)"),
        ("cron: 0 9 ? * fri#3 *", "holidays: [US]", "cron(0 9 ? * FRI#3 *)"),
        (
            "cron: 0 9 31 12 ? 2026,2028",
            "weekends: true, then: next",
            "cron(0 9 1,2,31 1,12 ? 2026-2029)",
        ),
        (
            "cron: 0 9 1 1 ? 2027",
            "weekends: true, then: previous",
            "cron(0 9 1,30,31 1,12 ? 2026,2027)",
        ),
        ("cron: 0 9 15W * ? *", "", "cron(0 9 15W * ? *)"),
    ];
    for (rule, skip, expected) in cases {
        let given = yaml(&format!("{rule}\ntime_zone: Europe/Berlin\nskip: {{{skip}}}")).eventbridge();
        assert_eq!(
            (given.expression.as_str(), given.time_zone.as_str()),
            (expected, "Europe/Berlin"),
            "{rule} {skip}"
        );
    }
}

#[test]
fn expressions_fire_as_the_scheduler_does() {
    let fires = |text: &str, zone: &str, after: &str| -> Vec<String> {
        let expression: EventBridgeExpression = text.parse().unwrap();
        let (zone, started) = (zone.parse().unwrap(), time("2026-03-28T00:10:00Z"));
        expression
            .occurrences(&zone, started, time(after))
            .take(2)
            .map(|at| at.to_string())
            .collect()
    };
    let after = "2026-03-28T12:00:00Z";
    assert_eq!(
        fires("cron(30 2 * * ? *)", "Europe/Berlin", after),
        ["2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"]
    );
    assert_eq!(
        fires("cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00Z"),
        ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"]
    );
    assert_eq!(
        fires("rate(12 hours)", "Europe/Berlin", after),
        ["2026-03-28T12:10:00Z", "2026-03-29T00:10:00Z"]
    );
    assert_eq!(
        fires("rate(1 day)", "Europe/Berlin", "2026-03-28T00:10:00Z"),
        ["2026-03-29T00:10:00Z", "2026-03-30T00:10:00Z"]
    );
    assert_eq!(
        fires("rate(5 minutes)", "UTC", "2020-01-01T00:00:00Z"),
        ["2026-03-28T00:10:00Z", "2026-03-28T00:15:00Z"]
    );
    assert_eq!(
        fires("at(2026-12-24T09:00:00)", "America/New_York", after),
        ["2026-12-24T14:00:00Z"]
    );
    assert_eq!(
        fires("at(2026-03-29T02:30:00)", "Europe/Berlin", after),
        Vec::<String>::new(),
        "a time that does not exist"
    );
    assert_eq!(fires("at(2026-03-01T09:00:00)", "UTC", after), Vec::<String>::new(), "past");
}

#[test]
fn other_expressions_are_refused() {
    for text in [
        "",
        "cron(0 9 * * *)",
        "0 9 * * ? *",
        "rate(0 minutes)",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(5 weeks)",
        "rate(-5 minutes)",
        "at(2026-12-24)",
        "at(2026-12-24T09:00:00Z)",
    ] {
        let error = text.parse::<EventBridgeExpression>().expect_err(text).to_string();
        assert!(error.contains("accepted"), "{error}");
    }
}
