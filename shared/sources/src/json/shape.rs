//! Where the rows are in a document.

use domain::source_spec::RowsPath;
use serde_json::value::RawValue;

use super::raw::{self, Items};
use crate::SourceError;
use crate::error::{listed, sample};

/// How deep a document's only member is followed to its rows. Ours.
const DEPTH_MAX: usize = 5;

/// Rows in one of the shapes that we read.
pub(super) enum Shape<'a> {
    /// Objects, or bare values.
    Objects(Items<'a>),
    /// Lists of cells; where there are no names the first list is the header.
    Lists { names: Option<Vec<String>>, items: Items<'a> },
    /// One list per column, all of the same length.
    Columns(Vec<(String, Items<'a>)>),
}

/// Finds the rows; without `path`, the only ones there are.
pub(super) fn find<'a>(text: &'a str, path: Option<&RowsPath>, notes: &mut Vec<String>) -> Result<Shape<'a>, SourceError> {
    let mut values = Items::default();
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        values.push(value.map_err(|error| raw::malformed(&error))?);
    }
    match (values.kept.as_slice(), path) {
        ([], _) => Err(SourceError::unreadable("json.empty", "The file is empty.")),
        ([document], Some(path)) => at(document, path),
        ([document], None) if raw::is_list(document) => Ok(list(raw::items(document)?)),
        ([document], None) if raw::is_object(document) => search(document, "", notes),
        ([document], None) => Err(SourceError::unreadable(
            "json.no_rows",
            format!("The document is {}, not a list of rows.", raw::kind(document)),
        )),
        (_, Some(_)) => Err(SourceError::unreadable(
            "json.no_rows",
            "The file has one row per line, so `rows` has nothing to point into.",
        )),
        (_, None) => Ok(list(values)),
    }
}

fn list(items: Items<'_>) -> Shape<'_> {
    if items.kept.first().is_some_and(|first| raw::is_list(first)) {
        Shape::Lists { names: None, items }
    } else {
        Shape::Objects(items)
    }
}

fn at<'a>(document: &'a RawValue, path: &RowsPath) -> Result<Shape<'a>, SourceError> {
    let mut value = document;
    for step in &path.steps {
        let next = if raw::is_list(value) {
            let items = raw::items(value)?.kept;
            step.parse()
                .ok()
                .and_then(|index: usize| items.get(index).copied())
                .ok_or_else(|| format!("a list of {}", items.len()))
        } else if raw::is_object(value) {
            let members = raw::members(value)?;
            let found = members.iter().find(|(name, _)| name == step).map(|(_, value)| *value);
            found.ok_or_else(|| format!("an object of {}", listed(members.iter().map(|(name, _)| name.as_ref()))))
        } else {
            Err(raw::kind(value).to_owned())
        };
        value = next.map_err(|there| {
            let sentence = format!(
                "`rows` is {}, but there is no `{}`: it would be in {there}.",
                sample(&path.to_string()),
                sample(step)
            );
            SourceError::unreadable("json.no_rows", sentence)
        })?;
    }
    if raw::is_list(value) {
        return Ok(list(raw::items(value)?));
    }
    if !raw::is_object(value) {
        let sentence = format!(
            "`rows` is {}, but that is {}, not a list of rows.",
            sample(&path.to_string()),
            raw::kind(value)
        );
        return Err(SourceError::unreadable("json.no_rows", sentence));
    }
    let shape = described(value)?;
    // A person who points at an object means it: one row.
    Ok(shape.unwrap_or_else(|| {
        Shape::Objects(Items {
            kept: vec![value],
            count: 1,
        })
    }))
}

/// `{columns, rows}`, or lists of equal length.
fn described(object: &RawValue) -> Result<Option<Shape<'_>>, SourceError> {
    let members = raw::members(object)?;
    let member = |name: &str| {
        members
            .iter()
            .find(|(key, value)| key == name && raw::is_list(value))
            .map(|(_, value)| *value)
    };
    if let (Some(columns), Some(rows)) = (member("columns"), member("rows").or_else(|| member("data"))) {
        let names = raw::items(columns)?.kept.into_iter().map(column_name).collect::<Result<_, _>>()?;
        let items = raw::items(rows)?;
        let of_lists = items.kept.first().is_none_or(|first| raw::is_list(first));
        return Ok(Some(if of_lists {
            Shape::Lists { names: Some(names), items }
        } else {
            list(items)
        }));
    }
    let mut columns = Vec::new();
    for (name, value) in members.iter().filter(|(_, value)| raw::is_list(value)) {
        columns.push((name.clone().into_owned(), raw::items(value)?));
    }
    let flat = |items: &Items<'_>| {
        items
            .kept
            .first()
            .is_some_and(|first| !raw::is_object(first) && !raw::is_list(first))
    };
    let even = columns.len() >= 2 && columns.iter().all(|(_, items)| flat(items) && items.count == columns[0].1.count);
    Ok(even.then_some(Shape::Columns(columns)))
}

/// `"name"` or `{"name": "…"}`.
fn column_name(column: &RawValue) -> Result<String, SourceError> {
    let name = if raw::is_object(column) {
        raw::members(column)?
            .into_iter()
            .find(|(key, _)| matches!(key.as_ref(), "name" | "title" | "field"))
            .map(|(_, value)| value)
    } else {
        Some(column)
    };
    Ok(name
        .and_then(|name| raw::cell(name).shown().map(std::borrow::Cow::into_owned))
        .unwrap_or_default())
}

fn search<'a>(object: &'a RawValue, path: &str, notes: &mut Vec<String>) -> Result<Shape<'a>, SourceError> {
    if let Some(shape) = described(object)? {
        return Ok(shape);
    }
    let members = raw::members(object)?;
    let only = |fits: fn(&RawValue) -> bool| {
        let mut found = members.iter().filter(|(_, value)| fits(value));
        let first = found.next();
        let is_alone = found.next().is_none();
        first.map(|(name, value)| (format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), *value, is_alone))
    };
    let of_objects: fn(&RawValue) -> bool = |value| raw::is_list(value) && value.get()[1..].trim_start().starts_with(['{', '[']);
    match only(of_objects).or_else(|| only(raw::is_list)) {
        Some((path, value, true)) => {
            notes.push(format!("The rows were taken from `{path}`."));
            return Ok(list(raw::items(value)?));
        }
        Some((_, _, false)) => {
            let lists = listed(
                members
                    .iter()
                    .filter(|(_, value)| raw::is_list(value))
                    .map(|(name, _)| name.as_ref()),
            );
            let sentence =
                format!("The document has several lists ({lists}); say in `rows` which one holds the rows, for example `$.data.items`.");
            return Err(SourceError::unreadable("json.several_lists", sentence));
        }
        None => {}
    }
    match only(raw::is_object) {
        Some((path, value, true)) if path.matches('/').count() < DEPTH_MAX => search(value, &path, notes),
        _ => {
            let names = listed(members.iter().map(|(name, _)| name.as_ref()));
            let sentence = format!(
                "No list of rows was found in the document, an object of {names}. Say in `rows` where they are, for example `$.data.items`."
            );
            Err(SourceError::unreadable("json.no_rows", sentence))
        }
    }
}
