//! Why a source could not be read.

use domain::fault::{Fault, Why};

/// Why a source could not be read, in words for the person who set it up. Never holds a token, and of the data no more than a short sample.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// More than we read.
    #[error("This source has {} {what}; at most {} are read. Leave out what the chart does not show.", grouped(*.given), grouped(*.limit))]
    Limit {
        /// `bytes`, `rows`, `columns` or `cells`.
        what: &'static str,
        /// Our limit.
        limit: usize,
        /// What the source has; for a file that was cut off while it came, what had come until then.
        given: usize,
    },
    /// The data or the settings are not what they should be; a person has to change one of them.
    #[error("{sentence}")]
    Unreadable {
        /// Stable and greppable: `csv.empty`, `google_sheets.tab_missing`.
        code: &'static str,
        /// What is wrong and what to do.
        sentence: String,
    },
    /// The other side did not give the data.
    #[error("{}", .0.why().sentence)]
    Provider(Fault),
}

impl SourceError {
    pub(crate) fn unreadable(code: &'static str, sentence: impl Into<String>) -> Self {
        Self::Unreadable {
            code,
            sentence: sentence.into(),
        }
    }

    /// The reason as it is kept and shown.
    pub fn why(&self) -> Why {
        match self {
            Self::Limit { .. } => Why::new("source.too_large", self.to_string()),
            Self::Unreadable { code, sentence } => Why::new(*code, sentence),
            Self::Provider(fault) => fault.why(),
        }
    }
}

impl From<SourceError> for Fault {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Provider(fault) => fault,
            SourceError::Limit { .. } | SourceError::Unreadable { .. } => Self::Rejected { why: error.why() },
        }
    }
}

/// 1234567 as `1,234,567`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Text of the source for a sentence or a note: cut, on one line.
pub(crate) fn sample(text: &str) -> String {
    const CHARS_MAX: usize = 40;
    let mut cut: String = text.chars().take(CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        cut.push('…');
    }
    cut
}

/// Names for a sentence: quoted, the first twenty.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const NAMES_MAX: usize = 20;
    let mut names = names.into_iter();
    let shown: Vec<String> = names.by_ref().take(NAMES_MAX).map(|name| format!("`{}`", sample(name))).collect();
    match names.count() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
