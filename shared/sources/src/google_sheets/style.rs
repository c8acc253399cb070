//! What a number in a sheet is shown as, which alone tells a day, money or percent from a plain number.

use jiff::ToSpan;
use jiff::civil::{DateTime, date};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Grid;
use crate::cell::{Cell, Mark};
use crate::infer;

const DAY_S: i64 = 86_400;

/// What a number is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Marked(Mark),
    /// A day, or a day and a time.
    Moment,
    /// A time of day or a length of time.
    Duration,
}

/// The cells of a column at those rows. Where most of its numbers are shown as days, all of them are.
pub(super) fn column<'a>(values: &Grid<'a>, shown: &Grid<'_>, rows: &[usize], column: usize) -> Vec<Cell<'a>> {
    let cells: Vec<Cell<'a>> = rows.iter().map(|row| values.cell(*row, column)).collect();
    let style = |index: usize, value: Decimal| match rows.get(index).map(|row| shown.cell(*row, column)) {
        Some(Cell::Text(text)) => style_of(value, &text),
        _ => Style::Plain,
    };
    let styles: Vec<Option<Style>> = cells
        .iter()
        .enumerate()
        .map(|(index, cell)| {
            if let Cell::Number(value, _) = cell {
                Some(style(index, *value))
            } else {
                None
            }
        })
        .collect();
    let numbers = styles.iter().flatten().count();
    let most = |wanted: Style| styles.iter().flatten().filter(|style| **style == wanted).count() * 2 > numbers;
    let (moments, durations) = (most(Style::Moment), most(Style::Duration));
    let typed = cells.into_iter().zip(styles).map(|(cell, style)| match (cell, style) {
        (Cell::Number(value, _), _) if moments => moment(value).map_or(Cell::Number(value, Mark::Plain), Cell::Moment),
        (Cell::Number(value, _), _) if durations => match value.checked_mul(DAY_S.into()) {
            Some(seconds) => Cell::Number(seconds.round_dp(3).normalize(), Mark::Duration),
            None => Cell::Number(value, Mark::Plain),
        },
        (Cell::Number(value, _), Some(Style::Marked(mark))) => Cell::Number(value, mark),
        (cell, _) => cell,
    });
    typed.collect()
}

/// The cell as the sheet shows it, for a header.
pub(super) fn as_shown<'a>(values: &Grid<'a>, shown: &Grid<'_>, row: usize, column: usize) -> Cell<'a> {
    match (values.cell(row, column), shown.cell(row, column)) {
        (Cell::Number(value, mark), Cell::Text(text)) => match style_of(value, &text) {
            Style::Moment => moment(value).map_or(Cell::Number(value, mark), Cell::Moment),
            _ => Cell::Number(value, mark),
        },
        (cell, _) => cell,
    }
}

/// `text` is the number as shown: `$1,234.50`, `12 %`, `20.11.2026 09:00`, `Nov 2026`, `26:30:00`.
fn style_of(value: Decimal, text: &str) -> Style {
    if let Some(reading) = infer::read_number(text) {
        let near = |shown: Decimal| (shown - value).abs() <= value.abs() * Decimal::new(2, 2) + Decimal::new(51, 2);
        match reading.mark {
            Mark::Plain if [reading.point, reading.comma].into_iter().flatten().any(near) => return Style::Plain,
            Mark::Plain | Mark::Duration => {}
            mark @ (Mark::Money(_) | Mark::Percent) => return Style::Marked(mark),
        }
    }
    match moment(value) {
        Some(moment) => date_or_time(value, moment, text),
        None => Style::Plain,
    }
}

/// Whether every group of digits in the text is a part of that moment.
fn date_or_time(value: Decimal, moment: DateTime, text: &str) -> Style {
    let (year, month, day) = (i64::from(moment.year()), i64::from(moment.month()), i64::from(moment.day()));
    let (hour, minute, second) = (i64::from(moment.hour()), i64::from(moment.minute()), i64::from(moment.second()));
    let of_day = [year, year % 100, month, day, (month + 2) / 3];
    let hours_total = (value * Decimal::from(24)).trunc().to_i64().unwrap_or(-1);
    let of_clock = [hour, if hour % 12 == 0 { 12 } else { hour % 12 }, minute, second, hours_total];
    let groups: Vec<Option<i64>> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .map(|group| group.parse().ok())
        .collect();
    let has_clock = text.contains(':');
    let is_part = |group: &Option<i64>| group.is_some_and(|group| of_day.contains(&group) || (has_clock && of_clock.contains(&group)));
    if groups.is_empty() || !groups.iter().all(is_part) {
        return Style::Plain;
    }
    let is_clock_only =
        has_clock && groups.len() <= 3 && groups.iter().flatten().all(|group| of_clock.contains(group)) && !names_a_day(text);
    // A day may be shown by its clock alone; then the hours do not count up to the value.
    let is_whole = value.abs() < Decimal::ONE || groups.first() == Some(&Some(hours_total));
    if is_clock_only && is_whole {
        Style::Duration
    } else {
        Style::Moment
    }
}

/// Whether a separator of days or letters other than AM and PM stand in the text.
fn names_a_day(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    text.contains(['/', '-']) || !(letters.is_empty() || letters.eq_ignore_ascii_case("am") || letters.eq_ignore_ascii_case("pm"))
}

/// Days since 30 December 1899, the fraction being the time of day, to the second.
fn moment(serial: Decimal) -> Option<DateTime> {
    let seconds = serial.checked_mul(DAY_S.into())?.round().to_i64()?;
    let epoch = date(1899, 12, 30).at(0, 0, 0, 0);
    let days = i32::try_from(seconds.div_euclid(DAY_S))
        .ok()
        .filter(|days| days.abs() < 3_000_000)?;
    epoch
        .checked_add(days.days())
        .ok()?
        .checked_add(seconds.rem_euclid(DAY_S).seconds())
        .ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_a_number_is_shown_as_tells_what_it_is() {
        use Style::{Duration, Marked, Moment, Plain};
        // 46346 is 20 November 2026.
        let table = [
            ("46346", "11/20/2026", Moment),
            ("46346", "20.11.2026", Moment),
            ("46346", "2026-11-20", Moment),
            ("46346", "20.11", Moment),
            ("46346", "Friday, November 20, 2026", Moment),
            ("46346", "20 nov. 2026", Moment),
            ("46346", "Nov 2026", Moment),
            ("46346", "2026", Moment),
            ("46346", "Q4 2026", Moment),
            ("46346.375", "11/20/2026 9:00:00", Moment),
            ("46346.875", "20.11.26 21:00", Moment),
            ("46346.875", "Nov 20, 9:00 PM", Moment),
            ("46346", "46,346", Plain),
            ("46346", "46346.00", Plain),
            ("46346", "46.346,00", Plain),
            ("46346", "46,346 kg", Plain),
            ("1.5", "2", Plain),
            ("0.375", "9:00:00", Duration),
            ("0.875", "9:00 PM", Duration),
            ("1.1041666666666667", "26:30:00", Duration),
            ("46346.375", "9:00:00", Moment),
            ("1234.5", "$1,234.50", Marked(Mark::Money("USD"))),
            ("1234.5", "1.234,50 €", Marked(Mark::Money("EUR"))),
            ("0.12", "12%", Marked(Mark::Percent)),
            ("0.125", "12,50 %", Marked(Mark::Percent)),
        ];
        for (value, text, expected) in table {
            assert_eq!(style_of(value.parse().unwrap(), text), expected, "{value} shown as {text}");
        }
    }

    #[test]
    fn serial_numbers_count_from_the_end_of_1899() {
        let table = [
            ("2.5", "1900-01-01T12:00:00"),
            ("33.625", "1900-02-01T15:00:00"),
            ("46346.37500000001", "2026-11-20T09:00:00"),
            ("46346.999999999", "2026-11-21T00:00:00"),
            ("-1", "1899-12-29T00:00:00"),
        ];
        for (serial, expected) in table {
            assert_eq!(moment(serial.parse().unwrap()).unwrap().to_string(), expected);
        }
        for serial in ["1e20", "-9999999999"] {
            assert_eq!(moment(Decimal::from_scientific(serial).or_else(|_| serial.parse()).unwrap()), None);
        }
    }
}
