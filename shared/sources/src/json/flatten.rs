//! A list of objects as columns.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::raw::{self, Items};
use crate::cell::Cell;
use crate::{SourceError, limits};

/// How deep objects within a row become columns of their own. Ours.
const DEPTH_MAX: usize = 5;

/// The members of all rows by name, in the order of their first appearance.
pub(super) struct Objects<'a> {
    pub(super) names: Vec<String>,
    pub(super) row_count: usize,
    /// Per column, the rows that have it.
    columns: Vec<Vec<(usize, &'a RawValue)>>,
    index: HashMap<String, usize>,
}

impl<'a> Objects<'a> {
    /// Reads rows of objects, or of bare values, which become a column `value`. `null` is no row.
    pub(super) fn read(items: &Items<'a>) -> Result<Self, SourceError> {
        let mut objects = Self {
            names: Vec::new(),
            row_count: 0,
            columns: Vec::new(),
            index: HashMap::new(),
        };
        let mut rows = items.kept.iter().filter(|item| item.get() != "null").peekable();
        let of_objects = rows.peek().is_none_or(|first| raw::is_object(first));
        for (index, item) in rows.enumerate() {
            match (raw::is_object(item), of_objects) {
                (true, true) => objects.add(&mut String::new(), item, 1)?,
                (false, false) if !raw::is_list(item) => objects.put("value", item),
                _ => return Err(super::unlike(index, item, if of_objects { "an object" } else { "a plain value" })),
            }
            objects.row_count += 1;
        }
        limits::check_table(objects.row_count, objects.index.len())?;
        if objects.names.is_empty() {
            return Err(SourceError::unreadable(
                "json.empty",
                "The list of rows is empty, so there are no columns.",
            ));
        }
        Ok(objects)
    }

    fn add(&mut self, path: &mut String, object: &'a RawValue, depth: usize) -> Result<(), SourceError> {
        let outer = path.len();
        for (name, value) in raw::members(object)? {
            if outer > 0 {
                path.push('.');
            }
            path.push_str(name.trim());
            if raw::is_object(value) && depth < DEPTH_MAX && value.get() != "{}" {
                self.add(path, value, depth + 1)?;
            } else {
                self.put(path, value);
            }
            path.truncate(outer);
        }
        Ok(())
    }

    /// Beyond the limit names are still counted, to be told, but no cells kept.
    fn put(&mut self, name: &str, value: &'a RawValue) {
        let column = match self.index.get(name) {
            Some(column) => *column,
            None => {
                let column = self.index.len();
                self.index.insert(name.to_owned(), column);
                if column < limits::COLUMNS_MAX {
                    self.names.push(name.to_owned());
                    self.columns.push(Vec::new());
                }
                column
            }
        };
        if let Some(cells) = self.columns.get_mut(column) {
            cells.push((self.row_count, value));
        }
    }

    pub(super) fn cells(&self, column: usize) -> Vec<Cell<'a>> {
        let mut cells = vec![Cell::Empty; self.row_count];
        for (row, value) in self.columns.get(column).into_iter().flatten() {
            if value.get() != "{}" {
                cells[*row] = raw::cell(value);
            }
        }
        cells
    }
}
