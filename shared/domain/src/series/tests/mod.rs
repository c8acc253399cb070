//! Rows in, table out.
#![expect(clippy::unwrap_used, reason = "tests")]

mod forms;

use super::*;
use crate::chart_spec::{ChartSpec, SpecError};
use crate::dataset::{Column, Dataset, Values};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

fn rows(columns: Vec<(&str, Values)>) -> Dataset {
    let columns = columns
        .into_iter()
        .map(|(name, values)| Column {
            name: name.to_owned(),
            unit: None,
            values,
        })
        .collect();
    Dataset {
        as_of: Timestamp::UNIX_EPOCH,
        time_zone: None,
        columns,
        notes: Vec::new(),
    }
}

fn days(first: Date, count: i64) -> Values {
    Values::Date((0..count).map(|i| Some(first + i.days())).collect())
}

fn numbers(cells: impl IntoIterator<Item = i64>) -> Values {
    Values::Number(cells.into_iter().map(|cell| Some(Decimal::from(cell))).collect())
}

fn texts(cells: &[&str]) -> Values {
    Values::Text(cells.iter().map(|cell| Some((*cell).to_owned())).collect())
}

fn try_plot(rows: &Dataset, spec: Value) -> Result<Plotted, Vec<SpecError>> {
    plot(rows, &serde_json::from_value::<ChartSpec>(spec).unwrap())
}

fn values(series: &Series) -> Vec<Option<i64>> {
    series
        .values
        .iter()
        .map(|value| value.map(|value| value.to_string().parse().unwrap()))
        .collect()
}

/// One column `v` over the days of `d`.
fn daily(count: i64) -> Dataset {
    rows(vec![("d", days(date(2026, 1, 1), count)), ("v", numbers(1..=count))])
}

fn daily_spec(mark: &str, more: Value) -> Value {
    let mut spec = json!({"mark": mark, "encoding": {"x": {"field": "d"}, "y": {"field": "v"}}});
    spec.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    spec
}

#[test]
fn the_previous_period_is_as_long_and_just_before() {
    let plotted = try_plot(&daily(10), daily_spec("line", json!({"compare": "previous_period", "last": 3}))).unwrap();
    assert_eq!(values(&plotted.series[0]), [Some(8), Some(9), Some(10)]);
    assert_eq!(
        plotted.series[0].previous.as_ref().unwrap(),
        &[5, 6, 7].map(|v| Some(Decimal::from(v)))
    );
    assert_eq!(
        plotted.x.previous.as_ref().unwrap().moment(0).unwrap(),
        date(2026, 1, 5).at(0, 0, 0, 0)
    );
    // Without `last`, halves; the odd one out is the oldest.
    let halves = try_plot(&daily(5), daily_spec("line", json!({"compare": "previous_period"}))).unwrap();
    assert_eq!(values(&halves.series[0]), [Some(4), Some(5)]);
    assert_eq!(halves.series[0].previous.as_ref().unwrap(), &[2, 3].map(|v| Some(Decimal::from(v))));
    // A shorter past is aligned with the newest steps.
    let short = try_plot(&daily(4), daily_spec("line", json!({"compare": "previous_period", "last": 3}))).unwrap();
    assert_eq!(short.series[0].previous.as_ref().unwrap(), &[None, None, Some(Decimal::ONE)]);
    let none = try_plot(&daily(3), daily_spec("line", json!({"compare": "previous_period", "last": 3}))).unwrap();
    assert_eq!(
        (none.series[0].previous.clone(), none.notes.as_slice()),
        (None, &["There are no earlier rows to compare with.".to_owned()][..])
    );
}

#[test]
fn a_kpi_is_made_of_its_period_s_rows() {
    let newest = try_plot(&daily(10), daily_spec("kpi", json!({"compare": "previous_period"}))).unwrap();
    let headline = newest.headline.unwrap();
    assert_eq!((headline.value, headline.previous), (Some(Decimal::TEN), Some(Decimal::from(9))));
    assert_eq!(newest.series[0].values.len(), 10);
    let mean = json!({"mark": "kpi", "compare": "previous_period", "last": 4, "encoding": {"x": {"field": "d"}, "y": {"field": "v", "aggregate": "mean"}}});
    let headline = try_plot(&daily(10), mean).unwrap().headline.unwrap();
    assert_eq!(
        (headline.value, headline.previous),
        (Some("8.5".parse().unwrap()), Some("4.5".parse().unwrap()))
    );
    assert_eq!(headline.change_ratio().unwrap().round_dp(4).to_string(), "0.8889");
    assert_eq!(headline.period.unwrap().0, date(2026, 1, 7).at(0, 0, 0, 0));
    let whole = try_plot(
        &daily(10),
        json!({"mark": "kpi", "encoding": {"y": {"field": "v", "aggregate": "sum"}}}),
    )
    .unwrap();
    assert_eq!(whole.headline.unwrap().value, Some(Decimal::from(55)));
}

#[test]
fn aggregates_are_exact_and_skip_empty_cells() {
    let cells = [Some("0.1"), Some("0.2"), None, Some("0.3"), Some("40")].map(|cell| cell.map(|cell| cell.parse().unwrap()));
    let rows = rows(vec![
        ("k", texts(&["a", "a", "a", "a", "a"])),
        ("v", Values::Number(cells.to_vec())),
    ]);
    for (aggregate, expected) in [
        ("sum", "40.6"),
        ("mean", "10.15"),
        ("median", "0.25"),
        ("min", "0.1"),
        ("max", "40"),
        ("count", "5"),
        ("average", "10.15"),
    ] {
        let spec = json!({"mark": "bar", "encoding": {"x": {"field": "k"}, "y": {"field": "v", "aggregate": aggregate}}});
        assert_eq!(
            try_plot(&rows, spec).unwrap().series[0].values,
            [Some(expected.parse().unwrap())],
            "{aggregate}"
        );
    }
    let spec = json!({"mark": "bar", "encoding": {"x": {"field": "k"}, "y": {"field": "v"}}});
    let error = try_plot(&rows, spec).unwrap_err()[0].to_string();
    assert!(
        error.starts_with("encoding.y.aggregate: nothing, but 4 rows stand at `a`; accepted: how they become one number"),
        "{error}"
    );
}

#[test]
fn sums_too_large_are_refused_and_not_rounded() {
    let rows = rows(vec![
        ("k", texts(&["a", "a"])),
        ("v", Values::Number(vec![Some(Decimal::MAX), Some(Decimal::ONE)])),
    ]);
    let spec = json!({"mark": "bar", "encoding": {"x": {"field": "k"}, "y": {"field": "v", "aggregate": "sum"}}});
    assert!(try_plot(&rows, spec).unwrap_err()[0].given.contains("too large"));
}

#[test]
fn dates_are_joined_by_calendar() {
    let moments = |unit: &str| {
        let first = date(2025, 12, 29);
        let rows = rows(vec![("d", days(first, 100)), ("v", numbers(0..100))]);
        let spec = json!({"mark": "line", "encoding": {"x": {"field": "d", "timeUnit": unit}, "y": {"field": "v", "aggregate": "sum"}}});
        let Domain::Time { steps, grain } = try_plot(&rows, spec).unwrap().x.domain else {
            panic!("not time")
        };
        (steps.iter().map(|step| step.date().to_string()).collect::<Vec<_>>(), grain)
    };
    assert_eq!(
        moments("yearmonth"),
        (
            ["2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]
                .map(String::from)
                .to_vec(),
            Grain::Month
        )
    );
    assert_eq!(moments("yearquarter").0, ["2025-10-01", "2026-01-01", "2026-04-01"]);
    assert_eq!(moments("year").0, ["2025-01-01", "2026-01-01"]);
    assert_eq!(moments("yearweek").0[..2], ["2025-12-29", "2026-01-05"]);
}

#[test]
fn rows_may_be_unordered_undated_and_prepared_for_later() {
    let dates = Values::Date(vec![
        Some(date(2026, 1, 3)),
        None,
        Some(date(2026, 1, 1)),
        Some(date(2026, 1, 4)),
        Some(date(2026, 1, 2)),
    ]);
    let cells = Values::Number(vec![Some(Decimal::from(3)), Some(Decimal::from(9)), Some(Decimal::ONE), None, None]);
    let plotted = try_plot(&rows(vec![("d", dates), ("v", cells)]), daily_spec("line", json!({}))).unwrap();
    assert_eq!(values(&plotted.series[0]), [Some(1), None, Some(3)]);
    assert_eq!(
        plotted.notes,
        ["1 row without a date is left out.", "The newest date has no value and is left out."]
    );
    assert_eq!(plotted.latest_step(), Some(2));
}

#[test]
fn small_series_are_joined_and_nothing_is_lost() {
    let names: Vec<String> = (0..20).map(|i| format!("s{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rows = rows(vec![("x", texts(&["a"; 20])), ("s", texts(&names)), ("v", numbers(1..=20))]);
    let plotted = try_plot(
        &rows,
        json!({"mark": "bar", "encoding": {"x": {"field": "x"}, "y": {"field": "v"}, "color": {"field": "s"}}}),
    )
    .unwrap();
    assert_eq!(plotted.series.len(), SERIES_MAX);
    assert_eq!(plotted.series.last().unwrap().name, "Other");
    assert_eq!(
        plotted.series.iter().filter_map(|series| series.values[0]).sum::<Decimal>(),
        Decimal::from(210)
    );
    assert!(plotted.is_stacked());
    assert_eq!(plotted.notes, ["The 13 smallest series are drawn as `Other`."]);
    assert!(plotted.has_rest);
}

#[test]
fn a_part_called_other_is_joined_with_the_rest() {
    let names = ["Other", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];
    let rows = rows(vec![("s", texts(&names)), ("v", numbers((1..=10).rev()))]);
    let spec = json!({"mark": "arc", "encoding": {"theta": {"field": "v"}, "color": {"field": "s"}}});
    let plotted = try_plot(&rows, spec.clone()).unwrap();
    let Domain::Categories { names } = &plotted.x.domain else {
        panic!("{plotted:?}")
    };
    assert_eq!(names.iter().filter(|name| *name == "Other").count(), 1, "{names:?}");
    assert_eq!(names.last().map(String::as_str), Some("Other"));
    assert_eq!(
        plotted.series[0].values.last(),
        Some(&Some(Decimal::from(13))),
        "10 and the two smallest"
    );
    assert!(plotted.has_rest);
    let few = self::rows(vec![("s", texts(&["Other", "s1"])), ("v", numbers(1..=2))]);
    assert!(!try_plot(&few, spec).unwrap().has_rest, "nothing is joined");
}

#[test]
fn categories_are_sorted_as_asked() {
    let rows = rows(vec![("k", texts(&["b", "c", "a"])), ("v", numbers([2, 9, 5]))]);
    let names = |sort: Value| {
        let Domain::Categories { names } = try_plot(
            &rows,
            json!({"mark": "bar", "encoding": {"x": {"field": "k", "sort": sort}, "y": {"field": "v"}}}),
        )
        .unwrap()
        .x
        .domain
        else {
            panic!("not names")
        };
        names.concat()
    };
    for (sort, order) in [
        (Value::Null, "bca"),
        (json!("ascending"), "abc"),
        (json!("descending"), "cba"),
        (json!("y"), "bac"),
        (json!("-y"), "cab"),
        (json!(["a"]), "abc"),
    ] {
        assert_eq!(names(sort.clone()), order, "{sort}");
    }
}

#[test]
fn nothing_to_draw_is_said_and_not_guessed() {
    let empty = try_plot(
        &rows(vec![("d", days(date(2026, 1, 1), 0)), ("v", numbers([]))]),
        daily_spec("line", json!({})),
    )
    .unwrap();
    assert!(empty.is_blank() && empty.x.domain.is_empty());
    assert_eq!(change_ratio(Decimal::TEN, Decimal::ZERO), None);
    assert_eq!(change_ratio(Decimal::TEN, Decimal::from(-5)), None);
}
