//! Separated text as people save it.
#![expect(clippy::unwrap_used, reason = "tests")]

use domain::dataset::{Dataset, Values};
use domain::source_spec::ColumnOverrides;
use sources::csv::{CsvOptions, parse_csv};
use sources::{Preview, SourceError, limits};

pub fn read_with(bytes: &[u8], columns: &str) -> Result<Dataset, SourceError> {
    let columns: ColumnOverrides = serde_json::from_str(columns).unwrap();
    let as_of = "2026-11-20T09:00:00Z".parse().unwrap();
    parse_csv(
        bytes,
        &CsvOptions {
            delimiter: None,
            header_row: None,
            columns: &columns,
            as_of,
        },
    )
}

pub fn read(text: &str) -> Dataset {
    read_with(text.as_bytes(), "{}").unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// `type unit: cell|cell`, missing cells as `∅`.
pub fn shown(dataset: &Dataset, column: usize) -> String {
    fn cells<T: ToString>(cells: &[Option<T>]) -> String {
        let shown: Vec<String> = cells
            .iter()
            .map(|cell| cell.as_ref().map_or("∅".to_owned(), T::to_string))
            .collect();
        shown.join("|")
    }
    let preview = Preview::of(dataset);
    let unit = preview.columns[column]
        .unit
        .as_ref()
        .map(|unit| format!(" {unit}"))
        .unwrap_or_default();
    let values = match &dataset.columns[column].values {
        Values::Number(values) => cells(values),
        Values::Text(values) => cells(values),
        Values::Date(values) => cells(values),
        Values::DateTime(values) => cells(values),
        Values::Boolean(values) => cells(values),
    };
    format!("{}{unit}: {values}", preview.columns[column].kind)
}

#[test]
fn a_column_is_read_over_all_its_cells() {
    let table: [(&str, &str, bool); 53] = [
        // numbers
        ("1|2.5|-3", "number: 1|2.5|-3", false),
        ("1,5|2,25", "number: 1.5|2.25", false),
        ("1.234,50|7", "number: 1234.50|7", false),
        ("1,234.50|7", "number: 1234.50|7", false),
        ("1,234|2,345", "number: 1234|2345", true),
        ("1,234|2,345|1.5", "number: 1234|2345|1.5", false),
        ("1.234|0.5", "number: 1.234|0.5", false),
        ("1.234|1,5", "number: 1234|1.5", false),
        ("1 234|5", "number: 1234|5", false),
        ("0.1|0.2", "number: 0.1|0.2", false),
        ("12345678901234567.89|1", "number: 12345678901234567.89|1", false),
        ("1e3|2", "number: 1000|2", false),
        ("1||3", "number: 1|∅|3", false),
        ("1|N/A|null|-", "number: 1|∅|∅|∅", false),
        ("1|#REF!|3", "number: 1|∅|3", true),
        // money and percent
        ("$1,234.50|$2", "number USD: 1234.50|2", false),
        ("1.234,50 €|2 €", "number EUR: 1234.50|2", false),
        ("USD 12|USD 13.5", "number USD: 12|13.5", false),
        ("(1,234)|5.5", "number: -1234|5.5", false),
        ("($1,234.00)|$5", "number USD: -1234.00|5", false),
        ("$5|6", "number USD: 5|6", false),
        (" $(1,234.50)| $ -   |$2.00", "number USD: -1234.50|∅|2.00", false),
        ("$5|6 €", "number: 5|6", true),
        ("12%|0|-3.5%", "number percent: 0.12|0|-0.035", false),
        ("12,5 %|1 %", "number percent: 0.125|0.01", false),
        ("12%|12", "text: 12%|12", true),
        ("$5|5%", "text: $5|5%", true),
        // digits that are names
        ("00501|10001", "text: 00501|10001", false),
        ("+442071838750|+15550100200", "text: +442071838750|+15550100200", false),
        // truth values
        ("true|FALSE|", "boolean: true|false|∅", false),
        ("yes|No", "boolean: true|false", false),
        ("Y|N", "boolean: true|false", false),
        ("N|N", "text: N|N", false),
        ("1|0", "number: 1|0", false),
        // days
        ("2026-11-20|2026-01-02", "date: 2026-11-20|2026-01-02", false),
        ("20.11.2026|01.02.2026", "date: 2026-11-20|2026-02-01", false),
        ("01.02.2026|03.04.2026", "date: 2026-02-01|2026-04-03", false),
        ("11/20/2026|01/02/2026", "date: 2026-11-20|2026-01-02", false),
        ("20/11/2026|01/02/2026", "date: 2026-11-20|2026-02-01", false),
        ("01/02/2026|03/04/2026", "date: 2026-01-02|2026-03-04", true),
        ("20/11/26|1/2/99", "date: 2026-11-20|1999-02-01", false),
        ("Nov 2026|December 2026", "date: 2026-11-01|2026-12-01", false),
        ("Nov-26|Dec-26", "date: 2026-11-01|2026-12-01", false),
        ("2026-11|2026-12", "date: 2026-11-01|2026-12-01", false),
        ("2026-W47|2026W48", "date: 2026-11-16|2026-11-23", false),
        ("2026Q3|Q4 2026|2026-Q1", "date: 2026-07-01|2026-10-01|2026-01-01", false),
        ("20261120|20261121", "date: 2026-11-20|2026-11-21", false),
        (
            "20 Nov 2026|Nov 21, 2026|Sun, 22 November 2026|November 23rd, 2026",
            "date: 2026-11-20|2026-11-21|2026-11-22|2026-11-23",
            false,
        ),
        ("2026-11-20 00:00:00|2026-11-21 00:00", "date: 2026-11-20|2026-11-21", false),
        // moments
        (
            "2026-11-20 09:00|2026-11-20T10:30:15.5",
            "date_time: 2026-11-20T09:00:00|2026-11-20T10:30:15.5",
            false,
        ),
        (
            "11/20/2026 9:05 PM|11/21/2026 12:00 AM",
            "date_time: 2026-11-20T21:05:00|2026-11-21T00:00:00",
            false,
        ),
        // text
        ("NA|DE|-", "text: NA|DE|-", false),
        ("|", "text: ∅|∅", true),
    ];
    for (cells, expected, noted) in table {
        let lines: Vec<String> = cells.split('|').enumerate().map(|(row, cell)| format!("{row}a\t{cell}")).collect();
        let dataset = read(&format!("row\tX\n{}\n", lines.join("\n")));
        assert_eq!(shown(&dataset, 1), expected, "{cells}");
        assert_eq!(
            !Preview::of(&dataset).columns[1].notes.is_empty(),
            noted,
            "{cells}: {:?}",
            dataset.notes
        );
    }
}

#[test]
fn offsets_give_the_zone() {
    let table = [
        (
            "2026-11-20T09:00:00Z|2026-11-20T10:00:00Z",
            Some("UTC"),
            "date_time: 2026-11-20T09:00:00|2026-11-20T10:00:00",
        ),
        (
            "2026-11-20T09:00:00+02:00|2026-11-20T10:00:00+0200",
            Some("Etc/GMT-2"),
            "date_time: 2026-11-20T09:00:00|2026-11-20T10:00:00",
        ),
        (
            "2026-07-01T09:00:00+02:00|2026-11-20T10:00:00+01:00",
            None,
            "date_time: 2026-07-01T09:00:00|2026-11-20T10:00:00",
        ),
        (
            "2026-11-20T09:00:00-08:00|2026-11-20T10:00:00+01:00",
            Some("UTC"),
            "date_time: 2026-11-20T17:00:00|2026-11-20T09:00:00",
        ),
        (
            "2026-11-20 09:00|2026-11-20 10:00",
            None,
            "date_time: 2026-11-20T09:00:00|2026-11-20T10:00:00",
        ),
    ];
    for (cells, zone, expected) in table {
        let dataset = read(&format!("X\n{}\n", cells.replace('|', "\n")));
        assert_eq!(
            (dataset.time_zone.as_deref(), shown(&dataset, 0).as_str()),
            (zone, expected),
            "{cells}"
        );
    }
    assert!(
        jiff::tz::TimeZone::get("Etc/GMT-2")
            .unwrap()
            .to_offset(jiff::Timestamp::UNIX_EPOCH)
            .seconds()
            == 7_200
    );
}

#[test]
fn one_cell_in_twenty_may_be_unreadable() {
    let good = (0..19).map(|number| format!("{number}.5\n")).collect::<String>();
    let dataset = read(&format!("X\n{good}oops\n"));
    assert!(shown(&dataset, 0).starts_with("number: 0.5|"), "{}", shown(&dataset, 0));
    assert_eq!(
        Preview::of(&dataset).columns[0].notes,
        ["1 cell is no number (`oops`) and was left empty."]
    );
    let dataset = read(&format!("X\n{good}oops\noops\n"));
    assert!(shown(&dataset, 0).starts_with("text: "));
    assert!(
        dataset.notes[0].contains("was read as text, because not every cell is a number (`oops`)"),
        "{:?}",
        dataset.notes
    );
}

#[test]
fn continental_files_lean_to_their_conventions() {
    let dataset = read("Tag;Umsatz\n01/02/2026;1.234\n03/04/2026;2.345\n");
    assert_eq!(shown(&dataset, 0), "date: 2026-02-01|2026-04-03");
    assert_eq!(shown(&dataset, 1), "number: 1234|2345");
    assert!(
        dataset.notes.iter().any(|note| note.contains("`decimal: point`")),
        "{:?}",
        dataset.notes
    );
    assert!(
        dataset.notes.iter().any(|note| note.contains("`date_order: month_first`")),
        "{:?}",
        dataset.notes
    );
}

#[test]
fn a_person_has_the_last_word() {
    let text =
        "When,Turnover,Share,Code,Flag,Revenue (EUR),Rate [%]\n01/02/2026,\"1,234\",12,7,1,5,12.5\n03/04/2026,\"2,345\",oops,8,0,6,13\n";
    let dataset = read_with(
        text.as_bytes(),
        r#"{"When": {"date_order": "day_first", "rename": "Day"}, "Turnover": {"decimal": "comma", "unit": "EUR"},
            "Share": {"type": "number", "unit": "%"}, "Code": {"type": "text"}, "Flag": {"type": "boolean"}}"#,
    )
    .unwrap();
    let all: Vec<String> = (0..7).map(|column| shown(&dataset, column)).collect();
    let expected = [
        "date: 2026-02-01|2026-04-03",
        "number EUR: 1.234|2.345",
        "number percent: 0.12|∅",
        "text: 7|8",
        "boolean: true|false",
        "number EUR: 5|6",
        "number percent: 0.125|0.13",
    ];
    assert_eq!(all, expected);
    assert_eq!(dataset.columns[0].name, "Day");
    assert_eq!(dataset.notes, ["`Share` 1 cell is no number (`oops`) and was left empty."]);
}

#[test]
fn overrides_of_columns_that_are_not_there_are_refused() {
    let missing = read_with(b"a,b\n1,2\n", r#"{"c": {"unit": "EUR"}}"#).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "`columns` names `c`, which the source does not have; its columns are `a`, `b`."
    );
    let repeated = read_with(b"a,b\n1,2\n", r#"{"a": {"rename": "b"}}"#).unwrap_err();
    assert_eq!(repeated.why().code, "source.column_repeated");
}

#[test]
fn the_table_is_found_whatever_is_around_it() {
    let names = |text: &str| {
        read(text)
            .columns
            .into_iter()
            .map(|column| column.name)
            .collect::<Vec<_>>()
            .join("|")
    };
    let table = [
        ("a,b\n1,2\n", "a|b"),
        (" a ,\"b\nc\"\n1,2\n", "a|b c"),
        ("a,a,,a\n1,2,3,4\n", "a|a (2)|column_3|a (3)"),
        ("a,b,\n1,2,\n", "a|b"),
        ("# made by a program\n# on Friday\na,b\n1,2\n", "a|b"),
        ("Report of November\n\na,b\n1,x\n", "a|b"),
        ("sep=;\na;b\n1;2\n", "a|b"),
        ("2026-01-01,5\n2026-01-02,6\n", "column_1|column_2"),
        ("Product,2025,2026\nx,1,2\n", "Product|2025|2026"),
        ("a,b\n1,2,3\n4,5\n", "a|b|column_3"),
    ];
    for (text, expected) in table {
        assert_eq!(names(text), expected, "{text:?}");
    }
    let dataset = read("a,b,c\n1,2\n\n,,\n3,4,5\n");
    assert_eq!((dataset.row_count(), shown(&dataset, 2).as_str()), (2, "number: ∅|5"));
    assert_eq!(
        dataset.notes,
        ["1 of 2 rows are shorter than the header; their missing cells are empty."]
    );
    let quoted = read("a,b\n\"x \"\"y\"\"\nz\",\"1,5\"\n\"w\",\"2,5\"\n");
    assert_eq!(
        (shown(&quoted, 0).as_str(), shown(&quoted, 1).as_str()),
        ("text: x \"y\"\nz|w", "number: 1.5|2.5")
    );
    let empty = read("a,b\n");
    assert_eq!((empty.row_count(), empty.columns.len()), (0, 2));
}

#[test]
fn years_are_days_where_the_header_says_so() {
    assert_eq!(shown(&read("Year,n\n2024,1\n2025,2\n"), 0), "date: 2024-01-01|2025-01-01");
    assert_eq!(shown(&read("Count,n\n2024,1\n2025,2\n"), 0), "number: 2024|2025");
}

#[test]
fn what_is_too_large_is_refused_by_name() {
    let table = [
        (vec![b'a'; limits::BYTES_MAX + 1], "10,485,761 bytes; at most 10,485,760"),
        (
            format!("a\n{}", "1\n".repeat(limits::ROWS_MAX + 1_000)).into_bytes(),
            "201,000 rows; at most 200,000",
        ),
        (
            [vec!["a"; 201].join(","), vec!["1"; 201].join(",")].join("\n").into_bytes(),
            "201 columns; at most 200",
        ),
        (
            format!("{}\n{}", vec!["a"; 200].join(","), "1\n".repeat(50_000)).into_bytes(),
            "10,000,000 cells; at most 5,000,000",
        ),
    ];
    for (bytes, expected) in table {
        let refused = read_with(&bytes, "{}").unwrap_err();
        assert!(matches!(refused, SourceError::Limit { .. }));
        assert!(refused.to_string().contains(expected), "{refused}");
    }
    let wide = ["a,".repeat(2_000_000), "\n".to_owned()].concat();
    assert!(
        read_with(wide.as_bytes(), "{}")
            .unwrap_err()
            .to_string()
            .contains("2,000,000 columns")
    );
    let full = format!("a\n{}", "1\n".repeat(limits::ROWS_MAX));
    assert_eq!(read(&full).row_count(), limits::ROWS_MAX);
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let table: [(&[u8], &str); 5] = [
        (b"", "holds no rows"),
        (b"\n\n ,,\n", "holds no rows"),
        (b"[{\"a\": 1}]", "This is JSON"),
        (b"<html><body>Sign in</body></html>", "web page"),
        (b"PK\x03\x04", "Excel workbook"),
    ];
    for (bytes, expected) in table {
        let refused = read_with(bytes, "{}").unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
}
