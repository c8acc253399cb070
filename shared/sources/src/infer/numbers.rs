//! Columns of numbers.

use domain::dataset::{Unit, Values};
use domain::source_spec::DecimalMark;
use rust_decimal::Decimal;

use super::number::{self, Reading};
use super::{Fit, Hints, Inferred, Misfits};
use crate::cell::{Cell, Mark, is_missing};

/// Reads the column as numbers. `.` or `,` marks the decimals of all cells alike; so does `%` or nothing. Not forced, digits that are names
/// (`00501`) make the column text.
pub(super) fn read(cells: &[Cell<'_>], misfits_max: usize, decimal: Option<DecimalMark>, hints: Hints, forced: bool) -> Option<Fit> {
    let mut readings: Vec<Option<Reading>> = Vec::new();
    let mut misfits = Misfits::default();
    for cell in cells {
        let reading = match cell {
            Cell::Text(text) if is_missing(text) => None,
            Cell::Text(text) => number::read(text),
            Cell::Number(value, mark) => Some(Reading {
                point: Some(*value),
                comma: Some(*value),
                mark: *mark,
                is_identifier: false,
            }),
            _ => None,
        };
        if reading.is_some_and(|reading| reading.is_identifier) && !forced {
            return None;
        }
        if reading.is_none() && !super::is_blank(cell) {
            misfits.add(cell);
            if misfits.count > misfits_max {
                return None;
            }
        }
        readings.push(reading);
    }
    let mut notes = Vec::new();
    let convention = convention(readings.iter().flatten(), decimal, hints, &mut notes);
    let unit = unit(readings.iter().flatten(), forced, &mut notes)?;
    let mut values = Vec::with_capacity(cells.len());
    for (cell, reading) in cells.iter().zip(readings) {
        let value = reading.and_then(|reading| {
            let value = match convention {
                DecimalMark::Point => reading.point,
                DecimalMark::Comma => reading.comma,
            };
            // Among percentages a bare 12 may be 12 % or 1,200 %. What the source itself holds as a number is a fraction.
            let unclear = unit == Some(Unit::Percent) && reading.mark == Mark::Plain && matches!(cell, Cell::Text(_));
            value.filter(|value| !unclear || value.is_zero())
        });
        if value.is_none() && reading.is_some() {
            misfits.add(cell);
            if misfits.count > misfits_max {
                return None;
            }
        }
        values.push(value);
    }
    if !forced && values.iter().all(Option::is_none) {
        return None;
    }
    Some(Fit {
        inferred: Inferred {
            values: Values::Number(values),
            unit,
            time_zone: None,
            notes,
        },
        misfits,
    })
}

/// The one convention in which all cells are numbers. Where both are, and mean different things (`1,234` throughout): a comma for decimals
/// in semicolon-separated files, a point elsewhere, and a note.
fn convention<'a>(
    readings: impl Iterator<Item = &'a Reading>,
    decimal: Option<DecimalMark>,
    hints: Hints,
    notes: &mut Vec<String>,
) -> DecimalMark {
    let (mut point, mut comma, mut unclear) = (0_usize, 0_usize, None::<(Decimal, Decimal)>);
    for reading in readings {
        point += usize::from(reading.point.is_some());
        comma += usize::from(reading.comma.is_some());
        if let (Some(as_point), Some(as_comma)) = (reading.point, reading.comma)
            && as_point != as_comma
        {
            unclear = Some((as_point, as_comma));
        }
    }
    let usual = if hints.is_continental {
        DecimalMark::Comma
    } else {
        DecimalMark::Point
    };
    match (decimal, point.cmp(&comma)) {
        (Some(decimal), _) => decimal,
        (None, std::cmp::Ordering::Greater) => DecimalMark::Point,
        (None, std::cmp::Ordering::Less) => DecimalMark::Comma,
        (None, std::cmp::Ordering::Equal) => {
            if let Some((as_point, as_comma)) = unclear {
                let (taken, other, setting) = match usual {
                    DecimalMark::Point => (as_point, as_comma, "comma"),
                    DecimalMark::Comma => (as_comma, as_point, "point"),
                };
                notes.push(format!(
                    "numbers can be read in two ways; one of them was read as {taken}, not {other}. If that is wrong, set `decimal: {setting}` for the column."
                ));
            }
            usual
        }
    }
}

/// The unit that the cells carry; `None` (outer) where they carry both percent and money.
fn unit<'a>(readings: impl Iterator<Item = &'a Reading>, forced: bool, notes: &mut Vec<String>) -> Option<Option<Unit>> {
    let mut marks: Vec<Mark> = Vec::new();
    for reading in readings {
        if reading.mark != Mark::Plain && !marks.contains(&reading.mark) {
            marks.push(reading.mark);
        }
    }
    let currencies: Vec<&str> = marks
        .iter()
        .filter_map(|mark| if let Mark::Money(code) = mark { Some(*code) } else { None })
        .collect();
    match (marks.as_slice(), currencies.as_slice()) {
        ([], _) => Some(None),
        ([Mark::Percent], _) => Some(Some(Unit::Percent)),
        ([Mark::Duration], _) => Some(Some(Unit::Seconds)),
        (_, [code]) if marks.len() == 1 => Some(Some(money(code))),
        (_, several) if several.len() == marks.len() => {
            notes.push(format!(
                "holds several currencies ({}); they are not converted, and no unit is shown.",
                several.join(", ")
            ));
            Some(None)
        }
        _ if forced => {
            notes.push("holds different units; no unit is shown.".to_owned());
            Some(None)
        }
        _ => None,
    }
}

/// A sign that stands for several currencies is shown as it is.
fn money(code: &str) -> Unit {
    if super::currency::code(code).is_some() {
        Unit::Currency(code.to_owned())
    } else {
        Unit::Other(code.to_owned())
    }
}
