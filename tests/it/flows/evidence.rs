//! Who knows what arrived: statuses that overtake our own records, messages that only wait, answers that never come.

use std::time::Duration;

use domain::delivery::{Delivery, PartName, Phase, Progress};
use domain::fault::Why;
use domain::ids::{Correlation, DeliveryId, OrgId};
use local::simulators::fault::Fault;
use local::simulators::webhook_receiver::Answer;
use local::simulators::whatsapp::Endpoint;
use local::simulators::whatsapp::config::{DEMO_APP_SECRET, DEMO_PHONE_NUMBER_ID};
use reqwest::Method;
use serde_json::{Value, json};
use store::deliveries::{Claim, Lease, Move, StatusApplied};

use crate::stage::{HOOK, Stage, to_phone, to_webhook};

fn org() -> OrgId {
    OrgId::parse("default").expect("an id")
}

async fn first(stage: &Stage, run: &str) -> Value {
    stage.run(run).await["deliveries"][0].clone()
}

/// A Delivery nobody has sent yet, and the right to send it.
async fn claimed(stage: &Stage, run: &str, org: &OrgId) -> (Lease, Delivery) {
    let there = first(stage, run).await;
    let id = DeliveryId::parse(there["id"].as_str().expect("an id")).expect("an id");
    let claim = stage
        .host
        .store()
        .claim_delivery(org, &id, "token", stage.clock.now(), Duration::from_secs(90))
        .await
        .expect("claimed");
    let Claim::Held(lease, delivery) = claim else { panic!("{claim:?}") };
    (lease, *delivery)
}

#[tokio::test]
async fn a_status_that_overtakes_a_refusal_counts() {
    let stage = Stage::start("ev-overtaken").await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    stage.meta.fault(Endpoint::Messages, Fault::Reset { accepted: false }, 1);
    let run = stage.send(&pulse).await;
    stage.settle().await;
    stage.clock.advance(Duration::from_secs(121));
    let (store, now, why) = (stage.host.store(), stage.clock.now(), Why::new("test", "A test."));
    let (lease, delivery) = claimed(&stage, &run, &org()).await;
    assert!(store.begin_part(&lease, PartName::Image, None, now).await.expect("begun"));
    let to = Correlation {
        org: org(),
        delivery: delivery.id.clone(),
        part: PartName::Image,
    };
    let applied = store
        .apply_status(&to, Progress::Sent, "wamid.overtaking", now, None)
        .await
        .expect("applied");
    assert!(matches!(applied, StatusApplied::Moved(_)));
    store
        .release_delivery(&lease, Phase::Retrying, Some(&why), Some(PartName::Image), None, now)
        .await
        .expect("released");
    let kept = store.delivery(&org(), &delivery.id).await.expect("read").expect("there");
    assert_eq!(
        (kept.phase, kept.parts[0].progress),
        (Phase::Retrying, Progress::Sent),
        "it was sent, whatever the answer said"
    );

    // The same, where nothing contradicts the answer.
    assert!(
        store
            .move_delivery(&org(), &delivery.id, Move::new(Phase::Retrying, Phase::Queued), now)
            .await
            .expect("moved")
    );
    let (lease, _) = claimed(&stage, &run, &org()).await;
    assert!(store.begin_part(&lease, PartName::Analysis, None, now).await.expect("begun"));
    store
        .release_delivery(&lease, Phase::Failed, Some(&why), Some(PartName::Analysis), None, now)
        .await
        .expect("released");
    let kept = store.delivery(&org(), &delivery.id).await.expect("read").expect("there");
    assert_eq!(kept.parts[1].progress, Progress::Pending, "it was not sent");
}

#[tokio::test]
async fn a_provider_that_never_answers_is_given_up() {
    let stage = Stage::start("ev-silent").await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    stage.meta.fault(Endpoint::Messages, Fault::Reset { accepted: false }, 100);
    let run = stage.send(&pulse).await;
    stage.settle().await;
    for wait_s in [121, 121, 301, 1_801, 7_201, 121] {
        assert_eq!(first(&stage, &run).await["state"], "unknown");
        stage.wait(Duration::from_secs(wait_s)).await;
    }
    let given_up = first(&stage, &run).await;
    assert_eq!(
        (&given_up["state"], &given_up["why"]["code"]),
        (&json!("failed"), &json!("delivery.unanswered")),
        "{given_up:#}"
    );
    assert_eq!(
        given_up["attempts"]
            .as_array()
            .expect("attempts")
            .iter()
            .filter(|call| call["call"] == "send")
            .count(),
        6
    );
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn proof_that_comes_after_the_end_is_believed() {
    let stage = Stage::start("ev-late").await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    stage
        .ok(
            Method::PATCH,
            &format!("/v1/pulses/{pulse}"),
            Some(json!({"message": {"analysis": false}})),
        )
        .await;
    stage.meta.hold();
    stage.meta.fault(Endpoint::Messages, Fault::Reset { accepted: true }, 1);
    let run = stage.send(&pulse).await;
    stage.host.drain().await.expect("drained");
    stage.clock.advance(Duration::from_secs(7 * 3_600));
    stage.host.retry_now("send-whatsapp").await.expect("shown");
    stage.host.drain().await.expect("drained");
    assert_eq!(first(&stage, &run).await["state"], "expired");
    stage.meta.release();
    stage.settle().await;
    let delivered = first(&stage, &run).await;
    assert_eq!(
        (&delivered["state"], &delivered["why"]),
        (&json!("delivered"), &Value::Null),
        "{delivered:#}"
    );
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_message_that_only_waits_never_dies() {
    let stage = Stage::start("ev-waits").await;
    let pulse = stage.pulse(json!([to_webhook(&stage.receiver)])).await;
    stage.receiver.fault(
        HOOK,
        Fault::Answer(Answer::Status {
            code: 503,
            retry_after_s: Some(3_600),
        }),
        1,
    );
    let run = stage.send(&pulse).await;
    stage.settle().await;
    // The same message once more, as after a fan-out that was repeated.
    let id = first(&stage, &run).await["id"].clone();
    stage
        .enqueue(
            "DeliverWebhookQueue",
            &json!({"org_id": "default", "delivery_id": id, "kind": "webhook"}).to_string(),
        )
        .await;
    for _ in 0..12 {
        stage.wait(Duration::from_secs(60)).await;
    }
    assert_eq!(first(&stage, &run).await["state"], "retrying");
    stage.wait(Duration::from_secs(3_600)).await;
    stage.wait(Duration::from_secs(91)).await;
    assert_eq!(first(&stage, &run).await["state"], "delivered");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_number_tells_of_its_own_organisation_alone() {
    let stage = Stage::start("ev-foreign").await;
    let pulse = stage.pulse(json!([to_webhook(&stage.receiver)])).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    let store = stage.host.store();
    let holder = store::registry::AccountHolder {
        org: OrgId::parse("other").expect("an id"),
        connection: domain::ids::ConnectionId::parse("con_other").expect("an id"),
    };
    store
        .claim_account("whatsapp", DEMO_PHONE_NUMBER_ID, &holder)
        .await
        .expect("claimed");
    let reference = format!("default/{}/image", first(&stage, &run).await["id"].as_str().expect("an id"));
    for (number, expected) in [(DEMO_PHONE_NUMBER_ID, "delivered"), ("4711", "read")] {
        let status = json!({"id": "wamid.forged", "status": "read", "timestamp": "1763629300", "biz_opaque_callback_data": reference});
        let value = json!({"metadata": {"phone_number_id": number}, "statuses": [status]});
        let body =
            json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]});
        assert_eq!(
            stage
                .meta
                .post_signed_with(DEMO_APP_SECRET, serde_json::to_vec(&body).expect("JSON"))
                .await,
            Ok(200)
        );
        stage.settle().await;
        assert_eq!(first(&stage, &run).await["state"], expected, "told by {number}");
    }
}
