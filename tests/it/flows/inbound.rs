//! What Meta tells us: genuine or not, twice, in any order, by the thousand.

use local::simulators::whatsapp::Order;
use local::simulators::whatsapp::config::DEMO_APP_SECRET;
use serde_json::{Value, json};

use crate::stage::{Stage, VERIFY_TOKEN, to_phone};

async fn challenge(stage: &Stage, token: &str) -> (u16, String) {
    let url = format!(
        "{}{}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}",
        stage.host.url,
        receive_webhook::WHATSAPP_PATH
    );
    let answer = stage.http.get(url).send().await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a body"))
}

#[tokio::test]
async fn the_handshake_and_the_signature() {
    let stage = Stage::start("in-signed").await;
    assert_eq!(challenge(&stage, VERIFY_TOKEN).await, (200, "1158201444".to_owned()));
    assert_eq!(challenge(&stage, "wrong").await.0, 403);

    let body = br#"{"object":"whatsapp_business_account","entry":[]}"#.to_vec();
    assert_eq!(stage.meta.post_signed_with("not-our-secret", body.clone()).await, Ok(401));
    assert_eq!(
        stage.host.depths().await.expect("depths")["InboundQueue"].visible,
        0,
        "nothing unproven is kept"
    );
    assert_eq!(stage.meta.post_signed_with(DEMO_APP_SECRET, body).await, Ok(200));
    assert_eq!(stage.host.depths().await.expect("depths")["InboundQueue"].visible, 1);
    stage.settle().await;
    stage.law(&[]).await;
}

#[tokio::test]
async fn statuses_twice_and_backwards_end_the_same() {
    let stage = Stage::with("in-order", |meta| {
        meta.webhooks.copies = 3;
        meta.webhooks.order = Order::Reversed;
        meta.webhooks.batch_max = 1;
    })
    .await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    assert_eq!(stage.states(&run).await["whatsapp"], "delivered");
    assert!(stage.meta.posts().len() >= 12, "two messages, two statuses, three times");
    stage.law(&[&run]).await;
}

#[tokio::test]
async fn a_thousand_updates_in_one_post() {
    let stage = Stage::start("in-thousand").await;
    stage.connect().await;
    let pulse = stage.pulse(json!([to_phone()])).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    let chart = stage.sent()[0].clone();
    let status = |number: usize| match number {
        700 => {
            json!({"id": chart.id, "status": "read", "timestamp": "1763629300", "recipient_id": chart.person, "biz_opaque_callback_data": chart.callback_data})
        }
        number => {
            json!({"id": format!("wamid.unknown{number}"), "status": "delivered", "timestamp": "1763629300", "recipient_id": "15550000000", "unheard_of": {"of": number}})
        }
    };
    let statuses: Vec<Value> = (0..1_000).map(status).collect();
    let value =
        json!({"messaging_product": "whatsapp", "metadata": {"display_phone_number": "1", "phone_number_id": "1"}, "statuses": statuses});
    let body = json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]});
    let body = serde_json::to_vec(&body).expect("JSON");
    assert!(body.len() > 100_000, "too large for a queue's message");
    assert_eq!(stage.meta.post_signed_with(DEMO_APP_SECRET, body).await, Ok(200));
    stage.settle().await;
    let shown = stage.run(&run).await;
    assert_eq!(shown["deliveries"][0]["parts"][0]["progress"], "read");
    stage.law(&[&run]).await;
}
