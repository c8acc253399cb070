//! Google as its documentation says: it checks every claim, parameter and token, and answers errors as the real one words them.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use futures_util::stream;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use secrecy::SecretString;
use serde_json::{Value, json};
use sources::limits;
use url::Url;

use crate::server::serve;

pub const EMAIL: &str = "reader@project.iam.gserviceaccount.test";
pub const NOW: &str = "2026-11-20T09:00:00Z";
pub const SHEET: &str = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms";

/// A path and its parameters.
pub type Call = (String, Vec<(String, String)>);

/// An answer other than the usual one.
pub enum Scripted {
    Status(u16, Vec<(&'static str, &'static str)>, Value),
    Hang,
    Huge,
}

#[derive(Default)]
pub struct Google {
    /// What the next calls of the Sheets API are answered instead.
    pub sheets_script: Mutex<VecDeque<Scripted>>,
    /// What the next calls for a token are answered instead.
    pub token_script: Mutex<VecDeque<Scripted>>,
    /// Paths and parameters of every call of the Sheets API.
    pub calls: Mutex<Vec<Call>>,
    /// Tokens granted so far; the last one is good.
    pub granted: Mutex<usize>,
    /// Seconds from [`NOW`] at which we are.
    pub clock_s: Mutex<i64>,
    /// Values and the same as shown, by range.
    ranges: HashMap<String, (Value, Value)>,
}

impl Google {
    pub async fn start(ranges: impl IntoIterator<Item = (&'static str, Value, Value)>) -> (Arc<Self>, Url) {
        let ranges = ranges
            .into_iter()
            .map(|(range, values, shown)| (range.to_owned(), (values, shown)))
            .collect();
        let google = Arc::new(Self { ranges, ..Self::default() });
        let app = Router::new()
            .route("/token", post(token))
            .fallback(sheets)
            .with_state(Arc::clone(&google));
        (google, serve(app).await)
    }

    pub fn script(&self, answer: Scripted) {
        self.sheets_script.lock().unwrap().push_back(answer);
    }

    pub fn granted(&self) -> usize {
        *self.granted.lock().unwrap()
    }
}

/// The key file as Google lets one download it.
pub fn key_file() -> SecretString {
    let key = include_str!("../../fixtures/test-only-rsa-private-key.pem");
    let file = json!({"type": "service_account", "project_id": "project", "private_key_id": "key-1", "private_key": key,
        "client_email": EMAIL, "token_uri": "https://oauth2.googleapis.com/token"});
    SecretString::from(file.to_string())
}

pub fn error(code: u16, status: &str, message: &str, details: Value) -> Value {
    json!({"error": {"code": code, "message": message, "status": status, "details": details}})
}

async fn answer(scripted: Scripted) -> Response {
    match scripted {
        Scripted::Status(status, headers, body) => {
            let mut response = (StatusCode::from_u16(status).unwrap(), body.to_string()).into_response();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Scripted::Hang => std::future::pending().await,
        Scripted::Huge => {
            let chunk = || Ok::<_, std::io::Error>(vec![b' '; 64 * 1024]);
            Body::from_stream(stream::iter((0..limits::BYTES_MAX / (64 * 1024) + 2).map(move |_| chunk()))).into_response()
        }
    }
}

async fn token(State(google): State<Arc<Google>>, headers: HeaderMap, body: Bytes) -> Response {
    let scripted = google.token_script.lock().unwrap().pop_front();
    if let Some(scripted) = scripted {
        return answer(scripted).await;
    }
    assert_eq!(headers[header::CONTENT_TYPE], "application/x-www-form-urlencoded");
    let form: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    assert_eq!(form["grant_type"], "urn:ietf:params:oauth:grant-type:jwt-bearer");
    assert_eq!(form.len(), 2);
    if let Err(why) = check_assertion(&form["assertion"], *google.clock_s.lock().unwrap()) {
        return (
            StatusCode::BAD_REQUEST,
            json!({"error": "invalid_grant", "error_description": why}).to_string(),
        )
            .into_response();
    }
    // A second reader would come in between here if readers did not wait for each other.
    tokio::task::yield_now().await;
    let mut granted = google.granted.lock().unwrap();
    *granted += 1;
    json!({"access_token": format!("ya29.{granted}"), "expires_in": 3599, "token_type": "Bearer"})
        .to_string()
        .into_response()
}

fn check_assertion(assertion: &str, clock_s: i64) -> Result<(), &'static str> {
    let (signed, signature) = assertion.rsplit_once('.').ok_or("Invalid JWT")?;
    let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| "Invalid JWT");
    let public = include_bytes!("../../fixtures/test-only-rsa-public-key.der");
    let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public);
    key.verify(signed.as_bytes(), &decode(signature)?)
        .map_err(|_| "Invalid JWT Signature.")?;
    let (head, claims) = signed.split_once('.').ok_or("Invalid JWT")?;
    let head: Value = serde_json::from_slice(&decode(head)?).map_err(|_| "Invalid JWT")?;
    let claims: Value = serde_json::from_slice(&decode(claims)?).map_err(|_| "Invalid JWT")?;
    assert_eq!(head, json!({"alg": "RS256", "typ": "JWT", "kid": "key-1"}));
    assert_eq!(claims["scope"], "https://www.googleapis.com/auth/spreadsheets.readonly");
    assert_eq!(claims["aud"], "https://oauth2.googleapis.com/token");
    let now = NOW.parse::<jiff::Timestamp>().unwrap().as_second() + clock_s;
    let (issued, ends) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
    if claims["iss"] != EMAIL {
        return Err("Invalid grant: account not found");
    }
    if (issued - now).abs() > 300 || ends > issued + 3_600 || ends <= now {
        return Err(
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values.",
        );
    }
    Ok(())
}

async fn sheets(State(google): State<Arc<Google>>, request: Request) -> Response {
    let uri = request.uri().clone();
    let query: Vec<(String, String)> = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .into_owned()
        .collect();
    google.calls.lock().unwrap().push((uri.path().to_owned(), query.clone()));
    let scripted = google.sheets_script.lock().unwrap().pop_front();
    if let Some(scripted) = scripted {
        return answer(scripted).await;
    }
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if bearer != format!("Bearer ya29.{}", google.granted()) {
        let body = error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", json!([]));
        return answer(Scripted::Status(401, vec![], body)).await;
    }
    let rest = uri.path().strip_prefix(&format!("/v4/spreadsheets/{SHEET}"));
    let parameter = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    match rest {
        Some("") => {
            assert!(parameter("fields").is_some(), "always send `fields`");
            let tab = |id: i64, title: &str| json!({"properties": {"sheetId": id, "title": title}});
            json!({"spreadsheetId": SHEET, "properties": {"title": "Numbers", "locale": "de_DE", "timeZone": "Europe/Berlin"},
                "sheets": [tab(0, "Sales"), tab(7, "Bob's"), {"properties": {"sheetId": 8, "title": "Raw", "hidden": true}}]})
            .to_string()
            .into_response()
        }
        Some("/values:batchGet") => {
            let range = parameter("ranges").unwrap();
            let Some((values, shown)) = google.ranges.get(range) else {
                let body = error(400, "INVALID_ARGUMENT", &format!("Unable to parse range: {range}"), json!([]));
                return answer(Scripted::Status(400, vec![], body)).await;
            };
            let values = match parameter("valueRenderOption") {
                Some("UNFORMATTED_VALUE") => values,
                Some("FORMATTED_VALUE") => shown,
                other => panic!("valueRenderOption {other:?}"),
            };
            let mut value_range = json!({"range": range, "majorDimension": "ROWS"});
            if !values.is_null() {
                value_range["values"] = values.clone();
            }
            json!({"spreadsheetId": SHEET, "valueRanges": [value_range]})
                .to_string()
                .into_response()
        }
        _ => {
            let body = error(404, "NOT_FOUND", "Requested entity was not found.", json!([]));
            answer(Scripted::Status(404, vec![], body)).await
        }
    }
}
