//! A webhook's receiver misbehaves.

use std::time::Duration;

use local::simulators::fault::Fault;
use local::simulators::webhook_receiver::Answer;
use reqwest::Method;
use serde_json::{Value, json};

use crate::stage::{HOOK, Stage, to_webhook};

async fn sent_with(stage: &Stage, fault: Fault<Answer>, count: u32) -> String {
    let pulse = stage.pulse(json!([to_webhook(&stage.receiver)])).await;
    stage.receiver.fault(HOOK, fault, count);
    let run = stage.send(&pulse).await;
    stage.settle().await;
    run
}

async fn webhook(stage: &Stage, run: &str) -> Value {
    stage.run(run).await["deliveries"][0].clone()
}

#[tokio::test]
async fn errors_of_the_receiver_are_tried_again_under_the_same_id() {
    let faults = [
        (
            "wh-500",
            Fault::Answer(Answer::Status {
                code: 500,
                retry_after_s: None,
            }),
        ),
        (
            "wh-429",
            Fault::Answer(Answer::Status {
                code: 429,
                retry_after_s: Some(7),
            }),
        ),
        ("wh-hang", Fault::Hang { accepted: true }),
        ("wh-reset", Fault::Reset { accepted: true }),
        ("wh-cut", Fault::Reset { accepted: false }),
    ];
    for (name, fault) in faults {
        let stage = Stage::start(name).await;
        let run = sent_with(&stage, fault, 1).await;
        assert_eq!(webhook(&stage, &run).await["state"], "retrying", "{name}");
        stage.receiver.release();
        stage.wait(Duration::from_secs(11)).await;
        assert_eq!(webhook(&stage, &run).await["state"], "delivered", "{name}");
        let events = stage.receiver.events();
        assert_eq!(events.len(), 1, "{name}: the receiver counts one event, however often it came");
        assert!(events[0].verified() && !events[0].body_changed, "{name}");
        stage.law(&[&run]).await;
    }
}

#[tokio::test]
async fn refusals_are_final_and_say_why() {
    let faults = [
        (
            "wh-404",
            Answer::Status {
                code: 404,
                retry_after_s: None,
            },
            "webhook.404",
        ),
        (
            "wh-410",
            Answer::Status {
                code: 410,
                retry_after_s: None,
            },
            "webhook.410",
        ),
        (
            "wh-redirect",
            Answer::Redirect {
                to: "http://169.254.169.254/latest/meta-data/".to_owned(),
            },
            "webhook.302",
        ),
    ];
    for (name, answer, code) in faults {
        let stage = Stage::start(name).await;
        let run = sent_with(&stage, Fault::Answer(answer), 1).await;
        let failed = webhook(&stage, &run).await;
        assert_eq!(failed["state"], "failed", "{name}");
        let given = failed["why"]["code"].as_str().expect("a code");
        assert!(
            given == code || (name == "wh-redirect" && given.starts_with("webhook.30")),
            "{name}: {given}"
        );
        stage.law(&[&run]).await;
    }
}

#[tokio::test]
async fn a_huge_answer_is_an_answer() {
    let stage = Stage::start("wh-huge").await;
    let run = sent_with(&stage, Fault::Answer(Answer::HugeBody { bytes: 32 * 1024 * 1024 }), 1).await;
    assert_eq!(webhook(&stage, &run).await["state"], "delivered");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn addresses_off_the_internet_are_refused_at_the_door() {
    let stage = Stage::start("wh-ssrf").await;
    for url in [
        "https://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "http://example.com/",
        "https://user:pw@example.com/",
        "https://example.com:22/",
    ] {
        let (status, problem) = stage
            .api(Method::POST, "/v1/destinations", Some(json!({"webhook": {"url": url}})))
            .await;
        assert_eq!(status.as_u16(), 422, "{url}: {problem:#}");
    }
}

#[tokio::test]
async fn a_rotated_secret_signs_beside_the_old_one() {
    let stage = Stage::start("wh-rotate").await;
    let pulse = stage.pulse(json!([to_webhook(&stage.receiver)])).await;
    let listed = stage.ok(Method::GET, "/v1/destinations", None).await;
    let id = listed["items"][0]["id"].as_str().expect("an id").to_owned();
    let rotated = stage
        .ok(Method::POST, &format!("/v1/destinations/{id}/rotate-secret"), Some(json!({})))
        .await;
    let secret = rotated["secret"].as_str().expect("the new secret").to_owned();
    let run = stage.send(&pulse).await;
    stage.settle().await;
    assert!(stage.receiver.events()[0].verified(), "the old secret still verifies");
    stage.receiver.open(HOOK, &[secret.as_str()]);
    stage.wait(Duration::from_secs(25 * 3_600)).await;
    let second = stage.send(&pulse).await;
    stage.settle().await;
    assert!(stage.receiver.events()[1].verified(), "the new one alone, a day later");
    assert_eq!(
        stage.receiver.events()[1].attempts[0].headers["webhook-signature"]
            .split(' ')
            .count(),
        1
    );
    stage.law(&[&run, &second]).await;
}
