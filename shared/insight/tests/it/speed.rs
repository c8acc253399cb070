//! 100,000 rows x 5 columns give their facts in time.

use std::time::Duration;

use domain::dataset::{Column, Dataset, Values};
use domain::series::plot;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use crate::rows::{spec, tell};

/// The figure to hold in a release build; an unoptimised one is given much more.
const FACTS_MS_MAX: u64 = if cfg!(debug_assertions) { 2_000 } else { 50 };

#[test]
fn facts_of_100_000_rows_and_5_columns() {
    let rows = 100_000_i64;
    let start = date(2026, 1, 1).at(0, 0, 0, 0);
    let moments = (0..rows)
        .map(|row| Some(start.checked_add(SignedDuration::from_mins(row)).unwrap()))
        .collect();
    let mut columns = vec![Column {
        name: "at".to_owned(),
        unit: None,
        values: Values::DateTime(moments),
    }];
    for series in 0..4 {
        let values = (0..rows)
            .map(|row| Some(Decimal::new((row * 7919 + series * 104_729) % 1_000_003 + row, 2)))
            .collect();
        columns.push(Column {
            name: format!("s{series}"),
            unit: None,
            values: Values::Number(values),
        });
    }
    let data = Dataset {
        as_of: Timestamp::UNIX_EPOCH,
        time_zone: None,
        columns,
        notes: Vec::new(),
    };
    for aggregate in ["sum", "mean"] {
        let spec = spec(
            serde_json::json!({ "mark": "line", "transform": [{ "fold": ["s0", "s1", "s2", "s3"] }],
            "encoding": { "x": { "field": "at" }, "y": { "field": "value", "aggregate": aggregate }, "color": { "field": "key" } } }),
        );
        let plotted = plot(&data, &spec).unwrap();
        let best = (0..5).map(|_| took(|| insight::facts(&plotted, &spec, &data))).min().unwrap();
        println!("facts of 100,000 rows x 5 columns, {aggregate}: {best:?}");
        assert!(best <= Duration::from_millis(FACTS_MS_MAX), "{best:?}");
        assert!(!tell(&insight::facts(&plotted, &spec, &data), "t").summary.is_empty());
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
pub fn took<T>(work: impl FnOnce() -> T) -> Duration {
    let start = std::time::Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}
