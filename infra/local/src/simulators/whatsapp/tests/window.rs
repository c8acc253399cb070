//! The 24 hours, per number and person.

use std::time::Duration;

use serde_json::json;

use super::bench::{Bench, code, id_of, text};
use crate::simulators::whatsapp::Inbound;
use crate::simulators::whatsapp::config::{ClosedWindow, DEMO_PHONE, DEMO_PHONE_NUMBER_ID, Number, Person, Template};

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn it_closes_to_the_millisecond_and_only_the_person_opens_it() {
    let bench = Bench::with(|config| config.closed_window = ClosedWindow::AtOnce).await;
    bench.clock.advance(DAY - Duration::from_millis(1));
    id_of(&bench.send(&text("just in time")).await);
    bench.clock.advance(Duration::from_millis(1));
    assert_eq!(code(&bench.send(&text("our own message opened nothing")).await), (400, 131047));

    let opened_at = bench.clock.now();
    let id = bench.sim.inbound(Inbound::text(DEMO_PHONE, "hello")).expect("taken");
    assert_eq!(
        bench.sim.window_closes_at(DEMO_PHONE_NUMBER_ID, DEMO_PHONE),
        Some(opened_at + jiff::SignedDuration::from_hours(24))
    );
    id_of(&bench.send(&text("open again")).await);
    bench.clock.advance(DAY);
    assert_eq!(code(&bench.send(&text("closed again")).await), (400, 131047));
    bench.sim.inbound(Inbound::reaction(DEMO_PHONE, &id, Some("👍"))).expect("taken");
    id_of(&bench.send(&text("a reaction opens it, too")).await);
}

#[tokio::test]
async fn it_usually_fails_after_it_was_accepted() {
    let bench = Bench::new().await;
    bench.clock.advance(DAY);
    let id = id_of(&bench.send(&text("late")).await);
    let updates = bench.updates().await;
    assert_eq!(updates.len(), 1);
    assert_eq!((&updates[0]["id"], &updates[0]["status"]), (&json!(id), &json!("failed")));
    assert_eq!(
        updates[0]["errors"],
        json!([{
            "code": 131047,
            "title": "Re-engagement message",
            "message": "Re-engagement message",
            "error_data": {"details": "Message failed to send because more than 24 hours have passed since the customer last replied to this number."},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }])
    );
}

#[tokio::test]
async fn each_number_and_each_person_has_their_own() {
    let bench = Bench::with(|config| {
        config.closed_window = ClosedWindow::AtOnce;
        config.strangers_have_written = false;
        config.accounts[0].numbers.push(Number::new("102", "+1 555-010-0102", "Second"));
        config.people.push(Person {
            has_written: false,
            ..Person::new("+15550100124", "Silent")
        });
    })
    .await;
    let to = |phone: &str| {
        let mut body = text("x");
        body["to"] = json!(phone);
        body
    };
    assert_eq!(code(&bench.send(&to("+15550100124")).await), (400, 131047));
    assert_eq!(code(&bench.send(&to("+15550100199")).await), (400, 131047), "a stranger");
    let inbound = Inbound {
        phone_number_id: Some("102".to_owned()),
        ..Inbound::text("+15550100124", "to the second number")
    };
    bench.sim.inbound(inbound).expect("taken");
    assert_eq!(code(&bench.send(&to("+15550100124")).await), (400, 131047));
    let by_the_second = bench.post("102/messages").json(&to("+15550100124"));
    id_of(&super::bench::answer(by_the_second).await);
}

#[tokio::test]
async fn templates_pass_and_are_held_against_their_definition() {
    let bench = Bench::with(|config| {
        config.closed_window = ClosedWindow::AtOnce;
        config.accounts[0].templates.push(Template {
            name: "chart_is_ready".into(),
            language: "en".into(),
            category: "UTILITY".into(),
            image_header: false,
            body: "Your chart {{1}} for {{2}} is ready.".into(),
            buttons: vec!["Send it".into()],
        });
    })
    .await;
    bench.clock.advance(DAY);
    let template = |name: &str, language: &str, values: &[&str]| {
        let values: Vec<_> = values.iter().map(|value| json!({"type": "text", "text": value})).collect();
        json!({"messaging_product": "whatsapp", "to": DEMO_PHONE, "type": "template", "template": {
            "name": name, "language": {"code": language}, "components": [{"type": "body", "parameters": values}],
        }})
    };
    for (body, expected) in [
        (template("unknown", "en", &[]), (404, 132001)),
        (template("chart_is_ready", "de", &["a", "b"]), (404, 132001)),
        (template("chart_is_ready", "en", &["a"]), (400, 132000)),
        (template("chart_is_ready", "en", &["a\nb", "c"]), (400, 132012)),
        (template("chart_is_ready", "en", &["a", "b     c"]), (400, 132012)),
    ] {
        assert_eq!(code(&bench.send(&body).await), expected, "{body}");
    }
    let answer = bench.send(&template("chart_is_ready", "en", &["Revenue", "Monday"])).await;
    assert_eq!(answer.1["messages"][0]["message_status"], "accepted");
    let id = id_of(&answer);
    let updates = bench.updates().await;
    assert_eq!(updates[0]["pricing"]["category"], "utility");
    bench.sim.inbound(Inbound::tap(DEMO_PHONE, &id, "Send it")).expect("taken");
    let tap = bench.updates().await.pop().expect("one");
    assert_eq!(
        (&tap["type"], &tap["button"]),
        (&json!("button"), &json!({"payload": "Send it", "text": "Send it"}))
    );
    id_of(&bench.send(&text("the tap opened the window")).await);
}
