//! The single values of a [`SourceSpec`](super::SourceSpec), each parsed once.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// A value of a source that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: given {given}, accepted is {accepted}")]
pub struct InvalidSource {
    /// The field, as it is written.
    pub field: &'static str,
    /// What was given, cut to 80 characters.
    pub given: String,
    /// What would have been accepted.
    pub accepted: &'static str,
}

impl InvalidSource {
    pub(super) fn new(field: &'static str, given: &str, accepted: &'static str) -> Self {
        let given = if given.is_empty() {
            "nothing".to_owned()
        } else {
            given.chars().take(80).collect()
        };
        Self { field, given, accepted }
    }
}

/// What to read otherwise than we would, by the header's text as it stands in the source.
pub type ColumnOverrides = BTreeMap<String, ColumnOverride>;

/// What to read otherwise than we would, in one column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ColumnOverride {
    /// Read it as this; a cell that cannot be read so is empty, and a note says how many there are.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<ColumnType>,
    /// What its numbers measure: an ISO 4217 code, `percent` (0.12 is 12 %), `%` (12 is 12 %), `seconds`, or what is written after the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitText>,
    /// Another name for it; charts know it by this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rename: Option<ColumnName>,
    /// How 01/02/2026 is meant; found out from the whole column where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// How 1.234 is meant; found out from the whole column where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
}

/// A column's type as people write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Exact decimals.
    Number,
    /// As written.
    Text,
    /// Calendar days; a month, quarter or week is its first day.
    Date,
    /// Date and time of day.
    DateTime,
    /// True or false.
    Boolean,
}

/// How 01/02/2026 is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// The first of February.
    DayFirst,
    /// The second of January.
    MonthFirst,
}

/// How 1.234 and 1,234 are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

/// What separates the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Delimiter(u8);

impl Delimiter {
    /// Reads `,` `;` `|`, `tab` or a tab itself.
    ///
    /// # Errors
    /// [`InvalidSource`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidSource> {
        match text {
            "," | ";" | "|" | "\t" => Ok(Self(text.as_bytes()[0])),
            "tab" => Ok(Self(b'\t')),
            _ => Err(InvalidSource::new("delimiter", text, "`,` `;` `|` or `tab`")),
        }
    }

    /// The character, which is ASCII.
    pub fn byte(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == b'\t' {
            f.write_str("tab")
        } else {
            write!(f, "{}", char::from(self.0))
        }
    }
}

/// What the numbers of a column measure, as people write it: 1 to 24 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 24))]
#[serde(try_from = "String", into = "String")]
pub struct UnitText(String);

/// The name of a column: 1 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 200))]
#[serde(try_from = "String", into = "String")]
pub struct ColumnName(String);

/// Text of a bounded length, trimmed.
macro_rules! short_text {
    ($($name:ident $field:literal $chars_max:literal $accepted:literal;)+) => {$(
        impl $name {
            /// Reads it, without the spaces around it.
            ///
            /// # Errors
            /// [`InvalidSource`] where it is empty or too long.
            pub fn parse(text: &str) -> Result<Self, InvalidSource> {
                let text = text.trim();
                if (1..=$chars_max).contains(&text.chars().count()) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(InvalidSource::new($field, text, $accepted))
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

short_text! {
    UnitText "unit" 24 "1 to 24 characters: an ISO 4217 code, `percent`, `%`, `seconds`, or what is written after the number";
    ColumnName "rename" 200 "1 to 200 characters";
}

/// The way to the rows in a JSON document: names of objects and positions in lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RowsPath {
    /// As it was written.
    text: String,
    /// From the document inwards; a step that is a number is a position where it meets a list.
    pub steps: Vec<String>,
}

const ROWS_ACCEPTED: &str = "a path like `$.data.items`, `$['data'][0]` or a pointer like `/data/items`";

impl RowsPath {
    /// Reads the plain part of JSONPath (names and positions, no wildcards or filters) or a JSON pointer (RFC 6901).
    ///
    /// # Errors
    /// [`InvalidSource`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidSource> {
        let refuse = || InvalidSource::new("rows", text, ROWS_ACCEPTED);
        let steps = match text.strip_prefix('$') {
            Some(path) => json_path(path).ok_or_else(refuse)?,
            None if text.is_empty() => Vec::new(),
            None => {
                let pointer = text.strip_prefix('/').ok_or_else(refuse)?;
                pointer.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
            }
        };
        if steps.len() > 32 || text.len() > 1_000 {
            return Err(refuse());
        }
        Ok(Self {
            text: text.to_owned(),
            steps,
        })
    }
}

fn json_path(mut rest: &str) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, after) = if let Some(name) = rest.strip_prefix('.') {
            name.split_at(name.find(['.', '[']).unwrap_or(name.len()))
        } else {
            let inner = rest.strip_prefix('[')?;
            match inner.chars().next()? {
                quote @ ('\'' | '"') => {
                    let (name, after) = inner[1..].split_once(quote)?;
                    (name, after.strip_prefix(']')?)
                }
                _ => {
                    let (position, after) = inner.split_once(']')?;
                    position.parse::<usize>().ok()?;
                    (position, after)
                }
            }
        };
        if step.is_empty() || step == "*" {
            return None;
        }
        steps.push(step.to_owned());
        rest = after;
    }
    Some(steps)
}

impl fmt::Display for RowsPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Which Google Sheet: its link from the browser, or its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Spreadsheet {
    /// As it was written.
    text: String,
    /// Google's id of the sheet: letters, digits, `-` and `_`.
    pub id: String,
    /// Google's id of the tab that the link shows.
    pub tab_id: Option<i64>,
}

const SPREADSHEET_ACCEPTED: &str =
    "a link like https://docs.google.com/spreadsheets/d/<id>/edit (not one of \"publish to the web\"), or the id in it";

impl Spreadsheet {
    /// Reads a link or an id.
    ///
    /// # Errors
    /// [`InvalidSource`] for anything else, links of "publish to the web" among it: those are read as `csv` with `url`.
    pub fn parse(text: &str) -> Result<Self, InvalidSource> {
        let refuse = || InvalidSource::new("spreadsheet", text, SPREADSHEET_ACCEPTED);
        let text = text.trim();
        let (id, tab_id) = match Url::parse(text) {
            Ok(link) => from_link(&link).ok_or_else(refuse)?,
            Err(_) => (text.to_owned(), None),
        };
        let well_formed =
            (1..=200).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if well_formed {
            Ok(Self {
                text: text.to_owned(),
                id,
                tab_id,
            })
        } else {
            Err(refuse())
        }
    }
}

fn from_link(link: &Url) -> Option<(String, Option<i64>)> {
    if link.host_str()? != "docs.google.com" {
        return None;
    }
    let mut segments = link.path_segments()?.skip_while(|segment| *segment != "d").skip(1);
    let id = segments.next().filter(|id| *id != "e")?.to_owned();
    let gid = |text: &str| text.split('&').find_map(|pair| pair.strip_prefix("gid=")?.parse().ok());
    Some((id, link.fragment().and_then(gid).or_else(|| link.query().and_then(gid))))
}

impl fmt::Display for Spreadsheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Text that is parsed when it is read and written back as it was.
macro_rules! parsed_text {
    ($($name:ident)+) => {$(
        impl TryFrom<String> for $name {
            type Error = InvalidSource;
            fn try_from(text: String) -> Result<Self, InvalidSource> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.to_string()
            }
        }
    )+};
}

parsed_text! { Delimiter UnitText ColumnName RowsPath Spreadsheet }
