//! The simulator held against the reference: each test speaks HTTP to it, as the product does.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use runtime::Clock;
use serde_json::{Value, json};

use super::{AUDIENCE, Answer, Cell, Config, Endpoint, Google, ServiceAccount, Workbook};
use crate::simulators::fault::Fault;
use crate::simulators::test_client::client;

const KEY_FILE: &str = include_str!("../../../fixtures/google-service-account.test-only.json");
const WORKBOOK: &str = include_str!("../../../fixtures/google-workbook.json");
const ID: &str = "1TestOnlyWorkbook0000000000000000000000000000";
const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

struct Bench {
    sim: Google,
    clock: Clock,
    http: reqwest::Client,
}

impl Bench {
    async fn new() -> Self {
        let clock = Clock::manual("2026-11-20T09:00:00Z".parse().expect("a time"));
        let config = Config {
            accounts: vec![ServiceAccount::from_key_file(KEY_FILE).expect("a key file")],
            workbooks: vec![Workbook::from_json(WORKBOOK).expect("a workbook")],
            ..Config::empty()
        };
        let sim = Google::start(0, config, clock.clone()).await.expect("a free port");
        Self {
            sim,
            clock,
            http: client(),
        }
    }

    fn claims(&self) -> Value {
        let now = self.clock.now().as_second();
        let scope = "https://www.googleapis.com/auth/spreadsheets.readonly";
        json!({"iss": "reader@test-only.iam.gserviceaccount.com", "scope": scope, "aud": AUDIENCE, "iat": now, "exp": now + 3600})
    }

    async fn ask(&self, form: &[(&str, &str)]) -> (u16, Value) {
        let response = self.http.post(self.sim.token_url()).form(form).send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.unwrap_or_default())
    }

    async fn ask_with(&self, claims: &Value) -> (u16, Value) {
        self.ask(&[("grant_type", GRANT), ("assertion", &assertion("RS256", claims))]).await
    }

    async fn token(&self) -> String {
        let (status, body) = self.ask_with(&self.claims()).await;
        assert_eq!(
            (status, &body["expires_in"], &body["token_type"]),
            (200, &json!(3599), &json!("Bearer"))
        );
        body["access_token"].as_str().expect("a token").to_owned()
    }

    async fn get(&self, token: &str, path: &str, query: &[(&str, &str)]) -> (u16, Value) {
        let url = format!("{}/v4/spreadsheets/{path}", self.sim.sheets_url());
        let response = self.http.get(url).bearer_auth(token).query(query).send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.unwrap_or_default())
    }
}

fn assertion(algorithm: &str, claims: &Value) -> String {
    let file: Value = serde_json::from_str(KEY_FILE).expect("JSON");
    let pem = file["private_key"].as_str().expect("a key");
    let der: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let pair = RsaKeyPair::from_pkcs8(&BASE64_STANDARD.decode(der).expect("base64")).expect("a key");
    let encode = |value: Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({"alg": algorithm, "typ": "JWT", "kid": file["private_key_id"]});
    let signed = format!("{}.{}", encode(header), encode(claims.clone()));
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
        .expect("a signature");
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

#[tokio::test]
async fn an_assertion_is_checked_claim_by_claim() {
    let bench = Bench::new().await;
    let with = |name: &str, value: Value| {
        let mut claims = bench.claims();
        claims[name] = value;
        claims
    };
    let now = bench.clock.now().as_second();
    for (claims, error, words) in [
        (with("iss", json!("nobody@example.com")), "invalid_grant", "account not found"),
        (with("aud", json!("https://example.com/token")), "invalid_grant", "audience"),
        (with("exp", json!(now + 3601)), "invalid_grant", "short-lived"),
        (with("exp", json!(now)), "invalid_grant", "short-lived"),
        (with("iat", json!(now + 301)), "invalid_grant", "short-lived"),
        (with("exp", json!(null)), "invalid_grant", "short-lived"),
        (with("scope", json!("")), "invalid_scope", "scope"),
        (with("scope", json!("spreadsheets")), "invalid_scope", "scope"),
    ] {
        let (status, body) = bench.ask_with(&claims).await;
        assert_eq!((status, &body["error"]), (400, &json!(error)), "{claims}");
        assert!(
            body["error_description"]
                .as_str()
                .is_some_and(|description| description.contains(words)),
            "{body}"
        );
    }
    let good = assertion("RS256", &bench.claims());
    let (signed, signature) = good.rsplit_once('.').expect("three parts");
    let foreign = assertion("RS256", &with("iat", json!(now - 1)));
    let swapped = format!("{}.{signature}", foreign.rsplit_once('.').expect("three parts").0);
    let cut = format!("{signed}.");
    let other_algorithm = assertion("none", &bench.claims());
    for form in [
        vec![("grant_type", GRANT), ("assertion", swapped.as_str())],
        vec![("grant_type", GRANT), ("assertion", cut.as_str())],
        vec![("grant_type", GRANT), ("assertion", "nonsense")],
        vec![("grant_type", GRANT), ("assertion", other_algorithm.as_str())],
        vec![("grant_type", GRANT)],
        vec![("grant_type", "password"), ("assertion", good.as_str())],
        vec![("assertion", good.as_str())],
        vec![("grant_type", GRANT), ("assertion", good.as_str()), ("colour", "red")],
    ] {
        assert_eq!(bench.ask(&form).await.0, 400, "{form:?}");
    }
    bench.token().await;
    let mut own = bench.claims();
    own["aud"] = json!(bench.sim.token_url());
    assert_eq!(bench.ask_with(&own).await.0, 200, "its own address is an audience, too");
}

#[tokio::test]
async fn cells_come_as_the_api_gives_them() {
    let bench = Bench::new().await;
    let token = bench.token().await;
    let (_, plain) = bench.get(&token, &format!("{ID}/values/Revenue"), &[]).await;
    assert_eq!(
        plain,
        json!({"range": "Revenue!A1:Z1000", "majorDimension": "ROWS", "values": [
            ["Week", "Revenue", "Share"],
            ["2026-10-05", "$11,250.50", "41%"],
            ["2026-10-12", "$11,980.00", "43%"],
            ["2026-10-19", "", "#N/A"],
            ["2026-10-26", "$12,430.25", "44%"],
        ]})
    );
    let unformatted = [
        ("valueRenderOption", "UNFORMATTED_VALUE"),
        ("dateTimeRenderOption", "SERIAL_NUMBER"),
    ];
    let (_, raw) = bench.get(&token, &format!("{ID}/values/Revenue!A2:C4"), &unformatted).await;
    assert_eq!(
        raw["values"],
        json!([[46300, 11250.5, 0.41], [46307, 11980, 0.43], [46314, "", "#N/A"]])
    );
    let (_, columns) = bench
        .get(&token, &format!("{ID}/values/Revenue!B2:C"), &[("majorDimension", "COLUMNS")])
        .await;
    assert_eq!(columns["values"][0], json!(["$11,250.50", "$11,980.00", "", "$12,430.25"]));
    let (_, other) = bench
        .get(&token, &format!("{ID}/values/'Customer''s list'!B2:C2"), &unformatted)
        .await;
    assert_eq!(other["values"], json!([[true, 46024.354166666664]]));
    let (_, empty) = bench.get(&token, &format!("{ID}/values/Empty"), &[]).await;
    assert_eq!(
        empty,
        json!({"range": "Empty!A1:Z1000", "majorDimension": "ROWS"}),
        "no values at all"
    );

    let ranges = [
        ("ranges", "Revenue!A1:B2"),
        ("ranges", "Empty!A1"),
        ("fields", "valueRanges(range,values)"),
    ];
    let (_, batch) = bench.get(&token, &format!("{ID}/values:batchGet"), &ranges).await;
    assert_eq!(
        batch,
        json!({"valueRanges": [{"range": "Revenue!A1:B2", "values": [["Week", "Revenue"], ["2026-10-05", "$11,250.50"]]}, {"range": "Empty!A1"}]})
    );
    let fields = "spreadsheetId,properties(title,locale,timeZone),sheets.properties(sheetId,title,gridProperties,hidden)";
    let (_, described) = bench.get(&token, ID, &[("fields", fields)]).await;
    assert_eq!(
        described["properties"],
        json!({"title": "Weekly revenue", "locale": "en_US", "timeZone": "Europe/Berlin"})
    );
    assert_eq!(
        described["sheets"][2]["properties"],
        json!({"sheetId": 2, "title": "Empty", "gridProperties": {"rowCount": 1000, "columnCount": 26}, "hidden": true})
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_in_googles_words() {
    let bench = Bench::new().await;
    let token = bench.token().await;
    let read = format!("{ID}/values/Revenue!A1");
    for (path, query, code, words) in [
        (
            format!("{ID}/values/Umsatz!A1:B2"),
            vec![],
            400,
            "Unable to parse range: Umsatz!A1:B2",
        ),
        (format!("{ID}/values/Revenue!A5000"), vec![], 400, "exceeds grid limits"),
        (
            read.clone(),
            vec![("valueRenderOption", "RAW")],
            400,
            "Invalid value at 'valueRenderOption'",
        ),
        (read.clone(), vec![("colour", "red")], 400, "Unknown name \"colour\""),
        (read.clone(), vec![("fields", "values(")], 400, "Invalid field selection"),
        ("missing/values/A1".to_owned(), vec![], 404, "Requested entity was not found."),
        ("missing".to_owned(), vec![], 404, "Requested entity was not found."),
    ] {
        let (status, body) = bench.get(&token, &path, &query).await;
        assert_eq!((status, &body["error"]["code"]), (code, &json!(code)), "{path} {query:?}");
        assert!(
            body["error"]["message"].as_str().is_some_and(|message| message.contains(words)),
            "{body}"
        );
    }
    assert_eq!(bench.get("nonsense", &read, &[]).await.1["error"]["status"], "UNAUTHENTICATED");
    bench.sim.configure(|config| {
        config.workbooks[0].sheets[0].title = "Renamed".to_owned();
        config.workbooks[0].sheets[2].rows = vec![vec![Cell::Number(1.0)]];
    });
    assert_eq!(bench.get(&token, &read, &[]).await.0, 400, "the tab was renamed");
    bench.sim.configure(|config| config.workbooks[0].shared_with.clear());
    assert_eq!(bench.get(&token, ID, &[]).await.1["error"]["status"], "PERMISSION_DENIED");

    let mut narrow = bench.claims();
    narrow["scope"] = json!("https://www.googleapis.com/auth/calendar");
    let (_, granted) = bench.ask_with(&narrow).await;
    let (status, body) = bench.get(granted["access_token"].as_str().expect("a token"), ID, &[]).await;
    assert_eq!(
        (status, &body["error"]["message"]),
        (403, &json!("Request had insufficient authentication scopes."))
    );
}

#[tokio::test]
async fn tokens_die_and_reads_are_counted() {
    let bench = Bench::new().await;
    let token = bench.token().await;
    bench.sim.configure(|config| config.reads_per_minute_max = 2);
    let read = async || bench.get(&token, &format!("{ID}/values/Revenue!A1"), &[]).await;
    assert_eq!((read().await.0, read().await.0), (200, 200));
    let (status, body) = read().await;
    assert_eq!(
        (status, &body["error"]["details"][0]["reason"]),
        (429, &json!("RATE_LIMIT_EXCEEDED"))
    );
    bench.clock.advance(Duration::from_secs(60));
    assert_eq!(read().await.0, 200);
    bench.clock.advance(Duration::from_secs(3539));
    assert_eq!(read().await.0, 401, "its hour is over");
    assert_eq!(
        bench.sim.calls().iter().map(|call| call.status).collect::<Vec<_>>(),
        [200, 200, 200, 429, 200, 401]
    );
    assert_eq!(bench.sim.calls()[1].uri, format!("/v4/spreadsheets/{ID}/values/Revenue!A1"));
}

#[tokio::test]
async fn faults_on_request() {
    let bench = Bench::new().await;
    let token = bench.token().await;
    let path = format!("{ID}/values/Revenue!A1");
    for code in [429, 401, 403, 500, 503] {
        bench.sim.fault(Endpoint::Sheets, Fault::Answer(Answer::Error { code }), 1);
        let (status, body) = bench.get(&token, &path, &[]).await;
        assert_eq!((status, &body["error"]["code"]), (code, &json!(code)));
    }
    bench.sim.fault(Endpoint::Token, Fault::Answer(Answer::InvalidGrant), 1);
    assert_eq!(bench.ask_with(&bench.claims()).await.1["error"], "invalid_grant");
    bench.sim.forget_tokens();
    assert_eq!(bench.get(&token, &path, &[]).await.0, 401);
    let token = bench.token().await;

    bench.sim.fault(Endpoint::Sheets, Fault::Reset { accepted: true }, 1);
    let url = format!("{}/v4/spreadsheets/{path}", bench.sim.sheets_url());
    assert!(bench.http.get(&url).bearer_auth(&token).send().await.is_err());
    bench.sim.fault(Endpoint::Sheets, Fault::Hang { accepted: true }, 1);
    let hanging = tokio::spawn(bench.http.get(&url).bearer_auth(&token).send());
    bench.sim.faults().hanging().await;
    bench.sim.faults().release();
    assert_eq!(hanging.await.expect("no panic").expect("an answer").status(), 200);
}

#[tokio::test]
async fn another_process_can_put_a_workbook_and_a_fault() {
    let bench = Bench::new().await;
    let base = bench.sim.sheets_url();
    let post = async |path: &str, body: Value| {
        bench
            .http
            .post(format!("{base}/_sim/{path}"))
            .json(&body)
            .send()
            .await
            .expect("an answer")
            .status()
            .as_u16()
    };
    let mut book: Value = serde_json::from_str(WORKBOOK).expect("JSON");
    book["sheets"][0]["rows"] = json!([["Only", 1]]);
    assert_eq!(post("workbooks", book).await, 204);
    assert_eq!(
        post(
            "faults",
            json!({"endpoint": "sheets", "fault": {"answer": {"error": {"code": 500}}}})
        )
        .await,
        204
    );
    let token = bench.token().await;
    assert_eq!(bench.get(&token, ID, &[]).await.0, 500);
    assert_eq!(
        bench.get(&token, &format!("{ID}/values/A1:B1"), &[]).await.1["values"],
        json!([["Only", "1"]])
    );
    assert_eq!(post("workbooks", json!({"id": 1})).await, 422);
}
