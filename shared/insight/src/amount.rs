//! A number with its unit, and how it is written for its reader: "$12.3k", "7,1 %", "4.5 h", "1.204 Bestellungen".

use domain::dataset::Unit;
use domain::locale::{Compact, Locale, NumberFormat, NumberStyle};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::cell_text::{UNIT_GRAPHEMES_MAX, is_right_to_left, tame};
use crate::language::percentage_points;

/// What a difference of two percentages is counted in: 12 % to 13.5 % is 1.5 of these, not 1.5 %.
pub const PERCENTAGE_POINTS: &str = "percentage points";

/// A number and what it counts. As in a dataset, 12 % is 0.12 with [`Unit::Percent`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Exact.
    pub value: Decimal,
    /// What it counts; `None` for a bare number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
}

impl Amount {
    /// A number of that unit.
    pub fn new(value: Decimal, unit: Option<&Unit>) -> Self {
        Self {
            value,
            unit: unit.cloned(),
        }
    }

    /// A bare number of things.
    pub fn count(things: usize) -> Self {
        Self {
            value: Decimal::from(things),
            unit: None,
        }
    }

    /// A ratio, written as a percentage.
    pub fn ratio(value: Decimal) -> Self {
        Self {
            value,
            unit: Some(Unit::Percent),
        }
    }

    /// The difference of two numbers of that unit: percentage points where they are percentages.
    pub fn difference(value: Decimal, unit: Option<&Unit>) -> Self {
        match unit {
            Some(Unit::Percent) => {
                let points = value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value);
                Self {
                    value: points,
                    unit: Some(Unit::Other(PERCENTAGE_POINTS.to_owned())),
                }
            }
            other => Self::new(value, other),
        }
    }

    /// The same without its sign, for sentences in which a word carries the direction.
    pub fn abs(&self) -> Self {
        Self {
            value: self.value.abs(),
            unit: self.unit.clone(),
        }
    }
}

/// How precisely a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Precision {
    /// Digits that count; `None`: all of them. Digits before the point are never rounded away, only shortened to thousands or millions.
    digits: Option<u32>,
    /// A difference that must show.
    detail: Option<Decimal>,
    /// The largest number that stands beside it and is shortened alike.
    max: Option<Decimal>,
}

impl Precision {
    /// Three digits: enough for a glance.
    pub const GLANCE: Self = Self::of_digits(Some(3));
    /// Two digits, for changes.
    pub const CHANGE: Self = Self::of_digits(Some(2));
    /// Counts.
    pub const FULL: Self = Self::of_digits(None);
    /// Of two numbers that differ by less than one in so many, the difference is not shown.
    const DETAIL_ONE_IN: u32 = 1_000_000;

    const fn of_digits(digits: Option<u32>) -> Self {
        Self {
            digits,
            detail: None,
            max: None,
        }
    }

    /// So many digits that the reader who subtracts one written value from the other gets the difference to within a tenth.
    pub fn of_pair(one: &Amount, other: &Amount, locale: Locale) -> Self {
        let max = one.value.abs().max(other.value.abs());
        let plain = Self {
            max: Some(max),
            ..Self::GLANCE
        };
        let difference = one.value.checked_sub(other.value).unwrap_or_default().abs();
        let is_seen = difference
            .checked_mul(Decimal::from(Self::DETAIL_ONE_IN))
            .is_none_or(|times| times >= max);
        if difference.is_zero() || !is_seen {
            return plain;
        }
        let divisor = divisor(one.unit.as_ref(), max, locale);
        let scaled = |value: Decimal| value.checked_div(divisor).unwrap_or(value);
        let is_exact = |detail: &Decimal| {
            let decimals = decimals_of(scaled(*detail), 1);
            let rounded = |amount: &Amount| round(scaled(amount.value), decimals.max(decimals_of(scaled(amount.value), 3)));
            let error = ((rounded(one) - rounded(other)).abs() - scaled(difference)).abs();
            error.checked_mul(Decimal::TEN).is_some_and(|tenfold| tenfold <= scaled(difference))
        };
        let finer = difference.checked_div(Decimal::TEN).unwrap_or(difference);
        Self {
            detail: Some(if is_exact(&difference) { difference } else { finer }),
            ..plain
        }
    }
}

/// Currencies written with a sign, as on the picture; the others stand with their code.
pub(crate) const SIGNS: [(&str, &str); 19] = [
    ("USD", "$"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("JPY", "¥"),
    ("CNY", "¥"),
    ("INR", "₹"),
    ("BRL", "R$"),
    ("KRW", "₩"),
    ("ILS", "₪"),
    ("NGN", "₦"),
    ("UAH", "₴"),
    ("TRY", "₺"),
    ("VND", "₫"),
    ("PHP", "₱"),
    ("CAD", "CA$"),
    ("AUD", "A$"),
    ("MXN", "MX$"),
    ("HKD", "HK$"),
    ("NZD", "NZ$"),
];

/// The sign of a currency, or its code.
pub(crate) fn sign(code: &str) -> &str {
    SIGNS.iter().find(|(known, _)| *known == code).map_or(code, |(_, sign)| sign)
}

/// Whether it is written like an ISO 4217 code.
pub(crate) fn is_currency_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A unit out of the data, made fit for sentences: what it counts is one short line, a currency is a code.
pub(crate) fn tame_unit(unit: &Unit) -> Option<Unit> {
    match unit {
        Unit::Currency(name) if !is_currency_code(name) => tame_unit(&Unit::Other(name.clone())),
        Unit::Other(name) => Some(tame(name, UNIT_GRAPHEMES_MAX))
            .filter(|name| !name.is_empty())
            .map(Unit::Other),
        Unit::Currency(_) | Unit::Percent | Unit::Seconds => Some(unit.clone()),
    }
}

/// By what a number is divided before it is written, so that its written digits are its own: thousands, hours; percent are hundredths.
fn divisor(unit: Option<&Unit>, max: Decimal, locale: Locale) -> Decimal {
    match unit {
        Some(Unit::Percent) => Decimal::new(1, 2),
        Some(Unit::Other(_)) => Compact::of(max, None, locale.numbers()).divisor(),
        unit => Compact::of(max, unit, locale.numbers()).divisor(),
    }
}

/// Decimal places that leave so many digits.
fn decimals_of(size: Decimal, digits: u32) -> u32 {
    let size = size.abs();
    if size.is_zero() {
        return 0;
    }
    let mut whole_digits: i64 = 0;
    let mut rest = size;
    while rest >= Decimal::ONE {
        rest = rest.checked_div(Decimal::TEN).unwrap_or_default();
        whole_digits += 1;
    }
    while whole_digits <= 0 && rest < Decimal::new(1, 1) && whole_digits > -28 {
        rest *= Decimal::TEN;
        whole_digits -= 1;
    }
    u32::try_from(i64::from(digits) - whole_digits).unwrap_or(0).min(28)
}

fn round(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// The amount as its reader writes it. Rounded half away from zero; a true zero is "0", nothing else is written as "0".
pub(crate) fn written(amount: &Amount, precision: Precision, locale: Locale) -> String {
    let style = locale.numbers();
    let (unit, name) = match &amount.unit {
        Some(Unit::Other(name)) => (None, name.as_str()),
        other => (other.as_ref(), ""),
    };
    // What its neighbours' hours or millions would leave nothing of is written by itself.
    let vanishes = |max| {
        amount
            .value
            .checked_div(divisor(unit, max, locale))
            .is_some_and(|scaled| scaled.is_zero())
            && !amount.value.is_zero()
    };
    let precision = match precision.max {
        Some(max) if vanishes(max) => Precision::of_digits(precision.digits),
        _ => precision,
    };
    let value = match precision.digits {
        Some(digits) => {
            let divisor = divisor(unit, precision.max.unwrap_or(amount.value), locale);
            let scaled = amount.value.checked_div(divisor);
            // What a detail asks for is rounded where it is written.
            let is_cents = matches!(unit, Some(Unit::Currency(_))) && divisor == Decimal::ONE;
            let decimals = |scaled| match decimals_of(scaled, digits) {
                1 if is_cents => 2,
                decimals => decimals,
            };
            let rounded = scaled
                .filter(|_| precision.detail.is_none())
                .map(|scaled| round(scaled, decimals(scaled)));
            rounded.and_then(|rounded| rounded.checked_mul(divisor)).unwrap_or(amount.value)
        }
        None => amount.value,
    };
    let number = match precision.digits {
        Some(_) => Compact::of(precision.max.unwrap_or(value), unit, style).value(value, precision.detail, unit),
        None => full(value, style),
    };
    if name.is_empty() {
        return number;
    }
    let name = if name == PERCENTAGE_POINTS {
        percentage_points(locale, value.abs())
    } else {
        name
    };
    // In a right-to-left line, number and Latin name stay one left-to-right run.
    let is_latin = locale.is_right_to_left() && !name.chars().any(is_right_to_left) && name.chars().any(char::is_alphabetic);
    let is_marked = number.starts_with(NumberStyle::MARKS);
    let mark = if is_latin && !is_marked { "\u{200e}" } else { "" };
    format!("{mark}{number}\u{a0}{name}")
}

/// All digits of a whole number.
fn full(value: Decimal, style: NumberStyle) -> String {
    let format: Result<NumberFormat, _> = ",d".parse();
    format.map_or_else(|_| value.to_string(), |format| format.write(value, None, &style))
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
