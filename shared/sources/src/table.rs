//! From a header and cells to a [`Dataset`].

use std::collections::HashSet;

use domain::dataset::{Column, Dataset, Values};
use domain::source_spec::{ColumnOverride, ColumnOverrides};
use jiff::Timestamp;

use crate::cell::Cell;
use crate::error::listed;
use crate::header::Header;
use crate::infer::{self, Hints};
use crate::{SourceError, limits};

/// A table whose columns have no types yet.
#[derive(Debug)]
pub(crate) struct Table<'o> {
    pub(crate) header: Header,
    /// Without the header.
    pub(crate) row_count: usize,
    pub(crate) hints: Hints,
    /// Zone that the source itself states.
    pub(crate) time_zone: Option<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) columns: &'o ColumnOverrides,
    pub(crate) as_of: Timestamp,
}

impl Table<'_> {
    /// Types the columns; `cells` gives the cells of the column of that index, as many as there are rows. One column is held untyped at a time.
    pub(crate) fn read<'a>(self, cells: impl Fn(usize) -> Vec<Cell<'a>>) -> Result<Dataset, SourceError> {
        let Self {
            header,
            row_count,
            hints,
            time_zone,
            mut notes,
            columns: overrides,
            as_of,
        } = self;
        limits::check_table(row_count, header.names.len())?;
        self::check_overrides(&header, overrides)?;
        notes.extend(header.notes);
        if row_count == 0 {
            notes.push("There are no rows under the header.".to_owned());
        }
        let as_written = ColumnOverride::default();
        let (mut columns, mut zones) = (Vec::with_capacity(header.names.len()), Vec::new());
        for (index, name) in header.names.into_iter().enumerate() {
            let cells = cells(index);
            if name.is_ours && cells.iter().all(Cell::is_empty) {
                continue;
            }
            let over = overrides.get(&name.text).unwrap_or(&as_written);
            let inferred = infer::column(&name.text, cells, over, hints);
            if matches!(inferred.values, Values::DateTime(_)) && inferred.time_zone.is_some() {
                zones.push(inferred.time_zone);
            }
            let text = over.rename.as_ref().map_or(name.text, |rename| rename.as_str().to_owned());
            notes.extend(inferred.notes.into_iter().map(|note| column_note(&text, &note)));
            columns.push(Column {
                name: text,
                unit: inferred.unit,
                values: inferred.values,
            });
        }
        zones.dedup();
        if zones.len() > 1 {
            notes.push("Columns have times in different zones; each is shown as written.".to_owned());
        }
        let found = if zones.len() == 1 { zones.pop().flatten() } else { None };
        Ok(Dataset {
            as_of,
            time_zone: time_zone.or(found),
            columns,
            notes,
        })
    }
}

/// A note of a column begins with its name; [`crate::Preview`] finds it by that.
pub(crate) fn column_note(name: &str, note: &str) -> String {
    format!("`{name}` {note}")
}

fn check_overrides(header: &Header, overrides: &ColumnOverrides) -> Result<(), SourceError> {
    let names: HashSet<&str> = header.names.iter().map(|name| name.text.as_str()).collect();
    if let Some(missing) = overrides.keys().find(|name| !names.contains(name.as_str())) {
        let there = listed(header.names.iter().map(|name| name.text.as_str()));
        let sentence = format!(
            "`columns` names {}, which the source does not have; its columns are {there}.",
            listed([missing.as_str()])
        );
        return Err(SourceError::unreadable("source.column_missing", sentence));
    }
    let mut taken = HashSet::new();
    for name in &header.names {
        let renamed = overrides
            .get(&name.text)
            .and_then(|over| over.rename.as_ref())
            .map_or(name.text.as_str(), |rename| rename.as_str());
        if !taken.insert(renamed) {
            let sentence = format!("`columns` gives two columns the name {}; each needs its own.", listed([renamed]));
            return Err(SourceError::unreadable("source.column_repeated", sentence));
        }
    }
    Ok(())
}
