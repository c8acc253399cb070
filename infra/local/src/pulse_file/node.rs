//! YAML with the line of everything in it.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::{Location, Spanned};

/// A value and the line it begins on, counted from 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub line: u64,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Scalar(Value),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Reads one document. A number is what JSON calls a number; `+4915112345678`, `007` and `0x1F` are texts.
///
/// # Errors
/// Line and sentence.
pub(super) fn parse(text: &str) -> Result<Node, (u64, String)> {
    let raw: Spanned<Raw> = serde_saphyr::from_str(text).map_err(|error| {
        let line = error.location().map_or(1, |location| location.line());
        let said = error.without_snippet().to_string();
        let said = said
            .split(" at line ")
            .next()
            .unwrap_or(&said)
            .trim_end_matches([',', ' '])
            .to_owned();
        (line.max(1), said)
    })?;
    Ok(node(raw, text))
}

impl Node {
    /// As JSON.
    pub(super) fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Scalar(value) => value.clone(),
            Kind::List(items) => items.iter().map(Self::to_json).collect(),
            Kind::Map(entries) => entries
                .iter()
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect::<Map<_, _>>()
                .into(),
        }
    }

    /// The line of what a JSON pointer names, or of the nearest thing around it that is there.
    pub(super) fn line_of(&self, pointer: &str) -> u64 {
        let mut here = self;
        for step in pointer.split('/').skip(1) {
            let step = step.replace("~1", "/").replace("~0", "~");
            let below = match &here.kind {
                Kind::Scalar(_) => None,
                Kind::List(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
                Kind::Map(entries) => entries.iter().find(|(key, _)| *key == step).map(|(_, value)| value),
            };
            match below {
                Some(below) => here = below,
                None => break,
            }
        }
        here.line
    }
}

/// As the parser hands it over.
enum Raw {
    Scalar(Value),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

fn node(raw: Spanned<Raw>, text: &str) -> Node {
    let at = raw.referenced;
    let kind = match raw.value {
        Raw::Scalar(Value::Number(number)) => Kind::Scalar(number_as_written(number, at, text)),
        Raw::Scalar(value) => Kind::Scalar(value),
        Raw::List(items) => Kind::List(items.into_iter().map(|item| node(item, text)).collect()),
        Raw::Map(entries) => Kind::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let mut below = node(value, text);
                    // A block begins a line below its key; people look for the key.
                    if !matches!(below.kind, Kind::Scalar(_)) && key.referenced.line() > 0 {
                        below.line = key.referenced.line();
                    }
                    (key.value, below)
                })
                .collect(),
        ),
    };
    Node {
        line: at.line().max(1),
        kind,
    }
}

fn number_as_written(number: Number, at: Location, text: &str) -> Value {
    let span = at.span();
    let written = span.byte_offset().zip(span.byte_len()).and_then(|(from, len)| {
        let from = usize::try_from(from).ok()?;
        text.get(from..from.checked_add(usize::try_from(len).ok()?)?)
    });
    match written.map(str::trim) {
        Some(written) if serde_json::from_str::<Number>(written).is_err() => Value::String(written.to_owned()),
        _ => Value::Number(number),
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Anything;

        impl<'de> Visitor<'de> for Anything {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Null))
            }

            fn visit_none<E: de::Error>(self) -> Result<Raw, E> {
                Ok(Raw::Scalar(Value::Null))
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
                Raw::deserialize(deserializer)
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Raw, E> {
                Ok(Raw::Scalar(value.into()))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Raw, E> {
                Ok(Raw::Scalar(value.into()))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Raw, E> {
                Ok(Raw::Scalar(value.into()))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Raw, E> {
                Ok(Raw::Scalar(value.into()))
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Raw, E> {
                Ok(Raw::Scalar(value.into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Raw::List(items))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Raw::Map(entries))
            }
        }

        deserializer.deserialize_any(Anything)
    }
}
