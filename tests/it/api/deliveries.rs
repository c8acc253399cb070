//! Destinations, pictures, and as many of them as are allowed.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::once;
use crate::stage::{HOOK, ROWS, Stage, WEBHOOK_SECRET, pulse_spec, to_webhook};

#[tokio::test]
async fn a_destination_is_tested_and_its_secret_rotated() {
    let stage = Stage::start("api-destination").await;
    let body = json!({"webhook": {"url": stage.receiver.url(HOOK), "secret": WEBHOOK_SECRET}});
    let made = stage.ok(Method::POST, "/v1/destinations", Some(body)).await;
    assert_eq!(made["secret"], Value::Null, "a secret of one's own is not repeated");
    let path = format!("/v1/destinations/{}", made["id"].as_str().expect("an id"));
    let test = stage.ok(Method::POST, &format!("{path}/test"), None).await;
    stage.settle().await;
    let run = test["run"].as_str().expect("a run");
    assert_eq!(stage.states(run).await["webhook"], "delivered");
    assert!(stage.receiver.events()[0].verified());
    let pulses = stage.ok(Method::GET, "/v1/pulses", None).await;
    assert_eq!(pulses["items"], json!([]), "our own pulse is not listed");

    let rotated = stage.ok(Method::POST, &format!("{path}/rotate-secret"), None).await;
    assert!(
        rotated["secret"]
            .as_str()
            .is_some_and(|secret| secret.starts_with("whsec_") && secret != WEBHOOK_SECRET),
        "{rotated}"
    );
    stage.clock.advance(Duration::from_millis(1));
    stage.ok(Method::POST, &format!("{path}/test"), None).await;
    stage.settle().await;
    assert!(stage.receiver.events()[1].verified(), "the old secret still verifies");

    stage.ok(Method::PATCH, &path, Some(json!({"state": "disabled"}))).await;
    assert_eq!(stage.api(Method::POST, &format!("{path}/test"), None).await.0, StatusCode::CONFLICT);
    assert_eq!(stage.api(Method::DELETE, &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(stage.api(Method::GET, &path, None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_picture_s_link_opens_it_until_it_ends() {
    let stage = Stage::start("api-picture").await;
    let pulse = stage.pulse(json!([to_webhook(&stage.receiver)])).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    assert_eq!(stage.states(&run).await["webhook"], "delivered");
    let text = stage.receiver.events()[0].body.clone();
    let start = text.find("http://127.0.0.1").expect("a link");
    let link = text[start..].split('"').next().expect("its end").to_owned();
    assert!(link.contains("/i/") && link.ends_with(".png"), "{link}");

    let opened = stage.http.get(&link).send().await.expect("an answer");
    assert_eq!(
        (opened.status(), &opened.headers()["content-type"]),
        (StatusCode::OK, &"image/png".parse().expect("a value"))
    );
    assert!(
        opened.headers()["cache-control"]
            .to_str()
            .expect("text")
            .starts_with("public, max-age=86400")
    );
    let etag = opened.headers()["etag"].clone();
    let unchanged = stage.http.get(&link).header("if-none-match", etag).send().await.expect("an answer");
    assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
    let forged = stage.http.get(link.replace(".png", "A.png")).send().await.expect("an answer");
    stage.clock.advance(Duration::from_secs(31 * 86_400));
    let ended = stage.http.get(&link).send().await.expect("an answer");
    assert_eq!((forged.status(), ended.status()), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(
        forged.text().await.expect("a body"),
        ended.text().await.expect("a body"),
        "nobody learns which it was"
    );
}

#[tokio::test]
async fn five_hundred_destinations_and_no_more() {
    let stage = Stage::start("api-many").await;
    let upload = stage.upload(ROWS).await;
    let mut spec = pulse_spec(&upload);
    let to = |n: usize| json!({"to": {"webhook": {"url": format!("https://example.com/{n}")}}});
    spec["destinations"] = (0..501).map(to).collect();
    let (status, problem) = stage.api(Method::POST, "/v1/pulses", Some(spec.clone())).await;
    assert_eq!(
        (status.as_u16(), &problem["errors"][0]["given"]),
        (422, &json!("501 destinations")),
        "{problem}"
    );
    spec["destinations"] = (0..500).map(to).collect();
    let (status, made) = once(&stage, "many", "/v1/pulses", &spec).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(made["destinations"].as_array().map(Vec::len), Some(500));
    assert_eq!(
        made["webhook_secrets"].as_object().map(serde_json::Map::len),
        Some(500),
        "each has a secret of its own, shown once"
    );
    assert!(
        once(&stage, "many", "/v1/pulses", &spec).await == (status, made),
        "and the same ones again where the answer was lost"
    );

    spec["destinations"] = json!([to(1), to(2), to(1)]);
    let (status, problem) = stage.api(Method::POST, "/v1/pulses", Some(spec)).await;
    assert_eq!(
        (status.as_u16(), &problem["errors"][0]["pointer"]),
        (422, &json!("/destinations/2/to")),
        "{problem}"
    );
}
