//! The receiver held against the reference: each test plays the sender.

use axum::Router;
use axum::routing::get;
use runtime::Clock;
use serde_json::{Value, json};

use super::{Answer, Picture, WebhookReceiver, sign};
use crate::simulators::fault::Fault;
use crate::simulators::test_client::client;
use crate::simulators::wire;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NEXT_SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

struct Bench {
    sim: WebhookReceiver,
    clock: Clock,
    http: reqwest::Client,
}

impl Bench {
    async fn new() -> Self {
        let clock = Clock::manual("2026-11-20T09:00:00Z".parse().expect("a time"));
        let http = client();
        let sim = WebhookReceiver::start(0, clock.clone(), http.clone()).await.expect("a free port");
        sim.open("sales", &[SECRET]);
        Self { sim, clock, http }
    }

    fn request(&self, name: &str, id: &str, body: &Value, secret: &str) -> reqwest::RequestBuilder {
        let (at_s, body) = (self.clock.now().as_second(), body.to_string());
        let signature = sign(secret, id, at_s, body.as_bytes()).expect("a secret");
        let request = self
            .http
            .post(self.sim.url(name))
            .header("content-type", "application/json")
            .header("webhook-id", id);
        request
            .header("webhook-timestamp", at_s)
            .header("webhook-signature", signature)
            .body(body)
    }

    async fn send(&self, id: &str, body: &Value) -> u16 {
        self.request("sales", id, body, SECRET)
            .send()
            .await
            .expect("an answer")
            .status()
            .as_u16()
    }
}

#[tokio::test]
async fn one_event_however_often_it_is_sent() {
    let bench = Bench::new().await;
    let body = json!({"type": "report.delivered", "data": {"delivery_id": "d1"}});
    let text = body.to_string();
    assert_eq!(
        (
            bench.send("msg_1", &body).await,
            bench.send("msg_1", &body).await,
            bench.send("msg_2", &body).await
        ),
        (204, 204, 204)
    );
    let events = bench.sim.events();
    assert_eq!(
        events
            .iter()
            .map(|event| (event.id.as_str(), event.attempts.len()))
            .collect::<Vec<_>>(),
        [("msg_1", 2), ("msg_2", 1)]
    );
    assert!(events[0].verified() && !events[0].body_changed && events[0].body == text);
    assert_eq!(events[0].attempts[0].headers["webhook-id"], "msg_1");
    bench.send("msg_1", &json!({"type": "another"})).await;
    let first = &bench.sim.events()[0];
    assert!(first.body_changed && first.body == text);
}

#[tokio::test]
async fn unsigned_events_are_refused_and_shown_as_such() {
    let bench = Bench::new().await;
    let body = json!({"type": "x"});
    let forged = bench.request("sales", "msg_1", &body, NEXT_SECRET).send().await.expect("an answer");
    assert_eq!(forged.status(), 401);
    assert_eq!(
        forged.text().await.expect("words"),
        "no v1 signature fits this endpoint's secret and these bytes\n"
    );
    let bare = bench.http.post(bench.sim.url("sales")).body("{}").send().await.expect("an answer");
    assert_eq!(bare.status(), 401);
    assert_eq!(
        bench
            .request("elsewhere", "msg_1", &body, SECRET)
            .send()
            .await
            .expect("an answer")
            .status(),
        404
    );
    let events = bench.sim.events();
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|event| !event.verified()));

    bench.sim.open("sales", &[NEXT_SECRET, SECRET]);
    assert_eq!(bench.send("msg_2", &body).await, 204, "the old secret during a rotation");
    assert_eq!(
        bench
            .request("sales", "msg_3", &body, NEXT_SECRET)
            .send()
            .await
            .expect("an answer")
            .status(),
        204
    );
}

#[tokio::test]
async fn the_linked_picture_is_fetched_once() {
    let bench = Bench::new().await;
    let router = Router::new().route("/i/token.png", get(async || ([("content-type", "image/png")], "PNG")));
    let server = wire::serve(0, router).await.expect("a free port");
    let link = |path: &str| json!({"data": {"image": {"url": format!("{}{path}", server.base_url())}}});
    bench.send("msg_1", &link("/i/token.png")).await;
    bench.send("msg_2", &link("/gone.png")).await;
    bench.sim.settled().await;
    assert_eq!(
        bench.sim.picture("sales", "msg_1").map(|(kind, bytes)| (kind, bytes.to_vec())),
        Some(("image/png".into(), b"PNG".to_vec()))
    );
    assert!(matches!(&bench.sim.events()[1].picture, Some(Picture::Failed { why, .. }) if why.contains("404")));
    assert_eq!(bench.sim.picture("sales", "msg_2"), None);

    let later = Bench::new().await;
    later.sim.restore(bench.sim.snapshot()).expect("a snapshot");
    later.sim.settled().await;
    assert_eq!(later.sim.events().len(), 2);
    assert_eq!(later.sim.picture("sales", "msg_1"), bench.sim.picture("sales", "msg_1"));
    assert!(later.sim.restore(json!({})).is_err());
}

#[tokio::test]
async fn faults_on_request() {
    let bench = Bench::new().await;
    let body = json!({"type": "x"});
    let order = |fault| bench.sim.fault("sales", fault, 1);
    order(Fault::Answer(Answer::Status {
        code: 429,
        retry_after_s: Some(3),
    }));
    let response = bench.request("sales", "msg_1", &body, SECRET).send().await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), response.headers()["retry-after"].as_bytes()),
        (429, &b"3"[..])
    );
    for code in [500, 410] {
        order(Fault::Answer(Answer::Status { code, retry_after_s: None }));
        assert_eq!(bench.send("msg_1", &body).await, code);
    }
    let metadata = "http://169.254.169.254/latest/meta-data/";
    order(Fault::Answer(Answer::Redirect { to: metadata.to_owned() }));
    let redirect = bench.request("sales", "msg_1", &body, SECRET).send().await.expect("an answer");
    assert_eq!(
        (redirect.status().as_u16(), redirect.headers()["location"].as_bytes()),
        (302, metadata.as_bytes())
    );
    order(Fault::Answer(Answer::HugeBody { bytes: 1_000_000 }));
    let huge = bench.request("sales", "msg_1", &body, SECRET).send().await.expect("an answer");
    assert_eq!(huge.bytes().await.expect("a body").len(), 1_000_000);
    order(Fault::Reset { accepted: true });
    assert!(bench.request("sales", "msg_1", &body, SECRET).send().await.is_err());
    order(Fault::Hang { accepted: false });
    let hanging = tokio::spawn(bench.request("sales", "msg_1", &body, SECRET).send());
    bench.sim.hanging().await;
    bench.sim.release();
    assert!(hanging.await.expect("no panic").is_err());

    assert_eq!(bench.send("msg_1", &body).await, 204);
    let events = bench.sim.events();
    let answered: Vec<u16> = events[0].attempts.iter().map(|attempt| attempt.answered).collect();
    assert_eq!((events.len(), answered), (1, vec![429, 500, 410, 302, 200, 204, 204]));
}

#[tokio::test]
async fn another_process_can_open_an_endpoint_and_read_events() {
    let bench = Bench::new().await;
    let base = bench.sim.url("x").replace("/hooks/x", "/_sim");
    let opened = bench
        .http
        .put(format!("{base}/endpoints/ops"))
        .json(&json!([SECRET]))
        .send()
        .await
        .expect("an answer");
    assert_eq!(opened.status(), 204);
    let fault = json!({"name": "ops", "fault": {"answer": {"status": {"code": 503}}}});
    bench
        .http
        .post(format!("{base}/faults"))
        .json(&fault)
        .send()
        .await
        .expect("an answer");
    let send = async || {
        bench
            .request("ops", "msg_1", &json!({"type": "x"}), SECRET)
            .send()
            .await
            .expect("an answer")
            .status()
    };
    assert_eq!((send().await.as_u16(), send().await.as_u16()), (503, 204));
    let events: Value = bench
        .http
        .get(format!("{base}/events"))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(
        (&events[0]["endpoint"], &events[0]["attempts"][0]["answered"]),
        (&json!("ops"), &json!(503))
    );
}
