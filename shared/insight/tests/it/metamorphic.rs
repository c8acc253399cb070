//! What must follow when the rows change in a way whose effect on the facts is known.

use domain::dataset::{Dataset, Values};
use insight::{Claim, Facts};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::recomputed::{Chart, any_time_chart};
use crate::rows::{read, spec};

/// Facts as JSON, without the rows they came from, in an order of their own.
fn said(facts: &Facts) -> Vec<String> {
    let mut said: Vec<String> = facts
        .items
        .iter()
        .map(|fact| {
            let mut fact = serde_json::to_value(fact).unwrap();
            fact.as_object_mut().unwrap().remove("rows");
            fact.to_string()
        })
        .collect();
    said.sort();
    said
}

fn shuffled(chart: &Chart, seed: u64) -> Chart {
    let mut rows: Vec<_> = chart.rows.iter().copied().zip(1_u64..).collect();
    rows.sort_by_key(|(_, index)| (index.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(seed)).rotate_left(29));
    Chart {
        rows: rows.into_iter().map(|(row, _)| row).collect(),
        ..chart.clone()
    }
}

/// Numbers of a fact that stay as they are when all values are ten times as large.
const WITHOUT_UNIT: [&str; 16] = [
    "ratio",
    "share",
    "score",
    "tau",
    "rank",
    "of",
    "first",
    "last",
    "moves",
    "steps",
    "missing",
    "age_days",
    "materiality",
    "count",
    "grain",
    "top",
];

/// The same with every value times ten.
fn tenfold(value: &Value, key: &str) -> Value {
    match value {
        Value::String(text) if !WITHOUT_UNIT.contains(&key) => match text.parse::<Decimal>() {
            Ok(number) => json!((number * Decimal::TEN).normalize().to_string()),
            Err(_) => value.clone(),
        },
        Value::String(text) => text
            .parse::<Decimal>()
            .map_or_else(|_| value.clone(), |number| json!(number.normalize().to_string())),
        Value::Array(items) => Value::Array(items.iter().map(|item| tenfold(item, key)).collect()),
        Value::Object(fields) => Value::Object(fields.iter().map(|(key, field)| (key.clone(), tenfold(field, key))).collect()),
        _ => value.clone(),
    }
}

/// Decimals without their trailing zeros.
fn normal(value: Value) -> Value {
    match value {
        Value::String(text) => text
            .parse::<Decimal>()
            .map_or(json!(text), |number| json!(number.normalize().to_string())),
        Value::Array(items) => Value::Array(items.into_iter().map(normal).collect()),
        Value::Object(fields) => Value::Object(fields.into_iter().map(|(key, field)| (key, normal(field))).collect()),
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_the_rows_changes_nothing(chart in any_time_chart(), seed in any::<u64>()) {
        prop_assert_eq!(said(&chart.facts()), said(&shuffled(&chart, seed).facts()));
    }

    #[test]
    fn ten_times_the_values_are_ten_times_the_facts(chart in any_time_chart()) {
        let larger = Chart {
            rows: chart.rows.iter().map(|(day, key, value)| (*day, *key, value.map(|value| value * Decimal::TEN))).collect(),
            ..chart.clone()
        };
        let facts = |chart: &Chart| serde_json::to_value(chart.facts().items).unwrap();
        // A median slope is chosen in binary: of two that differ in the sixteenth digit, either may be told.
        let without_slope = |facts: Value| -> Vec<Value> {
            let items = facts.as_array().unwrap().clone();
            items.into_iter().filter(|fact| fact["claim"]["kind"] != "trend" && fact["claim"]["kind"] != "anomaly").collect()
        };
        let expected: Vec<Value> = without_slope(facts(&chart)).iter().map(|fact| tenfold(fact, "")).collect();
        let told: Vec<Value> = without_slope(facts(&larger)).into_iter().map(normal).collect();
        prop_assert_eq!(told, expected);
    }

    #[test]
    fn a_series_that_never_moves_moves_nothing(chart in any_time_chart()) {
        let chart = Chart { is_mean: false, is_coloured: true, last: None, ..chart };
        let mut days: Vec<_> = chart.rows.iter().map(|row| chart.every.start(row.0)).collect();
        days.sort_unstable();
        days.dedup();
        let mut more = chart.clone();
        more.rows.extend(days.into_iter().map(|day| (day, "Steady", Some(Decimal::from(1_000)))));
        let movers = |chart: &Chart| -> Vec<(String, Decimal, Decimal)> {
            let facts = chart.facts();
            let moved = facts.items.iter().filter_map(|fact| match &fact.claim {
                Claim::Mover { change, whole, rank: 1, .. } => Some((fact.series.clone()?, change.difference, *whole)),
                _ => None,
            });
            moved.collect()
        };
        // Gaps of the sum are filled by the constant series, and a single series has no movers.
        let sums = |chart: &Chart| chart.facts().items.iter().filter(|fact| matches!(fact.claim, Claim::Gaps { .. })).count();
        if sums(&chart) == sums(&more) && chart.rows.iter().all(|row| row.2.is_some()) {
            for (name, difference, whole) in movers(&chart) {
                prop_assert!(movers(&more).contains(&(name, difference, whole)));
            }
        }
        prop_assert!(movers(&more).iter().all(|(name, ..)| name != "Steady"));
    }
}

/// Every mark and scale, over any numbers: nothing panics, whatever is said is ranked, and rows are rows of the Dataset.
#[test]
fn every_kind_of_chart_has_facts() {
    let charts = [
        json!({ "mark": "area", "encoding": { "x": { "field": "day" }, "y": { "field": "y", "aggregate": "sum", "stack": "normalize" }, "color": { "field": "key" } } }),
        json!({ "mark": "arc", "encoding": { "theta": { "field": "y", "aggregate": "sum" }, "color": { "field": "key" } } }),
        json!({ "mark": "point", "encoding": { "x": { "field": "x" }, "y": { "field": "y" } } }),
        json!({ "mark": "point", "encoding": { "x": { "field": "x" }, "y": { "field": "y" }, "color": { "field": "key" } } }),
        json!({ "mark": "bar", "encoding": { "x": { "field": "y", "bin": true }, "y": { "aggregate": "count" } } }),
        json!({ "mark": "table", "encoding": { "x": { "field": "key" }, "y": { "field": "y", "aggregate": "mean" } } }),
        json!({ "mark": "kpi", "encoding": { "y": { "field": "y", "aggregate": "median" } } }),
        json!({ "mark": "line", "encoding": { "x": { "field": "day" }, "y": { "field": "y", "aggregate": "sum" }, "facet": { "field": "key" } } }),
        json!({ "mark": "bar", "encoding": { "x": { "field": "key" }, "y": { "field": "y", "aggregate": "sum" } },
            "compare": "previous_period", "last": 10, "period": { "field": "day" } }),
    ];
    let config = ProptestConfig::with_cases(150);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let told = std::cell::RefCell::new(std::collections::BTreeSet::new());
    let tested = runner.run(
        &(any_time_chart(), prop::collection::vec(-50_i64..50, 200), 0_u32..4),
        |(chart, xs, power)| {
            let mut data: Dataset = chart.dataset();
            let mut x = data.columns[2].clone();
            x.name = "x".to_owned();
            x.values = Values::Number(
                xs.iter()
                    .take(chart.rows.len())
                    .map(|x| (*x != 7).then(|| Decimal::new(x * x * x, power * 9)))
                    .collect(),
            );
            data.columns.push(x);
            for value in &charts {
                let (_, facts) = read(&data, &spec(value.clone()));
                prop_assert!(facts.items.iter().all(|fact| fact.materiality <= 1000));
                prop_assert!(facts.items.iter().filter_map(|fact| fact.rows).all(|rows| rows.count > 0
                    && rows.first <= rows.last
                    && rows.last < data.row_count()
                    && rows.count <= data.row_count()));
                told.borrow_mut().extend(
                    facts
                        .items
                        .iter()
                        .map(|fact| serde_json::to_value(&fact.claim).unwrap()["kind"].to_string()),
                );
            }
            Ok(())
        },
    );
    tested.unwrap();
    for kind in ["relation", "spread", "share", "mover", "high", "latest", "total"] {
        let is_told = told.borrow().contains(&json!(kind).to_string());
        assert!(is_told, "no chart tells of {kind}: {told:?}");
    }
}
