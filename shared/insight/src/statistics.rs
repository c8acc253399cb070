//! Robust statistics of exact numbers: the same on every machine, whatever order the numbers come in.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Points that a slope is computed from at most; of more, evenly spaced ones. 200 make 19,900 pairs.
const SLOPE_POINTS_MAX: usize = 200;
/// Fewer points than this have no slope worth telling.
const SLOPE_POINTS_MIN: usize = 5;

/// A robust line through points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slope {
    /// The rise per 1 of x: the median of the slopes between all pairs of points (Theil and Sen), the larger one of two middle ones.
    pub per_step: Decimal,
    /// By how much more of the pairs rise than fall, -1 to 1 (Kendall's tau).
    pub tau: f64,
}

/// The middle value; the mean of the two middle ones of an even number. None of no values, and beyond 28 digits.
pub(crate) fn median(values: &mut [Decimal]) -> Option<Decimal> {
    let middle = values.len() / 2;
    if values.is_empty() {
        return None;
    }
    let is_even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable(middle);
    let upper = *upper;
    match below.iter().max() {
        Some(lower) if is_even => mean_of_two(*lower, upper),
        _ => Some(upper),
    }
}

/// The mean of the two.
pub(crate) fn mean_of_two(one: Decimal, other: Decimal) -> Option<Decimal> {
    Some(one.checked_add(other)?.checked_div(Decimal::TWO)?.normalize())
}

/// Points that a tau is computed from at most; of more, evenly spaced ones along x.
const TAU_POINTS_MAX: usize = 1_000;

/// How two numbers go together, -1 to 1 (Kendall's tau-b), and over how many of the points; `None` where one of the two never changes.
pub(crate) fn tau_b(mut points: Vec<(Decimal, Decimal)>) -> Option<(f64, usize)> {
    points.sort();
    let count = points.len();
    let kept = count.min(TAU_POINTS_MAX);
    let sample: Vec<(Decimal, Decimal)> = (0..kept)
        .filter_map(|index| points.get(index * (count - 1) / (kept - 1).max(1)).copied())
        .collect();
    let (mut surplus, mut x_pairs, mut y_pairs) = (0_i64, 0_i64, 0_i64);
    let [x, y] = [ranks(&sample, |point| point.0), ranks(&sample, |point| point.1)];
    let ranked: Vec<(usize, usize)> = x.into_iter().zip(y).collect();
    for (index, one) in ranked.iter().enumerate() {
        for other in &ranked[index + 1..] {
            let (rises, falls) = (i64::from(other.1 > one.1), i64::from(other.1 < one.1));
            let moves = i64::from(other.0 != one.0);
            surplus += moves * (rises - falls);
            x_pairs += moves;
            y_pairs += rises + falls;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "at most half a million pairs")]
    let [surplus, x_pairs, y_pairs] = [surplus, x_pairs, y_pairs].map(|pairs| pairs as f64);
    (x_pairs > 0.0 && y_pairs > 0.0).then(|| (surplus / (x_pairs * y_pairs).sqrt(), kept))
}

/// The place of each number among the distinct ones.
fn ranks(points: &[(Decimal, Decimal)], number: impl Fn(&(Decimal, Decimal)) -> Decimal) -> Vec<usize> {
    let mut distinct: Vec<Decimal> = points.iter().map(&number).collect();
    distinct.sort_unstable();
    distinct.dedup();
    points
        .iter()
        .map(|point| distinct.partition_point(|other| *other < number(point)))
        .collect()
}

/// The robust line through points of ascending steps, which `x` places; `None` where they are too few.
pub(crate) fn slope(points: &[(usize, Decimal)], x: impl Fn(usize) -> i64) -> Option<Slope> {
    let count = points.len();
    if count < SLOPE_POINTS_MIN {
        return None;
    }
    let kept = count.min(SLOPE_POINTS_MAX);
    let sample: Vec<(i64, Decimal, f64)> = (0..kept)
        .filter_map(|index| {
            let (step, y) = *points.get(index * (count - 1) / (kept - 1))?;
            Some((x(step), y, y.to_f64()?))
        })
        .collect();
    let mut slopes = Vec::with_capacity(sample.len() * sample.len() / 2);
    let mut surplus = 0_i64;
    for (index, from) in sample.iter().enumerate() {
        for (offset, to) in sample.iter().enumerate().skip(index + 1) {
            let run = to.0 - from.0;
            if run > 0 {
                #[expect(clippy::cast_precision_loss, reason = "periods between two dates are far below 2^53")]
                slopes.push(((to.2 - from.2) / run as f64, index, offset));
                surplus += i64::from(to.1 > from.1) - i64::from(to.1 < from.1);
            }
        }
    }
    if slopes.is_empty() {
        return None;
    }
    let middle = slopes.len() / 2;
    // The pair breaks ties, so that equal slopes give the same median everywhere; the slope itself is then computed exactly.
    let (_, (_, from, to), _) = slopes.select_nth_unstable_by(middle, |a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (from, to) = (sample.get(*from)?, sample.get(*to)?);
    #[expect(clippy::cast_precision_loss, reason = "at most 19,900 pairs")]
    let tau = surplus as f64 / slopes.len() as f64;
    Some(Slope {
        per_step: to.1.checked_sub(from.1)?.checked_div(Decimal::from(to.0 - from.0))?.normalize(),
        tau,
    })
}
