//! The document and the router against each other, and what needs no table: the table behind this API does not answer.

#![expect(clippy::unwrap_used, reason = "tests")]

mod branding;
mod chart_spec;
mod chart_specs;

use std::collections::BTreeSet;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use runtime::{Clock, Entropy, Env, Runtime};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::api::Api;
use crate::openapi::pulse_schema;
use crate::routes::documented;

const KEY: &str = "ck_planted";

fn router() -> Router {
    let env = Env::from_map([
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        // Nothing listens here: what reaches for the table gets no answer.
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("TABLE_NAME", "table"),
        ("BUCKET_NAME", "bucket"),
        ("VAULT_KEY_ID", "alias/vault"),
        ("QUEUE_DUE_URL", "http://127.0.0.1:9/000000000000/due"),
        ("QUEUE_DUE_ARN", "arn:aws:sqs:eu-central-1:000000000000:due"),
        ("QUEUE_DELIVER_WHATSAPP_URL", "http://127.0.0.1:9/000000000000/whatsapp"),
        ("QUEUE_DELIVER_WEBHOOK_URL", "http://127.0.0.1:9/000000000000/webhook"),
        ("SCHEDULER_GROUP", "pulses"),
        ("SCHEDULER_ROLE_ARN", "arn:aws:iam::000000000000:role/scheduler"),
        ("LINK_SIGNING_SECRET", "planted-signing-secret"),
        ("PUBLIC_URL", "https://charts.example.com"),
    ]);
    let env = env.with("BOOTSTRAP_KEY_SHA256", store::registry::sha256_hex(KEY.as_bytes()));
    let clock = Clock::manual("2026-11-20T09:00:00Z".parse().unwrap());
    let runtime = Runtime::new(env, clock, Entropy::seeded(1)).unwrap();
    Api::from_runtime(&runtime).unwrap().router()
}

async fn ask(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    router().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()
}

async fn json_of(response: Response<Body>) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

const BEARER: (&str, &str) = ("authorization", "Bearer ck_planted");
const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn the_document_is_whole() {
    let document = serde_json::to_value(documented().into_openapi()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "the document refers to {name}, which it does not hold");
    }
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(!summary.is_empty() && summary.len() < 80, "{method} {path}: {summary:?}");
            assert!(
                operation["responses"]
                    .as_object()
                    .is_some_and(|responses| responses.keys().any(|status| status.starts_with('2')))
            );
            ids.insert(format!("{method} {path}"));
            let is_open = operation["security"] == json!([{}]) || operation["security"] == json!([]);
            let opens = [
                "/",
                "/healthz",
                "/openapi.json",
                "/v1/pulse.schema.json",
                "/v1/chart-spec.schema.json",
                "/i/{token}",
                "/v1/hooks/{token}",
            ];
            assert_eq!(
                is_open,
                opens.contains(&path.as_str()),
                "{method} {path}: {}",
                operation["security"]
            );
        }
    }
    for route in [
        "post /v1/connections",
        "put /v1/pulses/{id}",
        "get /v1/deliveries",
        "post /v1/hooks/{token}",
        "get /i/{token}",
    ] {
        assert!(ids.contains(route), "{route}");
    }
}

/// Every documented operation is routed and, unless it says otherwise, asks for a key before anything else.
#[tokio::test]
async fn every_operation_asks_for_a_key() {
    let document = serde_json::to_value(documented().into_openapi()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        let opens = item
            .as_object()
            .unwrap()
            .values()
            .any(|operation| operation["security"] != Value::Null);
        for method in item.as_object().unwrap().keys() {
            let address = path
                .replace("{id}", "x~20261120T090000Z~y")
                .replace("{hook}", "x")
                .replace("{token}", "x");
            let status = ask(&method.to_ascii_uppercase(), &address, &[JSON], "{}").await.status();
            assert_ne!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(status == StatusCode::UNAUTHORIZED, !opens, "{method} {path}: {status}");
        }
    }
}

#[tokio::test]
async fn refusals_are_problems() {
    let table = [
        ("GET", "/nowhere", vec![], "", 404),
        ("POST", "/v1/pulses", vec![JSON], "{}", 401),
        ("POST", "/v1/pulses", vec![("authorization", "Basic eA=="), JSON], "{}", 401),
        ("POST", "/v1/pulses", vec![("authorization", "Bearer sk_x"), JSON], "{}", 401),
        ("PUT", "/v1/pulses", vec![BEARER, JSON], "{}", 405),
        ("POST", "/v1/pulses", vec![BEARER], "{}", 415),
        ("POST", "/v1/pulses", vec![BEARER, JSON], "{", 400),
        ("POST", "/v1/pulses", vec![BEARER, JSON], "{}", 422),
        ("POST", "/v1/pulses", vec![BEARER, JSON, ("idempotency-key", "")], "{}", 422),
        ("GET", "/v1/pulses?limit=0", vec![BEARER], "", 422),
        ("GET", "/v1/pulses?cursor=%3F", vec![BEARER], "", 400),
        ("GET", "/v1/pulses?page=2", vec![BEARER], "", 400),
        ("GET", "/v1/pulses/not%20an%20id", vec![BEARER], "", 404),
        ("GET", "/v1/pulses/weekly", vec![BEARER], "", 503),
        ("GET", "/i/AAAA.BBBB.png", vec![], "", 404),
    ];
    for (method, path, headers, body, status) in table {
        let response = ask(method, path, &headers, body).await;
        assert_eq!(response.status().as_u16(), status, "{method} {path}");
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "application/problem+json",
            "{method} {path}"
        );
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let problem = json_of(response).await;
        assert_eq!(problem["status"], status, "{problem}");
        assert!(
            problem["type"].as_str().unwrap().starts_with("urn:chartcastr:problem:"),
            "{problem}"
        );
        assert!(!problem["detail"].as_str().unwrap().is_empty(), "{problem}");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused_by_name() {
    let response = ask("POST", "/v1/pulses", &[BEARER, JSON], &"x".repeat(crate::body::BODY_BYTES_MAX + 1)).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(json_of(response).await["detail"].as_str().unwrap().contains("1048576 bytes"));
}

#[tokio::test]
async fn head_and_options_are_answered_and_nobody_else_s_site_is_let_in() {
    let head = ask("HEAD", "/healthz", &[], "").await;
    assert_eq!(head.status(), StatusCode::OK);
    assert!(head.into_body().collect().await.unwrap().to_bytes().is_empty());
    let options = ask("OPTIONS", "/v1/pulses", &[("origin", "https://evil.example")], "").await;
    assert_eq!(options.status(), StatusCode::NO_CONTENT);
    assert!(options.headers()[header::ALLOW].to_str().unwrap().contains("POST"));
    assert!(options.headers().keys().all(|name| !name.as_str().starts_with("access-control")));
}

#[tokio::test]
async fn the_schema_of_pulse_files_takes_and_refuses_what_the_types_do() {
    let schema = json_of(ask("GET", "/v1/pulse.schema.json", &[], "").await).await;
    assert_eq!(schema, pulse_schema());
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let good = json!({
        "id": "weekly-revenue",
        "name": "Revenue",
        "source": {"csv": {"url": "https://example.org/a.csv", "columns": {"Revenue": {"unit": "EUR"}}}},
        "chart": {"mark": "line", "title": "Revenue", "encoding": {"x": {"field": "Day", "timeUnit": "yearmonth"},
            "y": {"field": "Revenue", "aggregate": "sum", "stack": null}}, "compare": "previous_period"},
        "schedule": {"weekly": {"on": ["monday"], "at": "09:00"}, "time_zone": "Europe/Berlin", "skip": {"holidays": ["DE-BY"], "then": "next"}},
        "message": {"text": "Hello", "locale": "de"},
        "destinations": [
            {"to": {"whatsapp": {"to": "+14155550123"}}, "fallback": {"webhook": {"url": "https://example.org/hook"}}, "theme": "dark"},
            {"to": "dst_1"},
        ],
        "send_first": false,
    });
    crate::body::read::<domain::pulse::PulseSpec>(good.to_string().as_bytes()).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&good)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    type Change = fn(&mut Value);
    let table: [(&str, Change); 10] = [
        ("no name", |b| drop(b.as_object_mut().unwrap().remove("name"))),
        ("an unknown field", |b| b["nmae"] = json!(1)),
        ("another mark", |b| b["chart"]["mark"] = json!("pie")),
        ("an unknown field below", |b| b["chart"]["encoding"]["z"] = json!({})),
        ("an unknown field of a person", |b| {
            b["destinations"][0]["to"]["whatsapp"]["nmae"] = json!("x")
        }),
        ("an unknown field of a webhook", |b| {
            b["destinations"][0]["fallback"]["webhook"]["headrs"] = json!({})
        }),
        ("an unknown field beside a destination", |b| {
            b["destinations"][0]["to"]["email"] = json!({})
        }),
        ("two kinds of source", |b| {
            b["source"]["json"] = json!({"url": "https://example.org/a.json"})
        }),
        ("an unknown weekday", |b| b["schedule"]["weekly"]["on"] = json!(["mon"])),
        ("a number for a destination", |b| b["destinations"][1]["to"] = json!(7)),
    ];
    for (words, change) in table {
        let mut bad = good.clone();
        change(&mut bad);
        assert!(!validator.is_valid(&bad), "the schema takes {words}");
        assert!(
            crate::body::read::<domain::pulse::PulseSpec>(bad.to_string().as_bytes()).is_err(),
            "the types take {words}"
        );
    }
}

#[tokio::test]
async fn a_schedule_is_previewed_in_local_time_and_in_words() {
    let body = json!({"schedule": {"daily": {"at": "02:30"}, "time_zone": "Europe/Berlin", "skip": {"dates": ["2026-11-22"]}}, "count": 3});
    let shown = json_of(ask("POST", "/v1/schedules/preview", &[BEARER, JSON], &body.to_string()).await).await;
    assert_eq!(shown["next_due"], "2026-11-21T01:30:00Z", "{shown}");
    assert_eq!(shown["occurrences"][0]["local"], "2026-11-21T02:30:00", "{shown}");
    assert_eq!(
        shown["occurrences"][1]["remarks"][0], "Skipped: a date that this schedule leaves out.",
        "{shown}"
    );
    let never = json!({"schedule": {"cron": "0 0 1 1 ? 2020", "time_zone": "UTC"}});
    let refused = ask("POST", "/v1/schedules/preview", &[BEARER, JSON], &never.to_string()).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
