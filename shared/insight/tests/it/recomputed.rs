//! Facts along time against the second implementation, for thousands of charts.

use domain::chart_spec::ChartSpec;
use domain::dataset::{Column, Dataset, Values};
use insight::{Basis, Change, Claim, Direction, Fact, Facts, Label, Method, Place};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::json;

use crate::naive::{self, Every, Line, Row, Table};
use crate::rows::{read, spec, usd};

/// A chart along time, and what the second implementation needs to know of it.
#[derive(Debug, Clone)]
pub struct Chart {
    pub rows: Vec<Row>,
    pub every: Every,
    pub is_mean: bool,
    pub is_coloured: bool,
    pub last: Option<usize>,
}

impl Chart {
    pub fn dataset(&self) -> Dataset {
        let column = |name: &str, unit, values| Column {
            name: name.to_owned(),
            unit,
            values,
        };
        Dataset {
            as_of: "2031-01-01T00:00:00Z".parse().unwrap(),
            time_zone: None,
            columns: vec![
                column("day", None, Values::Date(self.rows.iter().map(|row| Some(row.0)).collect())),
                column(
                    "key",
                    None,
                    Values::Text(self.rows.iter().map(|row| Some(row.1.to_owned())).collect()),
                ),
                column("y", usd(), Values::Number(self.rows.iter().map(|row| row.2).collect())),
            ],
            notes: Vec::new(),
        }
    }

    pub fn spec(&self) -> ChartSpec {
        let mut chart = json!({ "mark": "line", "encoding": { "x": { "field": "day", "timeUnit": self.every.time_unit() },
            "y": { "field": "y", "aggregate": if self.is_mean { "mean" } else { "sum" } } } });
        if self.is_coloured {
            chart["encoding"]["color"] = json!({ "field": "key" });
        }
        if let Some(last) = self.last {
            chart["last"] = json!(last);
        }
        spec(chart)
    }

    pub fn facts(&self) -> Facts {
        read(&self.dataset(), &self.spec()).1
    }

    fn table(&self) -> Table {
        let keyed = |row: &Row| (row.0, if self.is_coloured { row.1 } else { "" }, row.2);
        let rows: Vec<Row> = self.rows.iter().map(keyed).collect();
        Table::of(&rows, self.every, self.is_mean, self.last)
    }
}

pub fn any_time_chart() -> impl Strategy<Value = Chart> {
    let shape = (
        prop::sample::select(vec![
            (Every::Day, 1_i64),
            (Every::Day, 1),
            (Every::Day, 9),
            (Every::Week, 7),
            (Every::Month, 31),
            (Every::Quarter, 92),
        ]),
        8_i64..90,
        prop::bool::weighted(0.3),
        any::<bool>(),
        prop::option::of(1_usize..30),
    );
    let noise = prop::collection::vec((0_i64..100, -300_i64..300, 0_usize..3), 200);
    (shape, noise, 0_i64..4, 0_i64..400).prop_map(|(((every, days), periods, is_mean, is_coloured, last), noise, weekly, spike)| {
        let first = date(2023, 1, 2);
        let mut rows: Vec<Row> = Vec::new();
        for (index, (chance, value, series)) in noise.into_iter().enumerate() {
            let period = i64::try_from(index).unwrap() % periods;
            let day = first.checked_add((period * days).days()).unwrap();
            // Mostly a row; now and then a gap, an empty cell, a spike.
            if chance < 6 {
                continue;
            }
            let cycle = i64::from(day.weekday().to_monday_zero_offset()) * weekly * 100;
            let spike = if chance > 97 { spike * 50 } else { 0 };
            let value = (chance > 9).then(|| Decimal::new(5_000 + value + cycle + period * 3 + spike, 2));
            rows.push((day, ["North", "South", "West"][series], value));
        }
        Chart {
            rows,
            every,
            is_mean,
            is_coloured,
            last,
        }
    })
}

fn day(place: &Place) -> Date {
    match &place.label {
        Label::Moment { at, .. } | Label::Span { to: at, .. } => at.date(),
        other => panic!("{other:?} is no time"),
    }
}

fn changes(facts: &Facts, basis: Basis, series: Option<&str>) -> Vec<Change> {
    let of = |fact: &Fact| match &fact.claim {
        Claim::Change(change) | Claim::NoMaterialChange(change) if change.basis == basis && fact.series.as_deref() == series => {
            Some(change.clone())
        }
        _ => None,
    };
    facts.items.iter().filter_map(of).collect()
}

fn is(change: &Change, from: (Date, Decimal), to: (Date, Decimal)) -> Result<(), TestCaseError> {
    prop_assert_eq!((day(&change.from.at), change.from.value), from);
    prop_assert_eq!((day(&change.to.at), change.to.value), to);
    prop_assert_eq!(change.difference, to.1 - from.1);
    let ratio = (from.1 > Decimal::ZERO).then(|| (to.1 - from.1) / from.1);
    prop_assert_eq!(change.ratio.map(|ratio| ratio.normalize()), ratio.map(|ratio| ratio.normalize()));
    Ok(())
}

/// What is said of one line by itself.
fn line_is_right(facts: &Facts, table: &Table, line: &Line, series: Option<&str>) -> Result<(), TestCaseError> {
    let claims = || {
        facts
            .items
            .iter()
            .filter(|fact| fact.series.as_deref() == series)
            .map(|fact| &fact.claim)
    };
    let shown: Line = line.range(table.first_drawn()..).map(|(step, value)| (*step, *value)).collect();
    let Some((&newest, &latest)) = shown.last_key_value() else {
        return Ok(());
    };
    let told = claims().find_map(|claim| {
        if let Claim::Latest { reading, .. } = claim {
            Some((day(&reading.at), reading.value))
        } else {
            None
        }
    });
    prop_assert_eq!(told, Some((newest, latest)));

    let before = line.range(..newest).next_back().map(|(step, value)| (*step, *value));
    let told = changes(facts, Basis::PreviousStep, series);
    prop_assert_eq!(told.len(), usize::from(before.is_some()));
    if let Some(before) = before {
        is(&told[0], before, (newest, latest))?;
    }
    let told = changes(facts, Basis::SamePeriodLastYear, series);
    let year_before = table.year_before(newest);
    let expected = line
        .get(&year_before)
        .filter(|_| before.is_none_or(|before| before.0 != year_before));
    prop_assert_eq!(
        told.len(),
        usize::from(expected.is_some()),
        "a year before {} is {}",
        newest,
        year_before
    );
    if let Some(expected) = expected {
        is(&told[0], (year_before, *expected), (newest, latest))?;
    }
    if before.is_some_and(|before| before.1 != latest) {
        let (beaten, since) = naive::record(line);
        let told = claims().find_map(|claim| match claim {
            Claim::Record { since, of, direction, .. } => Some((since.as_ref().map(day), *of, *direction)),
            _ => None,
        });
        let up = before.is_some_and(|before| latest > before.1);
        let way = if up { Direction::Up } else { Direction::Down };
        prop_assert_eq!(told, (beaten >= 4).then_some((since, line.len(), way)));
    }
    unusual_is_right(facts, table, line, series, newest)
}

fn unusual_is_right(facts: &Facts, table: &Table, line: &Line, series: Option<&str>, newest: Date) -> Result<(), TestCaseError> {
    let Some(mut expected) = naive::unusual(line, table) else {
        return Ok(());
    };
    expected.retain(|unusual| unusual.step >= table.first_drawn() && (unusual.step == newest || unusual.score > 5.0));
    let told: Vec<_> = facts
        .items
        .iter()
        .filter(|fact| fact.series.as_deref() == series && matches!(fact.claim, Claim::Anomaly { .. }))
        .collect();
    let has_newest = expected.iter().any(|unusual| unusual.step == newest);
    let older = expected.len() - usize::from(has_newest);
    prop_assert_eq!(told.len(), usize::from(has_newest) + older.min(2), "{:?}", expected);
    for fact in told {
        let Claim::Anomaly {
            reading,
            expected: level,
            score,
            direction,
            method,
            spread,
        } = &fact.claim
        else {
            continue;
        };
        let Some(found) = expected.iter().find(|unusual| unusual.step == day(&reading.at)) else {
            return Err(TestCaseError::fail(format!("{reading:?} is not unusual")));
        };
        let value = reading.value.to_f64().unwrap();
        prop_assert!(
            (level.to_f64().unwrap() - found.expected).abs() <= found.expected.abs() * 1e-5 + 1e-6,
            "{level} {found:?}"
        );
        prop_assert!((score.to_f64().unwrap() - found.score).abs() <= 0.051, "{score} {found:?}");
        prop_assert!(spread.to_f64().unwrap() * found.score / (value - found.expected).abs() > 0.999);
        prop_assert_eq!(*direction == Direction::Up, value > found.expected);
        prop_assert_eq!(matches!(method, Method::Seasonal { .. }), found.is_seasonal);
    }
    Ok(())
}

fn movers_are_right(facts: &Facts, table: &Table) -> Result<(), TestCaseError> {
    let sum = table.sum();
    let mut newest = sum.iter().rev();
    let (Some((to, new)), Some((from, old))) = (newest.next(), newest.next()) else {
        return Ok(());
    };
    let whole = new - old;
    let drawn: Vec<_> = table
        .series
        .iter()
        .filter(|(_, line)| line.range(table.first_drawn()..).next().is_some())
        .collect();
    let at = |line: &Line, step| line.get(step).copied().unwrap_or_default();
    let mut moves: Vec<(Decimal, &str)> = drawn.iter().map(|(name, line)| (at(line, to) - at(line, from), **name)).collect();
    moves.sort_by(|one, other| {
        if whole < Decimal::ZERO {
            one.cmp(other)
        } else {
            other.0.cmp(&one.0).then(one.1.cmp(other.1))
        }
    });
    let told: Vec<_> = facts
        .items
        .iter()
        .filter_map(|fact| match &fact.claim {
            Claim::Mover {
                change,
                whole: told,
                rank,
                of,
                share,
            } => Some((fact.series.clone().unwrap(), change.difference, *told, *rank, *of, *share)),
            _ => None,
        })
        .collect();
    let mut expected = Vec::new();
    if drawn.len() > 1 {
        let is_one_way = whole != Decimal::ZERO
            && moves
                .iter()
                .all(|(moved, _)| *moved == Decimal::ZERO || (*moved > Decimal::ZERO) == (whole > Decimal::ZERO));
        for (index, (moved, name)) in moves.iter().enumerate() {
            if (index == 0 || index + 1 == moves.len()) && *moved != Decimal::ZERO {
                let share = is_one_way.then(|| (moved / whole).normalize());
                expected.push(((*name).to_owned(), *moved, whole, index + 1, moves.len(), share));
            }
        }
    }
    prop_assert_eq!(told.iter().collect::<std::collections::BTreeSet<_>>(), expected.iter().collect());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn facts_along_time_are_those_of_the_second_implementation(chart in any_time_chart()) {
        let table = chart.table();
        if table.steps.is_empty() {
            return Ok(());
        }
        let facts = chart.facts();
        let drawn: Vec<_> = table.series.iter().filter(|(_, line)| line.range(table.first_drawn()..).next().is_some()).collect();
        match drawn.as_slice() {
            [(_, line)] => line_is_right(&facts, &table, line, None)?,
            _ if chart.is_mean => {
                for (name, line) in &drawn {
                    line_is_right(&facts, &table, line, Some(name))?;
                }
            }
            _ => {
                let sum = table.sum();
                line_is_right(&facts, &table, &sum, None)?;
                movers_are_right(&facts, &table)?;
                let shown: Vec<Decimal> = sum.range(table.first_drawn()..).map(|(_, value)| *value).collect();
                let told = facts.items.iter().find_map(|fact| match &fact.claim {
                    Claim::Total { reading, steps } => Some((reading.value, *steps)),
                    _ => None,
                });
                prop_assert_eq!(told, (shown.len() > 1).then(|| (shown.iter().sum(), shown.len())));
            }
        }
    }
}
