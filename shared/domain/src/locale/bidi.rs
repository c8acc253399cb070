//! Numbers and dates in right-to-left text, where they must neither fall apart nor change their order.
//!
//! They stand alone in a chart, in an Arabic sentence, or in a line that begins with a Latin name; each time the same must be seen. So invisible
//! marks are written with them in Arabic, Hebrew and Persian, and nowhere else:
//!
//! - digits and separators alone need none;
//! - with a sign, `%` or Latin letters, a left-to-right mark (U+200E) comes first and makes all of it one left-to-right run: `−12%`;
//! - with a right-to-left word or a symbol behind the digits, it is embedded from right to left (U+202B to U+202C): `−1.2 مليون €` is one run, its
//!   sign kept before the digits by a mark of its own, and the dollar sign of `US$` at its letters by another. CLDR's marks alone do not hold a negative amount together in a left-to-right line; isolates would,
//!   but mail programs that know the older embeddings only would ignore them.

/// What is written here, and taken out by whoever compares or parses such text.
pub(super) const MARKS: [char; 3] = [LEFT_TO_RIGHT, EMBED, POP];

const LEFT_TO_RIGHT: char = '\u{200e}';
const EMBED: char = '\u{202b}';
const POP: char = '\u{202c}';

/// A number of a right-to-left language, with all that belongs to it.
pub(super) fn number(text: &str, is_symbol_after: bool) -> String {
    let is_signed = text.starts_with(['−', '+']);
    if is_symbol_after || text.chars().any(is_right_to_left_letter) {
        let mark = if is_signed { "\u{200e}" } else { "" };
        let text = match text.find('$') {
            Some(at) if text[..at].ends_with(|c: char| c.is_ascii_alphabetic()) => {
                let (before, after) = text.split_at(at + 1);
                format!("{before}{LEFT_TO_RIGHT}{after}")
            }
            _ => text.to_owned(),
        };
        return format!("{EMBED}{mark}{text}{POP}");
    }
    if text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return text.to_owned();
    }
    format!("{LEFT_TO_RIGHT}{text}")
}

/// A date of a right-to-left language.
pub(super) fn date(text: String) -> String {
    if text.chars().any(is_right_to_left_letter) && text.bytes().any(|b| b.is_ascii_digit()) {
        format!("{EMBED}{text}{POP}")
    } else {
        text
    }
}

/// Hebrew and Arabic, as far as numbers and dates are written with them.
fn is_right_to_left_letter(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{6ff}')
}

#[cfg(test)]
mod tests {
    use super::super::{Compact, DateForm, Locale};
    use super::*;
    use crate::dataset::Unit;
    use jiff::civil::date;
    use rust_decimal::Decimal;
    use unicode_bidi::{BidiInfo, Level};

    /// As it is seen from left to right.
    fn seen(line: &str, level: Level) -> String {
        let info = BidiInfo::new(line, Some(level));
        let paragraph = &info.paragraphs[0];
        info.reorder_line(paragraph, paragraph.range.clone()).replace(MARKS, "")
    }

    /// The same in every surrounding, or the difference.
    fn seen_everywhere(text: &str) -> String {
        let alone = seen(text, Level::rtl());
        let surroundings = [
            ("", ""),
            ("Acme ", " up"),
            ("مبيعات ", " اليوم"),
            ("Acme: مبيعات ", " x"),
            ("مبيعات Acme ", " Acme"),
        ];
        for (before, after) in surroundings {
            for level in [Level::ltr(), Level::rtl()] {
                let line = seen(&format!("{before}{text}{after}"), level);
                assert!(line.contains(&alone), "{alone:?} is torn in {line:?}");
            }
        }
        alone
    }

    #[test]
    fn a_number_looks_the_same_in_every_line() {
        let (egp, eur, ils, usd) = (
            Unit::Currency("EGP".to_owned()),
            Unit::Currency("EUR".to_owned()),
            Unit::Currency("ILS".to_owned()),
            Unit::Currency("USD".to_owned()),
        );
        let table = [
            ("ar", -123, 3, Some(&Unit::Percent), "−12.3%"),
            ("ar", 123, 3, Some(&Unit::Percent), "12.3%"),
            ("ar", -12345, 1, None, "−1,235"),
            ("ar", -12345, 1, Some(&eur), "€\u{a0}−1,235"),
            ("ar", 12345, 1, Some(&usd), "US$\u{a0}1,235"),
            ("ar", -1_200_000, 0, Some(&usd), "US$\u{a0}نويلم\u{a0}−1.2"),
            ("ar", -1_200_000, 0, Some(&eur), "€\u{a0}نويلم\u{a0}−1.2"),
            ("ar-EG", 1_200_000, 0, Some(&egp), ".م.ج\u{a0}نويلم\u{a0}1.2"),
            ("ar", -5400, 0, Some(&Unit::Seconds), "د\u{a0}−90"),
            ("he", -12_000, 0, None, "−12K"),
            ("he", -12_000, 0, Some(&ils), "₪\u{a0}−12K"),
            ("fa", -12_000, 0, Some(&eur), "رازه\u{a0}−€\u{a0}12"),
            ("fa", -950, 0, Some(&eur), "−€\u{a0}950"),
        ];
        for (tag, digits, scale, unit, expected) in table {
            let value = Decimal::new(digits, scale);
            let text = Compact::of(value, unit, Locale::of(tag).numbers()).value(value, None, unit);
            assert_eq!(seen_everywhere(&text), expected, "{tag}");
        }
    }

    #[test]
    fn a_date_looks_the_same_in_every_line() {
        let at = date(2026, 3, 5).at(15, 4, 0, 0);
        for (tag, expected) in [("ar", "2026 سرام 5"), ("he", "2026 ץרמב 5"), ("fa", "2026 سرام 5")] {
            let text = Locale::of(tag).date(at, DateForm::DayMonthYear);
            assert_eq!(seen_everywhere(&text), expected, "{tag}");
        }
    }
}
