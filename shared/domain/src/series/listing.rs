//! Rows as they are: one line of a table for each.

use crate::chart_spec::{ChartSpec, Sort, Stack};
use crate::dataset::{Column, Values};
use crate::series::steps::names;
use crate::series::{Domain, Grain, PeriodSpan, Plotted, Rows, Series, XAxis, YAxis};
use jiff::civil::{DateTime, Time};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A column of a table that lists rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its heading.
    pub title: String,
    /// d3-format of its numbers or d3-time-format of its dates, where the spec gives one.
    pub format: Option<String>,
    /// What stands in it, a cell per row.
    pub cells: ListedCells,
}

/// The cells of a listed column.
#[derive(Debug, Clone, PartialEq)]
pub enum ListedCells {
    /// The numbers of this series of [`super::Plotted::series`].
    Numbers(usize),
    /// Text.
    Texts(Vec<Option<String>>),
    /// Dates and times.
    Times(Vec<Option<DateTime>>, Grain),
}

/// The rows' names, their columns, and those of them that are numbers.
pub(super) struct Listing {
    pub domain: Domain,
    pub columns: Vec<Listed>,
    pub series: Vec<Series>,
}

impl Listing {
    /// `origin` gives the Dataset's row of each of these.
    pub fn of(spec: &ChartSpec, name: &Column, columns: &[&Column], origin: impl Fn(usize) -> usize) -> Self {
        let (distinct, of_row) = names(&name.values);
        let order = order(spec, columns, &of_row, &distinct);
        let mut listing = Self {
            domain: Domain::Categories {
                names: apart(order.iter().map(|&row| distinct[of_row[row] as usize].clone())),
            },
            columns: Vec::new(),
            series: Vec::new(),
        };
        for (listed, column) in spec.encoding.columns.iter().zip(columns) {
            let title = listed.title.clone().unwrap_or_else(|| column.name.clone());
            let cells = match &column.values {
                Values::Number(cells) => {
                    listing.series.push(Series {
                        name: title.clone(),
                        unit: column.unit.clone(),
                        values: order.iter().map(|&row| cells[row]).collect(),
                        previous: None,
                        rows: order.iter().map(|&row| Rows::one(origin(row))).collect(),
                    });
                    ListedCells::Numbers(listing.series.len() - 1)
                }
                Values::Text(cells) => ListedCells::Texts(order.iter().map(|&row| cells[row].clone()).collect()),
                Values::Boolean(cells) => {
                    let word = |on: bool| if on { "✓" } else { "✗" }.to_owned();
                    ListedCells::Texts(order.iter().map(|&row| cells[row].map(word)).collect())
                }
                Values::Date(cells) => {
                    let midnight = |row: &usize| cells[*row].map(|date| date.at(0, 0, 0, 0));
                    ListedCells::Times(order.iter().map(midnight).collect(), Grain::Day)
                }
                Values::DateTime(cells) => {
                    let is_midnight = |moment: &DateTime| moment.time() == Time::midnight();
                    let grain = if cells.iter().flatten().all(is_midnight) {
                        Grain::Day
                    } else {
                        Grain::Minute
                    };
                    ListedCells::Times(order.iter().map(|&row| cells[row]).collect(), grain)
                }
            };
            listing.columns.push(Listed {
                title,
                format: listed.format.clone(),
                cells,
            });
        }
        listing
    }
}

impl Listing {
    pub fn plotted(self, spec: &ChartSpec, period: Option<PeriodSpan>) -> Plotted {
        let steps = spec.roles().steps;
        let only = if self.series.len() == 1 { self.series.first() } else { None };
        Plotted {
            mark: spec.mark,
            title: spec.title.clone(),
            x: XAxis {
                field: steps.and_then(|x| x.field.clone()),
                title: steps.and_then(|x| x.title()).map(str::to_owned),
                format: None,
                domain: self.domain,
                previous: None,
            },
            y: YAxis {
                field: only.map(|series| series.name.clone()),
                title: None,
                format: None,
                unit: only.and_then(|series| series.unit.clone()),
                aggregate: None,
            },
            series: self.series,
            stack: Stack::Off,
            is_horizontal: false,
            facet: None,
            legend_title: None,
            has_rest: false,
            targets: Vec::new(),
            period,
            listed: self.columns,
            headline: None,
            notes: Vec::new(),
        }
    }
}

/// The rows' order: as they are, by name, or by the first column of numbers.
fn order(spec: &ChartSpec, columns: &[&Column], of_row: &[u32], distinct: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..of_row.len()).collect();
    let first = columns.iter().find_map(|column| match &column.values {
        Values::Number(cells) => Some(cells),
        _ => None,
    });
    // Rows without a number come last, whichever way the others run.
    let number = |row: usize| first.and_then(|cells| cells[row]);
    let name = |row: usize| distinct[of_row[row] as usize].as_str();
    match spec.roles().steps.and_then(|steps| steps.sort.as_ref()) {
        None => {}
        Some(Sort::Ascending) => order.sort_by(|a, b| name(*a).cmp(name(*b))),
        Some(Sort::Descending) => order.sort_by(|a, b| name(*b).cmp(name(*a))),
        Some(Sort::ByY | Sort::ByX) => order.sort_by_key(|&row| (number(row).is_none(), number(row))),
        Some(Sort::ByYDescending | Sort::ByXDescending) => {
            order.sort_by_key(|&row| (number(row).is_none(), std::cmp::Reverse(number(row).unwrap_or(Decimal::MIN))));
        }
        Some(Sort::Values(first)) => order.sort_by_key(|&row| first.iter().position(|value| value == name(row)).unwrap_or(usize::MAX)),
    }
    order
}

/// Names that repeat are numbered from the second on: facts must be able to tell them apart.
fn apart(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    names
        .map(|name| {
            let count = seen.entry(name.clone()).or_insert(0);
            *count += 1;
            if *count == 1 { name } else { format!("{name} ({count})") }
        })
        .collect()
}
