//! The organisation's own words beside a chart: text with placeholders such as `{latest}`, checked when it is saved, filled when it is sent.

use serde::{Deserialize, Serialize};

use crate::cut::utf16_units;

/// Longest custom text, in UTF-16 code units. Ours: beside it, title and summary still fit into WhatsApp's 1,024.
pub const CUSTOM_TEXT_UNITS_MAX: usize = 600;

/// The placeholders a custom text may hold, without their braces, each with what it stands for.
pub const PLACEHOLDERS: [(&str, &str); 5] = [
    ("title", "the chart's title"),
    ("latest", "the latest value, with its unit"),
    ("previous", "the value before it"),
    ("change", "how the two differ: \"up $8.2k (7.1%)\""),
    ("period", "the period the latest value is for: \"October 2026\""),
];

/// What the placeholders stand for in one reading. Written from Facts; "n/a" where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placeholders {
    /// `{title}`
    pub title: String,
    /// `{latest}`
    pub latest: String,
    /// `{previous}`
    pub previous: String,
    /// `{change}`
    pub change: String,
    /// `{period}`
    pub period: String,
}

impl Placeholders {
    fn get(&self, name: &str) -> Option<&str> {
        match name {
            "title" => Some(&self.title),
            "latest" => Some(&self.latest),
            "previous" => Some(&self.previous),
            "change" => Some(&self.change),
            "period" => Some(&self.period),
            _ => None,
        }
    }
}

/// Why a custom text cannot be used, in words for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustomTextError {
    /// A placeholder we do not know.
    #[error(
        "message text: {{{given}}} at character {at} is not a placeholder; accepted: {}. To write a brace itself, double it: {{{{ or }}}}",
        accepted()
    )]
    Unknown {
        /// As written, without its braces, shortened.
        given: String,
        /// Position of its brace, counted in characters from 1.
        at: usize,
    },
    /// A brace that stands alone.
    #[error(
        "message text: the {brace} at character {at} stands alone; placeholders are {}. To write a brace itself, double it: {{{{ or }}}}",
        accepted()
    )]
    LoneBrace {
        /// Which one.
        brace: char,
        /// Its position, counted in characters from 1.
        at: usize,
    },
    /// Too long.
    #[error("message text: {given} characters; at most {CUSTOM_TEXT_UNITS_MAX} are accepted")]
    TooLong {
        /// Length in UTF-16 code units.
        given: usize,
    },
}

fn accepted() -> String {
    PLACEHOLDERS.map(|(name, _)| format!("{{{name}}}")).join(", ")
}

/// Whether a custom text can be used.
///
/// # Errors
/// The first thing wrong with it: an unknown placeholder, a lone brace, its length.
pub fn check_custom_text(text: &str) -> Result<(), CustomTextError> {
    let given = utf16_units(text);
    if given > CUSTOM_TEXT_UNITS_MAX {
        return Err(CustomTextError::TooLong { given });
    }
    for piece in pieces(text) {
        match piece {
            Piece::Placeholder { name, at } if !PLACEHOLDERS.iter().any(|(known, _)| *known == name) => {
                return Err(CustomTextError::Unknown {
                    given: name.chars().take(40).collect(),
                    at,
                });
            }
            Piece::LoneBrace { brace, at } => return Err(CustomTextError::LoneBrace { brace, at }),
            Piece::Placeholder { .. } | Piece::Literal(_) => {}
        }
    }
    Ok(())
}

/// The text with its placeholders filled; `escape` treats what is filled in, not the organisation's own words. What
/// [`check_custom_text`] would refuse is left as it was written: a message is never held back for it.
pub(crate) fn fill(text: &str, values: &Placeholders, escape: impl Fn(&str) -> String) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    for piece in pieces(text) {
        match piece {
            Piece::Literal(words) => filled.push_str(words),
            Piece::LoneBrace { brace, .. } => filled.push(brace),
            Piece::Placeholder { name, .. } => match values.get(name) {
                Some(value) => filled.push_str(&escape(value)),
                None => filled.extend(["{", name, "}"]),
            },
        }
    }
    filled
}

enum Piece<'a> {
    Literal(&'a str),
    Placeholder { name: &'a str, at: usize },
    LoneBrace { brace: char, at: usize },
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(open);
        if !before.is_empty() {
            pieces.push(Piece::Literal(before));
        }
        let at = text.get(..text.len() - from.len()).map_or(0, |head| head.chars().count()) + 1;
        let doubled = from.get(..2).filter(|pair| *pair == "{{" || *pair == "}}");
        let inside = from
            .strip_prefix('{')
            .and_then(|inner| inner.split_once(['{', '}']).map(|(name, _)| name));
        let closes = inside.is_some_and(|name| from.as_bytes().get(name.len() + 1) == Some(&b'}'));
        let taken = match (doubled, inside) {
            (Some(pair), _) => {
                pieces.push(Piece::Literal(if pair == "{{" { "{" } else { "}" }));
                2
            }
            (None, Some(name)) if closes => {
                pieces.push(Piece::Placeholder { name: name.trim(), at });
                name.len() + 2
            }
            _ => {
                pieces.push(Piece::LoneBrace {
                    brace: if from.starts_with('{') { '{' } else { '}' },
                    at,
                });
                1
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    fn values() -> Placeholders {
        Placeholders {
            title: "Revenue".to_owned(),
            latest: "$124k".to_owned(),
            previous: "$116k".to_owned(),
            change: "up $8.2k (7.1%)".to_owned(),
            period: "Oct 2026".to_owned(),
        }
    }

    #[test]
    fn every_listed_placeholder_is_filled() {
        for (name, _) in PLACEHOLDERS {
            let text = format!("<{{{name}}}>");
            check_custom_text(&text).unwrap();
            assert_ne!(fill(&text, &values(), str::to_owned), text);
        }
    }

    #[test]
    fn texts_are_filled() {
        for (text, filled) in [
            (
                "Good morning! {title}: {latest}, {change}.",
                "Good morning! Revenue: $124k, up $8.2k (7.1%).",
            ),
            ("{ period }", "Oct 2026"),
            ("a {{brace}} and {latest}", "a {brace} and $124k"),
            ("{{{latest}}}", "{$124k}"),
            ("no placeholder", "no placeholder"),
            ("", ""),
            ("{nope} {", "{nope} {"),
        ] {
            assert_eq!(fill(text, &values(), str::to_owned), filled, "{text:?}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        let message = |text: &str| check_custom_text(text).unwrap_err().to_string();
        assert_eq!(
            message("Hé {chnage}"),
            "message text: {chnage} at character 4 is not a placeholder; accepted: {title}, {latest}, {previous}, {change}, {period}. \
             To write a brace itself, double it: {{ or }}"
        );
        assert!(message("50 } more").starts_with("message text: the } at character 4 stands alone"));
        assert!(message("{latest").starts_with("message text: the { at character 1 stands alone"));
        assert!(message("{a {latest}").starts_with("message text: the { at character 1 stands alone"));
        assert_eq!(message(&"x".repeat(601)), "message text: 601 characters; at most 600 are accepted");
    }

    proptest! {
        #[test]
        fn any_text_is_filled_or_refused_without_a_panic(text in "[a-z{} é👍]{0,60}") {
            let accepted = check_custom_text(&text).is_ok();
            let filled = fill(&text, &Placeholders::default(), str::to_owned);
            if accepted && !text.contains("{{") && !text.contains("}}") {
                prop_assert!(!filled.contains(['{', '}']), "{text:?} -> {filled:?}");
            }
        }
    }
}
