//! Separated text.

mod sniff;

use std::num::NonZeroU32;

use domain::dataset::Dataset;
use domain::source_spec::{ColumnOverrides, CsvSource, Delimiter};
use jiff::Timestamp;

use crate::cell::Cell;
use crate::infer::Hints;
use crate::table::Table;
use crate::{SourceError, encoding, header, limits};

/// How to read separated text; what is not given is found out.
#[derive(Debug, Clone, Copy)]
pub struct CsvOptions<'a> {
    /// What separates the cells.
    pub delimiter: Option<Delimiter>,
    /// Line of the header, counted from 1 over lines that are not empty and no comments.
    pub header_row: Option<NonZeroU32>,
    /// What to read otherwise than we would, by header text.
    pub columns: &'a ColumnOverrides,
    /// When the bytes were read.
    pub as_of: Timestamp,
}

impl<'a> CsvOptions<'a> {
    /// As the source says.
    pub fn of(source: &'a CsvSource, as_of: Timestamp) -> Self {
        Self {
            delimiter: source.delimiter,
            header_row: source.header_row,
            columns: &source.columns,
            as_of,
        }
    }
}

/// Reads separated text in UTF-8, UTF-16 or Windows-1252: quoted cells with line breaks, comment lines (`#`) and titles above the header,
/// short and long rows. Empty lines are left out. Types are found out per column; `Dataset::notes` say what was not plain.
///
/// # Errors
/// [`SourceError::Limit`] beyond the limits of this crate, [`SourceError::Unreadable`] where the bytes are no such text or the options name
/// what is not there.
pub fn parse_csv(bytes: &[u8], options: &CsvOptions<'_>) -> Result<Dataset, SourceError> {
    limits::check_bytes(bytes.len())?;
    let decoded = encoding::decode(bytes)?;
    if matches!(decoded.text.trim_start().as_bytes(), [b'{', ..] | [b'[', b'{' | b'[', ..]) {
        return Err(SourceError::unreadable(
            "csv.is_json",
            "This is JSON. Give it as `json` instead of `csv`.",
        ));
    }
    let layout = sniff::layout(&decoded.text, options.delimiter.map(Delimiter::byte));
    let records = Records::read(layout.text, layout.delimiter)?;
    if records.rows.is_empty() {
        return Err(SourceError::unreadable("csv.empty", "The file holds no rows."));
    }
    let row = |index: usize| Some(records.rows.get(index)?.iter().map(Cell::text).collect());
    let header = header::find(row, records.width, options.header_row)?;
    let mut notes: Vec<String> = decoded.note.into_iter().collect();
    let rows = records.rows.get(header.first_row..).unwrap_or_default();
    notes.extend(ragged(
        rows,
        header
            .names
            .iter()
            .rposition(|name| !name.is_ours)
            .map_or(records.width, |last| last + 1),
    ));
    limits::check_table(rows.len() + records.beyond, 0)?;
    let table = Table {
        row_count: rows.len(),
        hints: Hints {
            is_continental: layout.delimiter == b';',
        },
        time_zone: None,
        notes,
        columns: options.columns,
        as_of: options.as_of,
        header,
    };
    table.read(|column| rows.iter().map(|row| row.get(column).map_or(Cell::Empty, Cell::text)).collect())
}

struct Records {
    /// Those that hold something.
    rows: Vec<::csv::StringRecord>,
    /// How many more there are than are kept.
    beyond: usize,
    /// Cells of the widest, up to its last one that holds something.
    width: usize,
}

impl Records {
    fn read(text: &str, delimiter: u8) -> Result<Self, SourceError> {
        let mut reader = sniff::reader(text, delimiter);
        let (mut rows, mut beyond, mut width) = (Vec::new(), 0, 0);
        let mut record = ::csv::StringRecord::new();
        let unreadable = |error: ::csv::Error| {
            let line = error
                .position()
                .map(|position| format!(" at line {}", position.line()))
                .unwrap_or_default();
            SourceError::unreadable("csv.malformed", format!("The file is not well formed{line}."))
        };
        while reader.read_record(&mut record).map_err(unreadable)? {
            let filled = filled(&record);
            if filled == 0 {
                continue;
            }
            width = width.max(filled);
            // Titles and the header come on top of the rows.
            if rows.len() > limits::ROWS_MAX + 50 {
                beyond += 1;
            } else {
                rows.push(record.clone());
            }
        }
        Ok(Self { rows, beyond, width })
    }
}

/// Said of rows that are shorter or longer than the header.
fn ragged(rows: &[::csv::StringRecord], header_width: usize) -> Vec<String> {
    let short = rows.iter().filter(|row| row.len() < header_width).count();
    let long = rows.iter().filter(|row| filled(row) > header_width).count();
    let mut notes = Vec::new();
    if short > 0 {
        notes.push(format!(
            "{short} of {} rows are shorter than the header; their missing cells are empty.",
            rows.len()
        ));
    }
    if long > 0 {
        notes.push(format!(
            "{long} of {} rows are longer than the header; the columns beyond it have no name of their own.",
            rows.len()
        ));
    }
    notes
}

/// Cells up to the last one that holds something.
fn filled(row: &::csv::StringRecord) -> usize {
    (0..row.len())
        .rev()
        .find(|index| row.get(*index).is_some_and(|cell| !cell.trim().is_empty()))
        .map_or(0, |last| last + 1)
}
