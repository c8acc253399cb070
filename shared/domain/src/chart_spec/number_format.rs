//! d3-format, the part of it that a chart's labels need, and the compact form used where a spec asks for none.

use crate::chart_spec::NumberStyle;
use crate::dataset::Unit;
use rust_decimal::{Decimal, RoundingStrategy};
use std::str::FromStr;

/// A parsed d3-format: `[+][$][,][.precision][~][type]` with the types `f`, `d`, `%`, `s`, `r` or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberFormat {
    is_signed: bool,
    is_money: bool,
    is_grouped: bool,
    precision: Option<u32>,
    is_trimmed: bool,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No type: digits as they are, or so many significant ones.
    Plain,
    Fixed,
    Integer,
    Percent,
    Si,
    Rounded,
}

/// What is accepted, for error messages.
pub(super) const ACCEPTED: &str = "[+][$][,][.precision][~] and f, d, %, s, r or nothing: `,.2f`, `$,.0f`, `.1%`, `.3s`, `~s`";

/// More digits than a decimal holds.
const PRECISION_MAX: u32 = 20;

impl FromStr for NumberFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("`{text}` is outside the accepted part of d3-format");
        let mut rest = text;
        let mut take = |mark: char| rest.strip_prefix(mark).map(|after| rest = after).is_some();
        let is_signed = take('+');
        take('-');
        let is_money = take('$');
        let is_grouped = take(',');
        let mut precision = None;
        if take('.') {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            precision = Some(rest[..digits].parse().ok().filter(|p| *p <= PRECISION_MAX).ok_or_else(refuse)?);
            rest = &rest[digits..];
        }
        let is_trimmed = rest.strip_prefix('~').map(|after| rest = after).is_some();
        let kind = match rest {
            "" => Kind::Plain,
            "f" => Kind::Fixed,
            "d" => Kind::Integer,
            "%" => Kind::Percent,
            "s" => Kind::Si,
            "r" => Kind::Rounded,
            _ => return Err(refuse()),
        };
        Ok(Self {
            is_signed,
            is_money,
            is_grouped,
            precision,
            is_trimmed,
            kind,
        })
    }
}

impl NumberFormat {
    /// The number as d3 writes it, in the reader's style; `$` stands for the unit's currency, a dollar without one.
    pub fn write(&self, value: Decimal, unit: Option<&Unit>, style: &NumberStyle) -> String {
        let (plain, suffix) = match self.kind {
            Kind::Plain => (self.precision.map_or(value, |p| significant(value, p)).normalize().to_string(), ""),
            Kind::Fixed => (fixed(value, self.precision.unwrap_or(6)), ""),
            Kind::Integer => (fixed(value, 0), ""),
            Kind::Percent => (fixed(value.saturating_mul(Decimal::ONE_HUNDRED), self.precision.unwrap_or(6)), "%"),
            Kind::Si => self.si(value),
            Kind::Rounded => (significant(value, self.precision.unwrap_or(6)).to_string(), ""),
        };
        let plain = if self.is_trimmed { trimmed(&plain) } else { &plain };
        let mut text = style.dress(plain, self.is_grouped);
        text.push_str(suffix);
        if self.is_money {
            text = style.money(&text, currency(unit).unwrap_or("USD"));
        }
        if self.is_signed && !value.is_sign_negative() {
            format!("+{text}")
        } else {
            text
        }
    }

    fn si(&self, value: Decimal) -> (String, &'static str) {
        const STEPS: [(i64, u32, &str); 5] = [
            (1_000_000_000_000, 0, "T"),
            (1_000_000_000, 0, "G"),
            (1_000_000, 0, "M"),
            (1_000, 0, "k"),
            (1, 0, ""),
        ];
        let precision = self.precision.unwrap_or(6);
        let rounded = significant(value, precision);
        let small = [(Decimal::new(1, 3), "m"), (Decimal::new(1, 6), "µ")];
        let large = STEPS.iter().map(|(by, scale, suffix)| (Decimal::new(*by, *scale), *suffix));
        let found = large.chain(small).find(|(by, _)| rounded.abs() >= *by);
        let (by, suffix) = if rounded.is_zero() {
            (Decimal::ONE, "")
        } else {
            found.unwrap_or((Decimal::new(1, 6), "µ"))
        };
        let scaled = value.checked_div(by).unwrap_or(value);
        let whole = scaled.abs().trunc().to_string().trim_start_matches('0').len();
        (
            fixed(scaled, precision.saturating_sub(u32::try_from(whole).unwrap_or(0).max(1))),
            suffix,
        )
    }
}

/// Large numbers shortened alike all over one chart: `$12.3k` beside `$950`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compact {
    divisor: Decimal,
    suffix: &'static str,
}

impl Compact {
    /// Fit for a chart whose largest absolute number is this one: thousands are shortened from ten thousand on. A number of seconds is written in
    /// the largest of seconds, minutes, hours and days that leaves two or more of them.
    pub fn of(max: Decimal, unit: Option<&Unit>) -> Self {
        let steps: &[(i64, i64, &'static str)] = match unit {
            Some(Unit::Seconds) => &[(172_800, 86_400, " d"), (7_200, 3_600, " h"), (120, 60, " min"), (0, 1, " s")],
            Some(Unit::Percent) => &[(0, 1, "")],
            _ => &[
                (1_000_000_000_000, 1_000_000_000_000, "T"),
                (1_000_000_000, 1_000_000_000, "B"),
                (1_000_000, 1_000_000, "M"),
                (10_000, 1_000, "k"),
                (0, 1, ""),
            ],
        };
        let max = max.abs();
        let found = steps
            .iter()
            .find(|(from, _, _)| max >= Decimal::from(*from))
            .copied()
            .unwrap_or((0, 1, ""));
        Self {
            divisor: Decimal::from(found.1),
            suffix: found.2,
        }
    }

    /// By what numbers are divided before they are written; round steps of an axis are round in this.
    pub fn divisor(&self) -> Decimal {
        self.divisor
    }

    /// With as many decimals as `step` needs, so that all labels of an axis look alike.
    pub fn tick(&self, value: Decimal, step: Decimal, unit: Option<&Unit>, style: &NumberStyle) -> String {
        let step = self.scaled(step, unit);
        self.put(value, step.normalize().scale(), false, unit, style)
    }

    /// With three significant digits, or as many as tell values apart that differ by `detail`; without trailing zeros.
    pub fn value(&self, value: Decimal, detail: Option<Decimal>, unit: Option<&Unit>, style: &NumberStyle) -> String {
        // Less than one of the chart's thousands or millions: a compact number of its own.
        if self.divisor > Decimal::ONE && unit != Some(&Unit::Seconds) && value.abs() < self.divisor && !value.is_zero() {
            return Self::of(value, unit).value(value, detail, unit, style);
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
            self.put(value, 2, false, unit, style)
        } else {
            self.put(value, decimals, true, unit, style)
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

    fn put(&self, value: Decimal, decimals: u32, is_trimmed: bool, unit: Option<&Unit>, style: &NumberStyle) -> String {
        let scaled = self.scaled(value, unit);
        let is_bare_zero = value.is_zero() && unit != Some(&Unit::Seconds);
        let (decimals, suffix) = if is_bare_zero { (0, "") } else { (decimals, self.suffix) };
        let plain = fixed(scaled, decimals);
        let plain = if is_trimmed { trimmed(&plain) } else { &plain };
        let text = format!("{}{}", style.dress(plain, true), suffix.replace(' ', "\u{a0}"));
        match unit {
            Some(Unit::Currency(code)) => style.money(&text, code),
            Some(Unit::Percent) => format!("{text}%"),
            _ => text,
        }
    }
}

fn currency(unit: Option<&Unit>) -> Option<&str> {
    if let Some(Unit::Currency(code)) = unit { Some(code) } else { None }
}

fn fixed(value: Decimal, decimals: u32) -> String {
    let mut rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded.to_string()
}

fn significant(value: Decimal, digits: u32) -> Decimal {
    value
        .round_sf_with_strategy(digits.max(1), RoundingStrategy::MidpointAwayFromZero)
        .unwrap_or(value)
}

/// Without zeros at the end of a fraction.
fn trimmed(plain: &str) -> &str {
    if plain.contains('.') {
        plain.trim_end_matches('0').trim_end_matches('.')
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn d3_formats() {
        let usd = Unit::Currency("USD".to_owned());
        let eur = Unit::Currency("EUR".to_owned());
        let table = [
            (",.2f", "1234567.891", None, "1,234,567.89"),
            ("$,.0f", "1234.5", Some(&usd), "$1,235"),
            ("$,.0f", "-1234.5", Some(&usd), "−$1,235"),
            ("$.2f", "3", Some(&eur), "€3.00"),
            (".1%", "0.1234", None, "12.3%"),
            ("+.1%", "0.1234", None, "+12.3%"),
            ("d", "1234.4", None, "1234"),
            (",d", "1234.4", None, "1,234"),
            (".3s", "12345", None, "12.3k"),
            (".2s", "1500000000", None, "1.5G"),
            ("~s", "12000", None, "12k"),
            (".3s", "0.0042", None, "4.20m"),
            (".3s", "999999", None, "1.00M"),
            (".2r", "12345", None, "12000"),
            ("", "12.50", None, "12.5"),
            (".2", "12345", None, "12000"),
            ("~f", "1.5", None, "1.5"),
            (".0f", "-0.4", None, "0"),
        ];
        for (format, value, unit, text) in table {
            assert_eq!(
                format.parse::<NumberFormat>().unwrap().write(d(value), unit, &NumberStyle::ENGLISH),
                text,
                "{format} of {value}"
            );
        }
        for bad in ["x", "08.2f", "(,.2f", ".f", ".99f", "e", ",.2ff", "^20"] {
            assert!(bad.parse::<NumberFormat>().is_err(), "{bad}");
        }
    }

    #[test]
    fn compact_values() {
        let usd = Unit::Currency("USD".to_owned());
        let eur = Unit::Currency("EUR".to_owned());
        let table = [
            ("17913.07", "17913.07", Some(&usd), "en", "$17.9k"),
            ("17913.07", "950", Some(&usd), "en", "$950"),
            ("128430", "128430", Some(&usd), "en", "$128k"),
            ("-2500000", "-2500000", Some(&eur), "de", "−2,5M\u{a0}€"),
            ("9999", "1234.5", None, "en", "1,235"),
            ("9999", "1234.5", None, "de", "1.235"),
            ("20", "12.5", Some(&usd), "en", "$12.50"),
            ("20", "12", Some(&usd), "en", "$12"),
            ("1", "0.0842", Some(&Unit::Percent), "en", "8.42%"),
            ("0.00012", "0.00012", None, "en", "0.00012"),
            ("5400", "5400", Some(&Unit::Seconds), "en", "90\u{a0}min"),
            ("7200", "5400", Some(&Unit::Seconds), "en", "1.5\u{a0}h"),
            ("12345678", "12345678", None, "en-IN", "12.3M"),
            ("100000", "0", Some(&usd), "en", "$0"),
        ];
        for (max, value, unit, tag, text) in table {
            assert_eq!(
                Compact::of(d(max), unit).value(d(value), None, unit, &NumberStyle::of(tag)),
                text,
                "{value} of {max}"
            );
        }
        let ppm = Compact::of(d("413"), None);
        assert_eq!(ppm.value(d("413.92"), Some(d("0.1")), None, &NumberStyle::ENGLISH), "413.9");
        let thousands = Compact::of(d("20000"), Some(&usd));
        assert_eq!(thousands.tick(d("12500"), d("2500"), Some(&usd), &NumberStyle::ENGLISH), "$12.5k");
        assert_eq!(thousands.tick(d("0"), d("2500"), Some(&usd), &NumberStyle::ENGLISH), "$0");
    }
}
