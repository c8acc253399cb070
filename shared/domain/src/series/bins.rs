//! Numbers along x: ranges of equal width, or each row's own place.

use crate::chart_spec::Bin;
use crate::dataset::Unit;
use crate::series::Domain;
use crate::series::steps::Steps;
use rust_decimal::Decimal;

/// More ranges than this come from a width that does not fit the numbers; a wider one is taken.
const RANGES_MAX: u32 = 200;

impl Steps {
    /// The range that each row's number falls in.
    pub fn bins(cells: &[Option<Decimal>], unit: Option<Unit>, bin: Bin) -> Self {
        let numbers = || cells.iter().flatten().copied();
        let (Some(low), Some(high)) = (numbers().min(), numbers().max()) else {
            return Self::none(cells.len());
        };
        let spread = high.saturating_sub(low);
        let step = match bin {
            Bin::Step(step) if exceeds(spread, step) => round_width(spread, RANGES_MAX),
            Bin::Step(step) => step,
            Bin::AtMost(count) => round_width(spread, count),
        };
        let place = |value: Decimal| value.checked_div(step).map(|steps| steps.floor());
        let Some(from) = place(low) else { return Self::none(cells.len()) };
        let index = |value: Decimal| usize::try_from(place(value)?.checked_sub(from)?).ok();
        let last = index(high).unwrap_or(0);
        // A highest number on the edge of a range belongs to the range below it, unless it is the only one.
        let is_on_edge = last > 0 && spread.checked_rem(step).is_some() && high.checked_rem(step).is_some_and(|rest| rest.is_zero());
        let last = if is_on_edge { last - 1 } else { last };
        let edge = |i: usize| from.checked_add(Decimal::from(i)).and_then(|steps| steps.checked_mul(step));
        let Some(edges) = (0..=last + 1).map(edge).collect::<Option<Vec<_>>>() else {
            return Self::none(cells.len());
        };
        let of_row = cells.iter().map(|cell| u32::try_from(index((*cell)?)?.min(last)).ok()).collect();
        Self {
            domain: Domain::Bins {
                edges: edges.into_iter().map(|edge| edge.normalize()).collect(),
                unit,
            },
            of_row,
        }
    }

    /// A step for each row that holds a number in both columns, ascending by x.
    pub fn points(x: &[Option<Decimal>], y: impl Fn(usize) -> bool, unit: Option<Unit>) -> Self {
        let mut order: Vec<(Decimal, usize)> = x
            .iter()
            .enumerate()
            .filter_map(|(row, cell)| Some(((*cell)?, row)))
            .filter(|(_, row)| y(*row))
            .collect();
        order.sort();
        let mut of_row = vec![None; x.len()];
        for (step, (_, row)) in order.iter().enumerate() {
            of_row[*row] = u32::try_from(step).ok();
        }
        Self {
            domain: Domain::Points {
                values: order.into_iter().map(|(value, _)| value).collect(),
                unit,
            },
            of_row,
        }
    }

    fn none(rows: usize) -> Self {
        Self {
            domain: Domain::Bins {
                edges: Vec::new(),
                unit: None,
            },
            of_row: vec![None; rows],
        }
    }
}

fn exceeds(spread: Decimal, step: Decimal) -> bool {
    spread.checked_div(step).is_none_or(|ranges| ranges > Decimal::from(RANGES_MAX))
}

/// The smallest of 1, 2, 2.5 and 5 times a power of ten that makes at most so many ranges.
fn round_width(spread: Decimal, count: u32) -> Decimal {
    if spread.is_zero() {
        return Decimal::ONE;
    }
    // One range may be lost where the lowest number stands in the middle of one.
    let smallest = Decimal::new(1, 27);
    let raw = spread
        .checked_div(Decimal::from(count.saturating_sub(1).max(1)))
        .unwrap_or(spread)
        .max(smallest);
    let mut power = Decimal::ONE;
    while power > raw && power > smallest {
        power = power.checked_div(Decimal::TEN).unwrap_or(smallest);
    }
    while power.saturating_mul(Decimal::TEN) <= raw {
        power = power.saturating_mul(Decimal::TEN);
    }
    let factors = [Decimal::ONE, Decimal::TWO, Decimal::new(25, 1), Decimal::from(5), Decimal::TEN];
    let widths = factors.map(|factor| power.saturating_mul(factor));
    widths.into_iter().find(|width| *width >= raw).unwrap_or(raw)
}
