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
    pub values: Numbers,
}

/// Numbers, mostly one: that one takes no memory of its own, which decides how long a hundred thousand steps take.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    first: Option<Decimal>,
    others: Vec<Decimal>,
}

impl Numbers {
    pub fn push(&mut self, value: Decimal) {
        match self.first {
            None => self.first = Some(value),
            Some(_) => self.others.push(value),
        }
    }

    pub fn len(&self) -> usize {
        usize::from(self.first.is_some()) + self.others.len()
    }

    fn iter(&self) -> impl Iterator<Item = Decimal> {
        self.first.into_iter().chain(self.others.iter().copied())
    }
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
        let Some(first) = values.first else { return Ok(None) };
        let others = || values.others.iter().copied();
        let value = match by {
            Some(Aggregate::Mean) if values.others.is_empty() => first.normalize(),
            _ if values.others.is_empty() => first,
            None | Some(Aggregate::Sum) => sum(first, others())?,
            Some(Aggregate::Mean) => mean(sum(first, others())?, values.len())?,
            Some(Aggregate::Min) => others().fold(first, Decimal::min),
            Some(Aggregate::Max) => others().fold(first, Decimal::max),
            Some(Aggregate::Median) => median(values.iter().collect())?,
            Some(Aggregate::Count) => Decimal::from(self.rows.count),
        };
        Ok(Some(value))
    }

    /// Adds another step's rows to these.
    pub fn join(&mut self, other: &Self) {
        self.rows.join(other.rows);
        other.values.iter().for_each(|value| self.values.push(value));
    }
}

fn sum(first: Decimal, mut others: impl Iterator<Item = Decimal>) -> Result<Decimal, TooLarge> {
    others.try_fold(first, Decimal::checked_add).ok_or(TooLarge)
}

fn mean(sum: Decimal, count: usize) -> Result<Decimal, TooLarge> {
    let mean = sum.checked_div(Decimal::from(count)).ok_or(TooLarge)?;
    Ok(mean.normalize())
}

fn median(mut values: Vec<Decimal>) -> Result<Decimal, TooLarge> {
    values.sort();
    let middle = values.len() / 2;
    match values[..=middle] {
        [.., lower, upper] if values.len().is_multiple_of(2) => mean(sum(lower, std::iter::once(upper))?, 2),
        _ => Ok(values[middle]),
    }
}
