//! `stack` is `"zero"`, `"normalize"`, true, false or null in Vega-Lite.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Whether bars and areas of several series stand on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stack {
    /// On each other, from zero: `"zero"` or `true`.
    Zero,
    /// On each other, each as its share of the step's sum: `"normalize"`.
    Normalize,
    /// Side by side (bars) or before each other (areas): `false` or `null`.
    Off,
}

impl Serialize for Stack {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Zero => serializer.serialize_str("zero"),
            Self::Normalize => serializer.serialize_str("normalize"),
            Self::Off => serializer.serialize_bool(false),
        }
    }
}

struct StackVisitor;

impl Visitor<'_> for StackVisitor {
    type Value = Stack;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("\"zero\", \"normalize\", true, false or null")
    }

    fn visit_bool<E>(self, on: bool) -> Result<Stack, E> {
        Ok(if on { Stack::Zero } else { Stack::Off })
    }

    fn visit_unit<E>(self) -> Result<Stack, E> {
        Ok(Stack::Off)
    }

    fn visit_none<E>(self) -> Result<Stack, E> {
        Ok(Stack::Off)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Stack, E> {
        match name {
            "zero" => Ok(Stack::Zero),
            "normalize" => Ok(Stack::Normalize),
            other => Err(E::custom(format!(
                "`{other}` is not drawn; accepted: \"zero\", \"normalize\", true, false, null"
            ))),
        }
    }
}

impl<'de> Deserialize<'de> for Stack {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StackVisitor)
    }
}

/// An explicit null means "side by side", which an `Option` alone would take for "not said".
pub(super) fn null_is_off<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Stack>, D::Error> {
    Stack::deserialize(deserializer).map(Some)
}
