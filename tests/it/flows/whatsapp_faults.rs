//! Meta misbehaves.

use std::time::Duration;

use local::simulators::fault::Fault;
use local::simulators::whatsapp::config::{ClosedWindow, DEMO_ACCOUNT_ID, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use local::simulators::whatsapp::message::{Content, Source};
use local::simulators::whatsapp::{Answer, Endpoint, Inbound};
use reqwest::Method;
use serde_json::{Value, json};

use crate::stage::{HOOK, Stage, both, to_phone, to_webhook};

const EVIDENCE: Duration = Duration::from_secs(121);

async fn phone(stage: &Stage, run: &str) -> Value {
    let shown = stage.run(run).await;
    shown["deliveries"]
        .as_array()
        .expect("deliveries")
        .iter()
        .find(|one| one["kind"] == "whatsapp")
        .expect("the phone")
        .clone()
}

async fn sent_with(stage: &Stage, endpoint: Endpoint, fault: Fault<Answer>, count: u32) -> String {
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    stage.meta.fault(endpoint, fault, count);
    let run = stage.send(&pulse).await;
    stage.settle().await;
    run
}

#[tokio::test]
async fn too_many_requests_waits_as_long_as_it_says() {
    let stage = Stage::start("wa-429").await;
    let run = sent_with(&stage, Endpoint::Messages, Fault::Answer(Answer::too_many_requests(90)), 1).await;
    let waiting = phone(&stage, &run).await;
    assert_eq!(waiting["state"], "retrying");
    assert_eq!(waiting["why"]["code"], "whatsapp.130429");
    let next: jiff::Timestamp = waiting["next_try_at"].as_str().expect("a time").parse().expect("a time");
    assert!(next.duration_since(stage.clock.now()).as_secs() >= 89, "{waiting:#}");
    stage.wait(Duration::from_secs(60)).await;
    assert_eq!(stage.sent().len(), 0, "not before it is time");
    stage.wait(Duration::from_secs(31)).await;
    assert_eq!(phone(&stage, &run).await["state"], "delivered");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_server_error_is_tried_again_and_six_are_the_end() {
    let stage = Stage::start("wa-500").await;
    let run = sent_with(&stage, Endpoint::Messages, Fault::Answer(Answer::error(131_000)), 1).await;
    assert_eq!(phone(&stage, &run).await["state"], "retrying");
    stage.wait(Duration::from_secs(11)).await;
    assert_eq!(phone(&stage, &run).await["state"], "delivered");

    let pulse = run.split('~').next().expect("a pulse").to_owned();
    stage.meta.fault(Endpoint::Messages, Fault::Answer(Answer::error(131_000)), 6);
    let second = stage.send(&pulse).await;
    stage.settle().await;
    for wait_s in [11, 61, 301, 1_801, 7_201] {
        stage.wait(Duration::from_secs(wait_s)).await;
    }
    let failed = phone(&stage, &second).await;
    assert_eq!((&failed["state"], &failed["attempt"]), (&json!("failed"), &json!(6)), "{failed:#}");
    stage.law(&[&run, &second]).await;
}

#[tokio::test]
async fn a_send_without_an_answer_that_arrived_is_not_sent_again() {
    for (name, fault) in [
        ("wa-hang", Fault::Hang { accepted: true }),
        ("wa-reset", Fault::Reset { accepted: true }),
    ] {
        let stage = Stage::start(name).await;
        stage.connect().await;
        let pulse = stage.pulse(json!([to_phone()])).await;
        stage.meta.hold();
        stage.meta.fault(Endpoint::Messages, fault, 1);
        let run = stage.send(&pulse).await;
        stage.host.drain().await.expect("drained");
        let unknown = phone(&stage, &run).await;
        assert_eq!(
            (&unknown["state"], &unknown["parts"][0]["progress"]),
            (&json!("unknown"), &json!("in_flight")),
            "{name}: {unknown:#}"
        );
        assert_eq!(stage.sent().len(), 1, "it had arrived");
        // Meta's status is the evidence.
        stage.meta.release();
        stage.meta.faults().release();
        stage.settle().await;
        stage.wait(EVIDENCE).await;
        assert_eq!(phone(&stage, &run).await["state"], "delivered", "{name}");
        assert_eq!(stage.sent().len(), 2, "{name}: the chart once, its analysis once");
        stage.law(&[&run]).await;
    }
}

#[tokio::test]
async fn a_send_without_an_answer_that_never_arrived_is_sent_again() {
    for (name, fault) in [
        ("wa-lost", Fault::Hang { accepted: false }),
        ("wa-cut", Fault::Reset { accepted: false }),
    ] {
        let stage = Stage::start(name).await;
        let run = sent_with(&stage, Endpoint::Messages, fault, 1).await;
        assert_eq!(phone(&stage, &run).await["state"], "unknown", "{name}");
        stage.meta.faults().release();
        stage.wait(EVIDENCE).await;
        assert_eq!(phone(&stage, &run).await["state"], "delivered", "{name}");
        stage.law(&[&run]).await;
    }
}

#[tokio::test]
async fn a_careful_pulse_holds_what_nobody_knows() {
    let stage = Stage::start("wa-careful").await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    stage
        .ok(
            Method::PATCH,
            &format!("/v1/pulses/{pulse}"),
            Some(json!({"message": {"when_unknown": "hold"}})),
        )
        .await;
    stage.meta.fault(Endpoint::Messages, Fault::Reset { accepted: false }, 1);
    let run = stage.send(&pulse).await;
    stage.settle().await;
    stage.wait(EVIDENCE).await;
    assert_eq!(phone(&stage, &run).await["state"], "unknown");
    assert_eq!(stage.sent().len(), 0);
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn an_upload_that_is_not_taken_goes_by_link() {
    let stage = Stage::start("wa-link").await;
    let run = sent_with(&stage, Endpoint::Upload, Fault::Answer(Answer::error(131_053)), 1).await;
    assert_eq!(phone(&stage, &run).await["state"], "delivered");
    let chart = &stage.sent()[0];
    let Content::Image { picture, .. } = &chart.content else {
        panic!("{chart:#?}")
    };
    assert!(matches!(picture.source, Source::Link(_)), "{picture:?}");
    assert!(stage.meta.picture(&chart.id).is_some(), "Meta fetched it from our link");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_closed_window_holds_the_chart_until_the_person_writes() {
    for (name, closed) in [
        ("wa-window-at-once", ClosedWindow::AtOnce),
        ("wa-window-later", ClosedWindow::Later),
    ] {
        let stage = Stage::with(name, |meta| {
            meta.closed_window = closed;
            meta.people[0].has_written = false;
        })
        .await;
        stage.connect().await;
        let pulse = stage.pulse(json!([to_phone()])).await;
        let run = stage.send(&pulse).await;
        stage.settle().await;
        let waiting = phone(&stage, &run).await;
        assert_eq!(
            (&waiting["state"], &waiting["why"]["code"]),
            (&json!("awaiting_window"), &json!("whatsapp.131047")),
            "{name}: {waiting:#}"
        );
        stage.meta.inbound(Inbound::text("15550100123", "hello")).expect("a message");
        stage.settle().await;
        stage.wait(Duration::from_secs(20)).await;
        let delivered = phone(&stage, &run).await;
        assert_eq!(delivered["state"], "delivered", "{name}: {delivered:#}");
        stage.law(&[&run]).await;
    }
}

#[tokio::test]
async fn a_picture_that_fails_later_is_sent_again() {
    let stage = Stage::start("wa-media-later").await;
    let run = sent_with(&stage, Endpoint::Messages, Fault::Answer(Answer::FailLater { code: 131_053 }), 1).await;
    stage.wait(Duration::from_secs(15)).await;
    stage.wait(Duration::from_secs(15)).await;
    let delivery = phone(&stage, &run).await;
    assert_eq!(delivery["state"], "delivered", "{delivery:#}");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_person_out_of_reach_gets_the_fallback_and_is_switched_off_after_three_runs() {
    let stage = Stage::start("wa-unreachable").await;
    stage.connect().await;
    let to = json!([{"to": {"whatsapp": {"to": "+15550100123"}}, "fallback": to_webhook(&stage.receiver)["to"]}]);
    let pulse = stage.pulse(to).await;
    let mut runs = Vec::new();
    for run_number in 0..3 {
        stage
            .meta
            .fault(Endpoint::Messages, Fault::Answer(Answer::FailLater { code: 131_026 }), 2);
        let run = stage.send(&pulse).await;
        stage.settle().await;
        stage.wait(Duration::from_secs(20)).await;
        let states = stage.states(&run).await;
        assert_eq!(
            (states["whatsapp"].as_str(), states["webhook"].as_str()),
            ("failed", "delivered"),
            "run {run_number}"
        );
        runs.push(run);
    }
    let phone = phone(&stage, &runs[0]).await;
    let id = phone["id"]
        .as_str()
        .expect("an id")
        .rsplit('~')
        .next()
        .expect("a destination")
        .to_owned();
    let destination = stage.ok(Method::GET, &format!("/v1/destinations/{id}"), None).await;
    assert_eq!(destination["state"], "disabled", "{destination:#}");
    assert_eq!(stage.receiver.events().len(), 3);
    assert_eq!(stage.receiver.events()[0].endpoint, HOOK);
    stage.law(&runs.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

#[tokio::test]
async fn a_dead_token_holds_deliveries_until_it_is_replaced() {
    let stage = Stage::start("wa-190").await;
    let connection = stage.connect().await;
    let pulse = stage.pulse(both(&stage.receiver)).await;
    stage.meta.configure(|meta| meta.tokens[0].valid = false);
    let first = stage.send(&pulse).await;
    stage.settle().await;
    let second = stage.send(&pulse).await;
    stage.settle().await;
    for run in [&first, &second] {
        let states = stage.states(run).await;
        assert_eq!(
            (states["whatsapp"].as_str(), states["webhook"].as_str()),
            ("held", "delivered"),
            "one broken destination stops no other"
        );
    }
    let shown = stage.ok(Method::GET, &format!("/v1/connections/{connection}"), None).await;
    assert_eq!(
        (&shown["state"], &shown["why"]["code"]),
        (&json!("needs_attention"), &json!("whatsapp.190")),
        "{shown:#}"
    );

    stage.meta.configure(|meta| meta.tokens[0].valid = true);
    let account = json!({"whatsapp": {"token": DEMO_TOKEN, "phone_number_id": DEMO_PHONE_NUMBER_ID, "waba_id": DEMO_ACCOUNT_ID}});
    stage
        .ok(
            Method::PATCH,
            &format!("/v1/connections/{connection}"),
            Some(json!({"account": account})),
        )
        .await;
    stage.settle().await;
    for run in [&first, &second] {
        assert_eq!(stage.states(run).await["whatsapp"], "delivered");
    }
    stage.law(&[&first, &second]).await;
}
