//! Organisations never see each other's data.

use domain::ids::KeyId;
use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::stage::{ROWS, Stage, both};

#[tokio::test]
async fn an_id_of_another_organisation_is_one_that_does_not_exist() {
    let stage = Stage::start("tenants").await;
    let connection = stage.connect().await;
    let upload = stage.upload(ROWS).await;
    let pulse = stage.pulse(both(&stage.receiver)).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    let source = stage.ok(Method::GET, "/v1/sources", None).await["items"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let destination = stage.ok(Method::GET, "/v1/destinations", None).await["items"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let delivery = stage.run(&run).await["deliveries"][0]["id"].as_str().expect("an id").to_owned();

    let stranger = "ck_somebody-else-of-another-organisation-0000001";
    let hash: String = Sha256::digest(stranger).iter().map(|byte| format!("{byte:02x}")).collect();
    let key = domain::access::ApiKey {
        id: KeyId::parse("key_other").expect("an id"),
        name: "other".to_owned(),
        role: domain::access::Role::Owner,
        created_at: stage.clock.now(),
    };
    stage
        .host
        .store()
        .create_api_key(&domain::ids::OrgId::parse("other").expect("an id"), &key, &hash)
        .await
        .expect("a key");

    for path in [
        format!("/v1/connections/{connection}"),
        format!("/v1/sources/{source}"),
        format!("/v1/destinations/{destination}"),
        format!("/v1/pulses/{pulse}"),
        format!("/v1/pulses/{pulse}/schedule"),
        format!("/v1/runs/{run}"),
        format!("/v1/deliveries/{delivery}"),
    ] {
        let (status, theirs) = stage.api_as(stranger, Method::GET, &path, None).await;
        let missing = path.replace(&path[path.len() - 3..], "zzz");
        let (_, nothing) = stage.api_as(stranger, Method::GET, &missing, None).await;
        assert_eq!(status.as_u16(), 404, "{path}: {theirs:#}");
        assert_eq!(theirs, nothing, "{path}: the answer tells nothing");
    }
    let rename = || Some(json!({"name": "Theirs"}));
    for (method, path, body) in [
        (Method::PATCH, format!("/v1/connections/{connection}"), rename()),
        (Method::DELETE, format!("/v1/connections/{connection}"), None),
        (Method::PATCH, format!("/v1/sources/{source}"), rename()),
        (Method::POST, format!("/v1/sources/{source}/preview"), None),
        (Method::DELETE, format!("/v1/sources/{source}"), None),
        (Method::PATCH, format!("/v1/destinations/{destination}"), rename()),
        (Method::POST, format!("/v1/destinations/{destination}/test"), None),
        (Method::POST, format!("/v1/destinations/{destination}/rotate-secret"), None),
        (Method::DELETE, format!("/v1/destinations/{destination}"), None),
        (Method::PATCH, format!("/v1/pulses/{pulse}"), rename()),
        (Method::POST, format!("/v1/pulses/{pulse}/send"), None),
        (Method::GET, format!("/v1/pulses/{pulse}/hooks"), None),
        (Method::POST, format!("/v1/pulses/{pulse}/hooks"), rename()),
        (Method::DELETE, format!("/v1/pulses/{pulse}"), None),
    ] {
        let (status, answer) = stage.api_as(stranger, method.clone(), &path, body).await;
        assert_eq!(status.as_u16(), 404, "{method} {path}: {answer:#}");
    }
    let cursor = stage.ok(Method::GET, "/v1/destinations?limit=1", None).await["next_cursor"]
        .as_str()
        .expect("a cursor")
        .to_owned();
    let (status, listed) = stage
        .api_as(stranger, Method::GET, &format!("/v1/destinations?cursor={cursor}"), None)
        .await;
    assert_eq!(
        (status.as_u16(), &listed["items"]),
        (200, &json!([])),
        "a cursor is a place in one's own list"
    );
    for (words, spec) in [
        ("an upload", json!({"csv": {"upload": upload}})),
        (
            "a connection",
            json!({"google_sheets": {"connection": connection, "spreadsheet": "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"}}),
        ),
    ] {
        let (status, answer) = stage.api_as(stranger, Method::POST, "/v1/sources/preview", Some(spec)).await;
        assert_eq!(status.as_u16(), 422, "{words} of another organisation: {answer:#}");
    }
    assert_eq!(
        stage.ok(Method::GET, &format!("/v1/pulses/{pulse}"), None).await["name"],
        "Monthly orders",
        "nothing was changed"
    );
    let borrowed = json!({"name": "Borrowed", "source": source, "chart": {"mark": "kpi", "encoding": {"y": {"field": "orders", "type": "quantitative"}}}, "destinations": [{"to": destination}]});
    let (status, answer) = stage.api_as(stranger, Method::POST, "/v1/pulses", Some(borrowed)).await;
    assert!(status.is_client_error(), "{answer:#}");
    for list in [
        "/v1/connections",
        "/v1/sources",
        "/v1/destinations",
        "/v1/pulses",
        "/v1/deliveries?day=2026-11-20",
    ] {
        let (_, listed) = stage.api_as(stranger, Method::GET, list, None).await;
        assert_eq!(listed["items"], json!([]), "{list}");
    }
    for key in ["", "ck_", "ck_nobody"] {
        let (status, _) = stage.api_as(key, Method::GET, "/v1/pulses", None).await;
        assert_eq!(status.as_u16(), 401);
    }
}
