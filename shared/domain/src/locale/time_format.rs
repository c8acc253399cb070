//! d3-time-format, the part of it that a chart's labels need.

use super::{Locale, bidi};
use jiff::civil::DateTime;
use std::fmt::Write;
use std::str::FromStr;

/// A parsed d3-time-format. `%-d` leaves out the padding zero of `%d`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeFormat {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The directive's letter, and whether a leading zero is left out.
    Field(char, bool),
}

/// What is accepted, for error messages.
pub(crate) const ACCEPTED: &str = "%Y %y %q %m %b %B %V %d %e %j %a %A %H %I %M %S %p, also as %-m, and text: `%b %-d`, `%Y-%m`, `%H:%M`";

impl FromStr for TimeFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                plain.push(c);
                continue;
            }
            let mut letter = chars.next();
            let is_bare = letter == Some('-');
            if is_bare {
                letter = chars.next();
            }
            match letter {
                Some('%') if !is_bare => plain.push('%'),
                Some(letter) if "YyqmbBVdejaAHIMSp".contains(letter) => {
                    if !plain.is_empty() {
                        parts.push(Part::Text(std::mem::take(&mut plain)));
                    }
                    parts.push(Part::Field(letter, is_bare));
                }
                other => {
                    return Err(format!(
                        "`%{}` in `{text}` is not known",
                        other.map(String::from).unwrap_or_default()
                    ));
                }
            }
        }
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }
}

impl TimeFormat {
    /// The moment in these words. A month beside a day of the month is in the form that the language has for that: `5. März`, `мая` instead of `май`.
    pub fn write(&self, moment: DateTime, locale: Locale) -> String {
        let is_in_date = self.parts.iter().any(|part| matches!(part, Part::Field('d' | 'e', _)));
        let names = Names::of(moment, locale, is_in_date);
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Field(letter, is_bare) => field(&mut text, *letter, *is_bare, moment, &names),
            }
        }
        if locale.is_right_to_left() { bidi::date(text) } else { text }
    }
}

/// The words for one moment.
struct Names {
    month: &'static str,
    month_wide: &'static str,
    day: &'static str,
    day_wide: &'static str,
    period: &'static str,
}

impl Names {
    fn of(moment: DateTime, locale: Locale, is_in_date: bool) -> Self {
        let table = locale.table();
        let month = usize::try_from(moment.month() - 1).unwrap_or(0);
        let day = usize::try_from(moment.weekday().to_monday_zero_offset()).unwrap_or(0);
        let (months, months_wide, days) = if is_in_date {
            (&table.months_in_date, &table.months_in_date_wide, &table.days_in_date)
        } else {
            (&table.months, &table.months_wide, &table.days)
        };
        Self {
            month: months[month],
            month_wide: months_wide[month],
            day: days[day],
            day_wide: table.days_wide[day],
            period: table.periods[usize::from(moment.hour() >= 12)],
        }
    }
}

fn field(text: &mut String, letter: char, is_bare: bool, moment: DateTime, names: &Names) {
    let hour = i32::from(moment.hour());
    let (number, width) = match letter {
        'b' => return text.push_str(names.month),
        'B' => return text.push_str(names.month_wide),
        'a' => return text.push_str(names.day),
        'A' => return text.push_str(names.day_wide),
        'p' => return text.push_str(names.period),
        'Y' => (i32::from(moment.year()), 4),
        'y' => (i32::from(moment.year()).rem_euclid(100), 2),
        'q' => (i32::from((moment.month() - 1) / 3 + 1), 1),
        'm' => (i32::from(moment.month()), 2),
        'V' => (i32::from(moment.date().iso_week_date().week()), 2),
        'e' => (i32::from(moment.day()), 1),
        'j' => (i32::from(moment.date().day_of_year()), 3),
        'H' => (hour, 2),
        'I' => ((hour + 11) % 12 + 1, 2),
        'M' => (i32::from(moment.minute()), 2),
        'S' => (i32::from(moment.second()), 2),
        _ => (i32::from(moment.day()), 2),
    };
    let width = if is_bare { 1 } else { width };
    // Writing to a String cannot fail.
    let _ = write!(text, "{number:0width$}");
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn formats() {
        let moment = date(2026, 3, 5).at(15, 4, 9, 0);
        let table = [
            ("%b %-d", "Mar 5"),
            ("%Y-%m-%d", "2026-03-05"),
            ("%B %y", "March 26"),
            ("Q%q %Y", "Q1 2026"),
            ("%a %A", "Thu Thursday"),
            ("week %V", "week 10"),
            ("%-I %p, %H:%M:%S", "3 PM, 15:04:09"),
            ("%j%%", "064%"),
        ];
        for (format, text) in table {
            assert_eq!(
                format.parse::<TimeFormat>().unwrap().write(moment, Locale::ENGLISH),
                text,
                "{format}"
            );
        }
        for bad in ["%Q", "%", "%-", "%-%", "%x"] {
            assert!(bad.parse::<TimeFormat>().is_err(), "{bad}");
        }
    }
}
