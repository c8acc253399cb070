//! How a writer who is not this crate writes numbers and dates in five languages.

use domain::dataset::Unit;
use domain::series::Grain;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

/// The languages, by their BCP 47 tags.
pub const LOCALES: [&str; 5] = ["en", "es", "pt", "de", "ar"];

/// A written number: its text, what it says, and what its last digit counts.
#[derive(Debug, Clone)]
pub struct Written {
    pub text: String,
    pub value: Decimal,
    pub ulp: Decimal,
}

fn separators(locale: &str) -> (char, char) {
    if matches!(locale, "en" | "ar") { ('.', ',') } else { (',', '.') }
}

fn digits(locale: &str, value: Decimal, decimals: u32) -> String {
    let (decimal, group) = separators(locale);
    let plain = format!("{:.*}", decimals as usize, value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && whole.len() > 3 {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text.push_str(fraction);
    }
    text
}

fn round(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// A value in its unit: whole, or shortened where `is_short` and where there is a word for it.
pub fn level(locale: &str, value: Decimal, unit: Option<&Unit>, is_short: bool) -> Written {
    if unit == Some(&Unit::Percent) {
        return percent(locale, value, 2);
    }
    let short = match locale {
        "en" => [("k", 3), ("M", 6)],
        "es" => [("\u{a0}mil", 3), ("\u{a0}M", 6)],
        "pt" => [("\u{a0}mil", 3), ("\u{a0}mi", 6)],
        "ar" => [(" ألف", 3), (" مليون", 6)],
        _ => [("\u{a0}Tsd.", 3), ("\u{a0}Mio.", 6)],
    };
    let size = short
        .iter()
        .rev()
        .find(|(_, power)| is_short && value >= Decimal::from(10_i64.pow(*power)));
    let (suffix, multiplier, decimals) = match size {
        Some((suffix, power)) => (*suffix, Decimal::from(10_i64.pow(*power)), 1),
        None => ("", Decimal::ONE, 0),
    };
    let mantissa = round(value / multiplier, decimals);
    let number = digits(locale, mantissa, decimals) + suffix;
    let sign = match unit {
        Some(Unit::Currency(code)) => match code.as_str() {
            "USD" => "$",
            "EUR" => "€",
            _ => "R$",
        },
        _ => "",
    };
    let text = match (unit, locale) {
        (Some(Unit::Currency(_)), "es" | "de") => format!("{number}\u{a0}{sign}"),
        (Some(Unit::Currency(_)), "pt") => format!("{sign}\u{a0}{number}"),
        (Some(Unit::Currency(_)), _) => format!("{sign}{number}"),
        (Some(Unit::Other(name)), _) => format!("{number}\u{a0}{name}"),
        _ => number,
    };
    Written {
        text,
        value: mantissa * multiplier,
        ulp: multiplier * Decimal::new(1, decimals),
    }
}

/// A ratio as a percentage, without its sign.
pub fn percent(locale: &str, ratio: Decimal, decimals: u32) -> Written {
    let value = round(ratio.abs() * Decimal::ONE_HUNDRED, decimals);
    let gap = if matches!(locale, "es" | "de") { "\u{a0}" } else { "" };
    Written {
        text: format!("{}{gap}%", digits(locale, value, decimals)),
        value: value / Decimal::ONE_HUNDRED,
        ulp: Decimal::new(1, decimals + 2),
    }
}

/// What percentage points are called.
pub fn points_word(locale: &str) -> &'static str {
    match locale {
        "es" => "puntos porcentuales",
        "pt" => "pontos percentuais",
        "de" => "Prozentpunkte",
        "ar" => "نقطة مئوية",
        _ => "percentage points",
    }
}

/// A difference of two percentages, without its sign.
pub fn points(locale: &str, difference: Decimal) -> Written {
    let value = round(difference.abs() * Decimal::ONE_HUNDRED, 2);
    Written {
        text: format!("{} {}", digits(locale, value, 2), points_word(locale)),
        value: value / Decimal::ONE_HUNDRED,
        ulp: Decimal::new(1, 4),
    }
}

pub fn months(locale: &str) -> [&'static str; 12] {
    match locale {
        "es" => [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        "pt" => [
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
        ],
        "de" => [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        "ar" => [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
        _ => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    }
}

/// A period as part of a sentence, with its preposition: "in October 2026".
pub fn date(locale: &str, at: Date, grain: Grain) -> String {
    let (day, year, quarter) = (at.day(), at.year(), (at.month() - 1) / 3 + 1);
    let month = months(locale)[usize::try_from(at.month() - 1).unwrap()];
    match (locale, grain) {
        ("es", Grain::Month) => format!("en {month} de {year}"),
        ("es", Grain::Quarter) => format!("en el T{quarter} de {year}"),
        ("es", Grain::Week) => format!("en la semana del {day} de {month}"),
        ("es", _) => format!("el {day} de {month} de {year}"),
        ("pt", Grain::Month) => format!("em {month} de {year}"),
        ("pt", Grain::Quarter) => format!("no {quarter}º trimestre de {year}"),
        ("pt", Grain::Week) => format!("na semana de {day} de {month}"),
        ("pt", _) => format!("em {day} de {month} de {year}"),
        ("de", Grain::Month) => format!("im {month} {year}"),
        ("de", Grain::Quarter) => format!("im {quarter}. Quartal {year}"),
        ("de", Grain::Week) => format!("in der Woche vom {day}. {month}"),
        ("de", _) => format!("am {day}. {month} {year}"),
        ("ar", Grain::Month) => format!("في {month} {year}"),
        ("ar", Grain::Quarter) => format!(
            "في الربع {} من {year}",
            ["الأول", "الثاني", "الثالث", "الرابع"][usize::try_from(quarter - 1).unwrap()]
        ),
        ("ar", Grain::Week) => format!("في أسبوع {day} {month}"),
        ("ar", _) => format!("في {day} {month} {year}"),
        (_, Grain::Month) => format!("in {month} {year}"),
        (_, Grain::Quarter) => format!("in Q{quarter} {year}"),
        (_, Grain::Week) => format!("in the week of {day} {month}"),
        _ => format!("on {month} {day}, {year}"),
    }
}

/// So many periods: "3 months".
pub fn periods(locale: &str, count: usize, grain: Grain) -> String {
    let noun = match (locale, grain) {
        ("es", Grain::Month) => "meses",
        ("es", Grain::Quarter) => "trimestres",
        ("es", Grain::Week) => "semanas",
        ("es", _) => "días",
        ("pt", Grain::Month) => "meses",
        ("pt", Grain::Quarter) => "trimestres",
        ("pt", Grain::Week) => "semanas",
        ("pt", _) => "dias",
        ("de", Grain::Month) => "Monate",
        ("de", Grain::Quarter) => "Quartale",
        ("de", Grain::Week) => "Wochen",
        ("de", _) => "Tage",
        ("ar", Grain::Month) => "أشهر",
        ("ar", Grain::Quarter) => "أرباع",
        ("ar", Grain::Week) => "أسابيع",
        ("ar", _) => "أيام",
        (_, Grain::Month) => "months",
        (_, Grain::Quarter) => "quarters",
        (_, Grain::Week) => "weeks",
        _ => "days",
    };
    format!("{count} {noun}")
}
