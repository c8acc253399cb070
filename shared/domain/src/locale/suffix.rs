//! What stands behind a shortened number or a duration, in the number that the language asks for.

/// One text for all numbers, or one of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Suffix {
    /// For most numbers, with the space before it where there is one.
    text: &'static str,
    special: Option<(When, &'static str)>,
}

/// For which numbers, as they are written, the other text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// `1`: Italian, Portugal.
    One,
    /// `0,5` and `1,5`: Brazil.
    BelowTwo,
    /// `3` to `9`: Arabic thousands.
    ThreeToNine,
}

impl Suffix {
    pub const NONE: Self = Self { text: "", special: None };

    /// ` mil`, or ` dias|1| dia` with another for some numbers.
    pub fn parse(field: &'static str) -> Self {
        let mut parts = field.split('|');
        let text = parts.next().unwrap_or_default();
        let when = match parts.next() {
            Some("1") => Some(When::One),
            Some("<2") => Some(When::BelowTwo),
            Some("3-9") => Some(When::ThreeToNine),
            _ => None,
        };
        Self {
            text,
            special: when.zip(parts.next()),
        }
    }

    /// For a number of ASCII digits, as it is written, without its sign.
    pub fn for_number(self, digits: &str) -> &'static str {
        match self.special {
            Some((when, text)) if when.holds(digits) => text,
            _ => self.text,
        }
    }

    /// Every text, without the space before it.
    pub fn texts(self) -> impl Iterator<Item = &'static str> {
        [Some(self.text), self.special.map(|(_, text)| text)]
            .into_iter()
            .flatten()
            .map(str::trim)
    }
}

impl When {
    fn holds(self, digits: &str) -> bool {
        match self {
            Self::One => digits == "1",
            Self::BelowTwo => matches!(digits.split('.').next(), Some("0" | "1")),
            Self::ThreeToNine => matches!(digits.as_bytes(), [b'3'..=b'9']),
        }
    }
}
