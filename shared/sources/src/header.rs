//! Where the header of a table is, and what its columns are called.

use std::collections::HashSet;
use std::num::NonZeroU32;

use crate::cell::{Cell, is_missing};
use crate::{SourceError, infer, limits};

/// Longest name that is kept, in characters. Ours.
const NAME_CHARS_MAX: usize = 200;
/// Rows above the header that are looked at. Ours.
const TITLE_ROWS_MAX: usize = 20;

/// The names of a table's columns and where its rows begin.
#[derive(Debug)]
pub(crate) struct Header {
    /// Unique, in the source's order.
    pub(crate) names: Vec<Name>,
    /// Index of the first row under the header.
    pub(crate) first_row: usize,
    pub(crate) notes: Vec<String>,
}

/// The name of a column.
#[derive(Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    /// Whether we gave it, because the source has none.
    pub(crate) is_ours: bool,
}

/// Finds the header among rows of cells; `row` gives the row of that index, `width` is the number of cells of the widest.
///
/// Not told where it is, it is the first row, or the first one under title rows (one cell in a table of several). Where that row holds
/// nothing but numbers and dates there is no header.
pub(crate) fn find<'a>(
    row: impl Fn(usize) -> Option<Vec<Cell<'a>>>,
    width: usize,
    header_row: Option<NonZeroU32>,
) -> Result<Header, SourceError> {
    limits::check_table(0, width)?;
    if let Some(given) = header_row {
        let index = usize::try_from(given.get() - 1).unwrap_or(usize::MAX);
        let Some(cells) = row(index) else {
            return Err(SourceError::unreadable(
                "source.header_row",
                format!("`header_row` is {given}, but the source has fewer rows."),
            ));
        };
        let (names, notes) = name_all(&cells, width);
        return Ok(Header {
            names,
            first_row: index + 1,
            notes,
        });
    }
    let titles = title_rows(&row);
    let cells = row(titles).unwrap_or_default();
    if cells.len() >= width && !cells.is_empty() && cells.iter().all(is_value) {
        let (names, _) = name_all(&[], width);
        let notes = vec!["The first row holds values, so there is no header; columns are called column_1, column_2 ...".to_owned()];
        return Ok(Header {
            names,
            first_row: titles,
            notes,
        });
    }
    let (names, mut notes) = name_all(&cells, width);
    if titles > 0 {
        notes.push(format!("{titles} title rows above the header were left out."));
    }
    Ok(Header {
        names,
        first_row: titles + 1,
        notes,
    })
}

/// Names that are given rather than found, made unique.
pub(crate) fn named(names: &[String]) -> Result<Header, SourceError> {
    limits::check_table(0, names.len())?;
    let cells: Vec<Cell<'_>> = names.iter().map(|name| Cell::text(name.as_str())).collect();
    let (names, notes) = name_all(&cells, cells.len());
    Ok(Header {
        names,
        first_row: 0,
        notes,
    })
}

/// How many rows of one filled cell stand above a row of several words.
fn title_rows<'a>(row: &impl Fn(usize) -> Option<Vec<Cell<'a>>>) -> usize {
    for index in 0..TITLE_ROWS_MAX {
        let Some(cells) = row(index) else { return 0 };
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled >= 2 {
            return if cells.iter().any(is_value) { 0 } else { index };
        }
    }
    0
}

/// Whether the cell holds a value rather than a name.
pub(crate) fn is_value(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Text(text) => !is_missing(text) && infer::is_value(text),
        Cell::Empty => false,
        Cell::Number(..) | Cell::Moment(_) | Cell::Boolean(_) => true,
    }
}

fn name_all(cells: &[Cell<'_>], width: usize) -> (Vec<Name>, Vec<String>) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut names = Vec::with_capacity(width.max(cells.len()));
    let mut repeated = Vec::new();
    for index in 0..width.max(cells.len()) {
        let written = cells
            .get(index)
            .and_then(Cell::shown)
            .map(|text| one_line(&text))
            .filter(|text| !text.is_empty());
        let is_ours = written.is_none();
        let wanted = written.unwrap_or_else(|| format!("column_{}", index + 1));
        let mut text = wanted.clone();
        let mut count = 1;
        while !taken.insert(text.clone()) {
            count += 1;
            text = format!("{wanted} ({count})");
        }
        if count > 1 && !is_ours {
            repeated.push(text.clone());
        }
        names.push(Name { text, is_ours });
    }
    let mut notes = Vec::new();
    if !repeated.is_empty() {
        notes.push(format!(
            "Several columns have the same name; they are called {}.",
            crate::error::listed(repeated.iter().map(String::as_str))
        ));
    }
    (names, notes)
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(NAME_CHARS_MAX).collect()
}
