//! Numbers to heights, with round ticks.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// An axis from its lowest to its highest tick.
#[derive(Debug, Clone)]
pub(crate) struct Scale {
    pub low: f64,
    pub high: f64,
    /// Ascending; the first is `low`, the last `high`, where a decimal can hold them.
    pub ticks: Vec<Decimal>,
    /// The distance between ticks.
    pub step: Decimal,
}

/// What share of the largest number a line must span for zero to be left out: a flat line is looked at closely, a steep one in proportion.
const SPAN_SHARE_MIN: f64 = 0.35;

/// A decimal holds 28 digits; steps stay inside.
const EXPONENT_MAX: i32 = 27;

impl Scale {
    /// Ticks around these numbers, at most `ticks_max` steps apart, round when divided by `divisor` (an axis in thousands, or in hours).
    pub fn of(values: impl Iterator<Item = Decimal>, has_zero: bool, ticks_max: usize, divisor: Decimal) -> Self {
        let mut range: Option<(Decimal, Decimal)> = None;
        let mut is_whole = true;
        for value in values {
            is_whole &= value.fract().is_zero();
            range = Some(range.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
        }
        let (low, high) = range.unwrap_or((Decimal::ZERO, Decimal::ONE));
        let divisor_f = number(divisor).max(1.0);
        let (mut low, mut high) = (number(low) / divisor_f, number(high) / divisor_f);
        if has_zero || (low > 0.0 && high - low > high * SPAN_SHARE_MIN) || (high < 0.0 && high - low > -low * SPAN_SHARE_MIN) {
            low = low.min(0.0);
            high = high.max(0.0);
        }
        if high - low <= f64::EPSILON * high.abs().max(low.abs()) {
            // One value only: some room around it.
            let room = if low == 0.0 { 0.5 } else { low.abs() * 0.2 };
            (low, high) = if has_zero || low == 0.0 {
                (low.min(0.0), high.max(0.0) + 2.0 * room)
            } else {
                (low - room, high + room)
            };
        }
        let step_min = if is_whole && divisor == Decimal::ONE { 1.0 } else { 0.0 };
        Self::round(low, high, ticks_max.max(1), step_min, divisor)
    }

    /// Shares of a whole, in steps that are round in percent.
    pub fn shares(has_negative: bool, ticks_max: usize) -> Self {
        let (parts, step) = match ticks_max {
            5.. => (5, Decimal::new(2, 1)),
            4 => (4, Decimal::new(25, 2)),
            _ => (2, Decimal::new(5, 1)),
        };
        Self::between(if has_negative { -f64::from(parts) } else { 0.0 }, f64::from(parts), step)
    }

    /// From the lowest number to the highest and zero, without ticks: for bars that carry their numbers.
    pub fn tight(values: impl Iterator<Item = Decimal>) -> Self {
        let (low, high) = values.fold((0.0, 0.0), |(low, high), value| {
            let value = number(value);
            (f64::min(low, value), f64::max(high, value))
        });
        Self {
            low,
            high: if high > low { high } else { low + 1.0 },
            ticks: Vec::new(),
            step: Decimal::ZERO,
        }
    }

    fn round(low: f64, high: f64, ticks_max: usize, step_min: f64, divisor: Decimal) -> Self {
        let raw = ((high - low) / ticks_max as f64).max(step_min);
        let mut exponent = (raw.log10().floor() as i32).clamp(-EXPONENT_MAX, EXPONENT_MAX);
        // In tenths: 1, 2, 2.5, 5 and 10 times a power of ten, until the steps are few enough.
        let mut mantissas = [10, 20, 25, 50].iter().copied().cycle();
        loop {
            let mantissa = mantissas.next().unwrap_or(10);
            let size = mantissa as f64 / 10.0 * power(exponent);
            let (first, last) = ((low / size + 1e-9).floor(), (high / size - 1e-9).ceil());
            let is_few =
                last - first <= ticks_max as f64 && size >= step_min * 0.999 && (step_min == 0.0 || mantissa != 25 || exponent > 0);
            if is_few || exponent >= EXPONENT_MAX {
                return Self::between(first, last, decimal(mantissa, exponent, divisor));
            }
            if mantissa == 50 {
                exponent += 1;
            }
        }
    }

    fn between(first: f64, last: f64, step: Decimal) -> Self {
        let counts = first as i64..=(last as i64).max(first as i64 + 1).min(first as i64 + 200);
        // A tick of more than 28 digits is not written, but the scale reaches that far.
        let edge = |count: i64| step.checked_mul(Decimal::from(count)).map_or(number(step) * count as f64, number);
        let (low, high) = (edge(*counts.start()), edge(*counts.end()));
        Self {
            low,
            high: if high > low { high } else { low + 1.0 },
            ticks: counts.filter_map(|i| step.checked_mul(Decimal::from(i))).collect(),
            step,
        }
    }

    /// How far up from the lowest tick: 0 there, 1 at the highest.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(-0.5, 1.5)
    }
}

/// Ten to this power, the same in every build: the compiler's own powers differ in the last bit.
fn power(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// For places of pixels only.
pub(crate) fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or(0.0)
}

fn decimal(tenths: i64, exponent: i32, divisor: Decimal) -> Decimal {
    let exponent = exponent - 1;
    let step = match u32::try_from(-exponent) {
        Ok(scale) => Decimal::new(tenths, scale.min(28)),
        Err(_) => (0..exponent)
            .try_fold(Decimal::from(tenths), |step, _| step.checked_mul(Decimal::TEN))
            .unwrap_or(Decimal::MAX),
    };
    step.checked_mul(divisor).unwrap_or(step).normalize()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn ticks(values: &[&str], has_zero: bool) -> Vec<String> {
        let values = values.iter().map(|value| value.parse().unwrap());
        Scale::of(values, has_zero, 5, Decimal::ONE)
            .ticks
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn shares_run_to_the_whole() {
        let shares = |has_negative, ticks_max| {
            Scale::shares(has_negative, ticks_max)
                .ticks
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(shares(false, 7), ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(shares(false, 4), ["0", "0.25", "0.50", "0.75", "1.00"]);
        assert_eq!(shares(true, 2), ["-1.0", "-0.5", "0", "0.5", "1.0"]);
        let tight = Scale::tight([Decimal::from(3), Decimal::from(12)].into_iter());
        assert_eq!((tight.low, tight.high), (0.0, 12.0));
    }

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        assert_eq!(ticks(&["0", "17913.07"], false), ["0", "5000", "10000", "15000", "20000"]);
        assert_eq!(ticks(&["9315", "17913"], false), ["0", "5000", "10000", "15000", "20000"]);
        assert_eq!(ticks(&["412.5", "425.1"], false), ["410", "415", "420", "425", "430"]);
        assert_eq!(ticks(&["-3", "2"], true), ["-3", "-2", "-1", "0", "1", "2"]);
        assert_eq!(ticks(&["-30", "21"], true), ["-40", "-20", "0", "20", "40"]);
        assert_eq!(ticks(&["0", "3"], true), ["0", "1", "2", "3"]);
        assert_eq!(
            ticks(&["0.001", "0.0042"], false),
            ["0", "0.001", "0.002", "0.003", "0.004", "0.005"]
        );
        assert_eq!(ticks(&["7"], false), ["5", "6", "7", "8", "9"]);
        assert_eq!(ticks(&["0"], false), ["0", "1"]);
        assert_eq!(ticks(&["-5"], true), ["-5", "-4", "-3", "-2", "-1", "0"]);
        assert_eq!(ticks(&[], false), ["0", "1"]);
        assert!(ticks(&["79228162514264337593543950335"], true).len() >= 2);
        let widest = Scale::of([Decimal::MIN, Decimal::MAX].into_iter(), true, 2, Decimal::ONE);
        assert!(widest.share(number(Decimal::MAX)) <= 1.0 && widest.share(number(Decimal::MIN)) >= 0.0);
        assert!(ticks(&["0.0000000000000000000000000001"], true).len() >= 2);
    }
}
