//! The rows of one step and series, and the one number they become.

use crate::chart_spec::Aggregate;
use crate::series::rows::Rows;
use rust_decimal::Decimal;

/// The rows at one step of one series.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Empty cells included.
    pub rows: Rows,
    /// Without the empty cells.
    pub values: Vec<Decimal>,
}

/// The sum, or a count of digits beyond what 28 can hold.
#[derive(Debug)]
pub(super) struct TooLarge;

impl Cell {
    /// The one number of these rows; `None` where no row holds one. `by: None` is for cells known to hold one value.
    pub fn value(&self, by: Option<Aggregate>) -> Result<Option<Decimal>, TooLarge> {
        if by == Some(Aggregate::Count) {
            return Ok((self.rows.count > 0).then(|| Decimal::from(self.rows.count)));
        }
        let values = &self.values;
        let Some(first) = values.first().copied() else { return Ok(None) };
        let value = match by {
            None if values.len() == 1 => first,
            None | Some(Aggregate::Sum) => sum(values)?,
            Some(Aggregate::Mean) => mean(values)?,
            Some(Aggregate::Min) => values.iter().copied().fold(first, Decimal::min),
            Some(Aggregate::Max) => values.iter().copied().fold(first, Decimal::max),
            Some(Aggregate::Median) => median(values)?,
            Some(Aggregate::Count) => Decimal::from(self.rows.count),
        };
        Ok(Some(value))
    }

    /// Adds another step's rows to these.
    pub fn join(&mut self, other: &Self) {
        self.rows.join(other.rows);
        self.values.extend_from_slice(&other.values);
    }
}

fn sum(values: &[Decimal]) -> Result<Decimal, TooLarge> {
    values
        .iter()
        .try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))
        .ok_or(TooLarge)
}

fn mean(values: &[Decimal]) -> Result<Decimal, TooLarge> {
    let mean = sum(values)?.checked_div(Decimal::from(values.len())).ok_or(TooLarge)?;
    Ok(mean.normalize())
}

fn median(values: &[Decimal]) -> Result<Decimal, TooLarge> {
    let mut sorted = values.to_vec();
    sorted.sort();
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        Ok(sorted[middle])
    } else {
        mean(&sorted[middle - 1..=middle])
    }
}
