//! Numbers as people write them.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::currency;
use crate::cell::Mark;

/// What one text can mean as a number. With a point for the decimals, with a comma, or (the usual case) with either alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading {
    /// The value where `.` marks the decimals: `1,234.5`.
    pub(crate) point: Option<Decimal>,
    /// The value where `,` marks the decimals: `1.234,5`.
    pub(crate) comma: Option<Decimal>,
    /// What stood around it.
    pub(crate) mark: Mark,
    /// Digits that are a name rather than a quantity: `00501`, `+442071838750`.
    pub(crate) is_identifier: bool,
}

/// Reads `1,234.50`, `1.234,50 €`, `USD 12`, `(1,234)`, `12 %`, `1.2e5`, `-5`, `5-`; `None` where it is no number in any convention.
pub(crate) fn read(text: &str) -> Option<Reading> {
    if text.len() > 64 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Stripped {
        core,
        negative,
        plus,
        mark,
    } = strip(text)?;
    if !core.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let finish = |value: Decimal| {
        let value = if negative { -value } else { value };
        if mark == Mark::Percent {
            value.checked_mul(Decimal::new(1, 2))
        } else {
            Some(value)
        }
    };
    if core.len() <= 28 && core.bytes().all(|byte| byte.is_ascii_digit()) {
        let value = finish(Decimal::from_str(core).ok()?)?;
        let padded = core.len() > 1 && core.starts_with('0') && !negative;
        let is_identifier = mark == Mark::Plain && (padded || (plus && core.len() >= 9));
        return Some(Reading {
            point: Some(value),
            comma: Some(value),
            mark,
            is_identifier,
        });
    }
    let (mantissa, exponent) = split_exponent(core)?;
    let point = plain(mantissa, '.', exponent).and_then(finish);
    let comma = plain(mantissa, ',', exponent).and_then(finish);
    (point.is_some() || comma.is_some()).then_some(Reading {
        point,
        comma,
        mark,
        is_identifier: false,
    })
}

struct Stripped<'a> {
    core: &'a str,
    negative: bool,
    plus: bool,
    mark: Mark,
}

/// Takes sign, brackets, currency and percent off, each at most once.
fn strip(text: &str) -> Option<Stripped<'_>> {
    let mut core = text.trim();
    let mut negative = false;
    let (mut signed, mut plus) = (false, false);
    let mut mark = Mark::Plain;
    loop {
        let first = core.chars().next()?;
        if first.is_ascii_digit() || matches!(first, '.' | ',') {
            break;
        }
        if matches!(first, '-' | '−' | '–' | '+') && !signed {
            (negative, plus, signed) = (first != '+', first == '+', true);
            core = core[first.len_utf8()..].trim_start();
        } else if !signed && let Some(inner) = core.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            (core, negative, signed) = (inner.trim(), true, true);
        } else if mark == Mark::Plain
            && let Some((code, rest)) = currency::strip_prefix(core)
        {
            (mark, core) = (Mark::Money(code), rest.trim_start());
        } else {
            return None;
        }
    }
    loop {
        let last = core.chars().next_back()?;
        if last.is_ascii_digit() {
            break;
        }
        if matches!(last, '-' | '−') && !signed {
            (negative, signed) = (true, true);
            core = core[..core.len() - last.len_utf8()].trim_end();
        } else if mark == Mark::Plain && last == '%' {
            (mark, core) = (Mark::Percent, core[..core.len() - 1].trim_end());
        } else if mark == Mark::Plain
            && let Some((code, rest)) = currency::strip_suffix(core)
        {
            (mark, core) = (Mark::Money(code), rest.trim_end());
        } else if last == '.' && core[..core.len() - 1].bytes().all(|byte| byte.is_ascii_digit()) {
            core = &core[..core.len() - 1];
        } else {
            return None;
        }
    }
    Some(Stripped {
        core,
        negative,
        plus,
        mark,
    })
}

/// `1.2e5` into `1.2` and 5; `None` for an exponent that no decimal can hold.
fn split_exponent(core: &str) -> Option<(&str, i32)> {
    match core.split_once(['e', 'E']) {
        None => Some((core, 0)),
        Some((mantissa, exponent)) => {
            let exponent: i32 = exponent.parse().ok()?;
            (-28..=28).contains(&exponent).then_some((mantissa, exponent))
        }
    }
}

/// Digits with groups and decimals, `decimal` marking the latter.
fn plain(text: &str, decimal: char, exponent: i32) -> Option<Decimal> {
    let (whole, fraction) = text.split_once(decimal).unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut digits = ungrouped(whole)?;
    if digits.is_empty() {
        digits.push('0');
    }
    if !fraction.is_empty() {
        digits.push('.');
        digits.push_str(fraction);
    }
    if exponent == 0 {
        Decimal::from_str(&digits).ok()
    } else {
        Decimal::from_scientific(&format!("{digits}e{exponent}")).ok()
    }
}

/// Takes the group separators out: one kind, threes from the right, or `12,34,567` as in India.
fn ungrouped(whole: &str) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    if !matches!(separator, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_') {
        return None;
    }
    let groups: Vec<&str> = whole.split(separator).collect();
    let (first, inner, last) = (groups.first()?, groups.get(1..groups.len() - 1)?, groups.last()?);
    let by =
        |digits: usize| (1..=digits).contains(&first.len()) && !first.starts_with('0') && inner.iter().all(|group| group.len() == digits);
    let well_grouped = last.len() == 3 && (by(3) || (separator == ',' && by(2)));
    let digits: String = groups.concat();
    (well_grouped && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        use Mark::{Money, Percent, Plain};
        let table: [(&str, Option<&str>, Option<&str>, Mark); 39] = [
            ("0", Some("0"), Some("0"), Plain),
            ("-5", Some("-5"), Some("-5"), Plain),
            ("−5", Some("-5"), Some("-5"), Plain),
            ("5-", Some("-5"), Some("-5"), Plain),
            ("+5", Some("5"), Some("5"), Plain),
            ("(1,234)", Some("-1234"), Some("-1.234"), Plain),
            ("1,234", Some("1234"), Some("1.234"), Plain),
            ("1.234", Some("1.234"), Some("1234"), Plain),
            ("1,234.50", Some("1234.50"), None, Plain),
            ("1.234,50", None, Some("1234.50"), Plain),
            ("1.234.567", None, Some("1234567"), Plain),
            ("12,34,567.5", Some("1234567.5"), None, Plain),
            ("1 234,5", None, Some("1234.5"), Plain),
            ("1\u{202f}234,5", None, Some("1234.5"), Plain),
            ("1'234.5", Some("1234.5"), None, Plain),
            (".5", Some("0.5"), None, Plain),
            ("5.", Some("5"), Some("5"), Plain),
            ("1.5e3", Some("1500"), None, Plain),
            ("1,5E-3", None, Some("0.0015"), Plain),
            ("12345678901234567.89", Some("12345678901234567.89"), None, Plain),
            ("$1,234.50", Some("1234.50"), None, Money("USD")),
            ("-$12", Some("-12"), Some("-12"), Money("USD")),
            ("$-12", Some("-12"), Some("-12"), Money("USD")),
            ("($12.50)", Some("-12.50"), None, Money("USD")),
            ("$ (1,234.50)", Some("-1234.50"), None, Money("USD")),
            ("1.234,50 €", None, Some("1234.50"), Money("EUR")),
            ("€ 3", Some("3"), Some("3"), Money("EUR")),
            ("USD 12", Some("12"), Some("12"), Money("USD")),
            ("12 CHF", Some("12"), Some("12"), Money("CHF")),
            ("R$ 1.000,00", None, Some("1000.00"), Money("BRL")),
            ("250 kr", Some("250"), Some("250"), Money("kr")),
            ("12%", Some("0.12"), Some("0.12"), Percent),
            ("12,5 %", None, Some("0.125"), Percent),
            ("-0.5%", Some("-0.005"), None, Percent),
            ("1,23", None, Some("1.23"), Plain),
            ("1,2345", None, Some("1.2345"), Plain),
            ("1234,567", None, Some("1234.567"), Plain),
            ("0,5", None, Some("0.5"), Plain),
            ("1,000,000", Some("1000000"), None, Plain),
        ];
        for (text, point, comma, mark) in table {
            let reading = read(text).unwrap_or_else(|| panic!("{text} is a number"));
            let decimal = |text: Option<&str>| text.map(|text| Decimal::from_str(text).unwrap());
            assert_eq!(
                (reading.point, reading.comma, reading.mark),
                (decimal(point), decimal(comma), mark),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "-",
            "abc",
            "12a",
            "1.2.3",
            "1,23,4",
            "2026-11-20",
            "20.11.2026",
            "12:30",
            "$",
            "1e999",
            "--5",
            "5%%",
            "$5€",
            "1 2 3",
            "0x1F",
            "1/2",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn digits_that_are_names() {
        for (text, expected) in [
            ("00501", true),
            ("07", true),
            ("0", false),
            ("0.5", false),
            ("+442071838750", true),
            ("+5", false),
            ("501", false),
        ] {
            assert_eq!(read(text).unwrap().is_identifier, expected, "{text}");
        }
    }
}
