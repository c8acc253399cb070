//! How updates travel: envelope, batches, duplicates, order, repetition, subscription.

use serde_json::{Value, json};

use super::bench::{Bench, Callback, VERIFY_TOKEN};
use crate::simulators::whatsapp::Order;
use crate::simulators::whatsapp::config::{Account, DEMO_ACCOUNT_ID, DEMO_APP_SECRET, Number};
use crate::simulators::whatsapp::message::Status;

fn statuses(updates: &[Value]) -> Vec<&str> {
    updates.iter().filter_map(|update| update["status"].as_str()).collect()
}

#[tokio::test]
async fn several_statuses_in_one_post() {
    let bench = Bench::with(|config| config.webhooks.batch_max = 1000).await;
    bench.sim.hold();
    for body in ["one", "two", "three"] {
        bench.send_text(body).await;
    }
    bench.sim.settled().await;
    assert!(bench.callback.bodies().is_empty(), "held");
    bench.sim.release();
    assert_eq!(statuses(&bench.updates().await), ["sent", "delivered"].repeat(3));
    let bodies = bench.callback.bodies();
    assert_eq!(bodies.len(), 1);
    assert_eq!(
        (&bodies[0]["object"], &bodies[0]["entry"][0]["id"]),
        (&json!("whatsapp_business_account"), &json!(DEMO_ACCOUNT_ID))
    );
    assert_eq!(bodies[0]["entry"][0]["changes"][0]["field"], "messages");
}

#[tokio::test]
async fn duplicates_and_any_order() {
    let bench = Bench::with(|config| {
        config.webhooks.copies = 2;
        config.webhooks.order = Order::Reversed;
        config.webhooks.receipts = vec![Status::Sent, Status::Delivered, Status::Read];
    })
    .await;
    bench.send_text("x").await;
    assert_eq!(
        statuses(&bench.updates().await),
        ["read", "read", "delivered", "delivered", "sent", "sent"]
    );

    let shuffled = async || {
        let bench = Bench::with(|config| config.webhooks.order = Order::Shuffled { seed: 3 }).await;
        bench.sim.hold();
        for _ in 0..5 {
            bench.send_text("x").await;
        }
        bench.sim.release();
        bench.updates().await
    };
    let (one, two) = (shuffled().await, shuffled().await);
    assert_eq!(one, two, "the same seed gives the same order, and the same ids");
    assert_ne!(statuses(&one), ["sent", "delivered"].repeat(5));
}

#[tokio::test]
async fn what_is_not_answered_with_200_is_repeated_until_given_up() {
    let bench = Bench::with(|config| config.webhooks.receipts = vec![Status::Sent]).await;
    bench.callback.answers(&[500, 202]);
    bench.send_text("x").await;
    assert_eq!(statuses(&bench.updates().await), ["sent"]);
    let answered: Vec<_> = bench.sim.posts().iter().map(|post| post.status).collect();
    assert_eq!(answered, [Some(500), Some(202), Some(200)]);

    bench.callback.answers(&[500; 6]);
    bench.send_text("y").await;
    assert_eq!(bench.updates().await.len(), 1, "given up after five repetitions");
    bench
        .sim
        .configure(|config| config.webhooks.callback_url = Some("http://127.0.0.1:1/callback".to_owned()));
    bench.send_text("z").await;
    bench.sim.settled().await;
    assert_eq!(
        bench.sim.posts().iter().filter(|post| post.status.is_none()).count(),
        6,
        "nobody is there"
    );
}

#[tokio::test]
async fn reading_a_chat_tells_once_for_each_message() {
    let bench = Bench::new().await;
    let (first, second) = (bench.send_text("one").await, bench.send_text("two").await);
    bench.sim.settled().await;
    let number = bench.sim.message(&first).expect("kept").phone_number_id;
    bench.sim.read(&number, "15550100123");
    bench.sim.read(&number, "15550100123");
    let updates = bench.updates().await;
    assert_eq!(statuses(&updates), ["sent", "delivered", "sent", "delivered", "read", "read"]);
    assert_eq!((&updates[4]["id"], &updates[5]["id"]), (&json!(first), &json!(second)));
    bench.sim.tell(&first, Status::Sent, None);
    bench.sim.tell(&second, Status::Failed, Some(131026));
    assert_eq!(
        statuses(&bench.updates().await)[6..],
        ["sent", "failed"],
        "anything can be told at any time"
    );
}

#[tokio::test]
async fn a_forged_signature_gets_no_further_than_the_door() {
    let bench = Bench::new().await;
    let body = br#"{"object":"whatsapp_business_account","entry":[]}"#.to_vec();
    assert_eq!(bench.sim.post_signed_with("another secret", body.clone()).await, Ok(401));
    assert_eq!(bench.sim.post_signed_with(DEMO_APP_SECRET, body).await, Ok(200));
}

#[tokio::test]
async fn accounts_can_be_unsubscribed_or_have_their_own_callback() {
    let own = Callback::start().await;
    let bench = Bench::with(|config| {
        let mut silent = Account::new("300", "Silent", vec![Number::new("103", "+1 555-010-0103", "Silent")]);
        silent.subscribed = false;
        let mut apart = Account::new("400", "Apart", vec![Number::new("104", "+1 555-010-0104", "Apart")]);
        apart.override_callback = Some(own.url());
        config.accounts.extend([silent, apart]);
        config.tokens[0].accounts.extend(["300".to_owned(), "400".to_owned()]);
        config.webhooks.receipts = vec![Status::Sent];
        config.webhooks.batch_max = 10;
    })
    .await;
    bench.sim.hold();
    bench.send_text("x").await;
    for number in ["103", "104"] {
        let body = super::bench::text("x");
        super::bench::id_of(&super::bench::answer(bench.post(&format!("{number}/messages")).json(&body)).await);
    }
    bench.sim.release();
    bench.sim.settled().await;
    let numbers = |bodies: Vec<Value>| -> Vec<Value> {
        bodies
            .iter()
            .map(|body| body["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"].clone())
            .collect()
    };
    assert_eq!(numbers(bench.callback.bodies()), ["100000000000101"]);
    assert_eq!(numbers(own.bodies()), ["104"]);
}

#[tokio::test]
async fn a_callback_is_challenged_before_it_is_used() {
    let bench = Bench::with(|config| config.webhooks.callback_url = None).await;
    assert!(
        bench
            .sim
            .subscribe(&bench.callback.url(), "wrong")
            .await
            .is_err_and(|why| why.contains("does not match challenge"))
    );
    bench.send_text("lost").await;
    assert_eq!(bench.updates().await, Vec::<Value>::new());
    bench
        .sim
        .subscribe(&bench.callback.url(), VERIFY_TOKEN)
        .await
        .expect("the challenge comes back");
    bench.send_text("told").await;
    assert_eq!(bench.updates().await.len(), 2);
}
