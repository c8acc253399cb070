//! Expected texts: what Babel makes of some values in every locale, what we promise, and what holds for any number.

#![expect(clippy::unwrap_used, reason = "tests")]

mod any_number;
mod babel;
mod promised;

use super::{Compact, NumberFormat, NumberStyle};
use crate::dataset::Unit;
use rust_decimal::Decimal;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn compact(style: NumberStyle, value: Decimal, unit: Option<&Unit>) -> String {
    Compact::of(value, unit, style).value(value, None, unit)
}

fn formatted(style: NumberStyle, format: &str, value: &str, unit: Option<&Unit>) -> String {
    format.parse::<NumberFormat>().unwrap().write(d(value), unit, &style)
}

/// Without the marks of right-to-left text.
fn unmarked(text: &str) -> String {
    text.replace(NumberStyle::MARKS, "")
}

fn money(code: &str) -> Unit {
    Unit::Currency(code.to_owned())
}
