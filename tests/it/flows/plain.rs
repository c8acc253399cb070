//! Nothing goes wrong, and everything comes twice.

use std::time::Duration;

use local::simulators::whatsapp::message::Content;
use reqwest::Method;
use serde_json::json;

use crate::stage::{HEADER_SECRET, HOOK, ROWS, Stage, both, pulse_spec, to_phone};

#[tokio::test]
async fn a_pulse_reaches_a_phone_and_a_webhook() {
    let stage = Stage::start("plain").await;
    stage.connect().await;
    let pulse = stage.pulse(both(&stage.receiver)).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;

    let sent = stage.sent();
    assert_eq!(sent.len(), 2, "a chart and its analysis: {sent:#?}");
    let (chart, analysis) = (&sent[0], &sent[1]);
    let Content::Image { caption, .. } = &chart.content else {
        panic!("{chart:#?}")
    };
    let caption = caption.as_deref().expect("a caption");
    assert!(caption.starts_with("*Orders per month*\n") && caption.contains("745"), "{caption}");
    assert_eq!(
        analysis.context.as_deref(),
        Some(chart.id.as_str()),
        "the analysis answers the chart"
    );
    let (mime_type, png) = stage.meta.picture(&chart.id).expect("a picture");
    assert_eq!((mime_type.as_str(), &png[..8]), ("image/png", &b"\x89PNG\r\n\x1a\n"[..]));

    let events = stage.receiver.events();
    assert_eq!(events.len(), 1);
    assert!(events[0].verified(), "{events:#?}");
    assert_eq!(events[0].attempts[0].headers["x-team"], HEADER_SECRET);
    assert!(stage.receiver.picture(HOOK, &events[0].id).is_some(), "the link opens the picture");

    let states = stage.states(&run).await;
    assert_eq!(states["whatsapp"], "delivered");
    assert_eq!(states["webhook"], "delivered");
    let shown = stage.run(&run).await;
    let phone = shown["deliveries"]
        .as_array()
        .expect("deliveries")
        .iter()
        .find(|one| one["kind"] == "whatsapp")
        .expect("the phone");
    let calls: Vec<&str> = phone["attempts"]
        .as_array()
        .expect("attempts")
        .iter()
        .filter_map(|call| call["call"].as_str())
        .collect();
    assert_eq!(calls, ["upload", "send", "send"], "every call is kept");
    stage.law(&[&run]).await;

    stage.meta.read(&chart.phone_number_id, &chart.person);
    stage.settle().await;
    assert_eq!(stage.states(&run).await["whatsapp"], "read");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn every_message_twice_is_as_once() {
    let stage = Stage::with("twice", |meta| meta.webhooks.copies = 2).await;
    stage.connect().await;
    let pulse = stage.pulse(both(&stage.receiver)).await;
    let run = stage.send(&pulse).await;
    let folders = [
        "trigger-pulse",
        "compose-pulse",
        "render-chart",
        "send-whatsapp",
        "send-webhook",
        "process-inbound",
    ];
    for _ in 0..4 {
        for folder in folders {
            let received = stage.host.receive(folder).await.expect("a batch");
            if received.is_empty() {
                continue;
            }
            stage.host.handle(&received).await.expect("handled");
            let again = stage.host.handle(&received).await.expect("handled again");
            stage.host.settle(&received, &again).await.expect("settled");
            stage.meta.settled().await;
        }
    }
    stage.settle().await;
    stage.wait(Duration::from_secs(300)).await;
    assert_eq!(stage.sent().len(), 2);
    assert_eq!(stage.receiver.events().len(), 1);
    let states = stage.states(&run).await;
    assert_eq!(
        (states["whatsapp"].as_str(), states["webhook"].as_str()),
        ("delivered", "delivered")
    );
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn the_first_pulse_is_sent_at_once_and_due_twice_is_one_run() {
    let stage = Stage::start("first").await;
    stage.connect().await;
    let mut spec = pulse_spec(&stage.upload(ROWS).await);
    spec["destinations"] = json!([to_phone()]);
    spec["send_first"] = json!(true);
    spec["schedule"] = json!({"daily": {"at": "09:00"}, "time_zone": "Europe/Berlin", "skip": {"weekends": true}});
    let made = stage.ok(Method::POST, "/v1/pulses", Some(spec)).await;
    let first = made["first_run"].as_str().expect("the first run").to_owned();
    stage.settle().await;
    assert_eq!(stage.states(&first).await["whatsapp"], "delivered");

    let pulse = made["id"].as_str().expect("an id");
    let due = |at: &str| json!({"org_id": "default", "pulse_id": pulse, "scheduled_for": at, "cause": "schedule"});
    for at in [
        "2026-11-20T08:00:00Z",
        "2026-11-20T08:00:00Z",
        "2026-11-21T08:00:00Z",
        "2026-11-20T08:17:00Z",
    ] {
        stage.enqueue("DueQueue", &due(at).to_string()).await;
    }
    stage.settle().await;
    let runs = stage.ok(Method::GET, &format!("/v1/runs?pulse={pulse}"), None).await;
    let of = |state: &str| {
        runs["items"]
            .as_array()
            .expect("runs")
            .iter()
            .filter(|run| run["state"]["state"] == state)
            .count()
    };
    assert_eq!(
        (of("started"), of("skipped")),
        (2, 1),
        "one scheduled, one test, Saturday skipped with its reason, 08:17 no occurrence: {runs:#}"
    );
    let scheduled = format!("{pulse}~20261120T080000Z");
    assert_eq!(stage.sent().len(), 4);
    stage.law(&[&first, &scheduled]).await;
}

#[tokio::test]
async fn the_numbers_of_a_hook_are_one_run_per_event() {
    let stage = Stage::start("hook").await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    let hook = stage
        .ok(Method::POST, &format!("/v1/pulses/{pulse}/hooks"), Some(json!({"name": "Shop"})))
        .await;
    let url = hook["url"].as_str().expect("its address").to_owned();
    for _ in 0..2 {
        let answer = stage
            .http
            .post(&url)
            .header("idempotency-key", "order-1")
            .send()
            .await
            .expect("an answer");
        assert!(answer.status().is_success(), "{}", answer.status());
    }
    stage.settle().await;
    assert_eq!(stage.sent().len(), 2, "one event, one chart");
    let unknown = stage
        .http
        .post(format!("{}/v1/hooks/hk_nobody", stage.host.url))
        .send()
        .await
        .expect("an answer");
    assert_eq!(unknown.status().as_u16(), 404);
}
