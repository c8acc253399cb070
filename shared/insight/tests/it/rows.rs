//! Datasets and charts for the tests.

use domain::chart_spec::ChartSpec;
use domain::dataset::{Column, Dataset, Unit, Values};
use domain::series::{Plotted, plot};
use insight::{Facts, Narrative, Telling};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

pub fn usd() -> Option<Unit> {
    Some(Unit::Currency("USD".to_owned()))
}

pub fn other(name: &str) -> Option<Unit> {
    Some(Unit::Other(name.to_owned()))
}

pub fn numbers(name: &str, unit: Option<Unit>, cells: &[&str]) -> Column {
    let cells = cells.iter().map(|cell| {
        if cell.is_empty() {
            None
        } else {
            Some(cell.parse::<Decimal>().unwrap())
        }
    });
    Column {
        name: name.to_owned(),
        unit,
        values: Values::Number(cells.collect()),
    }
}

pub fn texts(name: &str, cells: &[&str]) -> Column {
    Column {
        name: name.to_owned(),
        unit: None,
        values: Values::Text(cells.iter().map(|cell| Some((*cell).to_owned())).collect()),
    }
}

pub fn months(name: &str, first: &str, count: i32) -> Column {
    dates(name, first, count, |index| index.months())
}

pub fn days(name: &str, first: &str, count: i32) -> Column {
    dates(name, first, count, |index| index.days())
}

fn dates(name: &str, first: &str, count: i32, step: impl Fn(i32) -> jiff::Span) -> Column {
    let first: Date = first.parse().unwrap();
    let cells = (0..count).map(|index| Some(first.checked_add(step(index)).unwrap()));
    Column {
        name: name.to_owned(),
        unit: None,
        values: Values::Date(cells.collect()),
    }
}

pub fn dataset(as_of: &str, columns: Vec<Column>) -> Dataset {
    Dataset {
        as_of: as_of.parse().unwrap(),
        time_zone: None,
        columns,
        notes: Vec::new(),
    }
}

pub fn spec(value: Value) -> ChartSpec {
    serde_json::from_value(value).unwrap()
}

/// A line of `y` over `x`, with these keys in `encoding.y`.
pub fn line(x: &str, y: &str, more: Value) -> ChartSpec {
    let mut y = json!({ "field": y });
    y.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    spec(json!({ "mark": "line", "encoding": { "x": { "field": x }, "y": y } }))
}

pub fn read(dataset: &Dataset, spec: &ChartSpec) -> (Plotted, Facts) {
    let plotted = plot(dataset, spec).unwrap();
    let facts = insight::facts(&plotted, spec, dataset);
    (plotted, facts)
}

pub fn tell(facts: &Facts, title: &str) -> Narrative {
    insight::narrative(
        facts,
        Telling {
            title,
            locale: "en",
            link: Some("https://sheets.example/q4_plan"),
        },
    )
}

/// What a person reads: caption, then analysis.
pub fn story(dataset: &Dataset, spec: &ChartSpec, title: &str) -> String {
    let (_, facts) = read(dataset, spec);
    let told = tell(&facts, title);
    for text in told.texts() {
        let proof = insight::prove(text, &facts, &[]);
        assert!(
            proof.holds(),
            "{text:?} holds unproven numbers: {:?}\n{facts:#?}",
            proof.unproven().collect::<Vec<_>>()
        );
    }
    format!(
        "{}\n\n----\n\n{}",
        insight::whatsapp_caption(&told, None),
        insight::whatsapp_analysis(&told)
    )
}
