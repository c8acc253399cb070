//! What holds for any bytes and any table.
#![expect(clippy::unwrap_used, reason = "tests")]

use domain::dataset::{Column, Dataset, Values};
use proptest::option::of as option;
use proptest::prelude::*;

use crate::{csv_table, json_table};

/// Pieces that meet in real files, and some that should not.
fn scraps() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "1",
        "2.5",
        "1,5",
        "-",
        "(",
        ")",
        "%",
        "$",
        "€",
        "2026-11-20",
        "20.11.2026",
        "09:00",
        "Z",
        "+01:00",
        "\"",
        "'",
        ",",
        ";",
        "\t",
        "|",
        "\n",
        "\r\n",
        "#",
        "sep=;",
        "true",
        "NA",
        "#REF!",
        "{",
        "}",
        "[",
        "]",
        ":",
        "null",
        "\\u0000",
        "\u{feff}",
        "é",
        "🎈",
        "1e9",
        "e",
        "00",
        "Q3",
        "W47",
        " ",
        "kr",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Text that is neither missing, nor a number, date or truth value, and survives trimming.
fn word() -> impl Strategy<Value = String> {
    "[a-z]{2}[a-z\",;\n ü|]{0,8}x[a-z]{4}".prop_filter("no month, no truth value", |word| word.len() > 6)
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = csv_table::read_with(&bytes, "{}");
        let _ = json_table::read(&String::from_utf8_lossy(&bytes), None);
    }

    #[test]
    fn any_scraps_are_read_or_refused_and_columns_are_even(text in scraps()) {
        for dataset in [csv_table::read_with(text.as_bytes(), "{}"), json_table::read(&text, None)].into_iter().flatten() {
            let rows = dataset.row_count();
            prop_assert!(dataset.columns.iter().all(|column| column.values.len() == rows));
            let names: std::collections::HashSet<&str> = dataset.columns.iter().map(|column| column.name.as_str()).collect();
            prop_assert_eq!(names.len(), dataset.columns.len());
        }
    }

    #[test]
    fn a_written_table_is_read_back(
        rows in prop::collection::vec((word(), any::<i64>(), 0_u32..10, 0_i64..40_000, any::<bool>()), 2..30),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        continental in any::<bool>(),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["name", "amount", "day", "flag"]).unwrap();
        let epoch = jiff::civil::date(1970, 1, 1);
        let day = |days: i64| epoch.checked_add(jiff::Span::new().days(days)).unwrap();
        for (word, units, scale, days, flag) in &rows {
            let amount = rust_decimal::Decimal::new(*units, *scale).to_string();
            let amount = if continental { amount.replace('.', ",") } else { amount };
            writer.write_record([word, &amount, &day(*days).to_string(), &flag.to_string()]).unwrap();
        }
        let written = writer.into_inner().unwrap();
        let columns = if continental { r#"{"amount": {"decimal": "comma"}}"# } else { r#"{"amount": {"decimal": "point"}}"# };
        let dataset = csv_table::read_with(&written, columns).unwrap();
        prop_assert_eq!(&dataset.columns[0].values, &Values::Text(rows.iter().map(|row| Some(row.0.clone())).collect()));
        prop_assert_eq!(&dataset.columns[1].values, &Values::Number(rows.iter().map(|row| Some(rust_decimal::Decimal::new(row.1, row.2))).collect()));
        prop_assert_eq!(&dataset.columns[2].values, &Values::Date(rows.iter().map(|row| Some(day(row.3))).collect()));
        prop_assert_eq!(&dataset.columns[3].values, &Values::Boolean(rows.iter().map(|row| Some(row.4)).collect()));
    }
    #[test]
    fn an_attachment_is_read_back_as_the_rows_that_it_was_made_from(
        rows in prop::collection::vec((word(), option(any::<i64>()), 0_u32..10, option(0_i64..40_000), option(0_i64..86_400), option(any::<bool>())), 2..30),
        formula in prop::sample::select(vec!["=1+1", "+1", "-x", "@SUM(A1)", "plain"]),
    ) {
        let epoch = jiff::civil::date(1970, 1, 1);
        let day = |days: i64| epoch.checked_add(jiff::Span::new().days(days)).unwrap();
        let moment = |seconds: i64| epoch.to_datetime(jiff::civil::Time::midnight()).checked_add(jiff::Span::new().seconds(seconds)).unwrap();
        let column = |name: &str, values| Column { name: name.to_owned(), unit: None, values };
        let dataset = Dataset {
            as_of: "2026-11-20T09:00:00Z".parse().unwrap(),
            time_zone: None,
            columns: vec![
                column("name, and \"more\"", Values::Text(rows.iter().map(|row| Some(row.0.clone())).collect())),
                column("amount", Values::Number(rows.iter().map(|row| row.1.map(|units| rust_decimal::Decimal::new(units, row.2))).collect())),
                column("day", Values::Date(rows.iter().map(|row| row.3.map(day)).collect())),
                column("at", Values::DateTime(rows.iter().map(|row| row.4.map(moment)).collect())),
                column("flag", Values::Boolean(rows.iter().map(|row| row.5).collect())),
                column("note", Values::Text(rows.iter().map(|_| Some(formula.to_owned())).collect())),
            ],
            notes: Vec::new(),
        };
        let columns = r#"{"amount": {"type": "number", "decimal": "point"}, "day": {"type": "date"}, "at": {"type": "date_time"}, "flag": {"type": "boolean"}, "note": {"type": "text"}}"#;
        let read = csv_table::read_with(&dataset.to_csv(), columns).unwrap();
        for (written, read) in dataset.columns.iter().zip(&read.columns).take(5) {
            prop_assert_eq!(&written.name, &read.name);
            prop_assert_eq!(&written.values, &read.values);
        }
        let note = if formula == "plain" { formula.to_owned() } else { format!("'{formula}") };
        prop_assert_eq!(&read.columns[5].values, &Values::Text(vec![Some(note); rows.len()]), "the apostrophe is the one thing that is added");
    }
}
