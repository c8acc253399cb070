//! Files that go along with a chart: what they are called, and as what they are sent.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;
use url::form_urlencoded;

/// A file beside the picture, which always goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// The chart as a PDF to print: landscape, light, its text selectable.
    Pdf,
    /// Every row and column that was read, also those that the chart does not show, as CSV for a spreadsheet.
    Data,
}

/// Longest name of a file before its date, in characters. Ours: what a phone shows on one line.
const NAME_CHARS_MAX: usize = 48;

impl Attachment {
    /// Both, in the order in which they are sent.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Data];

    /// The attachment's one word: in settings, in the bucket, in links.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Data => "data",
        }
    }

    /// How its file names end, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Data => "csv",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Data => "text/csv; charset=utf-8",
        }
    }

    /// `orders-per-month-2026-11-20.pdf`: the title in lower case, its letters and digits of any script and `-` for all else, and the day on which
    /// the rows were read. Safe as a file's name everywhere; `chart-2026-11-20.pdf` where the title holds neither letter nor digit.
    pub fn file_name(self, title: &str, day: Date) -> String {
        let mut name = String::new();
        for part in title.graphemes(true).take(4 * NAME_CHARS_MAX) {
            // A letter keeps its marks; joiners and marks of direction go.
            let is_kept = part.chars().next().is_some_and(char::is_alphanumeric) && !part.contains(is_invisible);
            if is_kept {
                name.extend(part.chars().flat_map(char::to_lowercase));
            } else if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
            if name.chars().count() >= NAME_CHARS_MAX {
                break;
            }
        }
        let name = match name.trim_end_matches('-') {
            "" => "chart",
            name => name,
        };
        format!("{name}-{day}.{}", self.extension())
    }

    /// The header `Content-Disposition` of a file of that name: a PDF opens in the browser, data is saved.
    pub fn content_disposition(self, file_name: &str) -> String {
        let way = match self {
            Self::Pdf => "inline",
            Self::Data => "attachment",
        };
        let plain: String = file_name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' })
            .collect();
        format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{}", percent_encoded(file_name))
    }
}

/// A file's name in ASCII, as headers and S3's metadata take it.
pub fn percent_encoded(file_name: &str) -> String {
    form_urlencoded::byte_serialize(file_name.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

/// Back from [`percent_encoded`].
pub fn percent_decoded(encoded: &str) -> String {
    let mut decoded = form_urlencoded::parse(encoded.as_bytes());
    decoded.next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}

fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

impl fmt::Display for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn names_are_safe_and_readable() {
        let day = date(2026, 11, 20);
        for (title, name) in [
            ("Orders per month", "orders-per-month-2026-11-20.pdf"),
            ("  Umsatz (brutto) in € – Köln/Bonn  ", "umsatz-brutto-in-köln-bonn-2026-11-20.pdf"),
            ("../../etc/passwd\0\r\n\"x\"", "etc-passwd-x-2026-11-20.pdf"),
            ("إيرادات الشهر", "إيرادات-الشهر-2026-11-20.pdf"),
            ("हिन्दी", "हिन्दी-2026-11-20.pdf"),
            ("safe\u{202e}fdp.exe", "safe-fdp-exe-2026-11-20.pdf"),
            ("🚀", "chart-2026-11-20.pdf"),
            ("", "chart-2026-11-20.pdf"),
        ] {
            assert_eq!(Attachment::Pdf.file_name(title, day), name);
        }
        let long = Attachment::Data.file_name(&"word ".repeat(400), day);
        assert!(long.ends_with("-2026-11-20.csv") && long.chars().count() < 70, "{long}");
    }

    #[test]
    fn headers_carry_any_name() {
        assert_eq!(
            Attachment::Data.content_disposition("köln 1-2026-11-20.csv"),
            "attachment; filename=\"k_ln_1-2026-11-20.csv\"; filename*=UTF-8''k%C3%B6ln%201-2026-11-20.csv"
        );
        assert!(
            Attachment::Pdf
                .content_disposition("a.pdf")
                .starts_with("inline; filename=\"a.pdf\"")
        );
        for name in ["köln 1.csv", "إيرادات-2026.pdf", "a+b&c=d%.csv"] {
            assert_eq!(percent_decoded(&percent_encoded(name)), name);
        }
    }
}
