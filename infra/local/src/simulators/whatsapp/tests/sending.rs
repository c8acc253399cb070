//! `POST /{phone-number-id}/messages`: what is taken and what is refused.

use serde_json::{Value, json};

use super::bench::{Bench, answer, code, id_of, png, text};
use crate::simulators::whatsapp::config::{DEMO_PHONE, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN, Number, Person};
use crate::simulators::whatsapp::message::{Content, Status};

#[tokio::test]
async fn a_text_is_accepted_sent_and_delivered() {
    let bench = Bench::new().await;
    let mut body = text("*Revenue* is up 4 % – «gut» 👍");
    body["biz_opaque_callback_data"] = json!("org_1/pul_2~2026-11-20T09:00:00Z~dst_3/image");
    let answer = bench.send(&body).await;
    let id = id_of(&answer);
    assert!(id.starts_with("wamid.HBgL"), "{id}");
    assert_eq!(answer.1["contacts"], json!([{"input": DEMO_PHONE, "wa_id": "15550100123"}]));
    assert!(answer.1["messages"][0].get("message_status").is_none());

    let updates = bench.updates().await;
    let statuses: Vec<_> = updates.iter().map(|update| update["status"].as_str().expect("a status")).collect();
    assert_eq!(statuses, ["sent", "delivered"]);
    assert_eq!(
        updates[0],
        json!({
            "id": id,
            "status": "sent",
            "timestamp": "1795165200",
            "recipient_id": "15550100123",
            "biz_opaque_callback_data": "org_1/pul_2~2026-11-20T09:00:00Z~dst_3/image",
            "pricing": {"billable": true, "pricing_model": "PMP", "type": "regular", "category": "service"},
        })
    );
    assert_eq!(
        bench.callback.bodies()[0]["entry"][0]["changes"][0]["value"]["metadata"],
        json!({"display_phone_number": "15550100100", "phone_number_id": DEMO_PHONE_NUMBER_ID})
    );
    assert_eq!(bench.sim.message(&id).expect("kept").status(), Some(Status::Delivered));
}

#[tokio::test]
async fn each_field_is_held_against_the_reference() {
    let bench = Bench::new().await;
    let long = |count: usize| "ä".repeat(count);
    let image = |image: Value| json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "image", "image": image});
    let with = |name: &str, value: Value| {
        let mut body = text("x");
        body[name] = value;
        body
    };
    for (body, expected) in [
        (json!([]), (400, 100)),
        (json!({"to": DEMO_PHONE, "text": {"body": "x"}}), (400, 100)),
        (with("messaging_product", json!("telegram")), (400, 100)),
        (with("unknown", json!(1)), (400, 100)),
        (with("image", json!({"id": "1"})), (400, 100)),
        (with("type", json!("sonnet")), (400, 100)),
        (with("type", json!(7)), (400, 100)),
        (with("recipient_type", json!("crowd")), (400, 100)),
        (with("recipient_type", json!("group")), (400, 131215)),
        (with("to", json!("15550100123")), (400, 131009)),
        (with("to", json!("+1 555")), (400, 131009)),
        (with("to", json!("+0155501001")), (400, 131009)),
        (with("to", json!("+15550100100")), (400, 131021)),
        (json!({"messaging_product": "whatsapp", "text": {"body": "x"}}), (400, 100)),
        (with("text", json!({})), (400, 100)),
        (with("text", json!({"body": ""})), (400, 100)),
        (with("text", json!({"body": 3})), (400, 100)),
        (with("text", json!({"body": "x", "bold": true})), (400, 100)),
        (with("text", json!({"body": "x", "preview_url": "yes"})), (400, 100)),
        (text(&long(4097)), (400, 100)),
        (with("context", json!({"message_id": "wamid.unknown"})), (400, 131009)),
        (with("context", json!({"id": "wamid.unknown"})), (400, 100)),
        (with("biz_opaque_callback_data", json!("x".repeat(513))), (400, 100)),
        (image(json!({"id": "1", "link": "https://a.example/x.png"})), (400, 100)),
        (image(json!({"caption": "x"})), (400, 100)),
        (image(json!({"id": "123456"})), (400, 100)),
        (image(json!({"link": "file:///x.png"})), (400, 100)),
        (image(json!({"link": "https://a.example/x.png", "caption": long(1025)})), (400, 100)),
        (with("to", json!(null)), (400, 100)),
    ] {
        assert_eq!(code(&bench.send(&body).await), expected, "{body}");
    }
    assert_eq!(bench.sim.messages(), [], "nothing refused was kept");
    id_of(&bench.send(&text(&long(4096))).await);
    id_of(&bench.send(&with("biz_opaque_callback_data", json!("x".repeat(512)))).await);
}

#[tokio::test]
async fn a_picture_then_its_reading_as_a_reply() {
    let bench = Bench::new().await;
    let media = bench.upload("image/png", png(8, 6)).await.1["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let caption = "c".repeat(1024);
    let body = json!({"messaging_product": "whatsapp", "recipient_type": "individual", "to": DEMO_PHONE, "type": "image",
        "image": {"id": media, "caption": caption}});
    let image = id_of(&bench.send(&body).await);
    let mut reading = text("because");
    reading["context"] = json!({"message_id": image});
    let reading = id_of(&bench.send(&reading).await);
    assert_eq!(bench.sim.message(&reading).expect("kept").context, Some(image.clone()));
    assert_eq!(
        bench.sim.picture(&image).map(|(kind, bytes)| (kind, bytes.to_vec())),
        Some(("image/png".to_owned(), png(8, 6)))
    );

    let mut to_another = text("x");
    to_another["to"] = json!("+15550100124");
    to_another["context"] = json!({"message_id": image});
    assert_eq!(
        code(&bench.send(&to_another).await),
        (400, 131009),
        "another person's message cannot be quoted"
    );
}

#[tokio::test]
async fn the_path_the_token_and_the_number_are_checked() {
    let bench = Bench::with(|config| {
        let mut pending = Number::new("100000000000102", "+1 555-010-0102", "Pending");
        pending.status = "PENDING".to_owned();
        config.accounts[0].numbers.push(pending);
        let mut foreign = config.accounts[0].clone();
        foreign.id = "200".to_owned();
        foreign.numbers = vec![Number::new("100000000000103", "+1 555-010-0103", "Foreign")];
        config.accounts.push(foreign);
        let mut narrow = config.tokens[0].clone();
        narrow.value = "narrow".to_owned();
        narrow.scopes = vec!["whatsapp_business_management".to_owned()];
        let mut dead = config.tokens[0].clone();
        dead.value = "dead".to_owned();
        dead.expires_at = Some("2026-11-20T09:00:00Z".parse().expect("a time"));
        config.tokens.extend([narrow, dead]);
    })
    .await;
    let base = bench.sim.base_url();
    let own = DEMO_PHONE_NUMBER_ID;
    for (path, token, expected) in [
        (format!("/v24.0/{own}/messages"), Some("nonsense"), (401, 190)),
        (format!("/v24.0/{own}/messages"), Some("dead"), (401, 190)),
        (format!("/v24.0/{own}/messages"), None, (401, 190)),
        (format!("/v24.0/{own}/messages"), Some("narrow"), (403, 10)),
        (format!("/v20.0/{own}/messages"), Some(DEMO_TOKEN), (400, 2500)),
        (format!("/{own}/messages"), Some(DEMO_TOKEN), (400, 2500)),
        (format!("/v24.0/{own}/novels"), Some(DEMO_TOKEN), (400, 2500)),
        ("/v24.0/999/messages".to_owned(), Some(DEMO_TOKEN), (400, 100)),
        ("/v24.0/100000000000102/messages".to_owned(), Some(DEMO_TOKEN), (400, 133010)),
        ("/v24.0/100000000000103/messages".to_owned(), Some(DEMO_TOKEN), (403, 200)),
    ] {
        let mut request = bench.http.post(format!("{base}{path}")).json(&text("x"));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        assert_eq!(code(&answer(request).await), expected, "{path} {token:?}");
    }
    let not_json = bench.post(&format!("{own}/messages")).body(text("x").to_string());
    assert_eq!(code(&answer(not_json).await), (400, 100));
}

#[tokio::test]
async fn reactions_get_only_sent_and_fail_later_on_a_wrong_target() {
    let bench = Bench::with(|config| config.webhooks.receipts = vec![Status::Sent, Status::Delivered, Status::Read]).await;
    let target = bench.send_text("x").await;
    let react = |message_id: &str| json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "reaction", "reaction": {"message_id": message_id, "emoji": "👍"}});
    let reaction = id_of(&bench.send(&react(&target)).await);
    let wrong = id_of(&bench.send(&react(&reaction)).await);
    let updates = bench.updates().await;
    let of = |id: &str| {
        updates
            .iter()
            .filter(|update| update["id"] == id)
            .map(|update| update["status"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&target), ["sent", "delivered", "read"]);
    assert_eq!(of(&reaction), ["sent"]);
    assert_eq!(of(&wrong), ["failed"]);
    assert_eq!(updates.last().expect("one")["errors"][0]["code"], 131009);
}

#[tokio::test]
async fn who_blocked_the_business_gets_nothing_and_a_user_id_is_enough() {
    let bench = Bench::with(|config| {
        config.people.push(Person {
            blocked: true,
            ..Person::new("+15550100124", "Blocker")
        });
        let wa_id = "555198765432".to_owned();
        let user_id = Some("BR.13491208655302741918".to_owned());
        config.people.push(Person {
            wa_id,
            user_id,
            ..Person::new("+5551998765432", "Ninth digit")
        });
    })
    .await;
    let mut body = text("x");
    body["to"] = json!("+15550100124");
    id_of(&bench.send(&body).await);
    let failed = bench.updates().await;
    assert_eq!((failed.len(), &failed[0]["errors"][0]["code"]), (1, &json!(131026)));
    assert!(failed[0].get("pricing").is_none());

    body.as_object_mut().expect("object").remove("to");
    body["recipient"] = json!("BR.13491208655302741918");
    let answer = bench.send(&body).await;
    assert_eq!(
        answer.1["contacts"],
        json!([{"input": "BR.13491208655302741918", "wa_id": "555198765432", "user_id": "BR.13491208655302741918"}])
    );
    assert_eq!(bench.updates().await[1]["recipient_user_id"], "BR.13491208655302741918");
    body["recipient"] = json!("BR.1");
    assert_eq!(code(&bench.send(&body).await), (400, 131026));
}

#[tokio::test]
async fn the_business_marks_messages_as_read() {
    let bench = Bench::new().await;
    let out = bench.send_text("x").await;
    let inbound = |body| {
        bench
            .sim
            .inbound(crate::simulators::whatsapp::Inbound::text(DEMO_PHONE, body))
            .expect("taken")
    };
    let (first, second) = (inbound("one"), inbound("two"));
    let read =
        |id: &str| json!({"messaging_product": "whatsapp", "status": "read", "message_id": id, "typing_indicator": {"type": "text"}});
    assert_eq!(bench.send(&read(&second)).await, (200, json!({"success": true})));
    for id in [first, second] {
        assert_eq!(bench.sim.message(&id).expect("kept").status(), Some(Status::Read));
    }
    assert_eq!(code(&bench.send(&read(&out)).await), (400, 131009), "one's own message");
    assert_eq!(code(&bench.send(&read("wamid.unknown")).await), (400, 131009));
    let mut wrong = read(&out);
    wrong["typing_indicator"] = json!({"type": "voice"});
    assert_eq!(code(&bench.send(&wrong).await), (400, 100));
    assert!(matches!(bench.sim.message(&out).expect("kept").content, Content::Text { .. }));
}
