//! What a person does, in the shapes Meta publishes.

use serde_json::json;

use super::bench::{Bench, id_of, png};
use crate::simulators::whatsapp::config::{DEMO_PHONE, Person};
use crate::simulators::whatsapp::{Inbound, Said};

#[tokio::test]
async fn a_text_a_reply_a_reaction_and_its_removal() {
    let bench = Bench::with(|config| config.webhooks.receipts.clear()).await;
    let chart = bench.send_text("chart").await;
    let said = bench.sim.inbound(Inbound::text(DEMO_PHONE, "hello")).expect("taken");
    bench
        .sim
        .inbound(Inbound::reply(DEMO_PHONE, &chart, "why? – «warum»"))
        .expect("taken");
    bench.sim.inbound(Inbound::reply(DEMO_PHONE, &said, "myself")).expect("taken");
    for emoji in [Some("👍"), Some(""), None] {
        bench.sim.inbound(Inbound::reaction(DEMO_PHONE, &chart, emoji)).expect("taken");
    }
    let updates = bench.updates().await;
    assert_eq!(
        updates[0],
        json!({"from": "15550100123", "id": said, "timestamp": "1795165200", "type": "text", "text": {"body": "hello"}})
    );
    assert_eq!(updates[1]["context"], json!({"from": "15550100100", "id": chart}));
    assert_eq!(updates[1]["text"]["body"], "why? – «warum»");
    assert_eq!(updates[2]["context"]["from"], "15550100123");
    assert_eq!(updates[3]["reaction"], json!({"message_id": chart, "emoji": "👍"}));
    assert_eq!(updates[4]["reaction"], json!({"message_id": chart, "emoji": ""}));
    assert_eq!(updates[5]["reaction"], json!({"message_id": chart}));
    let value = &bench.callback.bodies()[0]["entry"][0]["changes"][0]["value"];
    assert_eq!(
        value["contacts"],
        json!([{"profile": {"name": "Demo phone"}, "wa_id": "15550100123"}])
    );
}

#[tokio::test]
async fn taps_on_reply_buttons() {
    let bench = Bench::new().await;
    let media = bench.upload("image/png", png(8, 2)).await.1["id"].clone();
    let body = json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "interactive", "interactive": {
        "type": "button",
        "header": {"type": "image", "image": {"id": media}},
        "body": {"text": "Which organisation?"},
        "action": {"buttons": [
            {"type": "reply", "reply": {"id": "org-1", "title": "One"}},
            {"type": "reply", "reply": {"id": "org-2", "title": "Two"}},
        ]},
    }});
    let id = id_of(&bench.send(&body).await);
    assert!(bench.sim.picture(&id).is_some());
    bench.sim.inbound(Inbound::tap(DEMO_PHONE, &id, "Two")).expect("taken");
    let tap = bench.updates().await.pop().expect("one");
    assert_eq!(
        tap["interactive"],
        json!({"type": "button_reply", "button_reply": {"id": "org-2", "title": "Two"}})
    );
    assert_eq!((&tap["type"], &tap["context"]["id"]), (&json!("interactive"), &json!(id)));
    assert_eq!(
        bench.sim.inbound(Inbound::tap(DEMO_PHONE, &id, "Three")),
        Err("that message has no button \"Three\"".to_owned())
    );
}

#[tokio::test]
async fn without_a_phone_number_the_user_id_stands_alone() {
    let bench = Bench::with(|config| {
        config.people.push(Person {
            user_id: Some("US.1349".to_owned()),
            ..Person::new("+15550100124", "pat")
        });
    })
    .await;
    let inbound = Inbound {
        without_phone: true,
        ..Inbound::text("US.1349", "hi")
    };
    bench.sim.inbound(inbound.clone()).expect("taken");
    let update = bench.updates().await.pop().expect("one");
    assert_eq!((update.get("from"), &update["from_user_id"]), (None, &json!("US.1349")));
    let contact = &bench.callback.bodies()[0]["entry"][0]["changes"][0]["value"]["contacts"][0];
    assert_eq!(*contact, json!({"profile": {"name": "pat"}, "user_id": "US.1349"}));
    assert!(
        bench
            .sim
            .inbound(Inbound {
                from: DEMO_PHONE.to_owned(),
                ..inbound
            })
            .is_err_and(|why| why.contains("no user id"))
    );
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_in_words() {
    let bench = Bench::new().await;
    let tap = Inbound {
        said: Said::Tap { title: "x".to_owned() },
        ..Inbound::text(DEMO_PHONE, "x")
    };
    for (inbound, words) in [
        (Inbound::text(DEMO_PHONE, ""), "a text cannot be empty"),
        (Inbound::text("pat", "x"), "nobody is pat"),
        (Inbound::reply(DEMO_PHONE, "wamid.x", "x"), "there is no message wamid.x"),
        (Inbound::reaction(DEMO_PHONE, "wamid.x", None), "there is no message wamid.x"),
        (tap, "a tap needs reply_to"),
        (
            Inbound {
                phone_number_id: Some("1".to_owned()),
                ..Inbound::text(DEMO_PHONE, "x")
            },
            "there is no business number 1",
        ),
    ] {
        assert!(bench.sim.inbound(inbound).is_err_and(|why| why.starts_with(words)), "{words}");
    }
    assert_eq!(bench.sim.messages(), []);
}
