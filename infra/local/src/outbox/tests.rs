//! The page's own routes over real simulators and an API that is played here.

use std::sync::{Arc, Mutex};

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use runtime::Clock;
use serde_json::{Value, json};

use super::{Outbox, Product, router};
use crate::simulators::test_client::client;
use crate::simulators::webhook_receiver::{WebhookReceiver, sign};
use crate::simulators::whatsapp::config::{DEMO_PHONE, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use crate::simulators::whatsapp::message::Status;
use crate::simulators::whatsapp::{self, WhatsApp};
use crate::simulators::wire::{self, Server};

const KEY: &str = "the-demo-key";
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const DELIVERY: &str = "pul_1~2026-11-20T09:00:00Z~dst_1";

struct Bench {
    sim: WhatsApp,
    receiver: WebhookReceiver,
    http: reqwest::Client,
    page: Server,
    asked: Asked,
    _api: Server,
}

type Asked = Arc<Mutex<Vec<String>>>;

/// Two pages of deliveries for the day, none for the day before.
async fn deliveries(State(asked): State<Asked>, RawQuery(query): RawQuery, headers: HeaderMap) -> Result<Json<Value>, StatusCode> {
    if headers
        .get("authorization")
        .is_none_or(|value| value.as_bytes() != format!("Bearer {KEY}").as_bytes())
    {
        return Err(StatusCode::UNAUTHORIZED);
    }
    let query = query.unwrap_or_default();
    asked.lock().expect("lock").push(query.clone());
    let delivery = |id: &str| json!({"id": id, "state": "delivered", "parts": []});
    Ok(Json(match query.as_str() {
        "day=2026-11-20&limit=200" => json!({"items": [delivery(DELIVERY)], "next_cursor": "a b"}),
        "day=2026-11-20&limit=200&cursor=a+b" => json!({"items": [delivery("other")]}),
        _ => json!({"items": []}),
    }))
}

impl Bench {
    async fn new() -> Self {
        let clock = Clock::manual("2026-11-20T09:00:00Z".parse().expect("a time"));
        let http = client();
        let sim = WhatsApp::start(0, whatsapp::Config::demo(), clock.clone(), http.clone())
            .await
            .expect("a free port");
        let receiver = WebhookReceiver::start(0, clock.clone(), http.clone()).await.expect("a free port");
        receiver.open("sales", &[SECRET]);
        let asked = Asked::default();
        let api = Router::new()
            .route("/v1/deliveries", get(deliveries))
            .route(
                "/v1/runs/{id}",
                get(async || Json(json!({"deliveries": [{"id": DELIVERY, "attempts": [{"number": 1}]}]}))),
            )
            .with_state(Arc::clone(&asked));
        let api = wire::serve(0, api).await.expect("a free port");
        let product = Product {
            api_url: api.base_url(),
            key: KEY.to_owned(),
            http: http.clone(),
        };
        let outbox = Outbox {
            whatsapp: Some(sim.clone()),
            receiver: Some(receiver.clone()),
            product,
            clock,
        };
        let page = wire::serve(0, router(outbox)).await.expect("a free port");
        Self {
            sim,
            receiver,
            http,
            page,
            asked,
            _api: api,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}/outbox{path}", self.page.base_url())
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let response = self.http.get(self.url(path)).send().await.expect("an answer");
        (response.status().as_u16(), response.text().await.expect("text"))
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let response = self.http.post(self.url(path)).json(&body).send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.unwrap_or_default())
    }

    async fn state(&self) -> Value {
        self.sim.settled().await;
        serde_json::from_str(&self.get("/state.json").await.1).expect("JSON")
    }

    async fn send(&self, mut body: Value) -> String {
        body["messaging_product"] = json!("whatsapp");
        body["to"] = json!(DEMO_PHONE);
        let url = format!("{}/v24.0/{DEMO_PHONE_NUMBER_ID}/messages", self.sim.base_url());
        let answer = self
            .http
            .post(url)
            .bearer_auth(DEMO_TOKEN)
            .json(&body)
            .send()
            .await
            .expect("an answer");
        let answer: Value = answer.json().await.expect("JSON");
        answer["messages"][0]["id"].as_str().expect("an id").to_owned()
    }
}

#[tokio::test]
async fn a_chat_shows_bubbles_quotes_reactions_and_what_they_belong_to() {
    let bench = Bench::new().await;
    let chart = json!({"type": "image", "image": {"link": "http://127.0.0.1:1/chart.png", "caption": "*Revenue* up"},
        "biz_opaque_callback_data": format!("org_1/{DELIVERY}/image")});
    let chart = bench.send(chart).await;
    let reading = bench
        .send(json!({"text": {"body": "because"}, "context": {"message_id": chart}}))
        .await;
    let react = |emoji: &str| json!({"from": DEMO_PHONE, "said": {"type": "reaction", "message_id": reading, "emoji": emoji}});
    for emoji in ["👍", "❤️"] {
        assert_eq!(bench.post("/inbound", react(emoji)).await.0, 200);
    }
    let reply = json!({"from": DEMO_PHONE, "reply_to": chart, "said": {"type": "text", "body": "why?"}});
    assert_eq!(bench.post("/inbound", reply).await.0, 200);

    let state = bench.state().await;
    let chat = &state["chats"][0];
    assert_eq!(
        (&chat["person"]["phone"], &chat["window_open"], &chat["unread"]),
        (&json!(DEMO_PHONE), &json!(true), &json!(1))
    );
    let bubbles = chat["bubbles"].as_array().expect("a list");
    assert_eq!(bubbles.len(), 3, "reactions have no bubble of their own");
    assert_eq!(
        (&bubbles[0]["delivery_id"], &bubbles[0]["part"]),
        (&json!(DELIVERY), &json!("image"))
    );
    assert_eq!(
        (&bubbles[0]["status"], &bubbles[0]["error"]["code"]),
        (&json!("failed"), &json!(131053))
    );
    assert_eq!(bubbles[0]["picture"]["missing"]["link"], "http://127.0.0.1:1/chart.png");
    assert_eq!(
        bubbles[1]["quote"],
        json!({"id": chart, "from": "outbound", "text": "*Revenue* up", "picture": true})
    );
    assert_eq!(
        bubbles[1]["reactions"],
        json!([{"from": "inbound", "emoji": "❤️"}]),
        "the last one only"
    );
    assert_eq!((&bubbles[2]["from"], &bubbles[2]["text"]), (&json!("inbound"), &json!("why?")));

    assert_eq!(bench.post("/inbound", react("")).await.0, 200);
    assert_eq!(bench.state().await["chats"][0]["bubbles"][1]["reactions"], json!([]), "taken back");
    let (status, refused) = bench
        .post("/inbound", json!({"from": "nobody", "said": {"type": "text", "body": "x"}}))
        .await;
    assert_eq!((status, refused["error"].is_string()), (400, true));
}

#[tokio::test]
async fn opening_a_chat_reads_it() {
    let bench = Bench::new().await;
    let id = bench.send(json!({"text": {"body": "x"}})).await;
    assert_eq!(bench.state().await["chats"][0]["unread"], 1);
    let opened = json!({"phone_number_id": DEMO_PHONE_NUMBER_ID, "person": "15550100123"});
    assert_eq!(bench.post("/read", opened).await.0, 204);
    assert_eq!(bench.state().await["chats"][0]["unread"], 0);
    assert_eq!(bench.sim.message(&id).expect("kept").status(), Some(Status::Read));
}

#[tokio::test]
async fn deliveries_come_from_the_api_and_the_key_stays_here() {
    let bench = Bench::new().await;
    let state = bench.state().await;
    let ids: Vec<&Value> = state["deliveries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|delivery| &delivery["id"])
        .collect();
    assert_eq!(ids, [DELIVERY, "other"]);
    assert_eq!(state["problem"], Value::Null);
    assert_eq!(
        bench.asked.lock().expect("lock")[0],
        "day=2026-11-19&limit=200",
        "yesterday is still there after midnight"
    );
    let run = bench.get("/runs/pul_1~2026-11-20T09%3A00%3A00Z").await;
    assert_eq!((run.0, run.1.contains("attempts")), (200, true));
    for path in [
        "",
        "/state.json",
        "/script.js",
        "/delivery.js",
        "/markup.js",
        "/style.css",
        "/runs/r",
    ] {
        let (status, text) = bench.get(path).await;
        assert_eq!(status, 200, "{path}");
        assert!(
            ![KEY, DEMO_TOKEN, SECRET].iter().any(|secret| text.contains(secret)),
            "{path} shows a secret"
        );
    }
}

#[tokio::test]
async fn without_an_answer_of_the_api_the_rest_is_still_shown() {
    let clock = Clock::manual("2026-11-20T09:00:00Z".parse().expect("a time"));
    let product = Product {
        api_url: "http://127.0.0.1:1".to_owned(),
        key: KEY.to_owned(),
        http: client(),
    };
    assert!(!format!("{product:?}").contains(KEY));
    let page = wire::serve(
        0,
        router(Outbox {
            whatsapp: None,
            receiver: None,
            product,
            clock,
        }),
    )
    .await
    .expect("a free port");
    let response = client()
        .get(format!("{}/outbox/state.json", page.base_url()))
        .send()
        .await
        .expect("an answer");
    let state: Value = response.json().await.expect("JSON");
    assert_eq!(
        state,
        json!({"chats": null, "hooks": null, "deliveries": [], "problem": "the API does not answer"})
    );
}

#[tokio::test]
async fn an_endpoint_shows_its_events_newest_first() {
    let bench = Bench::new().await;
    for (id, secret) in [("msg_1", SECRET), ("msg_2", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")] {
        let body = json!({"type": "report.delivered", "data": {"delivery_id": DELIVERY}}).to_string();
        let at_s = 1_795_165_200;
        let signature = sign(secret, id, at_s, body.as_bytes()).expect("a secret");
        let request = bench
            .http
            .post(bench.receiver.url("sales"))
            .header("webhook-id", id)
            .header("webhook-timestamp", at_s);
        request
            .header("webhook-signature", signature)
            .body(body)
            .send()
            .await
            .expect("an answer");
    }
    let state = bench.state().await;
    let hook = &state["hooks"][0];
    assert_eq!((&hook["name"], &hook["total"]), (&json!("sales"), &json!(2)));
    assert_eq!(
        (&hook["events"][0]["id"], &hook["events"][0]["verified"]),
        (&json!("msg_2"), &json!(false))
    );
    assert_eq!(
        (&hook["events"][1]["delivery_id"], &hook["events"][1]["verified"]),
        (&json!(DELIVERY), &json!(true))
    );
}
