//! Google Sheets against a strict stand-in.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use domain::dataset::Dataset;
use domain::fault::{Fault, Outcome};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::{Value, json};
use sources::google_sheets::{self, Google, Verified};
use sources::{Access, GoogleEndpoints, SourceError, SourceSpec, TokenCache, limits, read};
use url::Url;

use crate::csv_table::shown;
use crate::fake_google::{self as fake, EMAIL, NOW, SHEET, Scripted, error, key_file};
use crate::server::client;

pub struct Reader {
    endpoints: GoogleEndpoints,
    client: reqwest::Client,
    tokens: TokenCache,
    credentials: SecretString,
    timeout: Duration,
}

impl Reader {
    pub fn new(url: &Url) -> Self {
        let endpoints = GoogleEndpoints::new(url, url);
        Self {
            endpoints,
            client: client(),
            tokens: TokenCache::default(),
            credentials: key_file(),
            timeout: limits::CALL_TIMEOUT,
        }
    }

    pub async fn read(&self, range: Option<&str>, now: Timestamp) -> Result<Dataset, SourceError> {
        let source = json!({"google_sheets": {"connection": "con_1", "spreadsheet": SHEET, "range": range}});
        let source: SourceSpec = serde_json::from_value(source).unwrap();
        let guard = |_: Url| Err("Google is no customer's address".to_owned());
        let access = Access {
            guard: &guard,
            provider: &self.client,
            upload: None,
            credentials: Some(&self.credentials),
            google: &self.endpoints,
            tokens: &self.tokens,
            timeout: self.timeout,
        };
        read(&source, access, now).await
    }

    async fn verify(&self) -> Result<Verified, SourceError> {
        let Self {
            endpoints,
            client: http,
            tokens,
            credentials,
            timeout,
        } = self;
        google_sheets::verify(
            Google {
                http,
                endpoints,
                tokens,
                credentials,
                timeout: *timeout,
            },
            now(),
        )
        .await
    }
}

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub fn sales() -> (&'static str, Value, Value) {
    let values = json!([
        ["Day", "When", "Revenue", "Share", "Note", "Open", "Lap", 2026],
        [46346, 46346.375, 1234.5, 0.12, "a", true, 0.0625, 1],
        [46347, 46347.5, "#N/A", 0.125, "", false, 0.0635, 2],
        [],
        ["", "", ""],
        [46348, 46348, 7]
    ]);
    let shown = json!([
        ["Day", "When", "Revenue", "Share", "Note", "Open", "Lap", "2026"],
        ["20.11.2026", "20.11.2026 09:00", "1.234,50 €", "12 %", "a", "TRUE", "1:30:00", "1"],
        ["21.11.2026", "21.11.2026 12:00", "#N/A", "12,5 %", "", "FALSE", "1:31:26", "2"],
        [],
        ["", "", ""],
        ["22.11.2026", "22.11.2026 00:00", "7,00 €"]
    ]);
    ("'Sales'", values, shown)
}

#[tokio::test]
async fn a_sheet_is_read_with_its_types_units_and_zone() {
    let (google, url) = fake::Google::start([sales()]).await;
    let dataset = Reader::new(&url).read(None, now()).await.unwrap();
    let all: Vec<String> = dataset
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| format!("{} = {}", column.name, shown(&dataset, index)))
        .collect();
    let expected = [
        "Day = date: 2026-11-20|2026-11-21|2026-11-22",
        "When = date_time: 2026-11-20T09:00:00|2026-11-21T12:00:00|2026-11-22T00:00:00",
        "Revenue = number EUR: 1234.5|∅|7",
        "Share = number percent: 0.12|0.125|∅",
        "Note = text: a|∅|∅",
        "Open = boolean: true|false|∅",
        "Lap = number seconds: 5400|5486.4|∅",
        "2026 = number: 1|2|∅",
    ];
    assert_eq!(all, expected);
    assert_eq!(dataset.time_zone.as_deref(), Some("Europe/Berlin"));
    assert_eq!(dataset.notes, ["`Revenue` 1 cell holds an error (#N/A) and counts as empty."]);
    assert_eq!((google.granted(), google.calls.lock().unwrap().len()), (1, 3));
}

#[tokio::test]
async fn without_numbers_the_values_are_read_once_and_an_empty_range_is_named() {
    let words = ("'Sales'", json!([["Name", "Day"], ["a", "2026-11-20"]]), Value::Null);
    let (google, url) = fake::Google::start([words, ("'Bob''s'!A1:B", Value::Null, Value::Null)]).await;
    let reader = Reader::new(&url);
    let dataset = reader.read(Some("Sales"), now()).await.unwrap();
    assert_eq!(
        (shown(&dataset, 1).as_str(), google.calls.lock().unwrap().len()),
        ("date: 2026-11-20", 2)
    );
    let empty = reader.read(Some("Bob's!A1:B"), now()).await.unwrap_err();
    assert_eq!(empty.to_string(), "The range is empty.");
}

#[tokio::test]
async fn a_renamed_tab_is_answered_with_those_there_are() {
    let (_google, url) = fake::Google::start([sales()]).await;
    let reader = Reader::new(&url);
    for range in ["Turnover!A1:D", "turnover_table"] {
        let missing = reader.read(Some(range), now()).await.unwrap_err();
        assert_eq!(missing.why().code, "google_sheets.tab_missing");
        assert!(missing.to_string().ends_with("Its tabs are `Sales`, `Bob's`."), "{missing}");
    }
}

#[tokio::test]
async fn one_token_serves_everyone_until_a_minute_before_its_end() {
    let (google, url) = fake::Google::start([sales()]).await;
    let reader = Reader::new(&url);
    let (a, b, c) = tokio::join!(reader.read(None, now()), reader.read(None, now()), reader.read(None, now()));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(google.granted(), 1, "three readers, one flight");
    let at = |seconds: i64| now().checked_add(SignedDuration::from_secs(seconds)).unwrap();
    reader.read(None, at(3_538)).await.unwrap();
    assert_eq!(google.granted(), 1);
    *google.clock_s.lock().unwrap() = 3_539;
    reader.read(None, at(3_539)).await.unwrap();
    assert_eq!(google.granted(), 2);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let (google, url) = fake::Google::start([sales()]).await;
    let reader = Reader::new(&url);
    let unauthenticated = || Scripted::Status(401, vec![], error(401, "UNAUTHENTICATED", "Invalid credentials", json!([])));
    reader.read(None, now()).await.unwrap();
    google.script(unauthenticated());
    reader.read(None, now()).await.unwrap();
    assert_eq!(google.granted(), 2);
    google.script(unauthenticated());
    google.script(unauthenticated());
    let refused = reader.read(None, now()).await.unwrap_err();
    assert!(matches!(Fault::from(refused), Fault::Unauthorized { .. }));
    assert_eq!(google.granted(), 3);
}

#[tokio::test]
async fn each_error_of_the_sheets_api_has_its_fault() {
    let info = |reason: &str| json!([{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}]);
    let delay = json!([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "12.5s"}]);
    let quota = "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'";
    let status =
        |code: u16, status: &str, message: &str, details: Value| Scripted::Status(code, vec![], error(code, status, message, details));
    let hinted = Scripted::Status(
        429,
        vec![("retry-after", "33")],
        error(429, "RESOURCE_EXHAUSTED", quota, info("RATE_LIMIT_EXCEEDED")),
    );
    let s = Duration::from_secs;
    let table = [
        (
            status(429, "RESOURCE_EXHAUSTED", quota, info("RATE_LIMIT_EXCEEDED")),
            Outcome::Retry,
            Some(s(60)),
            "quota",
            "used up for this minute",
        ),
        (hinted, Outcome::Retry, Some(s(33)), "quota", "used up"),
        (
            status(429, "RESOURCE_EXHAUSTED", quota, delay),
            Outcome::Retry,
            Some(Duration::from_millis(12_500)),
            "quota",
            "used up",
        ),
        (
            status(403, "PERMISSION_DENIED", "The caller does not have permission", json!([])),
            Outcome::Rejected,
            None,
            "not_shared",
            EMAIL,
        ),
        (
            status(403, "PERMISSION_DENIED", "disabled", info("SERVICE_DISABLED")),
            Outcome::Unauthorized,
            None,
            "service_disabled",
            "Switch it on",
        ),
        (
            status(403, "PERMISSION_DENIED", "x", info("ACCESS_TOKEN_SCOPE_INSUFFICIENT")),
            Outcome::Unauthorized,
            None,
            "scope_insufficient",
            "again",
        ),
        (
            status(404, "NOT_FOUND", "Requested entity was not found.", json!([])),
            Outcome::Rejected,
            None,
            "not_found",
            EMAIL,
        ),
        (
            status(
                400,
                "FAILED_PRECONDITION",
                "This operation is not supported for this document",
                json!([]),
            ),
            Outcome::Rejected,
            None,
            "not_a_sheet",
            "Save as Google Sheets",
        ),
        (
            status(400, "INVALID_ARGUMENT", "Invalid value", json!([])),
            Outcome::Rejected,
            None,
            "400",
            "INVALID_ARGUMENT",
        ),
        (
            status(500, "INTERNAL", "Internal error", json!([])),
            Outcome::Retry,
            None,
            "500",
            "could not answer just now",
        ),
        (
            Scripted::Status(503, vec![], json!("not what is documented")),
            Outcome::Retry,
            None,
            "503",
            "could not answer just now",
        ),
        (
            Scripted::Status(200, vec![], json!("not what is documented")),
            Outcome::Retry,
            None,
            "not_understood",
            "documentation",
        ),
        (Scripted::Hang, Outcome::Retry, None, "no_answer", "did not answer in time"),
    ];
    let (google, url) = fake::Google::start([sales()]).await;
    let mut reader = Reader::new(&url);
    reader.read(None, now()).await.unwrap();
    reader.timeout = Duration::from_millis(300);
    for (scripted, outcome, hint, code, sentence) in table {
        google.script(scripted);
        let fault = Fault::from(reader.read(None, now()).await.unwrap_err());
        let why = fault.why();
        assert_eq!(
            (fault.outcome(), why.code.as_str()),
            (outcome, format!("google_sheets.{code}").as_str()),
            "{why:?}"
        );
        assert!(why.sentence.contains(sentence), "{why:?}");
        assert!(!format!("{fault:?}").contains("ya29"), "{fault:?}");
        if let Fault::Retry { after, .. } = fault {
            assert_eq!(after, hint, "{why:?}");
        }
    }
    google.script(Scripted::Huge);
    assert!(matches!(
        reader.read(None, now()).await.unwrap_err(),
        SourceError::Limit { what: "bytes", .. }
    ));
}

#[tokio::test]
async fn a_key_is_verified_with_google() {
    let (google, url) = fake::Google::start([]).await;
    let mut reader = Reader::new(&url);
    let expected = Verified {
        client_email: EMAIL.to_owned(),
        project_id: Some("project".to_owned()),
    };
    assert_eq!(reader.verify().await, Ok(expected));
    reader.tokens = TokenCache::default();
    let denied = |status: u16, error: &str, description: &str| {
        Scripted::Status(status, vec![], json!({"error": error, "error_description": description}))
    };
    let table = [
        (
            denied(400, "invalid_grant", "Invalid JWT Signature."),
            Outcome::Unauthorized,
            "google_sheets.invalid_grant",
            "the key has been deleted",
        ),
        (
            denied(400, "invalid_grant", "Invalid grant: account not found"),
            Outcome::Unauthorized,
            "google_sheets.invalid_grant",
            "deleted or disabled",
        ),
        (
            denied(401, "invalid_client", "The OAuth client was not found."),
            Outcome::Unauthorized,
            "google_sheets.invalid_client",
            "deleted or disabled",
        ),
        (
            denied(400, "invalid_scope", "x"),
            Outcome::Rejected,
            "google_sheets.invalid_scope",
            "refused our request",
        ),
        (
            denied(500, "internal_failure", "x"),
            Outcome::Retry,
            "google_sheets.token_500",
            "could not answer just now",
        ),
        (
            denied(429, "rate_limit", "x"),
            Outcome::Retry,
            "google_sheets.token_429",
            "could not answer just now",
        ),
        (
            Scripted::Status(200, vec![], json!({"no": "token"})),
            Outcome::Retry,
            "google_sheets.not_understood",
            "documentation",
        ),
        (Scripted::Huge, Outcome::Retry, "google_sheets.not_understood", "documentation"),
    ];
    for (scripted, outcome, code, sentence) in table {
        google.token_script.lock().unwrap().push_back(scripted);
        let fault = Fault::from(reader.verify().await.unwrap_err());
        let why = fault.why();
        assert_eq!((fault.outcome(), why.code.as_str()), (outcome, code), "{why:?}");
        assert!(why.sentence.contains(sentence), "{why:?}");
    }
    // A wrong clock of ours is said, not taken for a dead key.
    *google.clock_s.lock().unwrap() = -4_000;
    assert!(reader.verify().await.unwrap_err().to_string().contains("the clocks differ"));
    reader.credentials = SecretString::from("{}");
    assert_eq!(reader.verify().await.unwrap_err().why().code, "google_sheets.key_file");
}
