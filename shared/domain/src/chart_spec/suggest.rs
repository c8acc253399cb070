//! The chart that fits rows of which nothing else is known.

use crate::chart_spec::{Aggregate, ChartSpec, ColorChannel, Encoding, FieldType, Mark, Offset, Position, Transform};
use crate::dataset::{Column, Dataset, Unit, Values};
use std::collections::HashSet;

/// More columns than this as lines of one chart would not be read.
const FOLD_COLUMNS_MAX: usize = 4;

impl ChartSpec {
    /// A line over the first column of dates, else bars over the first column of text, of the first column of numbers: with more number columns
    /// of the same unit beside it, up to four series. One number over all rows where there are only numbers; `None` where there is none.
    pub fn suggest(dataset: &Dataset) -> Option<Self> {
        let numbers: Vec<&Column> = dataset.columns.iter().filter(|c| matches!(c.values, Values::Number(_))).collect();
        let first = *numbers.first()?;
        let time = dataset
            .columns
            .iter()
            .find(|c| matches!(c.values, Values::Date(_) | Values::DateTime(_)));
        let text = dataset.columns.iter().find(|c| matches!(c.values, Values::Text(_)));
        let aggregate = if first.unit == Some(Unit::Percent) {
            Aggregate::Mean
        } else {
            Aggregate::Sum
        };
        let Some(x) = time.or(text) else {
            return Some(Self::of(Mark::Kpi, None, y(&first.name, Some(aggregate))));
        };
        let (mark, kind) = if time.is_some() {
            (Mark::Line, FieldType::Temporal)
        } else {
            (Mark::Bar, FieldType::Nominal)
        };
        let channel = Position {
            field: Some(x.name.clone()),
            kind: Some(kind),
            ..Position::default()
        };
        let aggregate = repeats(x).then_some(aggregate);
        let alike: Vec<String> = numbers
            .iter()
            .filter(|c| c.unit == first.unit && first.unit.is_some())
            .map(|c| c.name.clone())
            .collect();
        if (2..=FOLD_COLUMNS_MAX).contains(&alike.len()) {
            let mut spec = Self::of(mark, Some(channel), y("value", aggregate));
            spec.transform = vec![Transform {
                fold: alike,
                names: super::default_fold_names(),
            }];
            spec.encoding.color = Some(ColorChannel {
                field: "key".to_owned(),
                ..ColorChannel::default()
            });
            if mark == Mark::Bar {
                spec.encoding.x_offset = Some(Offset { field: "key".to_owned() });
            }
            return Some(spec);
        }
        let mut spec = Self::of(mark, Some(channel), y(&first.name, aggregate));
        spec.title = Some(first.name.as_str().into());
        Some(spec)
    }

    fn of(mark: Mark, x: Option<Position>, y: Position) -> Self {
        let encoding = Encoding {
            x,
            y: Some(y),
            ..Encoding::default()
        };
        Self {
            mark,
            title: None,
            transform: Vec::new(),
            encoding,
            targets: Vec::new(),
            compare: None,
            last: None,
            period: None,
        }
    }
}

fn y(field: &str, aggregate: Option<Aggregate>) -> Position {
    Position {
        field: Some(field.to_owned()),
        kind: Some(FieldType::Quantitative),
        aggregate,
        ..Position::default()
    }
}

/// Whether any two rows stand at the same step.
fn repeats(column: &Column) -> bool {
    match &column.values {
        Values::Date(cells) => has_twice(cells.iter().flatten()),
        Values::DateTime(cells) => has_twice(cells.iter().flatten()),
        Values::Text(cells) => has_twice(cells.iter()),
        Values::Number(_) | Values::Boolean(_) => true,
    }
}

fn has_twice<T: std::hash::Hash + Eq>(mut cells: impl Iterator<Item = T>) -> bool {
    let mut seen = HashSet::new();
    !cells.all(|cell| seen.insert(cell))
}
