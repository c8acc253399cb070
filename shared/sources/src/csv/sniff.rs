//! What a separated text is made of: the comments above it, and its delimiter.

use crate::cell::Cell;
use crate::header::is_value;

/// Looked at to find the delimiter, in bytes.
const SAMPLE_BYTES: usize = 64 * 1024;
/// Rows looked at to find the delimiter.
const SAMPLE_ROWS: usize = 200;
/// Tried in this order; of equals, the first. The comma is last, because it also stands within numbers.
const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];

/// Where the table begins, and what separates its cells.
#[derive(Debug, PartialEq)]
pub(super) struct Layout<'a> {
    pub(super) text: &'a str,
    pub(super) delimiter: u8,
}

/// Leaves out comments above the table and finds the delimiter, unless it is given, here or by a first line `sep=;`.
pub(super) fn layout(text: &str, given: Option<u8>) -> Layout<'_> {
    let (text, stated) = stated_delimiter(text);
    let (table, last_comment) = without_comments(text);
    let delimiter = given.or(stated).unwrap_or_else(|| sniff(table));
    let text = last_comment
        .filter(|comment| is_header(comment, table, delimiter))
        .map_or(table, |comment| {
            let start = text.len() - table.len() - comment.len();
            let with_header = &text[start..];
            let sign_is_name = first_row(with_header, delimiter).first().is_some_and(|cell| cell == "#");
            if sign_is_name {
                with_header
            } else {
                with_header.trim_start().trim_start_matches('#')
            }
        });
    Layout { text, delimiter }
}

pub(super) fn reader(text: &str, delimiter: u8) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// Excel's own first line.
fn stated_delimiter(text: &str) -> (&str, Option<u8>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.trim_end_matches('\r').as_bytes() {
        [
            b's' | b'S',
            b'e' | b'E',
            b'p' | b'P',
            b'=',
            delimiter @ (b',' | b';' | b'\t' | b'|'),
        ] => (rest, Some(*delimiter)),
        _ => (text, None),
    }
}

/// The text after empty and `#` lines, and the last of these with its line break, where it stands directly above.
fn without_comments(text: &str) -> (&str, Option<&str>) {
    let (mut rest, mut last_comment) = (text, None);
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.find('\n').map_or(rest.len(), |at| at + 1));
        let content = line.trim();
        if content.starts_with('#') {
            last_comment = Some(line);
        } else if content.is_empty() {
            last_comment = None;
        } else {
            break;
        }
        rest = after;
    }
    // A file of comments only is left for the caller to find empty.
    (rest, last_comment)
}

/// Whether the comment above the table is its header: as many cells, and values right below.
fn is_header(comment: &str, table: &str, delimiter: u8) -> bool {
    let (names, below) = (first_row(comment, delimiter), first_row(table, delimiter));
    names.len() >= 2 && names.len() == below.len() && below.iter().any(|cell| is_value(&Cell::text(cell.as_str())))
}

fn first_row(text: &str, delimiter: u8) -> Vec<String> {
    let line_end = text.char_indices().nth(4096).map_or(text.len(), |(at, _)| at);
    let record = reader(&text[..line_end], delimiter).into_records().next();
    record
        .and_then(Result::ok)
        .map(|record| record.iter().map(str::to_owned).collect())
        .unwrap_or_default()
}

/// The delimiter by which most rows have the same number of cells, two at least.
fn sniff(text: &str) -> u8 {
    let sample = match text.char_indices().take_while(|(at, _)| *at <= SAMPLE_BYTES).last() {
        Some((at, _)) if at >= SAMPLE_BYTES - 4 => &text[..text[..at].rfind('\n').unwrap_or(at)],
        _ => text,
    };
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let score = evenness(sample, delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// How many of a thousand rows have the most usual number of cells; 0 where that is one.
fn evenness(sample: &str, delimiter: u8) -> usize {
    let widths: Vec<usize> = reader(sample, delimiter)
        .into_records()
        .take(SAMPLE_ROWS)
        .filter_map(Result::ok)
        .map(|record| record.len())
        .collect();
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let usual = sorted.chunk_by(|a, b| a == b).max_by_key(|same| (same.len(), same[0]));
    match usual {
        Some(same) if same[0] >= 2 => same.len() * 1_000 / widths.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found() {
        let table = [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2,5\n3,5;4,5\n", b';'),
            ("a\tb, c\n1\t2, 3\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("a\n1\n2\n", b','),
            ("\"x;y\",b\n\"1;2\",3\n", b','),
            ("Report of, all\na;b;c\n1;2;3\n4;5;6\n", b';'),
            ("", b','),
        ];
        for (text, expected) in table {
            assert_eq!(char::from(layout(text, None).delimiter), char::from(expected), "{text:?}");
        }
        assert_eq!(
            layout("sep=|\na,b|c\n", None),
            Layout {
                text: "a,b|c\n",
                delimiter: b'|'
            }
        );
        assert_eq!(layout("a,b|c\n", Some(b'|')).delimiter, b'|');
    }

    #[test]
    fn comments_above_are_left_out_unless_they_are_the_header() {
        let table = [
            ("# about\n#\n\ndate,value\n2026-01-01,5\n", "date,value\n2026-01-01,5\n"),
            ("# about, this\ndate,value\n2026-01-01,5\n", "date,value\n2026-01-01,5\n"),
            ("# about\n#date,value\n2026-01-01,5\n", "date,value\n2026-01-01,5\n"),
            ("#,name\n1,a\n", "#,name\n1,a\n"),
            ("# only\n", ""),
        ];
        for (text, expected) in table {
            assert_eq!(layout(text, None).text, expected, "{text:?}");
        }
    }
}
