//! A number in digits, with what is written onto it: sign, currency, size, percent sign.

use domain::locale::NumberStyle;
use rust_decimal::Decimal;

use super::clock::{calendar, clock};
use crate::amount::{self, SIGNS, is_currency_code};

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits {
    /// Without its sign, as written, in each way in which the digits may be read: "1.234" is one number to an English reader and another to a
    /// German one, so there is only one reading per locale; `None` where they are no number.
    pub value: Option<Decimal>,
    /// What the last written digit counts.
    pub unit: Decimal,
    pub is_negative: bool,
    pub is_positive: bool,
    /// A sign or code.
    pub currency: Option<String>,
    pub is_percent: bool,
    /// "1.5x".
    pub is_factor: bool,
    /// "3rd", "12.".
    pub is_ordinal: bool,
    /// Digits alone, so that it may be a year or a day.
    pub plain: Option<u32>,
    /// "14:00".
    pub time: Option<(i8, i8)>,
    /// "2026-10-05" and the like.
    pub date: Option<(i16, i8, i8)>,
}

/// Words for powers of ten that any reader understands, beside those of the locale. Capitals count.
const SIZES: [(&str, u32); 34] = [
    ("k", 3),
    ("K", 3),
    ("Tsd.", 3),
    ("Tsd", 3),
    ("mil", 3),
    ("thousand", 3),
    ("Tausend", 3),
    ("ألف", 3),
    ("آلاف", 3),
    ("lakh", 5),
    ("M", 6),
    ("mn", 6),
    ("Mio.", 6),
    ("Mio", 6),
    ("million", 6),
    ("millón", 6),
    ("millones", 6),
    ("milhão", 6),
    ("milhões", 6),
    ("Million", 6),
    ("Millionen", 6),
    ("مليون", 6),
    ("ملايين", 6),
    ("crore", 7),
    ("bn", 9),
    ("Mrd.", 9),
    ("Mrd", 9),
    ("billion", 9),
    ("mil millones", 9),
    ("bilhões", 9),
    ("Milliarden", 9),
    ("مليار", 9),
    ("tn", 12),
    ("trillion", 12),
];
/// Signs of currencies beside those of the locale.
const MORE_SIGNS: [&str; 2] = ["US$", "C$"];

/// How a reader's country writes numbers.
pub(super) struct Manner {
    style: NumberStyle,
    decimal: char,
    group: char,
    /// Longest first.
    sizes: Vec<(&'static str, u32)>,
    /// Longest first.
    signs: Vec<&'static str>,
}

impl Manner {
    /// By BCP 47 tag.
    pub fn of(tag: &str) -> Self {
        let style = NumberStyle::of(tag);
        let mut sizes: Vec<(&str, u32)> = style.suffixes().filter(|(name, _)| !name.is_empty()).collect();
        for (name, power) in SIZES {
            if sizes.iter().all(|(known, _)| *known != name) {
                sizes.push((name, power));
            }
        }
        sizes.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        let mut signs: Vec<&str> = style
            .symbols()
            .map(|(_, sign)| sign)
            .chain(SIGNS.iter().map(|(_, sign)| *sign))
            .chain(MORE_SIGNS)
            .collect();
        signs.sort_by_key(|sign| std::cmp::Reverse(sign.len()));
        signs.dedup();
        Self {
            style,
            decimal: style.decimal(),
            group: style.group(),
            sizes,
            signs,
        }
    }

    /// Whether a currency is written like this here, or anywhere without doubt.
    pub fn is_sign_of(&self, sign: &str, code: &str) -> bool {
        sign == code || sign == self.style.symbol(code) || sign == amount::sign(code) || (code == "USD" && sign == "US$")
    }
}

/// The number that a text begins with, its sign and currency included, and its length in bytes. `before` is the character before it; `is_name` says whether
/// a text begins with a name of the data.
pub(super) fn read(rest: &str, before: Option<char>, manner: &Manner, is_name: &dyn Fn(&str) -> bool) -> Option<(Digits, usize)> {
    let starts = !before.is_some_and(|before| before.is_numeric() || (is_latin(before) && rest.starts_with(|c: char| c.is_numeric())));
    let mut at = 0;
    let mut number = Digits {
        value: None,
        unit: Decimal::ONE,
        is_negative: false,
        is_positive: false,
        currency: None,
        is_percent: false,
        is_factor: false,
        is_ordinal: false,
        plain: None,
        time: None,
        date: None,
    };
    // Sign and currency in either order: "−$5", "$−5", "R$ 5", "EUR 5".
    for _ in 0..3 {
        let here = rest.get(at..)?;
        let here = if at > 0 { here.trim_start_matches(is_hidden) } else { here };
        at = rest.len() - here.len();
        if let Some(sign) = here.chars().next().filter(|c| matches!(c, '−' | '-' | '+' | '–')) {
            let is_between = at == 0 && before.is_some_and(char::is_alphanumeric);
            if is_between || number.is_negative || number.is_positive {
                return None;
            }
            number.is_negative = sign != '+';
            number.is_positive = sign == '+';
            at += sign.len_utf8();
        } else if let Some((currency, length)) = currency(here, manner, number.currency.is_some(), (at == 0).then_some(before).flatten()) {
            number.currency = Some(currency);
            at += length;
            at += space(rest.get(at..)?, 1);
        } else {
            break;
        }
    }
    let here = rest.get(at..)?;
    if !here.starts_with(is_digit) {
        return if here.starts_with(char::is_numeric) && at == 0 && starts {
            let length = here.find(|c: char| !c.is_alphanumeric()).unwrap_or(here.len());
            Some((number, length))
        } else {
            None
        };
    }
    if !starts && at == 0 {
        return None;
    }
    if let Some((date, length)) = calendar(here).filter(|_| at == 0) {
        number.date = Some(date);
        return Some((number, length));
    }
    if let Some((time, length)) = clock(here).filter(|_| at == 0) {
        number.time = Some(time);
        return Some((number, length));
    }
    let is_bare = at == 0;
    let (value, length) = mantissa(here, manner);
    at += length;
    number.value = value;
    number.unit = value.map_or(Decimal::ONE, |value| Decimal::new(1, value.scale()));
    let whole = here.get(..length)?;
    if is_bare && whole.chars().all(is_digit) && length <= 10 * 4 {
        number.plain = ascii(whole).parse().ok();
    }
    let at = suffix(rest, at, &mut number, manner, is_name)?;
    Some((number, at))
}

/// Size, currency, percent sign and the like behind the digits.
fn suffix(rest: &str, mut at: usize, number: &mut Digits, manner: &Manner, is_name: &dyn Fn(&str) -> bool) -> Option<usize> {
    let here = rest.get(at..)?;
    let gap = space(here, 1);
    let behind = here.get(gap..)?;
    let size = manner.sizes.iter().find(|(name, _)| {
        behind.strip_prefix(name).is_some_and(|after| {
            let is_long = name.len() > 2;
            // A single letter belongs to the number only where it is written onto it, or is parted by a space that does not break.
            (gap == 0 || is_long || here.starts_with(['\u{a0}', '\u{202f}'])) && !after.starts_with(char::is_alphanumeric)
        })
    });
    if let Some((name, power)) = size {
        let multiplier = Decimal::from(10_u64.checked_pow(*power)?);
        number.value = number.value.and_then(|value| value.checked_mul(multiplier));
        number.unit = number.unit.checked_mul(multiplier).unwrap_or(number.unit);
        number.plain = None;
        at += gap + name.len();
    }
    let here = rest.get(at..)?;
    let gap = space(here, 1);
    let behind = here.get(gap..)?;
    if gap > 0 && is_name(behind) {
        // A unit of its own, whatever it begins with.
        return Some(at);
    }
    if let Some(sign) = behind.chars().next().filter(|c| matches!(c, '%' | '٪' | '﹪' | '％')) {
        number.is_percent = true;
        number.plain = None;
        at += gap + sign.len_utf8();
    } else if number.currency.is_none()
        && let Some((currency, length)) = currency(behind, manner, false, None)
        && !behind.get(length..)?.starts_with(char::is_alphanumeric)
    {
        number.currency = Some(currency);
        number.plain = None;
        at += gap + length;
    } else if let Some(mark) = here.chars().next().filter(|c| matches!(c, 'x' | '×')) {
        let after = here.get(mark.len_utf8()..)?;
        if !after.starts_with(char::is_alphanumeric) {
            number.is_factor = true;
            number.plain = None;
            at += mark.len_utf8();
        }
    } else if let Some(end) = ["st", "nd", "rd", "th", "º", "ª", "°", "er", "er."].iter().find(|end| {
        here.strip_prefix(**end)
            .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    }) {
        number.is_ordinal = true;
        at += end.len();
    }
    let here = rest.get(at..)?;
    if here.starts_with(|c: char| is_latin(c) || c.is_numeric()) {
        // "7b1": no number that we know how to read.
        number.value = None;
        number.plain = None;
        at += here.find(|c: char| !c.is_alphanumeric()).unwrap_or(here.len());
    } else if here.starts_with('.') && number.plain.is_some_and(|plain| plain <= 31) && !number.is_ordinal {
        let after = here.get(1..)?;
        let next = after.trim_start_matches([' ', '\u{a0}']);
        // "12. Oktober": an ordinal, unless a sentence ends there; the date decides.
        if next.len() < after.len() && next.starts_with(char::is_alphabetic) {
            number.is_ordinal = true;
            at += 1;
        }
    }
    Some(at)
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '\u{600}'..='\u{6FF}' | '\u{3000}'..='\u{9FFF}')
}

/// What turns the direction of writing and is not seen.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many bytes of space stand first, at most so many characters.
fn space(text: &str, chars_max: usize) -> usize {
    text.chars()
        .take(chars_max)
        .take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') || is_hidden(*c))
        .map(char::len_utf8)
        .sum()
}

/// A currency's sign or code at the beginning of a text, and its length.
fn currency(text: &str, manner: &Manner, is_known: bool, before: Option<char>) -> Option<(String, usize)> {
    if is_known {
        return None;
    }
    let sign = manner.signs.iter().copied().find(|sign| text.starts_with(sign));
    let sign = sign.or_else(|| text.get(..3).filter(|code| is_currency_code(code)))?;
    let after = text.get(sign.len()..)?;
    let is_in_word = (sign.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic))
        || (sign.starts_with(char::is_alphabetic) && before.is_some_and(char::is_alphanumeric));
    (!is_in_word).then(|| (sign.to_owned(), sign.len()))
}

/// The digits with the reader's separators, and their length in bytes.
fn mantissa(here: &str, manner: &Manner) -> (Option<Decimal>, usize) {
    let (decimal, group) = (manner.decimal, manner.group);
    let chars: Vec<(usize, char)> = here.char_indices().take(64).collect();
    let digits_from = |from: usize| chars.iter().skip(from).take_while(|(_, c)| is_digit(*c)).count();
    let end_of = |index: usize| {
        chars.get(index).map_or_else(
            || here.len().min(chars.last().map_or(0, |(at, c)| at + c.len_utf8())),
            |(at, _)| *at,
        )
    };
    let is_group = |c: char| {
        c == group || c == '٬' || (group.is_whitespace() && matches!(c, ' ' | '\u{a0}' | '\u{202f}')) || (group == '’' && c == '\'')
    };
    let is_decimal = |c: char| c == decimal || (c == '٫' && decimal == '.');
    let mut index = digits_from(0);
    let first = index;
    let mut groups = Vec::new();
    while let Some((_, c)) = chars.get(index) {
        let width = digits_from(index + 1);
        if !is_group(*c) || !(2..=3).contains(&width) {
            break;
        }
        groups.push(width);
        index += 1 + width;
    }
    // 1,234,567 or 12,34,567.
    let is_grouped = match groups.split_last() {
        None => true,
        Some((last, others)) => {
            *last == 3 && first <= 3 && (others.iter().all(|width| *width == 3) || (others.iter().all(|width| *width == 2) && first <= 2))
        }
    };
    let mut is_readable = is_grouped;
    if chars.get(index).is_some_and(|(_, c)| is_decimal(*c)) && digits_from(index + 1) > 0 {
        index += 1 + digits_from(index + 1);
    }
    // What goes on with the other separator is not written as this reader writes.
    while chars.get(index).is_some_and(|(_, c)| matches!(c, '.' | ',' | '٫' | '٬')) && digits_from(index + 1) > 0 {
        is_readable = false;
        index += 1 + digits_from(index + 1);
    }
    let length = end_of(index);
    let written = here.get(..length).unwrap_or_default();
    let plain: String = written
        .chars()
        .filter_map(|c| if is_digit(c) { digit(c) } else { is_decimal(c).then_some('.') })
        .collect();
    let is_padded = plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.");
    let value = if is_readable && !is_padded && index < 60 {
        plain.parse().ok()
    } else {
        None
    };
    (value, length)
}

/// Digits of the scripts that we write or that a model may write.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

pub(super) fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6F0}'..='\u{6F9}' => '\u{6F0}',
        '\u{966}'..='\u{96F}' => '\u{966}',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

pub(super) fn ascii(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}
