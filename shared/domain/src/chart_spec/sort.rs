//! `sort` is a direction, a channel or a list of values in Vega-Lite.

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The order of categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// `"ascending"`: by name; numbers by value.
    Ascending,
    /// `"descending"`: by name, backwards.
    Descending,
    /// `"y"`: smallest total first.
    ByY,
    /// `"-y"`: largest total first.
    ByYDescending,
    /// `"x"`: the same of lying bars.
    ByX,
    /// `"-x"`: the same, largest first.
    ByXDescending,
    /// `["Mon", "Tue"]`: these first, in this order; the rest after them as the rows have them.
    Values(Vec<String>),
}

impl Serialize for Sort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Ascending => serializer.serialize_str("ascending"),
            Self::Descending => serializer.serialize_str("descending"),
            Self::ByY => serializer.serialize_str("y"),
            Self::ByYDescending => serializer.serialize_str("-y"),
            Self::ByX => serializer.serialize_str("x"),
            Self::ByXDescending => serializer.serialize_str("-x"),
            Self::Values(values) => values.serialize(serializer),
        }
    }
}

struct SortVisitor;

impl<'de> Visitor<'de> for SortVisitor {
    type Value = Sort;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("\"ascending\", \"descending\", \"y\", \"-y\", \"x\", \"-x\" or a list of values")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Sort, E> {
        match name {
            "ascending" => Ok(Sort::Ascending),
            "descending" => Ok(Sort::Descending),
            "y" => Ok(Sort::ByY),
            "-y" => Ok(Sort::ByYDescending),
            "x" => Ok(Sort::ByX),
            "-x" => Ok(Sort::ByXDescending),
            other => Err(E::custom(format!(
                "`{other}` is no order; accepted: ascending, descending, y, -y, x, -x, or a list of values"
            ))),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Sort, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Sort::Values(values))
    }
}

impl<'de> Deserialize<'de> for Sort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SortVisitor)
    }
}
