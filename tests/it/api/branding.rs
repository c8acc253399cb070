//! An organisation's own look: kept, told, drawn with, its own.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stage::{HOOK, Stage, to_webhook};

/// One black pixel.
const LOGO: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";

/// The picture that the newest event of a run links to.
async fn picture(stage: &Stage, pulse: &str) -> Vec<u8> {
    stage.send(pulse).await;
    stage.settle().await;
    let events = stage.receiver.events();
    let newest = &events.last().expect("an event").id;
    let (mime_type, bytes) = stage.receiver.picture(HOOK, newest).expect("the link opens the picture");
    assert_eq!(mime_type, "image/png");
    bytes.to_vec()
}

#[tokio::test]
async fn an_organisation_has_its_own_look() {
    let stage = Stage::start("api-branding").await;
    let ours = stage.ok(Method::GET, "/v1/branding", None).await;
    assert_eq!(ours, json!({"branding": {}, "drawn": {}, "adjusted": []}));

    let mut to = to_webhook(&stage.receiver);
    to["size"] = json!("mail");
    let pulse = stage.pulse(json!([to])).await;
    let before = picture(&stage, &pulse).await;
    assert_eq!(before[16..24], [0, 0, 4, 176, 0, 0, 3, 32], "1200 x 800 pixels");
    assert!(picture(&stage, &pulse).await == before, "the same rows, the same picture");

    let given = json!({"palette": ["#ffee00", "#1d4ed8"], "ink": "#1e1b4b", "logo": LOGO});
    let shown = stage.ok(Method::PUT, "/v1/branding", Some(given.clone())).await;
    assert_eq!(shown["branding"], given);
    let adjusted: Vec<(&str, &str)> = shown["adjusted"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|change| Some((change["pointer"].as_str()?, change["theme"].as_str()?)))
        .collect();
    assert_eq!(adjusted, [("/palette/0", "light")], "{shown:#}");
    assert_eq!(shown["drawn"]["light"]["series"][0], shown["adjusted"][0]["drawn"]);
    assert_eq!(shown["drawn"]["dark"]["series"].as_array().map(Vec::len), Some(8));
    assert_eq!(stage.ok(Method::GET, "/v1/branding", None).await, shown);
    let reads = || {
        let requests = stage.wire.take_requests();
        requests.iter().filter(|request| request.operation == "DynamoDB.GetItem").count()
    };
    reads();
    let branded = picture(&stage, &pulse).await;
    assert!(branded != before, "drawn with it");
    let first = reads();
    assert!(picture(&stage, &pulse).await == branded);
    assert_eq!(reads() + 1, first, "a logo is read when it is new");

    let mut plain = given.clone();
    plain.as_object_mut().expect("an object").remove("logo");
    stage.ok(Method::PUT, "/v1/branding", Some(plain)).await;
    let without_logo = picture(&stage, &pulse).await;
    assert!(without_logo != branded && without_logo != before, "the colours alone");
    assert_eq!(stage.ok(Method::PUT, "/v1/branding", Some(given.clone())).await, shown);
    assert!(picture(&stage, &pulse).await == branded, "the logo again");

    assert_eq!(stage.ok(Method::PUT, "/v1/branding", Some(json!({}))).await, ours);
    assert!(picture(&stage, &pulse).await == before, "ours again");
    let trail = stage.ok(Method::GET, "/v1/audit", None).await;
    let changes = trail["items"].as_array().expect("a list");
    assert_eq!(
        changes.iter().filter(|change| change["action"] == "branding.replace").count(),
        4,
        "{trail}"
    );

    let key = stage
        .ok(Method::POST, "/v1/keys", Some(json!({"name": "Wall", "role": "viewer"})))
        .await;
    let key = key["key"].as_str().expect("the key").to_owned();
    let put = stage.api_as(&key, Method::PUT, "/v1/branding", Some(Value::clone(&given))).await;
    assert_eq!(put.0, StatusCode::FORBIDDEN, "who may look may not change");
}
