//! Any number, in any locale: it is written without a panic, of known characters, and is read back to what it was, as rounded.

use super::{money, unmarked};
use crate::dataset::Unit;
use crate::locale::{Compact, Locale, NumberFormat, NumberStyle};
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

fn any_decimal() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        6 => (-10_000_000_000_000i64..10_000_000_000_000, 0u32..8).prop_map(|(digits, scale)| Decimal::new(digits, scale)),
        2 => (-9i64..=9, 0u32..14).prop_map(|(digit, power)| Decimal::from(digit * 10_i64.pow(power))),
        1 => any::<(i64, u32)>().prop_map(|(digits, scale)| Decimal::new(digits, scale % 29)),
        1 => select(vec![Decimal::ZERO, Decimal::MAX, Decimal::MIN, Decimal::new(1, 28)]),
    ]
}

fn any_unit() -> impl Strategy<Value = Option<Unit>> {
    select(vec![
        None,
        Some(Unit::Percent),
        Some(Unit::Seconds),
        Some(money("USD")),
        Some(money("AED")),
        Some(money("DKK")),
        Some(money("XAU")),
    ])
}

fn any_locale() -> impl Strategy<Value = Locale> {
    select(Locale::all().collect::<Vec<_>>())
}

const FORMATS: [&str; 10] = ["", ",", ",.2f", "$,.2f", "+.1%", "$.1%", ".3s", "~s", ",d", "+,.3r"];

/// The number in a text of ours, and the size of its last place, by the style's public tables alone.
fn read(style: NumberStyle, text: &str, unit: Option<&Unit>) -> Option<(Decimal, Decimal)> {
    let text = unmarked(text);
    let symbol = match unit {
        Some(Unit::Currency(code)) => style.symbol(code),
        Some(Unit::Percent) => "%",
        _ => "",
    };
    // Once: Denmark's symbol is `kr.`, Austria's short words end with a full stop too.
    let text = text.replacen(symbol, "", 1);
    let is_negative = text.contains(NumberStyle::MINUS);
    let text = text.replace([NumberStyle::MINUS, '+'], "");
    let text = text.trim();
    let last = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (digits, suffix) = text.split_at(last);
    let suffix = suffix.trim();
    let factor = match unit {
        Some(Unit::Percent) => Decimal::new(1, 2),
        Some(Unit::Seconds) => Decimal::from(style.durations().find(|(word, _)| *word == suffix)?.1),
        _ if suffix.is_empty() => Decimal::ONE,
        _ => Decimal::from_i128_with_scale(10_i128.pow(style.suffixes().find(|(word, _)| *word == suffix)?.1), 0),
    };
    let decimal = if matches!(unit, Some(Unit::Currency(_))) {
        style.money_decimal()
    } else {
        style.decimal()
    };
    let plain: String = digits
        .chars()
        .filter(|c| *c != style.group())
        .map(|c| if c == decimal { '.' } else { c })
        .collect();
    let number: Decimal = plain.parse().ok()?;
    let place = Decimal::new(1, number.scale()).checked_mul(factor)?;
    let number = number.checked_mul(factor)?;
    Some((if is_negative { -number } else { number }, place))
}

/// Beyond this, products with factors do not fit a decimal; below the other, nor does half of the last place.
fn is_readable(value: Decimal) -> bool {
    value.abs() < Decimal::from(10_i64.pow(17)) && value.scale() < 20
}

proptest! {
    #[test]
    fn is_read_back(value in any_decimal(), larger in any_decimal(), unit in any_unit(), locale in any_locale()) {
        let style = locale.numbers();
        let unit = unit.as_ref();
        let compact = Compact::of(value.abs().max(larger.abs()), unit, style);
        let tick = compact.tick(value, Decimal::new(25, 1), unit);
        prop_assert!(!tick.is_empty());
        let text = compact.value(value, None, unit);
        if is_readable(value) {
            let (read, place) = read(style, &text, unit).ok_or_else(|| TestCaseError::fail(format!("{locale}: {text:?} of {value}")))?;
            prop_assert!((read - value).abs() <= place / Decimal::TWO, "{}: {:?} of {} is read as {}", locale, text, value, read);
        }
    }

    #[test]
    fn is_of_known_characters(value in any_decimal(), format in select(FORMATS.as_slice()), unit in any_unit(), locale in any_locale()) {
        let style = locale.numbers();
        let text = format.parse::<NumberFormat>().map_err(TestCaseError::fail)?.write(value, unit.as_ref(), &style);
        let code = match &unit { Some(Unit::Currency(code)) => code, _ => "USD" };
        let symbol = if format.contains('$') { style.symbol(code) } else { "" };
        let known = |c: char| {
            c.is_ascii_digit()
                || [style.decimal(), style.money_decimal(), style.group(), NumberStyle::MINUS, '+', '%', '\u{a0}'].contains(&c)
                || "TGMkmµ".contains(c)
                || symbol.contains(c)
                || (locale.is_right_to_left() && NumberStyle::MARKS.contains(&c))
        };
        prop_assert!(text.chars().any(|c| c.is_ascii_digit()), "{}: {:?}", locale, text);
        prop_assert!(text.chars().all(known), "{}: {:?}", locale, text);
    }
}
