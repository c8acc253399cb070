//! `encoding.columns`: a table that lists rows as they are.

use super::Check;
use crate::chart_spec::{Mark, NumberFormat, TimeFormat};
use crate::dataset::{Column, Values};
use crate::locale::{NUMBER_FORMATS, TIME_FORMATS};

/// More columns would not be read.
const COLUMNS_MAX: usize = 8;

impl<'a> Check<'_, 'a> {
    /// The columns of a list, in its order; empty where the spec asks for none.
    pub(super) fn listing(&mut self) -> Vec<&'a Column> {
        let (spec, encoding) = (self.spec, &self.spec.encoding);
        if encoding.columns.is_empty() {
            return Vec::new();
        }
        let others = [
            ("encoding.y", encoding.y.is_some()),
            ("encoding.color", encoding.color.is_some()),
            ("transform", !spec.transform.is_empty()),
            ("compare", spec.compare.is_some()),
        ];
        if spec.mark != Mark::Table {
            self.refuse(
                "encoding.columns",
                format!("columns of a {}", spec.mark.as_str()),
                "`mark: table`, or nothing",
            );
        }
        for (path, _) in others.into_iter().filter(|(_, is_given)| *is_given) {
            self.refuse(
                path,
                "beside `encoding.columns`",
                "one of the two: `columns` lists rows as they are",
            );
        }
        if encoding.columns.len() > COLUMNS_MAX {
            let given = format!("{} columns", encoding.columns.len());
            self.refuse("encoding.columns", given, format!("at most {COLUMNS_MAX}"));
        }
        let mut columns = Vec::new();
        for (i, listed) in encoding.columns.iter().enumerate() {
            let path = format!("encoding.columns[{i}]");
            let Some(column) = self.column(&format!("{path}.field"), &listed.field) else {
                continue;
            };
            if let Some(format) = &listed.format {
                self.listed_format(&format!("{path}.format"), format, column);
            }
            columns.push(column);
        }
        columns
    }

    fn listed_format(&mut self, path: &str, format: &str, column: &Column) {
        let (error, accepted) = match column.values {
            Values::Number(_) => (format.parse::<NumberFormat>().err(), NUMBER_FORMATS),
            Values::Date(_) | Values::DateTime(_) => (format.parse::<TimeFormat>().err(), TIME_FORMATS),
            Values::Text(_) | Values::Boolean(_) => (Some(format!("`{format}` for text")), "nothing: text is written as it is"),
        };
        if let Some(given) = error {
            self.refuse(path, given, accepted);
        }
    }
}
