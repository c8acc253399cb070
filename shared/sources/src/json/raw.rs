//! Pieces of JSON that are looked at without being copied: numbers keep every digit, and memory stays in step with the bytes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::cell::{Cell, Mark};
use crate::{SourceError, limits};

/// The elements of a list: as many as we read, and how many there are.
#[derive(Debug, Default)]
pub(crate) struct Items<'a> {
    pub(crate) kept: Vec<&'a RawValue>,
    pub(crate) count: usize,
}

impl<'a> Items<'a> {
    pub(crate) fn push(&mut self, item: &'a RawValue) {
        self.count += 1;
        // A list of lists has its header on top of the rows.
        if self.count <= limits::ROWS_MAX + 1 {
            self.kept.push(item);
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Items<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Items<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items<'de>, A::Error> {
                let mut items = Items::default();
                while let Some(item) = list.next_element()? {
                    items.push(item);
                }
                Ok(items)
            }
        }

        deserializer.deserialize_seq(List)
    }
}

/// The members of an object, in its order.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// A string without copying it, unless it has escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
                    members.push((name.0, value));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

pub(crate) fn items(raw: &RawValue) -> Result<Items<'_>, SourceError> {
    serde_json::from_str(raw.get()).map_err(|error| malformed(&error))
}

pub(crate) fn members(raw: &RawValue) -> Result<Vec<(Cow<'_, str>, &RawValue)>, SourceError> {
    serde_json::from_str::<Members<'_>>(raw.get())
        .map(|members| members.0)
        .map_err(|error| malformed(&error))
}

pub(crate) fn is_object(raw: &RawValue) -> bool {
    raw.get().starts_with('{')
}

pub(crate) fn is_list(raw: &RawValue) -> bool {
    raw.get().starts_with('[')
}

/// With its article, for a sentence.
pub(crate) fn kind(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes() {
        [b'{', ..] => "an object",
        [b'[', ..] => "a list",
        [b'"', ..] => "text",
        [b't' | b'f', ..] => "true or false",
        [b'n', ..] => "null",
        _ => "a number",
    }
}

/// The value as a cell; objects and lists as their own JSON text.
pub(crate) fn cell(raw: &RawValue) -> Cell<'_> {
    let text = raw.get();
    match text.as_bytes() {
        [b'n', ..] => Cell::Empty,
        [b't', ..] => Cell::Boolean(true),
        [b'f', ..] => Cell::Boolean(false),
        [b'"', ..] => serde_json::from_str::<Text<'_>>(text).map_or(Cell::Text(Cow::Borrowed(text)), |text| Cell::text(text.0)),
        [b'{' | b'[', ..] => Cell::Text(Cow::Borrowed(text)),
        _ => match number(text) {
            Some(number) => Cell::Number(number, Mark::Plain),
            None => Cell::Text(Cow::Borrowed(text)),
        },
    }
}

/// Every digit that a decimal holds: 28 of them.
fn number(text: &str) -> Option<Decimal> {
    if text.contains(['e', 'E']) {
        Decimal::from_scientific(text).ok()
    } else {
        Decimal::from_str(text).ok()
    }
}

/// Where the text stops being JSON. The parser's own message is not passed on: it may quote the data.
pub(crate) fn malformed(error: &serde_json::Error) -> SourceError {
    let (line, column) = (error.line(), error.column());
    let what = if error.is_eof() {
        "ends too early"
    } else {
        "is not well-formed JSON"
    };
    SourceError::unreadable("json.malformed", format!("The file {what}, at line {line}, column {column}."))
}
