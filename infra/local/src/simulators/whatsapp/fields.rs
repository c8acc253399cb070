//! Reads a JSON object as strictly as the Graph API does, with its words when something is wrong.

use serde_json::{Map, Value};

use super::graph_error::GraphError;

/// One JSON object and where it stands, such as `image` or `interactive['body']`.
pub(super) struct Fields<'a> {
    path: String,
    map: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    pub(super) fn root(value: &'a Value) -> Result<Self, GraphError> {
        let map = value
            .as_object()
            .ok_or_else(|| GraphError::parameter("The request body must be a JSON object."))?;
        Ok(Self { path: String::new(), map })
    }

    /// Refuses keys that are not in `known`.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), GraphError> {
        match self.map.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) if self.path.is_empty() => Err(GraphError::parameter(format_args!("Unexpected key \"{key}\""))),
            Some(key) => Err(GraphError::parameter(format_args!(
                "Unexpected key \"{key}\" on param \"{}\".",
                self.path
            ))),
        }
    }

    /// Whether the key is there at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }

    pub(super) fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}['{name}']", self.path)
        }
    }

    pub(super) fn missing(&self, name: &str) -> GraphError {
        GraphError::parameter(format_args!("The parameter {} is required.", self.path(name)))
    }

    pub(super) fn not(&self, name: &str, wanted: &str) -> GraphError {
        GraphError::parameter(format_args!("Param {} must be {wanted}.", self.path(name)))
    }

    /// A string, if the key is there.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, GraphError> {
        match self.map.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.not(name, "a string")),
        }
    }

    /// A string of at most `max` characters, if the key is there.
    pub(super) fn short_text(&self, name: &str, max: usize) -> Result<Option<&'a str>, GraphError> {
        let text = self.text(name)?;
        if text.is_some_and(|text| text.chars().count() > max) {
            return Err(self.not(name, &format!("at most {max} characters long")));
        }
        Ok(text)
    }

    /// A string that must be there and must not be empty.
    pub(super) fn needed(&self, name: &str, max: usize) -> Result<&'a str, GraphError> {
        match self.short_text(name, max)? {
            None => Err(self.missing(name)),
            Some("") => Err(self.not(name, "a non-empty string")),
            Some(text) => Ok(text),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, GraphError> {
        match self.map.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.not(name, "a boolean")),
        }
    }

    /// An object, if the key is there.
    pub(super) fn object(&self, name: &str) -> Result<Option<Fields<'a>>, GraphError> {
        match self.map.get(name) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(Fields {
                path: self.path(name),
                map,
            })),
            Some(_) => Err(self.not(name, "an object")),
        }
    }

    /// An object that must be there, with no other keys than `known`.
    pub(super) fn needed_object(&self, name: &str, known: &[&str]) -> Result<Fields<'a>, GraphError> {
        let object = self.object(name)?.ok_or_else(|| self.missing(name))?;
        object.only(known)?;
        Ok(object)
    }

    /// The objects of an array, if the key is there.
    pub(super) fn objects(&self, name: &str) -> Result<Vec<Fields<'a>>, GraphError> {
        let Some(value) = self.map.get(name) else { return Ok(Vec::new()) };
        let items = value.as_array().ok_or_else(|| self.not(name, "an array"))?;
        let one = |(index, item): (usize, &'a Value)| {
            let map = item.as_object().ok_or_else(|| self.not(name, "an array of objects"))?;
            Ok(Fields {
                path: format!("{}[{index}]", self.path(name)),
                map,
            })
        };
        items.iter().enumerate().map(one).collect()
    }
}
