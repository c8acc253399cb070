//! The API as its callers see it: keys and roles, idempotent creates, errors that help, the life of each thing, schedules in the Scheduler.

use std::time::Duration;

use local::scheduler::Scheduler;
use local::simulators::whatsapp::config::{DEMO_ACCOUNT_ID, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stage::{HEADER_SECRET, HOOK, KEY, ROWS, Stage, WEBHOOK_SECRET, pulse_spec, to_webhook};

/// Calls the API with an `Idempotency-Key`.
async fn once(stage: &Stage, key: &str, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = stage
        .http
        .post(format!("{}{path}", stage.host.url))
        .bearer_auth(KEY)
        .header("idempotency-key", key)
        .json(body);
    let answer = request.send().await.expect("the API answers");
    (answer.status(), answer.json().await.expect("JSON"))
}

fn account(change: impl FnOnce(&mut Value)) -> Value {
    let mut account = json!({"token": DEMO_TOKEN, "phone_number_id": DEMO_PHONE_NUMBER_ID, "waba_id": DEMO_ACCOUNT_ID});
    change(&mut account);
    json!({"name": "Our number", "account": {"whatsapp": account}})
}

/// Lets a day pass; what the Scheduler fired in it.
async fn next_day(stage: &Stage, scheduler: &mut Scheduler) -> Vec<String> {
    stage.clock.advance(Duration::from_secs(86_400));
    let fired = scheduler
        .fire_due(stage.clock.now())
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    fired.iter().map(|fired| fired.at.to_string()).collect()
}

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
async fn a_source_is_previewed_and_a_chart_held_against_it() {
    let stage = Stage::start("api-preview").await;
    let upload = stage.upload(ROWS).await;
    let shown = stage
        .ok(Method::POST, "/v1/sources/preview", Some(json!({"csv": {"upload": upload}})))
        .await;
    assert_eq!(
        (&shown["row_count"], &shown["columns"][1]["name"], &shown["columns"][1]["type"]),
        (&json!(22), &json!("orders"), &json!("number"))
    );

    let mut spec = pulse_spec(&upload);
    spec["destinations"] = json!([to_webhook(&stage.receiver)]);
    spec["chart"]["encoding"]["y"]["field"] = json!("order");
    let (status, problem) = stage.api(Method::POST, "/v1/pulses", Some(spec.clone())).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    assert_eq!(problem["errors"][0]["pointer"], "/chart/encoding/y/field", "{problem}");
    assert!(
        problem["errors"][0]["accepted"]
            .as_str()
            .is_some_and(|accepted| accepted.contains("orders")),
        "{problem}"
    );
    let made = stage.ok(Method::GET, "/v1/destinations", None).await;
    assert_eq!(made["items"], json!([]), "a refused pulse leaves nothing behind");

    spec["chart"]["encoding"]["y"]["field"] = json!("orders");
    spec["source"] = json!({"csv": {"upload": "upl_missing"}});
    let (status, problem) = stage.api(Method::POST, "/v1/pulses", Some(spec)).await;
    assert_eq!(
        (status.as_u16(), &problem["errors"][0]["pointer"]),
        (422, &json!("/source")),
        "{problem}"
    );
}

#[tokio::test]
async fn a_pulse_lives_with_its_schedule() {
    let stage = Stage::start("api-pulse").await;
    let upload = stage.upload(ROWS).await;
    let mut spec = pulse_spec(&upload);
    spec["destinations"] = json!([to_webhook(&stage.receiver)]);
    spec["schedule"] = json!({"daily": {"at": "09:00"}, "time_zone": "Europe/Berlin"});
    spec["send_first"] = json!(true);

    let made = stage.ok(Method::PUT, "/v1/pulses/weekly", Some(spec.clone())).await;
    assert_eq!((&made["id"], &made["version"]), (&json!("weekly"), &json!(1)), "{made}");
    assert!(
        !made.to_string().contains(HEADER_SECRET) && !made.to_string().contains(WEBHOOK_SECRET),
        "{made}"
    );
    stage.settle().await;
    let first = made["first_run"].as_str().expect("sent at once");
    assert_eq!(stage.run(first).await["cause"], "test");
    stage.law(&[first]).await;

    let again = stage.ok(Method::PUT, "/v1/pulses/weekly", Some(spec.clone())).await;
    assert_eq!(
        (&again["version"], &again["source"]),
        (&json!(1), &made["source"]),
        "the same file again changes nothing"
    );
    assert_eq!(again["destinations"], made["destinations"]);
    let (status, taken) = stage
        .api(
            Method::POST,
            "/v1/pulses",
            Some({
                spec["id"] = json!("weekly");
                spec.clone()
            }),
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT, "{taken}");

    let mut scheduler = Scheduler::of(&stage.host, None, stage.clock.now()).expect("marks in memory");
    assert_eq!(
        next_day(&stage, &mut scheduler).await,
        ["2026-11-21T08:00:00Z"],
        "nine o'clock in Berlin"
    );
    stage.settle().await;
    let runs = stage.ok(Method::GET, "/v1/runs?pulse=weekly", None).await;
    let fired = runs["items"][0]["id"].as_str().expect("a run");
    assert_eq!(
        (fired, &runs["items"][0]["cause"]),
        ("weekly~20261121T080000Z", &json!("schedule")),
        "{runs}"
    );
    stage.law(&[first, fired]).await;

    let paused = stage.ok(Method::PATCH, "/v1/pulses/weekly", Some(json!({"state": "paused"}))).await;
    assert_eq!((&paused["version"], &paused["state"]), (&json!(2), &json!("paused")));
    assert!(
        next_day(&stage, &mut scheduler).await.is_empty(),
        "the Scheduler rests with the pulse"
    );
    let later = json!({"state": "active", "schedule": {"daily": {"at": "11:30"}, "time_zone": "Asia/Kolkata"}});
    let active = stage.ok(Method::PATCH, "/v1/pulses/weekly", Some(later)).await;
    assert_eq!(active["version"], 3);
    assert_eq!(
        next_day(&stage, &mut scheduler).await,
        ["2026-11-23T06:00:00Z"],
        "the new time in the new zone"
    );
    stage.settle().await;
    let coming = stage.ok(Method::GET, "/v1/pulses/weekly/schedule?count=2", None).await;
    assert_eq!(coming["occurrences"][0]["local"], "2026-11-24T11:30:00", "{coming}");
    let unscheduled = stage.ok(Method::PATCH, "/v1/pulses/weekly", Some(json!({"schedule": null}))).await;
    assert_eq!((&unscheduled["version"], &unscheduled["schedule"]), (&json!(4), &Value::Null));
    assert!(
        next_day(&stage, &mut scheduler).await.is_empty(),
        "without a schedule there is none in the Scheduler"
    );
    assert_eq!(
        stage.api(Method::GET, "/v1/pulses/weekly/schedule", None).await.0,
        StatusCode::CONFLICT
    );

    assert_eq!(stage.api(Method::DELETE, "/v1/pulses/weekly", None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(stage.api(Method::DELETE, "/v1/pulses/weekly", None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(stage.run(first).await["id"], first, "history stays");
}

#[tokio::test]
async fn a_pulse_does_not_go_on_with_a_schedule_that_has_run_out() {
    let stage = Stage::start("api-run-out").await;
    let mut spec = pulse_spec(&stage.upload(ROWS).await);
    spec["destinations"] = json!([to_webhook(&stage.receiver)]);
    spec["schedule"] = json!({"cron": "0 9 25 12 ? 2026", "time_zone": "UTC"});
    spec["state"] = json!("paused");
    stage.ok(Method::PUT, "/v1/pulses/once", Some(spec)).await;
    stage.clock.advance(Duration::from_secs(60 * 86_400));
    stage.ok(Method::PATCH, "/v1/pulses/once", Some(json!({"name": "Once"}))).await;
    let (status, problem) = stage.api(Method::PATCH, "/v1/pulses/once", Some(json!({"state": "active"}))).await;
    assert_eq!(
        (status.as_u16(), &problem["errors"][0]["pointer"]),
        (422, &json!("/schedule")),
        "{problem}"
    );
    stage
        .ok(Method::PATCH, "/v1/pulses/once", Some(json!({"state": "active", "schedule": null})))
        .await;
}

#[tokio::test]
async fn a_hook_sends_once_per_event() {
    let stage = Stage::start("api-hook").await;
    let pulse = stage.pulse(json!([to_webhook(&stage.receiver)])).await;
    let hooks = format!("/v1/pulses/{pulse}/hooks");
    let hook = stage.ok(Method::POST, &hooks, Some(json!({"name": "Import finished"}))).await;
    let url = hook["url"].as_str().expect("the address, shown once");
    assert!(!stage.ok(Method::GET, &hooks, None).await.to_string().contains("/v1/hooks/"));

    let mut runs = Vec::new();
    for event in ["a", "a", "b"] {
        stage.clock.advance(Duration::from_millis(1));
        let answer = stage
            .http
            .post(url)
            .header("webhook-id", event)
            .body("anything")
            .send()
            .await
            .expect("the API answers");
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
        let answer: Value = answer.json().await.expect("JSON");
        runs.push(answer["run"].as_str().expect("a run").to_owned());
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
    stage.settle().await;
    stage.law(&[&runs[0], &runs[2]]).await;
    let listed = stage.ok(Method::GET, &format!("/v1/runs?pulse={pulse}"), None).await;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(2), "{listed}");

    let id = hook["id"].as_str().expect("an id");
    assert_eq!(
        stage.api(Method::DELETE, &format!("{hooks}/{id}"), None).await.0,
        StatusCode::NO_CONTENT
    );
    let gone = stage.http.post(url).send().await.expect("the API answers");
    assert_eq!(gone.status(), StatusCode::NOT_FOUND);
}

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
