#![expect(clippy::unwrap_used, reason = "tests")]
use serde_json::json;

use super::*;

#[test]
fn what_is_written_is_read_and_written_again() {
    for written in [
        json!({"csv": {"upload": "upl_1"}}),
        json!({"csv": {"url": "https://example.org/a.csv", "delimiter": "tab", "header_row": 3}}),
        json!({"json": {"url": "https://example.org/a.json", "rows": "$.data['the items'][0]"}}),
        json!({"json": {"upload": "upl_1", "rows": "/data/items"}}),
        json!({"google_sheets": {"connection": "con_1", "spreadsheet": "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms", "range": "Sales!A1:D"}}),
        json!({"csv": {"upload": "upl_1", "columns": {"When": {"type": "date", "date_order": "day_first", "rename": "Day"},
            "Turnover": {"type": "number", "unit": "EUR", "decimal": "comma"}}}}),
    ] {
        let spec: SourceSpec = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(&spec).unwrap(), written);
    }
}

#[test]
fn refusals_name_field_given_and_accepted() {
    let table = [
        (json!({"csv": {}}), "`upload, url`: given neither, accepted is exactly one of"),
        (
            json!({"csv": {"upload": "u", "url": "https://example.org"}}),
            "`upload, url`: given both",
        ),
        (
            json!({"csv": {"url": "http://example.org/a.csv"}}),
            "`url`: given http://…, accepted is an address like https://",
        ),
        (json!({"csv": {"url": "ftp://example.org/a.csv"}}), "`url`: given ftp://…"),
        (
            json!({"csv": {"url": "https://me:pass@example.org/a.csv"}}),
            "`url`: given an address with a user name or password",
        ),
        (
            json!({"csv": {"upload": "u", "delimiter": "x"}}),
            "`delimiter`: given x, accepted is `,` `;` `|` or `tab`",
        ),
        (json!({"csv": {"upload": "u", "header": 1}}), "unknown field `header`"),
        (json!({"csv": {"upload": "u", "header_row": 0}}), "expected a nonzero u32"),
        (
            json!({"csv": {"upload": "u", "columns": {"A": {"kind": "x"}}}}),
            "unknown field `kind`",
        ),
        (
            json!({"csv": {"upload": "u", "columns": {"A": {"unit": ""}}}}),
            "`unit`: given nothing",
        ),
        (json!({"json": {"upload": "u", "rows": "data.items"}}), "`rows`: given data.items"),
        (json!({"json": {"upload": "u", "rows": "$..items"}}), "`rows`: given $..items"),
        (
            json!({"xlsx": {"upload": "u"}}),
            "unknown variant `xlsx`, expected one of `csv`, `json`, `google_sheets`",
        ),
        (
            json!({"google_sheets": {"connection": "con_1", "spreadsheet": "https://example.org/x"}}),
            "`spreadsheet`: given https://example.org/x",
        ),
    ];
    for (written, expected) in table {
        let refused = serde_json::from_value::<SourceSpec>(written.clone()).unwrap_err().to_string();
        assert!(refused.contains(expected), "{written}: {refused}");
    }
}

#[test]
fn a_link_may_name_the_tab_and_http_is_for_this_machine_only() {
    let link = "https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit?gid=77#gid=77";
    let parsed: Spreadsheet = serde_json::from_value(json!(link)).unwrap();
    assert_eq!(
        (parsed.id.as_str(), parsed.tab_id),
        ("1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms", Some(77))
    );
    assert_eq!(serde_json::to_value(&parsed).unwrap(), json!(link));
    let local = json!({"csv": {"url": "http://127.0.0.1:8787/a.csv"}});
    assert!(matches!(
        serde_json::from_value(local).unwrap(),
        SourceSpec::Csv(CsvSource {
            origin: Origin::Url(_),
            ..
        })
    ));
}
