//! A Dataset as CSV, for people's spreadsheets.
//!
//! RFC 4180 in UTF-8 with a byte order mark (without one, Excel takes it for the local code page), lines ended by CR LF, one header row of the
//! columns' names, then the rows in their order. A cell without a value is empty. Numbers are exact decimals with a point; a percentage is its
//! fraction (12 % is `0.12`), money is without its currency and a length of time is in seconds: units stand in no cell. Days are `2026-11-20`,
//! times `2026-11-20T09:00:00` in the source's own zone, truth values `true` and `false`.
//!
//! Text that a spreadsheet would take for a formula, so text or a name that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line's
//! end, has an apostrophe set before it: what a stranger typed into a form must not compute in the reader's spreadsheet. So has such a mark within a
//! text where a spreadsheet that parts cells otherwise (at `;`, as Excel does where the comma is for decimals, at tabs, at ends of lines whatever
//! the quotes) would begin a cell. Numbers never have one.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use crate::dataset::{Dataset, Values};

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Dataset {
    /// The whole Dataset as CSV; the same Dataset gives the same bytes.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut bytes = BYTE_ORDER_MARK.to_vec();
        if self.columns.is_empty() {
            return bytes;
        }
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut bytes);
        let names = self.columns.iter().map(|column| harmless(&column.name));
        let mut written = writer.write_record(names.map(|name| name.into_owned().into_bytes()));
        for row in 0..self.row_count() {
            let cells = self.columns.iter().map(|column| cell(&column.values, row));
            written = written.and_then(|()| writer.write_record(cells.map(|cell| cell.into_owned().into_bytes())));
        }
        written.expect("a row of as many cells as the header goes into memory");
        drop(writer);
        bytes
    }
}

fn cell(values: &Values, row: usize) -> Cow<'_, str> {
    fn written<T: ToString>(cells: &[Option<T>], row: usize) -> Cow<'static, str> {
        cells.get(row).and_then(Option::as_ref).map(T::to_string).unwrap_or_default().into()
    }
    match values {
        Values::Text(cells) => cells.get(row).and_then(Option::as_deref).map(harmless).unwrap_or_default(),
        Values::Number(cells) => written(cells, row),
        Values::Date(cells) => written(cells, row),
        Values::DateTime(cells) => written(cells, row),
        Values::Boolean(cells) => written(cells, row),
    }
}

/// What a formula begins with, in a spreadsheet of any script.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// After what a cell may begin, wherever the reader's spreadsheet parts them.
const PARTING: [char; 4] = [';', '\t', '\r', '\n'];

/// Text as text, never as a formula.
fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(FORMULA) && !text.starts_with(&PARTING[1..]) {
        return text.into();
    }
    let mut written = String::with_capacity(text.len() + 1);
    let mut before = None;
    for c in text.chars() {
        let begins = match before {
            None => FORMULA.contains(&c) || PARTING[1..].contains(&c),
            Some(before) => FORMULA.contains(&c) && PARTING.contains(&before),
        };
        if begins {
            written.push('\'');
        }
        written.push(c);
        before = Some(c);
    }
    written.into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::dataset::{Column, Unit};
    use jiff::Timestamp;
    use jiff::civil::{date, datetime};

    fn dataset(columns: Vec<(&str, Option<Unit>, Values)>) -> Dataset {
        let columns = columns.into_iter().map(|(name, unit, values)| Column {
            name: name.to_owned(),
            unit,
            values,
        });
        Dataset {
            as_of: Timestamp::UNIX_EPOCH,
            time_zone: None,
            columns: columns.collect(),
            notes: Vec::new(),
        }
    }

    fn texts(cells: &[&str]) -> Values {
        Values::Text(cells.iter().map(|cell| Some((*cell).to_owned())).collect())
    }

    #[test]
    fn every_kind_of_cell_is_written_exactly() {
        let rows = dataset(vec![
            ("Day", None, Values::Date(vec![Some(date(2026, 3, 1)), None])),
            ("At", None, Values::DateTime(vec![Some(datetime(2026, 3, 1, 7, 5, 0, 0)), None])),
            (
                "Revenue, net",
                Some(Unit::Currency("USD".to_owned())),
                Values::Number(vec![Some("12345678901234567.890".parse().unwrap()), Some("-0.5".parse().unwrap())]),
            ),
            (
                "Share",
                Some(Unit::Percent),
                Values::Number(vec![Some("0.12".parse().unwrap()), None]),
            ),
            ("Paid", None, Values::Boolean(vec![Some(true), Some(false)])),
            ("Note", None, texts(&["said \"no\"\nand left", "größer 比 كبير"])),
        ]);
        assert_eq!(
            String::from_utf8(rows.to_csv()).unwrap(),
            "\u{feff}Day,At,\"Revenue, net\",Share,Paid,Note\r\n\
             2026-03-01,2026-03-01T07:05:00,12345678901234567.890,0.12,true,\"said \"\"no\"\"\nand left\"\r\n\
             ,,-0.5,,false,größer 比 كبير\r\n"
        );
    }

    #[test]
    fn no_text_computes() {
        let evil = [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "a=1", "'=1", "", "a;=1", "a\t=1", "a\n-1", "x;y-z", ";-)",
        ];
        let rows = dataset(vec![("=cmd|' /C calc'!A0", None, texts(&evil))]);
        let written = String::from_utf8(rows.to_csv()).unwrap();
        let lines: Vec<&str> = written.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "'=cmd|' /C calc'!A0",
                "'=1+1",
                "'+1",
                "'-1",
                "'@SUM(A1)",
                "'\t'=1",
                "\"'\r'=1\"",
                "\"'\n'=1\"",
                "'＝1",
                "a=1",
                "'=1",
                "\"\"",
                "a;'=1",
                "a\t'=1",
                "\"a\n'-1\"",
                "x;y-z",
                ";'-)",
                ""
            ]
        );
    }

    #[test]
    fn nothing_is_a_mark_and_no_line() {
        assert_eq!(dataset(Vec::new()).to_csv(), "\u{feff}".as_bytes());
        assert_eq!(dataset(vec![("a", None, texts(&[]))]).to_csv(), "\u{feff}a\r\n".as_bytes());
    }
}
