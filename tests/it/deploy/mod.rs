//! The template itself with the released binaries: run by `cargo x deploy-test`, which builds them first.

mod front_door;
mod stack;

use std::time::Duration;

use front_door::FrontDoor;
use local::simulators::webhook_receiver::WebhookReceiver;
use local::simulators::whatsapp::{Config, WhatsApp, config};
use reqwest::{Client, Method};
use runtime::{Clock, Env};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stack::Stack;

const KEY: &str = "ck_first-owner-key-of-the-deploy-test";
const VERIFY_TOKEN: &str = "verify-token-of-the-deploy-test";
/// Eight cold starts and two batching windows take about five seconds; a slow machine may need a minute.
const DELIVERED_WITHIN: Duration = Duration::from_secs(120);

#[tokio::test]
#[ignore = "needs released binaries: run `cargo x deploy-test`"]
async fn one_pulse_goes_through_the_deployed_template() {
    let http = runtime::http::provider_client(&Env::default()).expect("an HTTP client");
    let phone = WhatsApp::start(0, Config::demo(), Clock::system(), http.clone())
        .await
        .expect("the WhatsApp simulator starts");
    let receiver = WebhookReceiver::start(0, Clock::system(), http.clone())
        .await
        .expect("the webhook receiver starts");
    let door = FrontDoor::open(http.clone()).await;

    let hook_url = receiver.url("deploy-test");
    let origin = hook_url.trim_end_matches("/hooks/deploy-test");
    let key_sha256: String = Sha256::digest(KEY).iter().map(|byte| format!("{byte:02x}")).collect();
    let stack = Stack::deploy(
        http.clone(),
        &[
            ("PublicUrl", &door.url),
            ("BootstrapKeySha256", &key_sha256),
            ("MetaAppId", config::DEMO_APP_ID),
            ("MetaAppSecret", config::DEMO_APP_SECRET),
            ("MetaWebhookVerifyToken", VERIFY_TOKEN),
            ("WhatsAppApiUrl", &phone.base_url()),
            ("WebhookAllowedOrigins", origin),
        ],
    )
    .await;
    door.leads_to(stack.http_api());
    assert_eq!(
        stack.outputs["WhatsappWebhookUrl"],
        format!("{}/webhook/integrations/whatsapp", door.url)
    );
    phone
        .subscribe(&stack.outputs["WhatsappWebhookUrl"], VERIFY_TOKEN)
        .await
        .expect("Meta's challenge is answered");

    let api = Api {
        http,
        base: door.url.clone(),
    };
    let pulse = api.make_pulse(&hook_url, &receiver).await;
    let run = api.call(Method::POST, &format!("/v1/pulses/{pulse}/send"), Value::Null).await;
    let record = api.delivered(run["run"].as_str().expect("a run's id")).await;

    let picture = phone.messages().iter().find_map(|message| phone.picture(&message.id));
    assert!(
        picture.is_some_and(|(mime_type, bytes)| mime_type == "image/png" && bytes.starts_with(b"\x89PNG")),
        "{record:#}"
    );
    receiver.settled().await;
    let events = receiver.events();
    assert_eq!(events.len(), 1, "{events:#?}");
    assert_eq!(events[0].attempts[0].unverified, None, "the signature is not accepted");
    assert!(
        receiver.picture("deploy-test", &events[0].id).is_some(),
        "the link to the picture is dead: {:?}",
        events[0].picture
    );
    stack.assert_no_dead_letters().await;
}

/// The deployed API, as its first owner uses it.
struct Api {
    http: Client,
    base: String,
}

impl Api {
    async fn call(&self, method: Method, path: &str, body: Value) -> Value {
        let mut request = self.http.request(method, format!("{}{path}", self.base)).bearer_auth(KEY);
        if !body.is_null() {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("the API answers");
        let status = answer.status();
        let text = answer.text().await.expect("the API answers with text");
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).expect("the API answers with JSON")
    }

    /// A number, an upload, and a pulse from it to one phone and one webhook.
    async fn make_pulse(&self, hook_url: &str, receiver: &WebhookReceiver) -> String {
        let number = json!({
            "token": config::DEMO_TOKEN,
            "phone_number_id": config::DEMO_PHONE_NUMBER_ID,
            "waba_id": config::DEMO_ACCOUNT_ID,
        });
        self.call(
            Method::POST,
            "/v1/connections",
            json!({ "name": "Shop", "account": { "whatsapp": number } }),
        )
        .await;
        let csv = "Month,Revenue\n2026-07-01,1200\n2026-08-01,1350\n2026-09-01,1280\n2026-10-01,1490\n";
        let upload = self.call(Method::POST, "/v1/uploads", json!({ "bytes": csv.len() })).await;
        let put = self
            .http
            .put(upload["url"].as_str().expect("an address to upload to"))
            .body(csv)
            .send()
            .await
            .expect("S3 answers");
        assert!(put.status().is_success(), "upload: {}", put.status());
        let spec = json!({
            "name": "Revenue",
            "source": { "csv": { "upload": upload["id"] } },
            "chart": { "mark": "line", "encoding": { "x": { "field": "Month" }, "y": { "field": "Revenue" } } },
            "destinations": [
                { "to": { "whatsapp": { "to": config::DEMO_PHONE } } },
                { "to": { "webhook": { "url": hook_url, "secret": SECRET } } },
            ],
            "send_first": false,
        });
        receiver.open("deploy-test", &[SECRET]);
        let pulse = self.call(Method::POST, "/v1/pulses", spec).await;
        pulse["id"].as_str().expect("a pulse's id").to_owned()
    }

    /// The run's record once every delivery has arrived.
    async fn delivered(&self, run: &str) -> Value {
        let mut tick = tokio::time::interval(Duration::from_millis(250));
        let mut record = Value::Null;
        let arrived = async {
            loop {
                tick.tick().await;
                // Until trigger-pulse has written it, there is no such run.
                let answer = self
                    .http
                    .get(format!("{}/v1/runs/{run}", self.base))
                    .bearer_auth(KEY)
                    .send()
                    .await
                    .expect("the API answers");
                if !answer.status().is_success() {
                    continue;
                }
                record = answer.json().await.expect("the API answers with JSON");
                let deliveries = record["deliveries"].as_array().map_or(&[][..], Vec::as_slice);
                let arrived = |delivery: &Value| ["delivered", "read"].iter().any(|state| delivery["state"] == *state);
                if deliveries.len() == 2 && deliveries.iter().all(arrived) {
                    return;
                }
            }
        };
        let in_time = tokio::time::timeout(DELIVERED_WITHIN, arrived).await;
        assert!(in_time.is_ok(), "not delivered within {DELIVERED_WITHIN:?}: {record:#}");
        record
    }
}

/// The webhook's signing secret: `whsec_` and 32 bytes in base64.
const SECRET: &str = "whsec_ZGVwbG95LXRlc3QtZGVwbG95LXRlc3QtZGVwbG95LXQ=";
