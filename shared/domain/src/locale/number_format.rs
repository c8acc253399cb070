//! d3-format, the part of it that a chart's labels need.

use super::NumberStyle;
use super::number_style::Dress;
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
pub(crate) const ACCEPTED: &str = "[+][$][,][.precision][~] and f, d, %, s, r or nothing: `,.2f`, `$,.0f`, `.1%`, `.3s`, `~s`";

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
            Kind::Percent => (
                fixed(value.saturating_mul(Decimal::ONE_HUNDRED), self.precision.unwrap_or(6)),
                if self.is_money { "%" } else { "" },
            ),
            Kind::Si => self.si(value),
            Kind::Rounded => (significant(value, self.precision.unwrap_or(6)).to_string(), ""),
        };
        let plain = if self.is_trimmed { trimmed(&plain) } else { &plain };
        let dress = match self.kind {
            _ if self.is_money => Dress::Money(currency(unit).unwrap_or("USD")),
            Kind::Percent => Dress::Percent,
            _ => Dress::Plain,
        };
        let is_signed = self.is_signed && !value.is_sign_negative();
        style.write(plain, self.is_grouped, is_signed, suffix, dress)
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

pub(super) fn currency(unit: Option<&Unit>) -> Option<&str> {
    if let Some(Unit::Currency(code)) = unit { Some(code) } else { None }
}

pub(super) fn fixed(value: Decimal, decimals: u32) -> String {
    let mut rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded.to_string()
}

pub(super) fn significant(value: Decimal, digits: u32) -> Decimal {
    value
        .round_sf_with_strategy(digits.max(1), RoundingStrategy::MidpointAwayFromZero)
        .unwrap_or(value)
}

/// Without zeros at the end of a fraction.
pub(super) fn trimmed(plain: &str) -> &str {
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
}
