//! Datasets and charts for the tests.

use domain::chart_spec::{ChartSpec, Mark};
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

/// Hours from that minute on.
pub fn hours(name: &str, first: &str, count: i64) -> Column {
    let first: jiff::civil::DateTime = first.parse().unwrap();
    let cells = (0..count).map(|index| Some(first.checked_add(index.hours()).unwrap()));
    Column {
        name: name.to_owned(),
        unit: None,
        values: Values::DateTime(cells.collect()),
    }
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

/// The languages that sentences are written in, each as a country writes it.
pub const LOCALES: [&str; 5] = ["en", "es", "pt-BR", "de", "ar"];

pub fn tell(facts: &Facts, title: &str) -> Narrative {
    tell_in("en", facts, title)
}

pub fn tell_in(locale: &str, facts: &Facts, title: &str) -> Narrative {
    insight::narrative(
        facts,
        Telling {
            title,
            locale,
            link: Some("https://sheets.example/q4_plan"),
        },
    )
}

/// What a person reads: alternative text, caption, analysis.
pub fn story(locale: &str, facts: &Facts, mark: Mark, title: &str) -> String {
    let told = tell_in(locale, facts, title);
    format!(
        "[{}]\n\n{}\n\n----\n\n{}",
        insight::alt_text(facts, mark, title, locale),
        insight::whatsapp_caption(&told, None),
        insight::whatsapp_analysis(&told)
    )
}
