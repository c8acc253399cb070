//! Values far from where the others would have them.

use std::collections::BTreeMap;

use domain::series::Grain;
use jiff::civil::DateTime;
use rust_decimal::Decimal;

use super::Survey;
use crate::fact::{Claim, Cycle, Direction, Method};
use crate::line::Line;
use crate::scale::ordinal;
use crate::statistics::{mean_of_two, median, slope};

/// Newest values that are looked at.
const VALUES_MAX: usize = 1_000;
/// Fewer values than this have nothing unusual about them.
const VALUES_MIN: usize = 12;
/// So many times round before a cycle counts as one.
const CYCLES_MIN: usize = 3;
/// At most one in so many may be unusual; of more, being so is the usual thing. Two always may.
const UNUSUAL_ONE_IN: usize = 20;
/// Where most values are equal, at most one in so many may differ from them for the others to be called unusual.
const DIFFERENT_ONE_IN: usize = 10;
/// Older unusual values that are told of, beside the newest.
const OLDER_MAX: usize = 2;
/// Significant digits of an expected value.
const EXPECTED_DIGITS: u32 = 6;
/// Significant digits of the largest value to which distances are told apart.
const DIGITS_KEPT: u32 = 18;
/// Significant digits of a spread.
const SPREAD_DIGITS: u32 = 4;

/// From this robust z-score on a value is unusual (Iglewicz and Hoaglin's recommendation).
const SCORE_MIN: Decimal = Decimal::from_parts(35, 0, 0, false, 1);
/// Of many older values some lie that far by chance: they are told of from here on only.
const OLDER_SCORE_MIN: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// The median absolute deviation of a normal distribution, in standard deviations.
const MAD_OF_NORMAL: Decimal = Decimal::from_parts(6_745, 0, 0, false, 4);
/// The mean absolute deviation of a normal distribution, in standard deviations.
const MEAN_DEVIATION_OF_NORMAL: Decimal = Decimal::from_parts(797_885, 0, 0, false, 6);
/// A cycle is taken into account where it leaves at most so much of the spread.
const CYCLE_SPREAD_MAX: Decimal = Decimal::from_parts(8, 0, 0, false, 1);
/// A value this close to the expected one, as a share of it, is not unusual however calm the others are.
const DISTANCE_MIN: Decimal = Decimal::from_parts(5, 0, 0, false, 3);

impl Survey<'_> {
    /// The newest value where it is unusual, and the most unusual ones before it that are drawn. `line` has no running step.
    pub(super) fn unusual(&mut self, line: &Line, below: u32) {
        let Some(&(newest, _)) = line.shown().last() else { return };
        let mut found = unusual(line);
        let is_told = |unusual: &Unusual| unusual.step == newest || unusual.score >= OLDER_SCORE_MIN;
        found.retain(|unusual| unusual.step >= line.scale.drawn_from && is_told(unusual));
        found.sort_by_key(|unusual| {
            (
                unusual.step != newest,
                std::cmp::Reverse(unusual.score),
                std::cmp::Reverse(unusual.step),
            )
        });
        let has_newest = found.first().is_some_and(|first| first.step == newest);
        for unusual in found.into_iter().take(OLDER_MAX + usize::from(has_newest)) {
            let materiality = if unusual.step == newest { 800 } else { 380 };
            let claim = Claim::Anomaly {
                reading: line.reading((unusual.step, unusual.value)),
                expected: unusual.expected,
                spread: unusual.spread,
                score: unusual.score.round_dp(1),
                direction: if unusual.value > unusual.expected {
                    Direction::Up
                } else {
                    Direction::Down
                },
                method: unusual.method,
            };
            self.push(line.name.clone(), line.unit, claim, materiality - below);
        }
    }
}

/// The place of a moment in a cycle.
type PlaceIn = fn(&DateTime) -> i8;

/// One unusual value.
struct Unusual {
    step: usize,
    value: Decimal,
    expected: Decimal,
    spread: Decimal,
    score: Decimal,
    method: Method,
}

/// How far each value lies from where it is expected.
struct Residuals {
    method: Method,
    /// One per value.
    distances: Vec<Decimal>,
    /// The median of them.
    middle: Decimal,
    /// The median of their distances from `middle`.
    mad: Decimal,
}

/// All unusual values of a line's newest ones, ascending. None where they are too few, beyond 28 digits, or too many to be unusual.
fn unusual(line: &Line) -> Vec<Unusual> {
    let points = line.points();
    let points = points.get(points.len().saturating_sub(VALUES_MAX)..).unwrap_or_default();
    if points.len() < VALUES_MIN {
        return Vec::new();
    }
    let found = residuals(line, points)
        .and_then(|residuals| beyond(points, &residuals))
        .unwrap_or_default();
    let is_rare = found.len() <= (points.len() / UNUSUAL_ONE_IN).max(2);
    if is_rare { found } else { Vec::new() }
}

/// The distances from the robust trend; where a cycle explains much of them, from the trend and the usual level at the same place in the cycle.
fn residuals(line: &Line, points: &[(usize, Decimal)]) -> Option<Residuals> {
    let (moments, grain) = (line.scale.moments(), line.scale.grain()?);
    let start = ordinal(*moments.get(points.first()?.0)?, grain);
    let x = |step: usize| moments.get(step).map_or(0, |moment| ordinal(*moment, grain) - start);
    let per_step = slope(points, x)?.per_step;
    let places = digits_kept(points);
    let level = |(step, value): &(usize, Decimal)| {
        let level = value.checked_sub(per_step.checked_mul(Decimal::from(x(*step)))?)?;
        Some(level.round_dp(places))
    };
    let levels = points.iter().map(level).collect::<Option<Vec<Decimal>>>()?;
    let of = points.len();
    let middle = median(&mut levels.clone())?;
    let plain = levels.iter().map(|level| level.checked_sub(middle)).collect::<Option<_>>()?;
    let plain = Residuals::of(Method::RobustZ { of }, plain)?;
    let places = cycle(line).map(|(cycle, place)| {
        (
            cycle,
            points
                .iter()
                .filter_map(|(step, _)| moments.get(*step).map(place))
                .collect::<Vec<i8>>(),
        )
    });
    let seasonal = places.and_then(|(cycle, places)| Residuals::of(Method::Seasonal { cycle, of }, from_others(&levels, &places)?));
    seasonal
        .filter(|seasonal| seasonal.mad < plain.mad * CYCLE_SPREAD_MAX)
        .or(Some(plain))
}

/// Decimal places within which values on a line lie on it: a slope such as a third has no exact one.
fn digits_kept(points: &[(usize, Decimal)]) -> u32 {
    let own = points.iter().map(|(_, value)| value.normalize().scale()).max().unwrap_or(0);
    let largest = points.iter().map(|(_, value)| value.abs()).max().unwrap_or_default();
    let before_point = largest.trunc().mantissa().checked_ilog10().map_or(0, |power| power + 1);
    own.max(DIGITS_KEPT.saturating_sub(before_point))
}

impl Residuals {
    fn of(method: Method, distances: Vec<Decimal>) -> Option<Self> {
        let middle = median(&mut distances.clone())?;
        let from_middle = distances.iter().map(|distance| Some(distance.checked_sub(middle)?.abs()));
        let mad = median(&mut from_middle.collect::<Option<Vec<_>>>()?)?;
        Some(Self {
            method,
            distances,
            middle,
            mad,
        })
    }

    /// The usual distance as a standard deviation. Where more than half of the values are as expected, it is made from the mean distance;
    /// `None` where there is none, or where values that differ are nothing rare.
    fn spread(&self) -> Option<Decimal> {
        if !self.mad.is_zero() {
            return self.mad.checked_div(MAD_OF_NORMAL);
        }
        let different = self.distances.iter().filter(|distance| **distance != self.middle).count();
        let sum = super::total(
            self.distances
                .iter()
                .filter_map(|distance| Some(distance.checked_sub(self.middle)?.abs())),
        )?;
        let mean = sum.checked_div(Decimal::from(self.distances.len()))?;
        let is_rare = different > 0 && different * DIFFERENT_ONE_IN <= self.distances.len();
        mean.checked_div(MEAN_DEVIATION_OF_NORMAL).filter(|_| is_rare)
    }
}

/// Those of the points that lie beyond [`SCORE_MIN`].
fn beyond(points: &[(usize, Decimal)], residuals: &Residuals) -> Option<Vec<Unusual>> {
    let spread = residuals.spread().filter(|spread| !spread.is_zero())?;
    let judge = |(&(step, value), distance): (&(usize, Decimal), &Decimal)| {
        let distance = distance.checked_sub(residuals.middle)?;
        let score = distance.abs().checked_div(spread)?;
        let expected = value.checked_sub(distance)?;
        let is_far = distance.abs() >= expected.abs().checked_mul(DISTANCE_MIN)?;
        let unusual = Unusual {
            step,
            value,
            expected: expected.round_sf(EXPECTED_DIGITS)?.normalize(),
            spread: spread.round_sf(SPREAD_DIGITS)?.normalize(),
            score,
            method: residuals.method,
        };
        (is_far && score >= SCORE_MIN).then_some(unusual)
    };
    Some(points.iter().zip(&residuals.distances).filter_map(judge).collect())
}

/// What repeats along these steps, and the place of a moment in it.
fn cycle(line: &Line) -> Option<(Cycle, PlaceIn)> {
    if line.scale.cadence() != 1 {
        return None;
    }
    match line.scale.grain()? {
        Grain::Hour => Some((Cycle::HourOfDay, |moment| moment.hour())),
        Grain::Day => Some((Cycle::DayOfWeek, |moment| moment.weekday().to_monday_zero_offset())),
        Grain::Month => Some((Cycle::MonthOfYear, |moment| moment.month())),
        Grain::Minute | Grain::Week | Grain::Quarter | Grain::Year => None,
    }
}

/// The distance of each level from the median of the others at the same place in the cycle; `None` where a place was not seen often enough.
fn from_others(levels: &[Decimal], places: &[i8]) -> Option<Vec<Decimal>> {
    let mut by_place: BTreeMap<i8, Vec<Decimal>> = BTreeMap::new();
    for (level, place) in levels.iter().zip(places) {
        by_place.entry(*place).or_default().push(*level);
    }
    by_place.values_mut().for_each(|levels| levels.sort_unstable());
    if by_place.len() < 2 || by_place.values().any(|levels| levels.len() < CYCLES_MIN) {
        return None;
    }
    let distance = |(level, place): (&Decimal, &i8)| level.checked_sub(median_without(by_place.get(place)?, *level)?);
    levels.iter().zip(places).map(distance).collect()
}

/// The median of sorted values without one of them.
fn median_without(sorted: &[Decimal], value: Decimal) -> Option<Decimal> {
    let skipped = sorted.partition_point(|other| *other < value);
    let at = |index: usize| sorted.get(index + usize::from(index >= skipped)).copied();
    let count = sorted.len() - 1;
    if count.is_multiple_of(2) {
        mean_of_two(at(count / 2 - 1)?, at(count / 2)?)
    } else {
        at(count / 2)
    }
}
