//! How a reader's country writes numbers and money.

use super::bidi;
use super::suffix::Suffix;
use super::table::Step;
use super::{Locale, Table};
use rust_decimal::Decimal;

/// Separators, the places of percent sign, minus and currency symbol, and the short words for large numbers and durations.
///
/// In Arabic, Hebrew and Persian a number carries invisible marks that keep it in one run and in its order, in whatever line it stands. Who compares
/// or parses such text takes out [`NumberStyle::MARKS`] first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NumberStyle(Locale);

/// Of durations, in seconds.
const DURATION_SECONDS: [i64; 4] = [1, 60, 3_600, 86_400];

/// What is made of the digits.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dress<'a> {
    Plain,
    Percent,
    /// With the currency's code.
    Money(&'a str),
}

impl NumberStyle {
    /// `1,234.5` and `$12`.
    pub const ENGLISH: Self = Self(Locale::ENGLISH);

    /// Before negative numbers in every language.
    pub const MINUS: char = '−';

    /// The invisible marks that numbers and dates have in right-to-left languages: `text.replace(NumberStyle::MARKS, "")`.
    pub const MARKS: [char; 3] = bidi::MARKS;

    /// By BCP 47 tag: `en-US`, `de`, `pt-BR`. An unknown language is written as English.
    pub fn of(tag: &str) -> Self {
        Locale::of(tag).numbers()
    }

    pub(super) fn new(locale: Locale) -> Self {
        Self(locale)
    }

    /// Whose style this is.
    pub fn locale(self) -> Locale {
        self.0
    }

    /// Between whole number and fraction.
    pub fn decimal(self) -> char {
        self.table().decimal
    }

    /// The same in an amount of money; differs in `fr-CH` alone.
    pub fn money_decimal(self) -> char {
        self.table().money_decimal
    }

    /// Between groups of digits. May be a space (U+00A0, U+202F) or an apostrophe (U+2019).
    pub fn group(self) -> char {
        self.table().group
    }

    /// Lakh and crore: `12,34,567`.
    pub fn is_indian(self) -> bool {
        self.table().is_indian
    }

    /// The percent sign with the number as `0`: `0%`, `0 %` (U+00A0), `%0`. The sign is `%` in every language.
    pub fn percent_pattern(self) -> &'static str {
        self.table().percent
    }

    /// What is written for an ISO 4217 code: `$`, `R$`, `kr`; the code itself where no symbol is clear.
    pub fn symbol(self, currency: &str) -> &str {
        self.symbols()
            .find(|(code, _)| *code == currency)
            .map_or(currency, |(_, symbol)| symbol)
    }

    /// Every code that the table knows, and its symbol; no two alike.
    pub fn symbols(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.table().symbols.iter().copied()
    }

    /// Every word that shortens a number, with the power of ten that it stands for: `("Mio.", 6)`.
    pub fn suffixes(self) -> impl Iterator<Item = (&'static str, u32)> {
        let steps = self.table().steps.iter();
        steps.flat_map(|step| step.suffix.texts().map(|text| (text, step.divisor_power)))
    }

    /// Every word for a duration, with its seconds: `("Std.", 3600)`.
    pub fn durations(self) -> impl Iterator<Item = (&'static str, i64)> {
        let durations = self.table().durations.iter().zip(DURATION_SECONDS);
        durations.flat_map(|(suffix, seconds)| suffix.texts().map(move |text| (text, seconds)))
    }

    pub(super) fn steps(self) -> &'static [Step] {
        &self.table().steps
    }

    /// The largest of days, hours, minutes and seconds that leaves two or more: its seconds and its word.
    pub(super) fn duration(self, seconds_max: Decimal) -> (i64, Suffix) {
        let durations = DURATION_SECONDS.iter().copied().zip(self.table().durations);
        let mut fitting = durations.rev().filter(|(seconds, _)| seconds_max >= Decimal::from(2 * seconds));
        fitting.next().unwrap_or((1, self.table().durations[0]))
    }

    /// Plain ASCII digits (`-1234.5`) as this country writes them, with a suffix behind them. A zero has no minus; `is_signed` gives the others a plus.
    pub(super) fn write(self, plain: &str, is_grouped: bool, is_signed: bool, suffix: &str, dress: Dress) -> String {
        let table = self.table();
        let (is_negative, digits) = plain.strip_prefix('-').map_or((false, plain), |digits| (true, digits));
        let is_negative = is_negative && digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
        let sign = match (is_negative, is_signed) {
            (true, _) => Some(Self::MINUS),
            (false, true) => Some('+'),
            (false, false) => None,
        };
        let decimal = if matches!(dress, Dress::Money(_)) {
            table.money_decimal
        } else {
            table.decimal
        };
        // Beside a word that shortens them, four digits need no separator: `1200万`, `1200 M`.
        let first_group_digits_min = if suffix.is_empty() { table.first_group_digits_min } else { 2 };
        let is_grouped = is_grouped && digits.split('.').next().map_or(0, str::len) >= 3 + first_group_digits_min;
        let number = self.digits(digits, is_grouped, decimal) + suffix;
        let (pattern, symbol) = match dress {
            Dress::Plain if sign.is_some() => ("-0", ""),
            Dress::Plain => ("0", ""),
            Dress::Percent => (table.percent, ""),
            Dress::Money(code) if sign.is_some() => (table.money_negative, self.symbol(code)),
            Dress::Money(code) => (table.money, self.symbol(code)),
        };
        let mut text = String::with_capacity(number.len() + 8);
        if let (Dress::Percent, Some(sign)) = (dress, sign) {
            text.push(sign);
        }
        fill(&mut text, pattern, sign, symbol, &number);
        if self.0.is_right_to_left() {
            text = bidi::number(&text, pattern.ends_with('¤'));
        }
        text
    }

    fn digits(self, digits: &str, is_grouped: bool, decimal: char) -> String {
        let table = self.table();
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut text = String::with_capacity(digits.len() + 8);
        for (i, digit) in whole.chars().enumerate() {
            let left = whole.len() - i;
            let is_edge = if table.is_indian {
                left == 3 || (left > 3 && left % 2 == 1)
            } else {
                left % 3 == 0
            };
            if i > 0 && is_grouped && is_edge {
                text.push(table.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(decimal);
            text.push_str(fraction);
        }
        text
    }

    fn table(self) -> &'static Table {
        self.0.table()
    }
}

/// A pattern with its signs replaced. A symbol that ends in a letter or a full stop does not touch the digits.
fn fill(text: &mut String, pattern: &str, sign: Option<char>, symbol: &str, number: &str) {
    for (i, c) in pattern.char_indices() {
        match c {
            '0' => text.push_str(number),
            '-' => text.extend(sign),
            '¤' => {
                text.push_str(symbol);
                let is_word = symbol.chars().last().is_some_and(|last| last.is_alphabetic() || last == '.');
                if is_word && pattern[i + '¤'.len_utf8()..].starts_with('0') {
                    text.push('\u{a0}');
                }
            }
            other => text.push(other),
        }
    }
}
