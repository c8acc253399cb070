#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::json;

use super::*;

const GOOD: &str = r#"id: sales
name: Sales
source:
  json: { url: https://example.org/sales.json }
chart:
  mark: line
  encoding:
    x: { field: Month }
    y: { field: Sales }
schedule:
  daily: { at: "09:00" }
  time_zone: Europe/Berlin
destinations:
  - to:
      whatsapp:
        to: +4915112345678
    fallback:
      webhook:
        receiver: night-shift
"#;

fn parse(text: &str) -> Result<PulseFile, FileError> {
    PulseFile::parse(Path::new("sales.yaml"), text)
}

#[test]
fn a_file_becomes_the_apis_request() {
    let file = parse(GOOD).unwrap();
    assert_eq!(
        (file.id(), file.extras.receivers.as_slice()),
        (Some("sales"), &["night-shift".to_owned()][..])
    );
    let filled = Filled {
        receivers: [("night-shift".into(), "http://127.0.0.1:9/hooks/night-shift".into())].into(),
        secret: Some("whsec_x".into()),
        ..Filled::default()
    };
    let request = file.request(&filled);
    assert_eq!(
        request["destinations"][0]["to"]["whatsapp"]["to"], "+4915112345678",
        "an unquoted phone number is no number"
    );
    let webhook = json!({"url": "http://127.0.0.1:9/hooks/night-shift", "secret": "whsec_x", "name": "night-shift"});
    assert_eq!(request["destinations"][0]["fallback"]["webhook"], webhook);
}

#[test]
fn a_file_beside_it_is_read_and_uploaded() {
    let dir = std::env::temp_dir().join(format!("chartcastr-pulse-file-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("sales.csv"), "Month,Sales\n2026-01,1\n").unwrap();
    let text = GOOD.replace(
        "json: { url: https://example.org/sales.json }",
        "csv: { path: sales.csv, delimiter: \",\" }",
    );
    let file = PulseFile::parse(&dir.join("sales.yaml"), &text).unwrap();
    assert_eq!(file.extras.data.as_ref().unwrap().bytes.len(), 22);
    let request = file.request(&Filled {
        upload: Some("upl_1".into()),
        ..Filled::default()
    });
    assert_eq!(request["source"], json!({"csv": {"delimiter": ",", "upload": "upl_1"}}));

    let missing = PulseFile::parse(&dir.join("sales.yaml"), &text.replace("sales.csv", "gone.csv"))
        .unwrap_err()
        .to_string();
    assert!(
        missing.contains("sales.yaml:4: source.csv.path: ") && missing.contains("gone.csv cannot be read"),
        "{missing}"
    );
    std::fs::remove_dir_all(dir).unwrap();
}

/// What is replaced in the good file, by what, and what is said of it.
const BAD: &[(&str, &str, &str)] = &[
    (
        "name: Sales",
        "nmae: Sales",
        "sales.yaml:2: nmae: there is no such field; accepted: one of `id`, `name`",
    ),
    (
        "name: Sales\n",
        "",
        "sales.yaml:1: name: given nothing; accepted: a value, the field is required",
    ),
    (
        "name: Sales",
        "name: [Sales]",
        "sales.yaml:2: name: given sequence; accepted: a string",
    ),
    (
        "mark: line",
        "mark: pie",
        "sales.yaml:6: chart.mark: `pie` is no mark of a chart; accepted: line, area, bar, arc, point, kpi, table",
    ),
    (
        "x: { field: Month }",
        "x: { feild: Month }",
        "sales.yaml:8: chart.encoding.x.feild: there is no such field",
    ),
    ("\"09:00\"", "\"25:00\"", "sales.yaml:11: schedule.daily.at: "),
    ("daily: { at: \"09:00\" }", "{}", "sales.yaml:1"),
    ("  daily: { at: \"09:00\" }\n", "", "sales.yaml:10: schedule: "),
    ("Europe/Berlin", "Europe/Atlantis", "sales.yaml:12: schedule.time_zone: "),
    (
        "+4915112345678",
        "0151 12345678",
        "sales.yaml:16: destinations[0].to.whatsapp.to: `0151 12345678` is not a phone number",
    ),
    (
        "+4915112345678",
        "4915112345678",
        "sales.yaml:16: destinations[0].to.whatsapp.to: given integer `4915112345678`; accepted: a string",
    ),
    (
        "whatsapp:",
        "wahtsapp:",
        "sales.yaml:15: destinations[0].to.wahtsapp: given `wahtsapp`; accepted: `whatsapp` or `webhook`",
    ),
    (
        "receiver: night-shift",
        "receiver: night shift",
        "sales.yaml:19: destinations[0].fallback.webhook.receiver: given \"night shift\"; accepted: a name",
    ),
    (
        "receiver: night-shift",
        "url: not an address",
        "sales.yaml:19: destinations[0].fallback.webhook.url: ",
    ),
    (
        "receiver: night-shift",
        "{receiver: x, secret: [planted]}",
        "sales.yaml:19: destinations[0].fallback.webhook.secret: given sequence",
    ),
    (
        "https://example.org/sales.json",
        "ftp://example.org/x",
        "sales.yaml:4: source.json: ",
    ),
    (
        "json: { url: https://example.org/sales.json }",
        "jsno: {}",
        "sales.yaml:4: source.jsno: given `jsno`; accepted: one of",
    ),
    ("mark: line", "mark: line\n  mark: bar", "sales.yaml:7: "),
    ("mark: line", "mark: \"line", "sales.yaml:"),
];

#[test]
fn each_mistake_is_told_by_line_and_field() {
    for (good, bad, expected) in BAD {
        let text = GOOD.replacen(good, bad, 1);
        assert_ne!(text, GOOD, "{good}");
        let said = parse(&text).unwrap_err().to_string();
        assert!(said.starts_with(expected), "{bad}\n  expected {expected}\n  said     {said}");
        assert!(!said.contains("planted"), "{said}");
    }
}

#[test]
fn the_apis_refusal_is_led_back_to_its_line() {
    let file = parse(GOOD).unwrap();
    let problem = json!({"title": "x", "errors": [{"pointer": "/chart/encoding/y/field", "given": "`Sales`", "accepted": "a column: Month, Turnover"}]});
    let expected = "sales.yaml:9: chart.encoding.y.field: given `Sales`; accepted: a column: Month, Turnover";
    assert_eq!(file.refused(&problem).to_string(), expected);
    assert_eq!(
        file.refused(&json!({"detail": "Nothing doing."})).to_string(),
        "sales.yaml: Nothing doing."
    );
}

#[test]
fn a_key_file_becomes_a_connection_and_is_never_printed() {
    let dir = std::env::temp_dir().join(format!("chartcastr-key-file-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("key.json"), r#"{"private_key": "planted"}"#).unwrap();
    let sheet = "google_sheets: { service_account: key.json, spreadsheet: 1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms }";
    let text = GOOD.replace("json: { url: https://example.org/sales.json }", sheet);
    let file = PulseFile::parse(&dir.join("sales.yaml"), &text).unwrap();
    let request = file.request(&Filled {
        connection: Some("con_1".into()),
        ..Filled::default()
    });
    assert_eq!(request["source"]["google_sheets"]["connection"], "con_1");
    assert!(!format!("{file:?} {request}").contains("planted"));
    std::fs::write(dir.join("key.json"), "-----BEGIN PRIVATE KEY-----planted").unwrap();
    let refused = PulseFile::parse(&dir.join("sales.yaml"), &text).unwrap_err().to_string();
    assert!(
        refused.contains("key.json is not JSON; accepted: the key file") && !refused.contains("planted"),
        "{refused}"
    );
    std::fs::remove_dir_all(dir).unwrap();
}
