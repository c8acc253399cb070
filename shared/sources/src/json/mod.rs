//! JSON: a list of objects, a header and rows, lists of equal length, or one object per line.

mod flatten;
pub(crate) mod raw;
mod shape;

use domain::dataset::Dataset;
use domain::source_spec::{ColumnOverrides, JsonSource, RowsPath};
use jiff::Timestamp;
use serde_json::value::RawValue;

use crate::cell::Cell;
use crate::header::{self, Header};
use crate::infer::Hints;
use crate::table::Table;
use crate::{SourceError, encoding, limits};
use flatten::Objects;
use raw::Items;
use shape::Shape;

/// How to read JSON; what is not given is found out.
#[derive(Debug, Clone, Copy)]
pub struct JsonOptions<'a> {
    /// Where the rows are in the document.
    pub rows: Option<&'a RowsPath>,
    /// What to read otherwise than we would, by header text.
    pub columns: &'a ColumnOverrides,
    /// When the bytes were read.
    pub as_of: Timestamp,
}

impl<'a> JsonOptions<'a> {
    /// As the source says.
    pub fn of(source: &'a JsonSource, as_of: Timestamp) -> Self {
        Self {
            rows: source.rows.as_ref(),
            columns: &source.columns,
            as_of,
        }
    }
}

/// Reads JSON: `[{…}, …]`, `[[header], [row], …]`, `{columns: […], rows: [[…], …]}`, `{a: […], b: […]}` with lists of equal length, or one
/// object per line. Without `rows` the document's only list is taken. Objects within rows become columns `outer.inner`, five deep at most;
/// lists within rows, and what is deeper, stay JSON text. Numbers are exact.
///
/// # Errors
/// [`SourceError::Limit`] beyond the limits of this crate, [`SourceError::Unreadable`] where the bytes are no such JSON or the options name
/// what is not there.
pub fn parse_json(bytes: &[u8], options: &JsonOptions<'_>) -> Result<Dataset, SourceError> {
    limits::check_bytes(bytes.len())?;
    let decoded = encoding::decode(bytes)?;
    let mut notes: Vec<String> = decoded.note.into_iter().collect();
    let table = |header: Header, row_count: usize, notes: Vec<String>| Table {
        header,
        row_count,
        hints: Hints::default(),
        time_zone: None,
        notes,
        columns: options.columns,
        as_of: options.as_of,
    };
    match shape::find(&decoded.text, options.rows, &mut notes)? {
        Shape::Objects(items) => {
            check_rows(&items)?;
            let objects = Objects::read(&items)?;
            let rows = objects.row_count;
            table(header::named(&objects.names)?, rows, notes).read(|column| objects.cells(column))
        }
        Shape::Lists { names, items } => {
            check_rows(&items)?;
            let lists = lists(&items)?;
            let width = lists.iter().map(Vec::len).max().unwrap_or(0);
            let header = match names {
                Some(mut names) => {
                    names.resize_with(width.max(names.len()), String::new);
                    header::named(&names)?
                }
                None => header::find(
                    |index| Some(lists.get(index)?.iter().map(|item| raw::cell(item)).collect()),
                    width,
                    None,
                )?,
            };
            let rows = lists.get(header.first_row..).unwrap_or_default();
            let cells = |column: usize| {
                rows.iter()
                    .map(|row| row.get(column).map_or(Cell::Empty, |item| raw::cell(item)))
                    .collect()
            };
            table(header, rows.len(), notes).read(cells)
        }
        Shape::Columns(columns) => {
            let rows = columns.first().map_or(0, |(_, items)| items.count);
            limits::check_table(rows, columns.len())?;
            let names: Vec<String> = columns.iter().map(|(name, _)| name.clone()).collect();
            table(header::named(&names)?, rows, notes).read(|column| {
                columns
                    .get(column)
                    .map(|(_, items)| items.kept.iter().map(|item| raw::cell(item)).collect())
                    .unwrap_or_default()
            })
        }
    }
}

fn check_rows(items: &Items<'_>) -> Result<(), SourceError> {
    limits::check_table(items.count, 0)
}

fn lists<'a>(items: &Items<'a>) -> Result<Vec<Vec<&'a RawValue>>, SourceError> {
    let mut lists = Vec::with_capacity(items.kept.len());
    for (index, item) in items.kept.iter().enumerate() {
        if !raw::is_list(item) {
            return Err(unlike(index, item, "a list"));
        }
        let cells = raw::items(item)?;
        limits::check_table(0, cells.count)?;
        lists.push(cells.kept);
    }
    Ok(lists)
}

/// A row that is not what the first one is.
fn unlike(index: usize, item: &RawValue, first: &str) -> SourceError {
    SourceError::unreadable(
        "json.mixed_rows",
        format!("Row {} is {}, but the first row is {first}.", index + 1, raw::kind(item)),
    )
}
