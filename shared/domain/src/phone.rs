//! A telephone number as it may be dialled from anywhere.

use std::fmt;

use serde::{Deserialize, Serialize};

/// E.164: `+`, then 8 to 15 digits, the first not 0. Debug shows the last two digits only.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = r"^\+[1-9][0-9]{7,14}$", example = "+14155550123"))]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Text that is not a telephone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a phone number: write it with its country code, `+` and 8 to 15 digits, like +14155550123")]
pub struct InvalidPhoneNumber(String);

impl PhoneNumber {
    /// Reads a number; spaces, hyphens, dots and brackets between digits are passed over.
    ///
    /// # Errors
    /// [`InvalidPhoneNumber`] without a country code or with anything but 8 to 15 digits.
    pub fn parse(text: &str) -> Result<Self, InvalidPhoneNumber> {
        let refuse = || InvalidPhoneNumber(text.chars().take(32).collect());
        let rest = text.trim().strip_prefix('+').ok_or_else(refuse)?;
        let digits: String = rest
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '\u{a0}'))
            .collect();
        let well_formed = (8..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        if well_formed {
            Ok(Self(format!("+{digits}")))
        } else {
            Err(refuse())
        }
    }

    /// With its `+`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without its `+`, as WhatsApp writes a `wa_id`.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber(…{})", &self.0[self.0.len() - 2..])
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = InvalidPhoneNumber;
    fn try_from(text: String) -> Result<Self, InvalidPhoneNumber> {
        Self::parse(&text)
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> String {
        number.0
    }
}

#[cfg(test)]
#[path = "phone_tests.rs"]
mod tests;
