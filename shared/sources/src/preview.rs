//! What a person is shown before they trust a source.

use domain::dataset::{Column, Dataset, Unit, Values};
use serde::Serialize;

/// Cells shown of each column.
const SAMPLES: usize = 5;

/// What was understood of a source: each column's type and unit with a few of its cells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Preview {
    /// Rows, the header not counted.
    pub row_count: usize,
    /// IANA zone of the date-times, where the source tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// In the source's order.
    pub columns: Vec<PreviewColumn>,
    /// What there is to say of the source as a whole.
    pub notes: Vec<String>,
}

/// One column of a [`Preview`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PreviewColumn {
    /// Its name.
    pub name: String,
    /// `number`, `text`, `date`, `date_time` or `boolean`: what a column's `type` takes in a source.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What its numbers measure, as a column's `unit` takes it in a source: `EUR`, `percent`, `seconds` or other text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its first five cells that hold something. Percentages are fractions: 0.12 is 12 %.
    pub samples: Vec<String>,
    /// What there is to say of it.
    pub notes: Vec<String>,
}

impl Preview {
    /// The preview of what was read.
    pub fn of(dataset: &Dataset) -> Self {
        let mut notes = dataset.notes.clone();
        let columns = dataset.columns.iter().map(|column| PreviewColumn::of(column, &mut notes)).collect();
        Self {
            row_count: dataset.row_count(),
            time_zone: dataset.time_zone.clone(),
            columns,
            notes,
        }
    }
}

impl PreviewColumn {
    /// Takes the column's notes out of `notes`.
    fn of(column: &Column, notes: &mut Vec<String>) -> Self {
        let prefix = crate::table::column_note(&column.name, "");
        let own = notes
            .extract_if(.., |note| note.starts_with(&prefix))
            .map(|note| note[prefix.len()..].to_owned())
            .collect();
        Self {
            name: column.name.clone(),
            kind: column.values.type_name(),
            unit: column.unit.as_ref().map(unit_text),
            samples: samples(&column.values),
            notes: own,
        }
    }
}

fn unit_text(unit: &Unit) -> String {
    match unit {
        Unit::Currency(code) => code.clone(),
        Unit::Percent => "percent".to_owned(),
        Unit::Seconds => "seconds".to_owned(),
        Unit::Other(text) => text.clone(),
    }
}

fn samples(values: &Values) -> Vec<String> {
    fn first<T: ToString>(cells: &[Option<T>]) -> Vec<String> {
        cells
            .iter()
            .flatten()
            .take(SAMPLES)
            .map(|cell| crate::error::sample(&cell.to_string()))
            .collect()
    }
    match values {
        Values::Number(cells) => first(cells),
        Values::Text(cells) => first(cells),
        Values::Date(cells) => first(cells),
        Values::DateTime(cells) => first(cells),
        Values::Boolean(cells) => first(cells),
    }
}
