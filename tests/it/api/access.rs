//! Keys, connections, creates that are done once, lists.

use std::time::Duration;

use local::simulators::whatsapp::config::DEMO_TOKEN;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{account, once};
use crate::stage::{HOOK, Stage};

#[tokio::test]
async fn keys_have_roles_and_end() {
    let stage = Stage::start("api-keys").await;
    let make = |role: &str| json!({"name": format!("{role}'s key"), "role": role});
    let mut keys = Vec::new();
    for role in ["viewer", "editor", "owner"] {
        keys.push(stage.ok(Method::POST, "/v1/keys", Some(make(role))).await);
    }
    let text = |key: &Value| key["key"].as_str().expect("the key, shown once").to_owned();
    let (viewer, editor, owner) = (text(&keys[0]), text(&keys[1]), text(&keys[2]));
    for (key, path, body, status) in [
        (&viewer, "/v1/pulses", None, 200),
        (&viewer, "/v1/uploads", Some(json!({"bytes": 1})), 403),
        (&editor, "/v1/uploads", Some(json!({"bytes": 1})), 201),
        (&editor, "/v1/keys", Some(make("owner")), 403),
        (&owner, "/v1/keys", None, 200),
    ] {
        let method = if body.is_some() { Method::POST } else { Method::GET };
        assert_eq!(stage.api_as(key, method, path, body).await.0, status, "{path}");
    }
    let listed = stage.ok(Method::GET, "/v1/keys", None).await;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(3));
    assert!(!listed.to_string().contains("ck_"), "{listed}");

    let path = format!("/v1/keys/{}", keys[0]["id"].as_str().expect("an id"));
    assert_eq!(stage.api(Method::DELETE, &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(
        stage.api_as(&viewer, Method::GET, "/v1/pulses", None).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(stage.api(Method::DELETE, &path, None).await.0, StatusCode::NOT_FOUND);
    let trail = stage.ok(Method::GET, "/v1/audit", None).await;
    assert_eq!(trail["items"][0]["action"], "key.revoke", "{trail}");
    assert_eq!(trail["items"][0]["by"], "bootstrap", "{trail}");
}

#[tokio::test]
async fn a_create_with_a_key_is_done_once() {
    let stage = Stage::start("api-once").await;
    let body = json!({"webhook": {"url": stage.receiver.url(HOOK)}});
    let (status, first) = once(&stage, "one", "/v1/destinations", &body).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    assert!(
        first["secret"].as_str().is_some_and(|secret| secret.starts_with("whsec_")),
        "{first}"
    );
    let again = once(&stage, "one", "/v1/destinations", &body).await;
    assert_eq!(
        again,
        (StatusCode::CREATED, first.clone()),
        "with the secret, which a lost answer took along"
    );

    let other = json!({"webhook": {"url": "https://example.com/other"}});
    let (status, refused) = once(&stage, "one", "/v1/destinations", &other).await;
    assert_eq!(
        (status.as_u16(), refused["type"].as_str()),
        (422, Some("urn:chartcastr:problem:idempotency-key-reused"))
    );

    let (status, same) = once(&stage, "two", "/v1/destinations", &body).await;
    assert_eq!(
        (status, &same["id"], &same["secret"]),
        (StatusCode::OK, &first["id"], &Value::Null),
        "an equal address is the same destination"
    );

    let refused = once(
        &stage,
        "three",
        "/v1/destinations",
        &json!({"webhook": {"url": "ftp://example.com"}}),
    )
    .await;
    assert_eq!(refused.0, 422);
    let mended = once(&stage, "three", "/v1/destinations", &other).await;
    assert_eq!(mended.0, StatusCode::CREATED, "a refused request leaves its key free");

    stage.clock.advance(Duration::from_secs(86_400));
    let later = once(&stage, "one", "/v1/destinations", &other).await;
    assert_eq!(later.0, StatusCode::OK, "a day later the key is new");
}

#[tokio::test]
async fn a_number_is_verified_and_each_failure_says_what_to_do() {
    let stage = Stage::with("api-verify", |meta| {
        let mut poor = meta.tokens[0].clone();
        poor.value = "EAApoor".into();
        poor.scopes.truncate(1);
        let mut foreign = meta.tokens[0].clone();
        foreign.value = "EAAforeign".into();
        foreign.app_id = "1".into();
        let mut narrow = meta.tokens[0].clone();
        narrow.value = "EAAnarrow".into();
        narrow.accounts = vec!["999999999999999".into()];
        meta.tokens.extend([poor, foreign, narrow]);
    })
    .await;
    type Change = fn(&mut Value);
    let table: [(Change, &str); 7] = [
        (|a| a["token"] = json!("EAAunknown"), "not valid"),
        (
            |a| a["token"] = json!("EAApoor"),
            "lacks the permission whatsapp_business_management",
        ),
        (|a| a["token"] = json!("EAAforeign"), "belongs to another Meta app"),
        (|a| a["token"] = json!("EAAnarrow"), "may not use the WhatsApp Business Account"),
        (
            |a| a["phone_number_id"] = json!("100000000000000"),
            "nothing under the id 100000000000000",
        ),
        (|a| a["display_number"] = json!("+1 555 000 0000"), "the number that Meta has"),
        (|a| a["waba_id"] = json!("12 34"), "5 to 32 digits"),
    ];
    for (change, words) in table {
        let body = account(change);
        let (status, problem) = stage.api(Method::POST, "/v1/connections", Some(body)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert!(
            problem["detail"].as_str().is_some_and(|detail| detail.contains(words)),
            "{words}: {problem}"
        );
        assert!(!problem.to_string().contains("EAA"), "{problem}");
    }
    let body = account(|a| a["display_number"] = json!("+1 (555) 010-0100"));
    let made = stage.ok(Method::POST, "/v1/connections", Some(body)).await;
    assert_eq!(made["account"]["whatsapp"]["display_number"], "+1 555-010-0100", "{made}");
    assert!(!made.to_string().contains(DEMO_TOKEN), "{made}");
    let (status, twice) = stage.api(Method::POST, "/v1/connections", Some(account(|_| ()))).await;
    assert_eq!(status, StatusCode::CONFLICT, "{twice}");

    let path = format!("/v1/connections/{}", made["id"].as_str().expect("an id"));
    assert_eq!(stage.api(Method::DELETE, &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(stage.ok(Method::GET, &path, None).await["state"], "revoked");
    stage.ok(Method::POST, "/v1/connections", Some(account(|_| ()))).await;
}

#[tokio::test]
async fn lists_come_in_pages_and_cursors_stay_in_their_list() {
    let stage = Stage::start("api-pages").await;
    for name in ["a", "b", "c"] {
        stage.clock.advance(Duration::from_millis(1));
        stage
            .ok(Method::POST, "/v1/keys", Some(json!({"name": name, "role": "viewer"})))
            .await;
    }
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = stage.ok(Method::GET, &format!("/v1/keys?limit=2{cursor}"), None).await;
        names.extend(
            page["items"]
                .as_array()
                .expect("items")
                .iter()
                .map(|key| key["name"].as_str().unwrap_or_default().to_owned()),
        );
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(names, ["a", "b", "c"]);
    let (status, problem) = stage
        .api(Method::GET, &format!("/v1/pulses?{}", cursor.trim_start_matches('&')), None)
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{problem}");
}
