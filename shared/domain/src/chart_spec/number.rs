//! Exact numbers in a spec are written as JSON numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

pub(super) fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    match value.to_i64() {
        Some(whole) if value.fract().is_zero() => serializer.serialize_i64(whole),
        _ => serializer.serialize_f64(value.to_string().parse().unwrap_or_default()),
    }
}

struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E>(self, number: i64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Decimal, E> {
        Ok(number.into())
    }

    /// The shortest decimal that is this float: what was written.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
        let text = number.to_string();
        text.parse()
            .map_err(|_| E::custom(format!("{text} has more than 28 digits; accepted: numbers up to that")))
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    deserializer.deserialize_any(NumberVisitor)
}

pub(super) mod optional {
    use super::{Decimal, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => super::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        super::deserialize(deserializer).map(Some)
    }
}
