//! Dates in a language's usual forms.

use super::Locale;
use jiff::civil::DateTime;
use std::fmt::Write;

/// Which parts of a moment are written. The examples are English, Spanish and Japanese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// `2026`, `2026`, `2026年`
    Year,
    /// `Q1`, `T1`, `Q1`
    Quarter,
    /// `Q1 2026`, `T1 2026`, `2026/Q1`
    QuarterYear,
    /// `Mar`, `mar`, `3月`: by itself, as on an axis.
    Month,
    /// `March`, `marzo`, `3月`
    MonthLong,
    /// `Mar 2026`, `mar 2026`, `2026年3月`
    MonthYear,
    /// `March 2026`, `marzo de 2026`, `2026年3月`
    MonthYearLong,
    /// `5`, `5`, `5日`
    Day,
    /// `Mar 5`, `5 mar`, `3月5日`
    DayMonth,
    /// `March 5`, `5 de marzo`, `3月5日`
    DayMonthLong,
    /// `Mar 5, 2026`, `5 mar 2026`, `2026年3月5日`
    DayMonthYear,
    /// `March 5, 2026`, `5 de marzo de 2026`, `2026年3月5日`
    DayMonthYearLong,
    /// `Thu, Mar 5`, `jue, 5 mar`, `3月5日(木)`
    WeekdayDayMonth,
    /// `Thu, Mar 5, 2026`, `jue, 5 mar 2026`, `2026年3月5日(木)`
    WeekdayDayMonthYear,
    /// `Thu`, `jue`, `木`
    Weekday,
    /// `Thursday`, `jueves`, `木曜日`
    WeekdayLong,
    /// `3:04 PM`, `15:04`, `15:04`: the clock of the country.
    Time,
    /// `15:04`: of 24 hours for everyone, where room is short or many times stand side by side.
    Time24,
    /// `Mar 5, 3:04 PM`, `5 mar, 15:04`, `3月5日 15:04`
    DayMonthTime,
    /// `Mar 5, 2026, 3:04 PM`, `5 mar 2026, 15:04`, `2026年3月5日 15:04`
    DayMonthYearTime,
}

/// A pattern of CLDR's with the fields that the table has: letters are fields, quoted text and all else stand for themselves.
pub(super) fn write(locale: Locale, pattern: &str, at: DateTime) -> String {
    let mut text = String::with_capacity(pattern.len() + 12);
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let (quoted, after) = rest[1..].split_once('\'').unwrap_or((&rest[1..], ""));
            text.push_str(if quoted.is_empty() { "'" } else { quoted });
            rest = after;
            continue;
        }
        let same = rest.len() - rest.trim_start_matches(first).len();
        let count = same / first.len_utf8();
        if first.is_ascii_alphabetic() {
            field(&mut text, locale, first, count, at);
        } else {
            text.push_str(&rest[..same]);
        }
        rest = &rest[same..];
    }
    text
}

fn field(text: &mut String, locale: Locale, letter: char, count: usize, at: DateTime) {
    let table = locale.table();
    let month = usize::try_from(at.month() - 1).unwrap_or(0);
    let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
    let hour = i16::from(at.hour());
    let name = match (letter, count) {
        ('M', 3) => table.months_in_date[month],
        ('M', 4..) => table.months_in_date_wide[month],
        ('L', 3) => table.months[month],
        ('L', 4..) => table.months_wide[month],
        ('E', ..4) => table.days_in_date[day],
        ('c', ..4) => table.days[day],
        ('E' | 'c', _) => table.days_wide[day],
        ('Q', 3..) => table.quarters[month / 3],
        ('a', _) => table.periods[usize::from(hour >= 12)],
        _ => "",
    };
    let (number, width) = match letter {
        _ if !name.is_empty() => return text.push_str(name),
        'y' => (at.year(), count),
        'M' | 'L' => (i16::from(at.month()), count),
        'd' => (i16::from(at.day()), count),
        'H' => (hour, count),
        'h' => ((hour + 11) % 12 + 1, count),
        'm' => (i16::from(at.minute()), count),
        // A test goes through every pattern of the table for letters that are none of these.
        _ => return,
    };
    // Writing to a String cannot fail.
    let _ = write!(text, "{number:0width$}");
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;

    #[test]
    fn every_letter_of_every_pattern_is_known() {
        for locale in Locale::all() {
            for pattern in Table::of(locale.0).dates {
                let unquoted: String = pattern.split('\'').step_by(2).collect();
                let unknown = unquoted.chars().find(|c| c.is_ascii_alphabetic() && !"yMLdEcQahHm".contains(*c));
                assert_eq!(unknown, None, "{locale}: {pattern}");
            }
        }
    }
}
