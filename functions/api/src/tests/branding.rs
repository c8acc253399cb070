//! What is no branding is refused by its path before anything is read or written.

use axum::http::StatusCode;
use serde_json::json;

use super::{BEARER, JSON, ask, json_of};

#[tokio::test]
async fn what_is_no_branding_is_refused_by_its_path() {
    let table = [
        (json!({"palette": ["#12345g"]}), "/palette/0", "`#12345g` is no colour"),
        (json!({"palette": []}), "/palette", "0 colours"),
        (json!({"dark": {"ink": 7}}), "/dark/ink", "a number"),
        (json!({"colors": []}), "/colors", "a field that does not exist"),
        (json!({"logo": "/9j/4AAQSkZJRgABAQ=="}), "/logo", "a JPEG"),
    ];
    for (body, pointer, words) in table {
        let response = ask("PUT", "/v1/branding", &[BEARER, JSON], &body.to_string()).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let problem = json_of(response).await;
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        assert!(
            problem["errors"][0]["given"].as_str().is_some_and(|given| given.contains(words)),
            "{problem}"
        );
    }
}
