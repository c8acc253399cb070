//! Sources, pulses with their schedules, hooks.

use std::time::Duration;

use local::scheduler::Scheduler;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::next_day;
use crate::stage::{HEADER_SECRET, ROWS, Stage, WEBHOOK_SECRET, pulse_spec, to_webhook};

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
