//! What a column holds, decided over all of its cells.
//!
//! A column has the first of these types that fits: truth values, days written `20261120`, years (where the header says year), numbers,
//! dates, text. It fits when at most 5 % of the cells that hold something do not; those become empty, and a note says how many there were.

mod booleans;
mod currency;
mod date_text;
mod dates;
mod number;
mod numbers;
mod units;

use domain::dataset::{Unit, Values};
use domain::source_spec::{ColumnOverride, ColumnType};

use crate::cell::{Cell, is_missing, is_missing_text, is_sheet_error};
use crate::error::sample;

pub(crate) use number::read as read_number;

/// One cell in this many may be unreadable.
const FIT: usize = 20;

/// What the rest of the source tells about a column.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints {
    /// Separated by semicolons, as programs write it where the comma marks decimals and the day comes first.
    pub(crate) is_continental: bool,
}

/// A column with its type.
#[derive(Debug)]
pub(crate) struct Inferred {
    pub(crate) values: Values,
    pub(crate) unit: Option<Unit>,
    /// Zone of the date-times in it, where the cells give one.
    pub(crate) time_zone: Option<String>,
    /// Without the column's name.
    pub(crate) notes: Vec<String>,
}

/// Cells read as one type.
struct Fit {
    inferred: Inferred,
    misfits: Misfits,
}

/// Cells that are not what the column is.
#[derive(Default)]
struct Misfits {
    count: usize,
    sample: Option<String>,
}

impl Misfits {
    fn add(&mut self, cell: &Cell<'_>) {
        self.count += 1;
        if self.sample.is_none() {
            self.sample = cell.shown().map(|text| sample(&text));
        }
    }
}

/// Finds out what a column holds. `header` is its name in the source.
pub(crate) fn column(header: &str, mut cells: Vec<Cell<'_>>, over: &ColumnOverride, hints: Hints) -> Inferred {
    let mut notes = Vec::new();
    if let Some(note) = drop_sheet_errors(&mut cells) {
        notes.push(note);
    }
    let filled = cells.iter().filter(|cell| !is_blank(cell)).count();
    let forced = over.kind.and_then(|kind| read_as(kind, header, &cells, over, hints));
    let Fit { mut inferred, misfits } = match forced {
        Some(fit) => fit,
        None if filled == 0 => text(cells),
        None => detect(header, &cells, filled, over, hints).unwrap_or_else(|| {
            notes.extend(nearly_numbers(&cells));
            text(cells)
        }),
    };
    if misfits.count > 0 {
        let example = misfits.sample.map(|sample| format!(" (`{sample}`)")).unwrap_or_default();
        let kind = inferred.values.type_name().replace('_', " ");
        let (cells, are) = if misfits.count == 1 {
            ("cell is", "was left empty")
        } else {
            ("cells are", "were left empty")
        };
        notes.push(format!("{} {cells} no {kind}{example} and {are}.", misfits.count));
    }
    if filled == 0 && !inferred.values.is_empty() {
        notes.push("holds no value.".to_owned());
    }
    units::settle(header, over.unit.as_ref(), &mut inferred);
    notes.append(&mut inferred.notes);
    Inferred { notes, ..inferred }
}

fn is_blank(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => is_missing(text),
        _ => false,
    }
}

fn drop_sheet_errors(cells: &mut [Cell<'_>]) -> Option<String> {
    let mut dropped = Misfits::default();
    for cell in cells.iter_mut() {
        if matches!(cell, Cell::Text(text) if is_sheet_error(text)) {
            dropped.add(cell);
            *cell = Cell::Empty;
        }
    }
    let (cells, count) = if dropped.count == 1 {
        ("cell holds an error", "counts")
    } else {
        ("cells hold errors", "count")
    };
    dropped
        .sample
        .map(|sample| format!("{} {cells} ({sample}) and {count} as empty.", dropped.count))
}

fn detect(header: &str, cells: &[Cell<'_>], filled: usize, over: &ColumnOverride, hints: Hints) -> Option<Fit> {
    let misfits_max = filled / FIT;
    booleans::read(cells, misfits_max, false)
        .or_else(|| dates::compact(cells))
        .or_else(|| dates::years(header, cells))
        .or_else(|| numbers::read(cells, misfits_max, over.decimal, hints, false))
        .or_else(|| dates::read(cells, misfits_max, over.date_order, hints, None))
}

/// Reads the cells as what a person says they are. `None` where that is text.
fn read_as(kind: ColumnType, header: &str, cells: &[Cell<'_>], over: &ColumnOverride, hints: Hints) -> Option<Fit> {
    match kind {
        ColumnType::Boolean => booleans::read(cells, usize::MAX, true),
        ColumnType::Number => numbers::read(cells, usize::MAX, over.decimal, hints, true),
        ColumnType::Text => Some(text(cells.to_vec())),
        ColumnType::Date | ColumnType::DateTime => dates::compact(cells)
            .or_else(|| dates::years(header, cells))
            .filter(|_| kind == ColumnType::Date)
            .or_else(|| dates::read(cells, usize::MAX, over.date_order, hints, Some(kind))),
    }
}

fn text(cells: Vec<Cell<'_>>) -> Fit {
    let texts = cells.into_iter().map(|cell| match cell {
        Cell::Text(text) if is_missing_text(&text) => None,
        Cell::Text(text) => Some(text.into_owned()),
        cell => cell.shown().map(|text| text.into_owned()),
    });
    Fit {
        inferred: plain(Values::Text(texts.collect())),
        misfits: Misfits::default(),
    }
}

fn plain(values: Values) -> Inferred {
    Inferred {
        values,
        unit: None,
        time_zone: None,
        notes: Vec::new(),
    }
}

/// Said of a column of text that looks like numbers with something else among them.
fn nearly_numbers(cells: &[Cell<'_>]) -> Option<String> {
    let (mut numbers, mut others) = (0, Misfits::default());
    for cell in cells.iter().filter(|cell| !is_blank(cell)).take(1_000) {
        match cell {
            Cell::Text(text) => match number::read(text) {
                Some(reading) if reading.is_identifier => return None,
                Some(_) => numbers += 1,
                None => others.add(cell),
            },
            Cell::Number(..) => numbers += 1,
            _ => others.add(cell),
        }
    }
    if numbers <= others.count {
        return None;
    }
    Some(match others.sample {
        Some(sample) => format!("was read as text, because not every cell is a number (`{sample}`)."),
        None => "was read as text, because some of its numbers are percentages and others are not.".to_owned(),
    })
}

/// Whether the text is a number or a date.
pub(crate) fn is_value(text: &str) -> bool {
    number::read(text).is_some() || date_text::read(text).is_some()
}
