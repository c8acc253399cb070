//! Reading and writing DynamoDB attributes.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{StoreError, corrupt};
use crate::keys::Key;

/// An item as DynamoDB holds it.
pub(crate) type Item = HashMap<String, AttributeValue>;

/// The attribute that holds a whole document as JSON.
pub(crate) const DOC: &str = "doc";
/// The attribute that DynamoDB deletes by: seconds since 1970.
pub(crate) const TTL: &str = "expires_at_s";

pub(crate) fn s(text: impl Into<String>) -> AttributeValue {
    AttributeValue::S(text.into())
}

pub(crate) fn n(number: impl ToString) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

/// Milliseconds, so that whole and fractional seconds sort alike.
pub(crate) fn time(at: Timestamp) -> AttributeValue {
    s(format!("{at:.3}"))
}

/// An item with its key and nothing else.
pub(crate) fn keyed(key: &Key) -> Item {
    HashMap::from([("pk".to_owned(), s(&key.pk)), ("sk".to_owned(), s(&key.sk))])
}

/// An item with its key and a document.
pub(crate) fn with_doc<T: Serialize>(key: &Key, what: &'static str, doc: &T) -> Result<Item, StoreError> {
    let mut item = keyed(key);
    item.insert(DOC.to_owned(), s(serde_json::to_string(doc).map_err(corrupt(what))?));
    Ok(item)
}

/// Typed reads that name what is missing.
pub(crate) struct Reader<'a> {
    pub(crate) what: &'static str,
    pub(crate) item: &'a Item,
}

impl<'a> Reader<'a> {
    fn missing(&self, name: &str) -> StoreError {
        StoreError::Corrupt {
            what: self.what,
            detail: format!("`{name}` is missing or of another type"),
        }
    }

    pub(crate) fn text_opt(&self, name: &str) -> Option<&'a str> {
        self.item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str)
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'a str, StoreError> {
        self.text_opt(name).ok_or_else(|| self.missing(name))
    }

    pub(crate) fn number_opt<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.item
            .get(name)
            .and_then(|value| value.as_n().ok())
            .and_then(|digits| digits.parse().ok())
    }

    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Result<T, StoreError> {
        self.number_opt(name).ok_or_else(|| self.missing(name))
    }

    pub(crate) fn time_opt(&self, name: &str) -> Option<Timestamp> {
        self.text_opt(name).and_then(|text| text.parse().ok())
    }

    pub(crate) fn time(&self, name: &str) -> Result<Timestamp, StoreError> {
        self.time_opt(name).ok_or_else(|| self.missing(name))
    }

    pub(crate) fn json_opt<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        self.text_opt(name)
            .map(|text| serde_json::from_str(text).map_err(corrupt(self.what)))
            .transpose()
    }

    pub(crate) fn doc<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        self.json_opt(DOC)?.ok_or_else(|| self.missing(DOC))
    }
}
