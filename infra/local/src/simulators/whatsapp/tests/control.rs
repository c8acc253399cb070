//! `/_sim/`: what another process can do.

use serde_json::json;

use super::bench::{Bench, answer, code, id_of, png, text};
use crate::simulators::whatsapp::config::{DEMO_APP_SECRET, DEMO_PHONE, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};

#[tokio::test]
async fn the_whole_story_over_http() {
    let bench = Bench::new().await;
    let sim = |path: &str| format!("{}/_sim/{path}", bench.sim.base_url());
    let post = async |path: &str, body: serde_json::Value| answer(bench.http.post(sim(path)).json(&body)).await;

    let order = json!({"endpoint": "messages", "fault": {"answer": {"error": {"code": 130429, "http": 429, "retry_after_s": 1}}}});
    assert_eq!(post("faults", order).await.0, 204);
    assert_eq!(
        post(
            "faults",
            json!({"endpoint": "messages", "fault": {"reset": {"accepted": true}}, "count": 2})
        )
        .await
        .0,
        204
    );
    assert_eq!(code(&bench.send(&text("x")).await), (429, 130429));
    assert_eq!(answer(bench.http.delete(sim("faults"))).await.0, 204);
    assert_eq!(
        post("faults", json!({"endpoint": "letters", "fault": {"slow": {"ms": 1}}})).await.0,
        422
    );

    let media = bench.upload("image/png", png(8, 6)).await.1["id"].clone();
    let body = json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "image", "image": {"id": media, "caption": "*up*"}});
    let id = id_of(&bench.send(&body).await);
    assert_eq!(post("settled", json!({})).await.0, 204);
    let reply = json!({"from": DEMO_PHONE, "reply_to": id, "said": {"type": "text", "body": "why?"}});
    let (status, answered) = post("inbound", reply).await;
    assert_eq!((status, answered["id"].is_string()), (200, true));
    assert_eq!(
        post("inbound", json!({"from": "x", "said": {"type": "text", "body": "y"}})).await.0,
        400
    );
    assert_eq!(
        post("read", json!({"phone_number_id": DEMO_PHONE_NUMBER_ID, "person": DEMO_PHONE}))
            .await
            .0,
        204
    );
    assert_eq!(
        post(
            &format!("messages/{}/status", urlencoded(&id)),
            json!({"status": "failed", "error": 131026})
        )
        .await
        .0,
        204
    );

    let (_, state) = answer(bench.http.get(sim("state"))).await;
    let messages = state["messages"].as_array().expect("a list");
    assert_eq!(
        (&messages[0]["content"]["caption"], &messages[1]["context"]),
        (&json!("*up*"), &json!(id))
    );
    let receipts: Vec<_> = messages[0]["receipts"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|receipt| &receipt["status"])
        .collect();
    assert_eq!(receipts, ["sent", "delivered", "read", "failed"]);
    let shown = state.to_string();
    assert!(!shown.contains(DEMO_TOKEN) && !shown.contains(DEMO_APP_SECRET), "no secrets");
    let picture = bench
        .http
        .get(sim(&format!("messages/{}/picture", urlencoded(&id))))
        .send()
        .await
        .expect("an answer");
    assert_eq!(picture.headers()["content-type"], "image/png");
}

#[tokio::test]
async fn webhook_settings_are_read_and_replaced() {
    let bench = Bench::new().await;
    let url = format!("{}/_sim/webhooks", bench.sim.base_url());
    let (_, mut settings) = answer(bench.http.get(&url)).await;
    settings["receipts"] = json!(["sent", "read"]);
    settings["order"] = json!({"shuffled": {"seed": 1}});
    settings["order"] = json!("reversed");
    assert_eq!(answer(bench.http.put(&url).json(&settings)).await.0, 204);
    bench.send_text("x").await;
    let statuses: Vec<_> = bench.updates().await.iter().map(|update| update["status"].clone()).collect();
    assert_eq!(statuses, ["read", "sent"]);
    assert_eq!(answer(bench.http.put(&url).json(&json!({"speed": 9}))).await.0, 422);
}

#[tokio::test]
async fn chats_outlive_a_restart() {
    let before = Bench::new().await;
    let media = before.upload("image/png", png(8, 6)).await.1["id"].clone();
    let image = json!({"messaging_product": "whatsapp", "to": "+15550100199", "type": "image", "image": {"id": media}});
    let id = id_of(&before.send(&image).await);
    before.sim.settled().await;
    let kept = serde_json::to_string(&before.sim.snapshot()).expect("JSON");
    assert!(!kept.contains(DEMO_TOKEN) && !kept.contains(DEMO_APP_SECRET), "no secrets");

    let after = Bench::new().await;
    after.sim.restore(serde_json::from_str(&kept).expect("a snapshot"));
    assert_eq!(after.sim.messages(), before.sim.messages());
    assert_eq!(after.sim.picture(&id), before.sim.picture(&id));
    let mut quoting = text("and on");
    quoting["to"] = json!("+15550100199");
    quoting["context"] = json!({"message_id": id});
    assert_ne!(id_of(&after.send(&quoting).await), id, "ids go on where they stopped");
    id_of(&after.send(&image).await);
}

fn urlencoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
