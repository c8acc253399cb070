//! Large numbers and durations shortened, the form used where a spec asks for none.

use super::NumberStyle;
use super::number_format::{currency, fixed, significant, trimmed};
use super::number_style::Dress;
use super::suffix::Suffix;
use super::table::Step;
use crate::dataset::Unit;
use rust_decimal::Decimal;

/// Large numbers shortened alike all over one chart: `$12.3k` beside `$950`, `1,2 Mio. €`, `₹1.2L`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compact {
    style: NumberStyle,
    divisor: Decimal,
    suffix: Suffix,
}

/// Where a language shortens thousands, from here on: four digits are read at a glance.
const THOUSANDS_FROM: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

impl Compact {
    /// Fit for a chart whose largest absolute number is this one: thousands are shortened from ten thousand on. A number of seconds is written in
    /// the largest of seconds, minutes, hours and days that leaves two or more of them; a share, in percent, is never shortened.
    pub fn of(max: Decimal, unit: Option<&Unit>, style: NumberStyle) -> Self {
        let max = max.abs();
        let (divisor, suffix) = match unit {
            Some(Unit::Seconds) => {
                let (seconds, suffix) = style.duration(max);
                (Decimal::from(seconds), suffix)
            }
            Some(Unit::Percent) => (Decimal::ONE, Suffix::NONE),
            _ => step(max, style).map_or((Decimal::ONE, Suffix::NONE), |step| (power(step.divisor_power), step.suffix)),
        };
        Self { style, divisor, suffix }
    }

    /// By what numbers are divided before they are written; round steps of an axis are round in this.
    pub fn divisor(&self) -> Decimal {
        self.divisor
    }

    /// With as many decimals as `step` needs, so that all labels of an axis look alike.
    pub fn tick(&self, value: Decimal, step: Decimal, unit: Option<&Unit>) -> String {
        let step = self.scaled(step, unit);
        self.put(value, step.normalize().scale(), false, unit)
    }

    /// With three significant digits, or as many as tell values apart that differ by `detail`; without trailing zeros.
    pub fn value(&self, value: Decimal, detail: Option<Decimal>, unit: Option<&Unit>) -> String {
        // Less than one of the chart's thousands or millions: a compact number of its own.
        if self.divisor > Decimal::ONE && unit != Some(&Unit::Seconds) && value.abs() < self.divisor && !value.is_zero() {
            let own = Self::of(value, unit, self.style);
            if own.divisor < self.divisor {
                return own.value(value, detail, unit);
            }
        }
        let size = self.scaled(value, unit).abs();
        let decimals = match () {
            () if size >= Decimal::ONE_HUNDRED || size.is_zero() => 0,
            () if size >= Decimal::TEN => 1,
            () if size >= Decimal::ONE => 2,
            // The first three digits that say something.
            () => significant(size, 3).normalize().scale(),
        };
        let detail = detail.map_or(0, |detail| significant(self.scaled(detail, unit), 1).normalize().scale());
        let decimals = decimals.max(detail);
        // Cents come in pairs: $12.50, not $12.5.
        let is_cents = currency(unit).is_some()
            && self.divisor == Decimal::ONE
            && !size.round_dp(decimals).fract().is_zero()
            && size < Decimal::ONE_HUNDRED;
        if is_cents && size >= Decimal::new(1, 2) {
            self.put(value, 2, false, unit)
        } else {
            self.put(value, decimals, true, unit)
        }
    }

    /// As it is written, in percent or in thousands.
    fn scaled(&self, value: Decimal, unit: Option<&Unit>) -> Decimal {
        if unit == Some(&Unit::Percent) {
            value.saturating_mul(Decimal::ONE_HUNDRED)
        } else {
            value.checked_div(self.divisor).unwrap_or(value)
        }
    }

    fn put(&self, value: Decimal, decimals: u32, is_trimmed: bool, unit: Option<&Unit>) -> String {
        let is_bare_zero = value.is_zero() && unit != Some(&Unit::Seconds);
        let (decimals, suffix) = if is_bare_zero { (0, Suffix::NONE) } else { (decimals, self.suffix) };
        let plain = fixed(self.scaled(value, unit), decimals);
        let plain = if is_trimmed { trimmed(&plain) } else { &plain };
        let suffix = suffix.for_number(plain.trim_start_matches('-'));
        let dress = match unit {
            Some(Unit::Currency(code)) => Dress::Money(code),
            Some(Unit::Percent) => Dress::Percent,
            _ => Dress::Plain,
        };
        self.style.write(plain, true, false, suffix, dress)
    }
}

/// The largest that fits. A number that three digits round up to the next step is written in that: `$1M`, not `$1,000k`.
fn step(max: Decimal, style: NumberStyle) -> Option<&'static Step> {
    let (first, larger) = style.steps().split_first()?;
    let rounded = significant(max, 3);
    let first = (max >= power(first.from_power).max(THOUSANDS_FROM)).then_some(first)?;
    Some(larger.iter().rev().find(|step| rounded >= power(step.from_power)).unwrap_or(first))
}

fn power(of_ten: u32) -> Decimal {
    Decimal::from_i128_with_scale(10_i128.pow(of_ten), 0)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn compact_values() {
        let usd = Unit::Currency("USD".to_owned());
        let eur = Unit::Currency("EUR".to_owned());
        let table = [
            ("17913.07", "17913.07", Some(&usd), "en", "$17.9k"),
            ("17913.07", "950", Some(&usd), "en", "$950"),
            ("128430", "128430", Some(&usd), "en", "$128k"),
            ("-2500000", "-2500000", Some(&eur), "de", "−2,5\u{a0}Mio.\u{a0}€"),
            ("9999", "1234.5", None, "en", "1,235"),
            ("9999", "1234.5", None, "de", "1.235"),
            ("20", "12.5", Some(&usd), "en", "$12.50"),
            ("20", "12", Some(&usd), "en", "$12"),
            ("1", "0.0842", Some(&Unit::Percent), "en", "8.42%"),
            ("0.00012", "0.00012", None, "en", "0.00012"),
            ("5400", "5400", Some(&Unit::Seconds), "en", "90\u{a0}min"),
            ("7200", "5400", Some(&Unit::Seconds), "en", "1.5\u{a0}h"),
            ("12345678", "12345678", None, "en-IN", "1.23Cr"),
            ("100000", "0", Some(&usd), "en", "$0"),
        ];
        for (max, value, unit, tag, text) in table {
            assert_eq!(
                Compact::of(d(max), unit, NumberStyle::of(tag)).value(d(value), None, unit),
                text,
                "{value} of {max}"
            );
        }
        let ppm = Compact::of(d("413"), None, NumberStyle::ENGLISH);
        assert_eq!(ppm.value(d("413.92"), Some(d("0.1")), None), "413.9");
        let thousands = Compact::of(d("20000"), Some(&usd), NumberStyle::ENGLISH);
        assert_eq!(thousands.tick(d("12500"), d("2500"), Some(&usd)), "$12.5k");
        assert_eq!(thousands.tick(d("0"), d("2500"), Some(&usd)), "$0");
    }
}
