//! Each kind of statement on rows small enough to check by eye.

use domain::dataset::{Column, Dataset};
use insight::{Basis, Claim, Cycle, Direction, Fact, Facts, Label, Method, Rows};
use rust_decimal::Decimal;
use serde_json::json;

use crate::rows::{dataset, days, line, months, numbers, read, spec, texts, usd};

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn only<'a, T>(facts: &'a Facts, meant: impl Fn(&'a Fact) -> Option<T>) -> T {
    let mut found: Vec<T> = facts.items.iter().filter_map(meant).collect();
    assert_eq!(found.len(), 1, "{:#?}", facts.items);
    found.remove(0)
}

fn cells(count: usize, value: impl Fn(usize) -> i64) -> Vec<String> {
    (0..count).map(|index| value(index).to_string()).collect()
}

fn column(name: &str, cells: &[String]) -> Column {
    numbers(name, usd(), &cells.iter().map(String::as_str).collect::<Vec<_>>())
}

fn table(as_of: &str, x: Column, y: &[String]) -> Dataset {
    dataset(as_of, vec![x, column("y", y)])
}

#[test]
fn last_year_and_records_are_seen_though_three_months_are_drawn() {
    let mut values = cells(24, |month| 100 + i64::try_from(month).unwrap());
    values[3] = "500".to_owned();
    values[23] = "200".to_owned();
    let data = table("2027-01-15T00:00:00Z", months("month", "2025-01-01", 24), &values);
    let mut chart = line("month", "y", json!({}));
    chart.last = Some(3);
    let (_, facts) = read(&data, &chart);
    let (change, rows) = only(&facts, |fact| match &fact.claim {
        Claim::Change(change) if change.basis == Basis::SamePeriodLastYear => Some((change, fact.rows)),
        _ => None,
    });
    assert_eq!((change.from.value, change.to.value), (number("111"), number("200")));
    assert!(change.from.at.in_previous && !change.to.at.in_previous);
    assert_eq!((change.to.at.first, change.to.at.last), (2, 2));
    assert_eq!(
        rows,
        Some(Rows {
            count: 2,
            first: 11,
            last: 23
        })
    );
    let (since, of) = only(&facts, |fact| match &fact.claim {
        Claim::Record { since, of, .. } => Some((since.clone(), *of)),
        _ => None,
    });
    assert_eq!(of, 24, "all months that the rows have");
    assert!(matches!(since.unwrap().label, Label::Moment { at, .. } if at.date().to_string() == "2025-04-01"));
}

#[test]
fn a_quiet_saturday_is_unusual_though_every_sunday_is_quiet() {
    let values = cells(41, |day| match day % 7 {
        _ if day == 40 => 20,
        6 => 10,
        weekday => 100 + i64::try_from(weekday + day % 3).unwrap(),
    });
    let data = table("2026-06-01T00:00:00Z", days("day", "2026-03-02", 41), &values);
    let (_, facts) = read(&data, &line("day", "y", json!({ "aggregate": "sum" })));
    let (reading, expected, direction, method) = only(&facts, |fact| match &fact.claim {
        Claim::Anomaly {
            reading,
            expected,
            direction,
            method,
            ..
        } => Some((reading, *expected, *direction, *method)),
        _ => None,
    });
    assert_eq!((reading.value, direction), (number("20"), Direction::Down));
    assert!(expected > number("100") && expected < number("110"), "{expected}");
    assert_eq!(
        method,
        Method::Seasonal {
            cycle: Cycle::DayOfWeek,
            of: 41
        }
    );
}

#[test]
fn a_running_day_is_never_unusual() {
    let mut values = cells(30, |day| 100 + i64::try_from(day % 4).unwrap());
    values[29] = "3".to_owned();
    let is_told = |as_of: &str| {
        let data = table(as_of, days("day", "2026-03-02", 30), &values);
        let (_, facts) = read(&data, &line("day", "y", json!({ "aggregate": "sum" })));
        facts.items.iter().any(|fact| matches!(fact.claim, Claim::Anomaly { .. }))
    };
    assert!(!is_told("2026-03-31T09:00:00Z"));
    assert!(is_told("2026-04-01T09:00:00Z"));
}

#[test]
fn values_that_are_mostly_equal_are_unusual_only_where_differing_is_rare() {
    let is_told = |every: usize| {
        let values = cells(40, |day| if day % every == 5 { 90 } else { 0 });
        let data = table("2026-06-01T00:00:00Z", days("day", "2026-03-02", 40), &values);
        let (_, facts) = read(&data, &line("day", "y", json!({ "aggregate": "sum" })));
        facts.items.iter().any(|fact| matches!(fact.claim, Claim::Anomaly { .. }))
    };
    assert!(is_told(40), "once in 40 days");
    assert!(!is_told(6), "every sixth day");
}

#[test]
fn a_target_is_missed_met_or_not_yet_judged() {
    let judged = |as_of: &str, newest: &str| {
        let mut chart = line("month", "y", json!({ "aggregate": "sum" }));
        chart.targets = vec![domain::chart_spec::Target {
            value: number("200"),
            name: Some("Plan".to_owned()),
        }];
        let values = ["150", "120", newest].map(str::to_owned);
        let data = table(as_of, months("month", "2026-01-01", 3), &values);
        let (_, facts) = read(&data, &chart);
        only(&facts, |fact| match &fact.claim {
            Claim::Target {
                name,
                reading,
                difference,
                ratio,
                is_met,
                ..
            } => {
                assert_eq!(name.as_deref(), Some("Plan"));
                Some((reading.value, *difference, ratio.unwrap(), *is_met))
            }
            _ => None,
        })
    };
    let told = |value: &str, difference: &str, ratio: &str, is_met| (number(value), number(difference), number(ratio), is_met);
    assert_eq!(judged("2026-04-02T00:00:00Z", "180"), told("180", "-20", "0.9", false));
    assert_eq!(judged("2026-04-02T00:00:00Z", "200"), told("200", "0", "1", true));
    assert_eq!(
        judged("2026-03-20T00:00:00Z", "180"),
        told("120", "-80", "0.6", false),
        "March is not over; February is"
    );
    assert_eq!(
        judged("2026-03-20T00:00:00Z", "210"),
        told("210", "10", "1.05", true),
        "March has reached it already"
    );
}

#[test]
fn two_measures_go_together_or_do_not() {
    let tau = |y: fn(i64) -> i64| {
        let x = cells(40, |row| i64::try_from(row * 7 % 40).unwrap());
        let y = cells(40, |row| y(i64::try_from(row * 7 % 40).unwrap()));
        let data = dataset("2026-06-01T00:00:00Z", vec![column("spend", &x), column("sales", &y)]);
        let (_, facts) = read(
            &data,
            &spec(json!({ "mark": "point", "encoding": { "x": { "field": "spend" }, "y": { "field": "sales" } } })),
        );
        only(&facts, |fact| match &fact.claim {
            Claim::Relation { with, direction, tau, of } => {
                assert_eq!((with.as_str(), *of), ("spend", 40));
                Some((*tau, *direction))
            }
            _ => None,
        })
    };
    assert_eq!(tau(|x| x * x), (number("1"), Some(Direction::Up)));
    assert_eq!(tau(|x| 5 - x), (number("-1"), Some(Direction::Down)));
    assert_eq!(tau(|x| x * 17 % 40).1, None);
}

#[test]
fn a_few_of_many_make_most() {
    let names: Vec<String> = (0..12).map(|index| format!("Shop {index}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let values = cells(12, |shop| if shop < 3 { 100 } else { 5 });
    let data = dataset("2026-06-01T00:00:00Z", vec![texts("shop", &names), column("y", &values)]);
    let (_, facts) = read(
        &data,
        &spec(json!({ "mark": "bar", "encoding": { "x": { "field": "shop" }, "y": { "field": "y", "aggregate": "sum" } } })),
    );
    let told = only(&facts, |fact| match &fact.claim {
        Claim::TopShare {
            top, of, reading, whole, ..
        } => Some((*top, *of, reading.value, *whole, fact.rows)),
        _ => None,
    });
    assert_eq!(
        told,
        (
            3,
            12,
            number("300"),
            number("345"),
            Some(Rows {
                count: 12,
                first: 0,
                last: 11
            })
        )
    );
}

#[test]
fn names_are_held_against_their_period_before() {
    let data = dataset(
        "2026-07-01T00:00:00Z",
        vec![
            days("day", "2026-06-01", 4),
            texts("team", &["Core", "Web", "Core", "Web"]),
            numbers("y", usd(), &["10", "20", "16", "14"]),
        ],
    );
    let chart = json!({ "mark": "bar", "encoding": { "x": { "field": "team" }, "y": { "field": "y", "aggregate": "sum" } },
        "period": { "field": "day" }, "last": 2, "compare": "previous_period" });
    let (_, facts) = read(&data, &spec(chart));
    let movers: Vec<_> = facts
        .items
        .iter()
        .filter_map(|fact| match &fact.claim {
            Claim::Mover {
                change, rank, of, share, ..
            } => Some((change.to.at.label.clone(), change.difference, *rank, *of, *share)),
            _ => None,
        })
        .collect();
    let name = |name: &str| Label::Name { name: name.to_owned() };
    assert_eq!(
        movers,
        [(name("Core"), number("6"), 1, 2, None), (name("Web"), number("-6"), 2, 2, None)]
    );
    let change = only(&facts, |fact| match &fact.claim {
        Claim::NoMaterialChange(change) if change.basis == Basis::PreviousPeriod => Some(change),
        _ => None,
    });
    assert_eq!((change.from.value, change.to.value), (number("30"), number("30")));
    assert!(matches!(change.from.at.label, Label::Span { from, .. } if from.date().to_string() == "2026-06-01"));
}
