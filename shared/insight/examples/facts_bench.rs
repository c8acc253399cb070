//! How long 100,000 rows x 5 columns take from rows to Facts, in several shapes: the table (`plot`) and the Facts together, and the Facts alone.
//! Prints medians; an exceeded figure is an error. Run in a release build, on a quiet machine: `cargo x bench facts`.

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use domain::chart_spec::ChartSpec;
use domain::dataset::{Column, Dataset, Unit, Values};
use domain::series::plot;
use jiff::civil::{Date, DateTime, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What is promised, the table included.
const MS_MAX: f64 = 50.0;
const ROWS: i64 = 100_000;
const WARM_UP_ROUNDS: usize = 3;
const ROUNDS: usize = 21;

fn main() -> Result<(), Box<dyn Error>> {
    let mut slowest = 0.0_f64;
    println!("{ROWS} rows x 5 columns, medians of {ROUNDS} rounds; at most {MS_MAX} ms are promised");
    for (name, dataset, spec) in shapes() {
        let spec: ChartSpec = serde_json::from_value(spec)?;
        let plotted = plot(&dataset, &spec).map_err(|errors| format!("{name}: {errors:?}"))?;
        let [alone, _] = times_ms(|| drop(black_box(insight::facts(&plotted, &spec, &dataset))));
        let [both, fastest] = times_ms(|| {
            if let Ok(plotted) = plot(&dataset, &spec) {
                drop(black_box(insight::facts(&plotted, &spec, &dataset)));
            }
        });
        let facts = insight::facts(&plotted, &spec, &dataset).items.len();
        println!("{name:<44} table and facts {both:6.2} ms (fastest {fastest:.2}), facts alone {alone:6.2} ms ({facts} facts)");
        slowest = slowest.max(both);
    }
    if slowest > MS_MAX {
        return Err(format!("The slowest shape takes {slowest:.1} ms of {MS_MAX} ms.").into());
    }
    Ok(())
}

/// Tables as people have them, each with a chart of it.
fn shapes() -> Vec<(&'static str, Dataset, Value)> {
    let by_region = |more: Value| {
        let mut spec = json!({ "mark": "line", "encoding": { "x": { "field": "day", "timeUnit": "yearmonthdate" },
            "y": { "field": "revenue", "aggregate": "sum" }, "color": { "field": "region" } } });
        if let (Some(spec), Some(more)) = (spec.as_object_mut(), more.as_object()) {
            spec.extend(more.clone());
        }
        spec
    };
    let names = ["s0", "s1", "s2", "s3"];
    let wide = |aggregate: Option<&str>| {
        let mut y = json!({ "field": "value" });
        if let Some(aggregate) = aggregate {
            y["aggregate"] = aggregate.into();
        }
        json!({ "mark": "line", "transform": [{ "fold": names }],
            "encoding": { "x": { "field": "at" }, "y": y, "color": { "field": "key" } } })
    };
    let products = json!({ "mark": "bar", "encoding": { "x": { "field": "product", "sort": "-y" },
        "y": { "field": "revenue", "aggregate": "sum" }, "color": { "field": "region" } } });
    vec![
        ("1,825 days, 4 regions, sums", sales(), by_region(json!({}))),
        (
            "the same, newest 30 days against those before",
            sales(),
            by_region(json!({ "last": 30, "compare": "previous_period" })),
        ),
        ("300 products, 4 regions, sums", sales(), products),
        ("100,000 minutes, 4 columns folded, sums", wide_rows(), wide(Some("sum"))),
        ("100,000 minutes, 4 columns folded, as they are", wide_rows(), wide(None)),
    ]
}

/// One row per order: day, region, product, revenue, units.
fn sales() -> Dataset {
    let mut noise = Noise(7);
    let first = date(2021, 11, 1);
    let mut days: Vec<Option<Date>> = Vec::new();
    let [mut regions, mut products] = [Vec::new(), Vec::new()];
    let [mut revenue, mut units] = [Vec::new(), Vec::new()];
    for row in 0..ROWS {
        days.push(first.checked_add((row * 1_825 / ROWS).days()).ok());
        regions.push(Some(["North", "South", "East", "West"][noise.below(4) as usize].to_owned()));
        products.push(Some(format!("Product {}", noise.below(300))));
        revenue.push(Some(Decimal::new(500 + noise.below(20_000) + row / 10, 2)));
        units.push(Some(Decimal::from(1 + noise.below(9))));
    }
    dataset(vec![
        column("day", None, Values::Date(days)),
        column("region", None, Values::Text(regions)),
        column("product", None, Values::Text(products)),
        column("revenue", Some(Unit::Currency("USD".to_owned())), Values::Number(revenue)),
        column("units", None, Values::Number(units)),
    ])
}

/// One row per minute: the moment and four numbers.
fn wide_rows() -> Dataset {
    let mut noise = Noise(11);
    let first = date(2026, 9, 1).at(0, 0, 0, 0);
    let moments: Vec<Option<DateTime>> = (0..ROWS)
        .map(|row| first.checked_add(SignedDuration::from_mins(row)).ok())
        .collect();
    let mut columns = vec![column("at", None, Values::DateTime(moments))];
    for name in ["s0", "s1", "s2", "s3"] {
        let numbers = (0..ROWS).map(|row| Some(Decimal::new(noise.below(1_000_003) + row, 2))).collect();
        columns.push(column(name, None, Values::Number(numbers)));
    }
    dataset(columns)
}

fn column(name: &str, unit: Option<Unit>, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        unit,
        values,
    }
}

fn dataset(columns: Vec<Column>) -> Dataset {
    Dataset {
        as_of: Timestamp::UNIX_EPOCH,
        time_zone: None,
        columns,
        notes: Vec::new(),
    }
}

/// A linear congruential generator: the same numbers on every machine.
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}

/// The median, and the fastest.
fn times_ms(work: impl Fn()) -> [f64; 2] {
    (0..WARM_UP_ROUNDS).for_each(|_| work());
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| took(&work)).collect();
    times.sort_unstable();
    [ROUNDS / 2, 0].map(|index| times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e3))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures with the machine's clock")]
fn took(work: impl Fn()) -> Duration {
    let start = std::time::Instant::now();
    work();
    start.elapsed()
}
