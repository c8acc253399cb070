//! A title is a text or `{text, subtitle}`; read by hand so that a mistake is named where it stands.

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

/// Headline and the quieter line under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Title {
    /// The headline. Wrapped to two lines and shortened where it does not fit.
    pub text: String,
    /// The line under it: period, unit, what it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
}

impl From<&str> for Title {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            subtitle: None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    text: String,
    #[serde(default, deserialize_with = "super::present")]
    subtitle: Option<String>,
}

struct TitleVisitor;

impl<'de> Visitor<'de> for TitleVisitor {
    type Value = Title;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a text, or an object with `text` and `subtitle`")
    }

    fn visit_str<E>(self, text: &str) -> Result<Title, E> {
        Ok(Title::from(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Title, A::Error> {
        let parts = Parts::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Title {
            text: parts.text,
            subtitle: parts.subtitle,
        })
    }
}

impl<'de> Deserialize<'de> for Title {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TitleVisitor)
    }
}
