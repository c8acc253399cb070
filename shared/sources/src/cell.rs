//! A cell as a source gives it, before its column has a type.

use std::borrow::Cow;

use jiff::civil::DateTime;
use rust_decimal::Decimal;

/// One cell. Text stays borrowed from the source's bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing there.
    Empty,
    /// As written, trimmed.
    Text(Cow<'a, str>),
    /// A number that the source itself holds as one, and how it shows it.
    Number(Decimal, Mark),
    /// A moment that the source itself holds as one; the time is midnight where it holds a day.
    Moment(DateTime),
    /// A truth value that the source itself holds as one.
    Boolean(bool),
}

impl<'a> Cell<'a> {
    /// Text, or nothing where there is only space.
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let trimmed = match text.into() {
            Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
            Cow::Owned(text) if trim(&text).len() == text.len() => Cow::Owned(text),
            Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
        };
        if trimmed.is_empty() { Self::Empty } else { Self::Text(trimmed) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The cell as text, the way a text column and a header show it.
    pub(crate) fn shown(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Empty => None,
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number, _) => Some(number.to_string().into()),
            Self::Moment(moment) if moment.time() == jiff::civil::Time::midnight() => Some(moment.date().to_string().into()),
            Self::Moment(moment) => Some(moment.to_string().into()),
            Self::Boolean(value) => Some(value.to_string().into()),
        }
    }
}

/// Without spaces of any kind, byte order marks and zero-width spaces around it.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

/// What is written around a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing.
    Plain,
    /// `%`; the number is already divided by 100.
    Percent,
    /// A currency: its ISO 4217 code, or the sign itself where it stands for several.
    Money(&'static str),
    /// A length of time; the number is in seconds.
    Duration,
}

/// Whether the text says that there is no value, in a column of numbers, dates or truth values.
pub(crate) fn is_missing(text: &str) -> bool {
    const WORDS: [&str; 8] = ["na", "n/a", "nan", "null", "none", "nil", "n.a.", "n.d."];
    // `$ -` too: accounting formats show zero so, but a dash is no number.
    let is_filler = |c: char| matches!(c, '-' | '–' | '—' | '.' | '?' | '*');
    let is_dash = || text.contains(is_filler) && text.chars().all(|c| is_filler(c) || matches!(c, ' ' | '$' | '€' | '£' | '¥'));
    text.len() <= 8 && (WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) || is_dash())
}

/// Whether the text says that there is no value, in a column of text: there `NA` may be Namibia and `-` a grade.
pub(crate) fn is_missing_text(text: &str) -> bool {
    text.len() <= 4 && (text.eq_ignore_ascii_case("null") || text.eq_ignore_ascii_case("n/a"))
}

/// Whether the text is what a spreadsheet shows instead of a value.
pub(crate) fn is_sheet_error(text: &str) -> bool {
    const ERRORS: [&str; 11] = [
        "#N/A",
        "#REF!",
        "#DIV/0!",
        "#VALUE!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#ERROR!",
        "#SPILL!",
        "#CALC!",
        "Loading...",
    ];
    (text.starts_with('#') || text.starts_with('L')) && ERRORS.contains(&text)
}
