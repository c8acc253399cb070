//! Files behind addresses.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::fault::Fault;
use futures_util::stream;
use jiff::Timestamp;
use sources::{Access, GoogleEndpoints, SourceError, SourceSpec, TokenCache, limits, read};
use url::Url;

use crate::server::{client, serve};

fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// More than we read, without a length being announced.
fn endless() -> Response {
    let chunk = || Ok::<_, std::io::Error>("1\n".repeat(32 * 1024));
    Body::from_stream(stream::iter((0..400).map(move |_| chunk()))).into_response()
}

/// Ends before what was announced.
fn broken() -> Response {
    let chunks = vec![Ok("a,b\n".to_owned()), Err(std::io::Error::other("gone"))];
    Body::from_stream(stream::iter(chunks)).into_response()
}

fn app() -> Router {
    let status = |code: u16| (StatusCode::from_u16(code).unwrap(), "a,b\n1,2\n");
    let html = "<!DOCTYPE html><html><body>Sign in</body></html>";
    Router::new()
        .route("/ok.csv", get(|| async { ([(header::CONTENT_TYPE, "text/csv")], "a,b\n1,2\n") }))
        .route("/ok.json", get(|| async { r#"{"data": [{"a": 1}]}"# }))
        .route(
            "/mislabelled",
            get(|| async { ([(header::CONTENT_TYPE, "text/html")], "a,b\n1,2\n") }),
        )
        .route("/page", get(move || async move { ([(header::CONTENT_TYPE, "text/html")], html) }))
        .route(
            "/moved",
            get(|| async { (StatusCode::FOUND, [(header::LOCATION, "https://elsewhere.test/x?token=hunter2")]) }),
        )
        .route(
            "/busy",
            get(|| async { (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "90")]) }),
        )
        .route(
            "/later",
            get(|| async {
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    [(header::RETRY_AFTER, "Fri, 20 Nov 2026 09:02:00 GMT")],
                )
            }),
        )
        .route(
            "/past",
            get(|| async {
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    [(header::RETRY_AFTER, "Fri, 20 Nov 2026 08:00:00 GMT")],
                )
            }),
        )
        .route("/401", get(move || async move { status(401) }))
        .route("/404", get(move || async move { status(404) }))
        .route("/418", get(move || async move { status(418) }))
        .route("/500", get(move || async move { status(500) }))
        .route("/endless", get(|| async { endless() }))
        .route("/announced", get(|| async { vec![b'1'; limits::BYTES_MAX + 1] }))
        .route("/broken", get(|| async { broken() }))
        .route("/hang", get(std::future::pending::<()>))
}

async fn fetched(url: Url, kind: &str, timeout: Duration) -> Result<usize, SourceError> {
    let source: SourceSpec = serde_json::from_value(serde_json::json!({ kind: {"url": url} })).unwrap();
    let client = client();
    let guard = |url: Url| {
        if url.path() == "/private" {
            Err("`intranet` is not on the public internet".to_owned())
        } else {
            Ok(client.get(url))
        }
    };
    let google = GoogleEndpoints::new(&url, &url);
    let (provider, tokens) = (&client, &TokenCache::default());
    let access = Access {
        guard: &guard,
        provider,
        upload: None,
        credentials: None,
        google: &google,
        tokens,
        timeout,
    };
    read(&source, access, now()).await.map(|dataset| dataset.row_count())
}

#[tokio::test]
async fn each_answer_has_its_fault() {
    let base = serve(app()).await;
    let at = |path: &str| base.join(path).unwrap();
    for (path, kind) in [("/ok.csv", "csv"), ("/ok.json", "json"), ("/mislabelled", "csv")] {
        assert_eq!(fetched(at(path), kind, limits::CALL_TIMEOUT).await, Ok(1), "{path}");
    }
    let retry = |seconds: Option<u64>| (true, seconds.map(Duration::from_secs));
    let rejected = (false, None);
    let table = [
        ("/page", rejected, "url.web_page", "answered a web page, not data"),
        ("/moved", rejected, "url.302", "leads on to `elsewhere.test`"),
        ("/busy", retry(Some(90)), "url.429", "could not answer just now (429)"),
        ("/later", retry(Some(120)), "url.503", "could not answer just now (503)"),
        ("/past", retry(Some(0)), "url.503", "could not answer just now (503)"),
        ("/401", rejected, "url.401", "needs a sign-in"),
        ("/404", rejected, "url.404", "has nothing at this link"),
        ("/418", rejected, "url.418", "answered 418 instead of the file"),
        ("/500", retry(None), "url.500", "could not answer just now (500)"),
        ("/endless", rejected, "source.too_large", "at most 10,485,760 are read"),
        ("/announced", rejected, "source.too_large", "10,485,761 bytes"),
        ("/broken", retry(None), "url.no_answer", "could not be read"),
        ("/private", rejected, "url.refused", "`intranet` is not on the public internet"),
    ];
    for (path, (is_retry, hint), code, sentence) in table {
        let error = fetched(at(&format!("{path}?token=hunter2")), "csv", limits::CALL_TIMEOUT)
            .await
            .unwrap_err();
        let why = error.why();
        assert!(why.code == code && why.sentence.contains(sentence), "{path}: {why:?}");
        assert!(
            !format!("{error:?}").contains("hunter2"),
            "{path}: a link's query may hold a secret: {error:?}"
        );
        match Fault::from(error) {
            Fault::Retry { after, .. } => assert!(is_retry && after == hint, "{path}: {after:?}"),
            Fault::Rejected { .. } => assert!(!is_retry, "{path}"),
            other => panic!("{path}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn silence_and_a_closed_door_are_worth_another_try() {
    let base = serve(app()).await;
    let silent = fetched(base.join("/hang").unwrap(), "csv", Duration::from_millis(100))
        .await
        .unwrap_err();
    assert!(matches!(Fault::from(silent.clone()), Fault::Retry { .. }), "{silent:?}");
    assert!(silent.to_string().contains("did not answer in time"), "{silent}");
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let closed = Url::parse(&format!("http://{closed}/x?token=hunter2")).unwrap();
    let refused = fetched(closed, "csv", limits::CALL_TIMEOUT).await.unwrap_err();
    assert!(matches!(Fault::from(refused.clone()), Fault::Retry { .. }), "{refused:?}");
    assert!(!refused.to_string().contains("hunter2"), "{refused}");
}
