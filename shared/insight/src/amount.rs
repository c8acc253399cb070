//! A number with its unit, and how it is written for people: "$12.3k", "7.1%", "4.5 h", "1,204 orders".

use domain::dataset::Unit;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::cell_text::{UNIT_GRAPHEMES_MAX, tame};

/// What a difference of two percentages is counted in: 12 % to 13.5 % is 1.5 of these, not 1.5 %.
pub const PERCENTAGE_POINTS: &str = "percentage points";

/// One of them.
pub(crate) const PERCENTAGE_POINT: &str = "percentage point";

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
pub struct Precision {
    /// Digits that count. Digits before the point are never rounded away, only shortened to k, M, B.
    pub digits: u32,
    /// From this size on it is shortened to k.
    pub short_from: u32,
}

impl Precision {
    /// Three digits, "k" from 10,000: enough for a glance.
    pub const GLANCE: Self = Self {
        digits: 3,
        short_from: 10_000,
    };
    /// Two digits, for changes in percent.
    pub const CHANGE: Self = Self {
        digits: 2,
        short_from: 10_000,
    };
    const DIGITS_MAX: u32 = 7;

    /// So many digits that the reader who subtracts one written value from the other gets the difference to within a tenth.
    pub fn of_pair(one: &Amount, other: &Amount) -> Self {
        let larger = one.value.abs().max(other.value.abs());
        let short_from = if larger >= Decimal::from(10_000) { 1_000 } else { 10_000 };
        let difference = (scaled(one) - scaled(other)).abs();
        let fits = |digits: &u32| {
            let precision = Self {
                digits: *digits,
                short_from,
            };
            let apparent = Shape::of(one, precision).rounded_value() - Shape::of(other, precision).rounded_value();
            let error = (apparent.abs() - difference).abs();
            error.checked_mul(Decimal::TEN).is_some_and(|tenfold| tenfold <= difference)
        };
        let digits = (Self::GLANCE.digits..=Self::DIGITS_MAX).find(fits).unwrap_or(Self::GLANCE.digits);
        Self { digits, short_from }
    }
}

const SHORT: [(&str, u32); 4] = [("T", 12), ("B", 9), ("M", 6), ("k", 3)];
/// Seconds per unit of time, with the unit as it is written.
pub(crate) const TIMES: [(&str, u32); 4] = [("days", 86_400), ("h", 3_600), ("min", 60), ("s", 1)];
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

/// A number taken apart as it will be written: prefix, rounded mantissa, suffix.
struct Shape {
    negative: bool,
    prefix: String,
    mantissa: Decimal,
    multiplier: Decimal,
    decimals_min: u32,
    suffix: String,
}

impl Shape {
    fn of(amount: &Amount, precision: Precision) -> Self {
        let value = scaled(amount);
        let size = value.abs();
        let shape = |prefix: String, multiplier: Decimal, suffix: String, money: bool| {
            let exact = size.checked_div(multiplier).unwrap_or(size);
            let decimals = decimals_of(exact, precision.digits, money);
            let mantissa = exact
                .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
                .normalize();
            let decimals_min = if money && mantissa.scale() > 0 { 2 } else { 0 };
            Self {
                negative: value.is_sign_negative() && !mantissa.is_zero(),
                prefix,
                mantissa,
                multiplier,
                decimals_min,
                suffix,
            }
        };
        let prefix = match &amount.unit {
            Some(Unit::Currency(code)) if sign(code) == code => format!("{code}\u{a0}"),
            Some(Unit::Currency(code)) => sign(code).to_owned(),
            _ => String::new(),
        };
        let size_is_one = |shape: Self| {
            if shape.mantissa == Decimal::ONE {
                Self {
                    suffix: shape.suffix.replace(PERCENTAGE_POINTS, PERCENTAGE_POINT),
                    ..shape
                }
            } else {
                shape
            }
        };
        let after = match &amount.unit {
            Some(Unit::Percent) => return shape(prefix, Decimal::ONE, "%".to_owned(), false),
            Some(Unit::Seconds) => {
                let (name, seconds) = TIMES
                    .iter()
                    .find(|(_, seconds)| size >= Decimal::from(*seconds))
                    .unwrap_or(&TIMES[3]);
                return shape(prefix, Decimal::from(*seconds), format!("\u{a0}{name}"), false);
            }
            Some(Unit::Other(name)) if !name.is_empty() => format!("\u{a0}{name}"),
            _ => String::new(),
        };
        if size < Decimal::from(precision.short_from) {
            let money = matches!(amount.unit, Some(Unit::Currency(_)));
            let whole = shape(prefix.clone(), Decimal::ONE, after.clone(), money);
            if whole.mantissa < Decimal::from(precision.short_from) {
                return size_is_one(whole);
            }
        }
        // From the largest name down: the first in which the rounded number is at least 1 ("999,960" is "1M", not "1000k").
        let shorts = SHORT
            .iter()
            .map(|(name, power)| shape(prefix.clone(), Decimal::from(10_u64.pow(*power)), format!("{name}{after}"), false));
        let mut fitting = shorts.filter(|short| short.mantissa >= Decimal::ONE);
        fitting
            .next()
            .unwrap_or_else(|| shape(prefix.clone(), Decimal::ONE, after.clone(), false))
    }

    fn rounded_value(&self) -> Decimal {
        let size = self.mantissa.checked_mul(self.multiplier).unwrap_or(self.mantissa);
        if self.negative { -size } else { size }
    }

    fn write(&self) -> String {
        let digits = self.mantissa.to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        text.push_str(if self.negative { "−" } else { "" });
        text.push_str(&self.prefix);
        for (position, digit) in whole.chars().enumerate() {
            if position > 0 && (whole.len() - position).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
            (fraction.len()..self.decimals_min as usize).for_each(|_| text.push('0'));
        }
        text.push_str(&self.suffix);
        text
    }
}

/// The value as it is written: percentages times a hundred.
fn scaled(amount: &Amount) -> Decimal {
    match amount.unit {
        Some(Unit::Percent) => amount.value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(amount.value),
        _ => amount.value,
    }
}

/// Decimal places that leave so many digits. Money has two places or none.
fn decimals_of(size: Decimal, digits: u32, money: bool) -> u32 {
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
    let decimals = u32::try_from(i64::from(digits) - whole_digits).unwrap_or(0).min(28);
    if money && decimals == 1 { 2 } else { decimals }
}

/// The amount as people read it in English. Rounded as written, half away from zero; a true zero is "0", nothing else is written as "0".
pub fn written(amount: &Amount, precision: Precision) -> String {
    Shape::of(amount, precision).write()
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
