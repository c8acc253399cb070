//! JSON as programs answer it.
#![expect(clippy::unwrap_used, reason = "tests")]

use domain::dataset::Dataset;
use domain::source_spec::{ColumnOverrides, RowsPath};
use sources::json::{JsonOptions, parse_json};
use sources::{SourceError, limits};

use crate::csv_table::shown;

pub fn read(text: &str, rows: Option<&str>) -> Result<Dataset, SourceError> {
    let rows = rows.map(|rows| RowsPath::parse(rows).unwrap());
    let as_of = "2026-11-20T09:00:00Z".parse().unwrap();
    parse_json(
        text.as_bytes(),
        &JsonOptions {
            rows: rows.as_ref(),
            columns: &ColumnOverrides::new(),
            as_of,
        },
    )
}

#[test]
fn every_shape_gives_the_same_table() {
    let table = [
        (r#"[{"day": "2026-11-20", "n": 1.5}, {"day": "2026-11-21", "n": 2}]"#, None),
        (
            r#"{"columns": ["day", "n"], "rows": [["2026-11-20", 1.5], ["2026-11-21", 2]]}"#,
            None,
        ),
        (
            r#"{"columns": [{"name": "day"}, {"name": "n"}], "data": [["2026-11-20", 1.5], ["2026-11-21", 2]]}"#,
            None,
        ),
        (r#"[["day", "n"], ["2026-11-20", 1.5], ["2026-11-21", 2]]"#, None),
        ("{\"day\": \"2026-11-20\", \"n\": 1.5}\n{\"day\": \"2026-11-21\", \"n\": 2}\n", None),
        (r#"{"unit": "x", "day": ["2026-11-20", "2026-11-21"], "n": [1.5, 2]}"#, None),
        (
            r#"{"total": 2, "items": [{"day": "2026-11-20", "n": 1.5}, {"day": "2026-11-21", "n": 2}], "tags": []}"#,
            None,
        ),
        (
            r#"{"data": {"items": [{"day": "2026-11-20", "n": 1.5}, {"day": "2026-11-21", "n": 2}]}}"#,
            None,
        ),
        (
            r#"{"a": [{"x": 1}], "b": {"c d": [0, [{"day": "2026-11-20", "n": 1.5}, {"day": "2026-11-21", "n": 2}]]}}"#,
            Some("$.b['c d'][1]"),
        ),
        (
            r#"{"a": [{"x": 1}], "b": {"c/d": [{"day": "2026-11-20", "n": 1.5}, {"day": "2026-11-21", "n": 2}]}}"#,
            Some("/b/c~1d"),
        ),
    ];
    for (text, rows) in table {
        let dataset = read(text, rows).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let names: Vec<&str> = dataset.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["day", "n"], "{text}");
        assert_eq!(
            (shown(&dataset, 0).as_str(), shown(&dataset, 1).as_str()),
            ("date: 2026-11-20|2026-11-21", "number: 1.5|2"),
            "{text}"
        );
    }
}

#[test]
fn cells_keep_what_they_are() {
    let text = r#"[
        {"id": "007", "amount": 12345678901234567.89, "big": 1e3, "ok": true, "who": {"name": "A", "at": {"x": {"y": {"z": {"deep": 1}}}}}, "tags": [1, 2]},
        {"id": "008", "amount": null, "big": 0.1, "ok": false, "who": {"name": "B\n\u00e9"}, "tags": [], "late": "x"}
    ]"#;
    let dataset = read(text, None).unwrap();
    let all: Vec<String> = dataset
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| format!("{} = {}", column.name, shown(&dataset, index)))
        .collect();
    let expected = [
        "id = text: 007|008",
        "amount = number: 12345678901234567.89|∅",
        "big = number: 1000|0.1",
        "ok = boolean: true|false",
        "who.name = text: A|B\né",
        "who.at.x.y.z = text: {\"deep\": 1}|∅",
        "tags = text: [1, 2]|[]",
        "late = text: ∅|x",
    ];
    assert_eq!(all, expected);
    assert_eq!(shown(&read("[1, 2.5, null, 3]", None).unwrap(), 0), "number: 1|2.5|3");
    assert_eq!(shown(&read(r#"{"visitors": 5}"#, Some("$")).unwrap(), 0), "number: 5");
}

#[test]
fn what_cannot_be_read_is_said_in_words() {
    let table = [
        ("", None, "The file is empty."),
        ("[{\"a\": 1},\n{\"a\" 2}]", None, "not well-formed JSON, at line 2, column 6"),
        ("[{\"a\": 1}", None, "ends too early"),
        ("5", None, "The document is a number, not a list of rows."),
        ("[]", None, "The list of rows is empty"),
        (
            r#"{"a": [{"x": 1}], "b": [{"x": 1}]}"#,
            None,
            "several lists (`a`, `b`); say in `rows`",
        ),
        (
            r#"{"error": "no", "code": 5}"#,
            None,
            "No list of rows was found in the document, an object of `error`, `code`.",
        ),
        (
            r#"{"data": {"x": []}}"#,
            Some("$.data.y"),
            "there is no `y`: it would be in an object of `x`",
        ),
        (
            r#"{"data": [1, 2]}"#,
            Some("$.data[5]"),
            "there is no `5`: it would be in a list of 2",
        ),
        (r#"{"data": 5}"#, Some("/data"), "that is a number, not a list of rows"),
        ("[{\"a\": 1}, [2]]", None, "Row 2 is a list, but the first row is an object."),
        ("[[1], {\"a\": 2}]", None, "Row 2 is an object, but the first row is a list."),
        ("<!doctype html><html>", None, "web page"),
    ];
    for (text, rows, expected) in table {
        let refused = read(text, rows).unwrap_err().to_string();
        assert!(refused.contains(expected), "{text}: {refused}");
    }
}

#[test]
fn what_is_too_large_is_refused_by_name() {
    let wide: Vec<String> = (0..250).map(|index| format!("\"c{index}\": 1")).collect();
    let table = [
        (format!("[{}1]", "1,".repeat(limits::ROWS_MAX)), "200,001 rows; at most 200,000"),
        (format!("[{{{}}}]", wide.join(",")), "250 columns; at most 200"),
        (format!("[[{}1],[1]]", "1,".repeat(1_000_000)), "1,000,001 columns; at most 200"),
        (" ".repeat(limits::BYTES_MAX + 1), "bytes; at most"),
    ];
    for (text, expected) in table {
        let refused = read(&text, None).unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read(&deep, None).is_ok(), "depth costs nothing: inner lists are text");
}
