//! Which rows make which series.

use crate::chart_spec::{Aggregate, ChartSpec};
use crate::dataset::{Column, Unit, Values};
use crate::series::steps::names;
use rust_decimal::Decimal;

/// More series than this are not told apart; the smaller ones are joined.
pub const SERIES_MAX: usize = 8;

/// The name of the joined smaller series.
pub(super) const OTHER: &str = "Other";

/// Which series each row's number belongs to.
pub(super) struct Lines<'a> {
    pub names: Vec<(String, Option<Unit>)>,
    /// Number columns; `None` where rows are only counted.
    pub columns: Vec<Option<&'a [Option<Decimal>]>>,
    /// The series of each row, where a colour column decides it; else the column does.
    pub of_row: Option<Vec<u32>>,
    pub joined: usize,
}

impl<'a> Lines<'a> {
    pub fn of(spec: &ChartSpec, y: &[&'a Column], color: Option<&Column>, rows: usize) -> Self {
        let is_count = spec.aggregate() == Some(Aggregate::Count);
        let columns: Vec<_> = if y.is_empty() {
            vec![None]
        } else {
            y.iter().map(|column| numbers(column)).collect()
        };
        let unit = |column: &Column| if is_count { None } else { column.unit.clone() };
        let Some(color) = color else {
            let named: Vec<_> = y.iter().map(|column| (column.name.clone(), unit(column))).collect();
            let names = if named.is_empty() { vec![("Rows".to_owned(), None)] } else { named };
            return Self {
                names,
                columns,
                of_row: None,
                joined: 0,
            };
        };
        let (mut found, mut of_row) = names(&color.values);
        of_row.resize(rows, 0);
        if found.is_empty() {
            found.push(String::new());
        }
        let joined = join_smaller(&mut found, &mut of_row, columns[0]);
        let unit = y.first().and_then(|column| unit(column));
        Self {
            names: found.into_iter().map(|name| (name, unit.clone())).collect(),
            columns,
            of_row: Some(of_row),
            joined,
        }
    }
}

fn numbers(column: &Column) -> Option<&[Option<Decimal>]> {
    if let Values::Number(cells) = &column.values {
        Some(cells)
    } else {
        None
    }
}

/// Renumbers all but the largest series (by the sum of their absolute numbers) to one named "Other"; tells how many were joined.
fn join_smaller(names: &mut Vec<String>, of_row: &mut [u32], numbers: Option<&[Option<Decimal>]>) -> usize {
    if names.len() <= SERIES_MAX {
        return 0;
    }
    let mut sizes = vec![Decimal::ZERO; names.len()];
    for (row, &series) in of_row.iter().enumerate() {
        let size = numbers.map_or(Decimal::ONE, |cells| cells.get(row).copied().flatten().unwrap_or_default().abs());
        let sum = &mut sizes[series as usize];
        *sum = sum.saturating_add(size);
    }
    let mut ranked: Vec<usize> = (0..names.len()).collect();
    // One that is called so already belongs to it, however large: names are not drawn twice.
    ranked.sort_by_key(|&series| (names[series] == OTHER, std::cmp::Reverse(sizes[series])));
    let mut kept = ranked[..SERIES_MAX - 1].to_vec();
    kept.sort_unstable();
    let other = kept.len();
    let renumbered: Vec<u32> = (0..names.len())
        .map(|series| kept.binary_search(&series).unwrap_or(other))
        .map(|new| u32::try_from(new).unwrap_or(0))
        .collect();
    for series in of_row.iter_mut() {
        *series = renumbered[*series as usize];
    }
    let joined = names.len() - kept.len();
    *names = kept
        .iter()
        .map(|&series| std::mem::take(&mut names[series]))
        .chain([OTHER.to_owned()])
        .collect();
    joined
}
