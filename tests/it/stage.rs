//! A whole product on a stage: every function through the real emulator, simulated providers at the far end of the wire, a clock that is
//! turned by hand, and an API key.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use local::emulator::{Emulator, EmulatorOptions};
use local::host::{Host, HostOptions};
use local::simulators::google::{self, Google, ServiceAccount, Workbook};
use local::simulators::model::{self, DEMO_MODEL, ModelServer};
use local::simulators::webhook_receiver::WebhookReceiver;
use local::simulators::whatsapp::WhatsApp;
use local::simulators::whatsapp::config::{Config, DEMO_ACCOUNT_ID, DEMO_APP_ID, DEMO_APP_SECRET, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use local::simulators::whatsapp::message::{Direction, Message, Status};
use reqwest::{Method, StatusCode};
use runtime::{Clock, Entropy, Env};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::wire::Wire;

/// Planted where a secret stands; none of them may be found in anything that a flow wrote.
pub const WEBHOOK_SECRET: &str = "whsec_cGxhbnRlZC1zZWNyZXQtb2YtYS13ZWJob29rIQ==";
/// A custom header's value: a secret too.
pub const HEADER_SECRET: &str = "planted-header-value-7f3a";
/// The owner's API key.
pub const KEY: &str = "ck_planted-bootstrap-key-of-the-tests-only-0001";
/// Signs links to files.
pub const SIGNING_SECRET: &str = "planted-signing-secret-of-links-91d4";
/// The key of a model.
pub const MODEL_KEY: &str = "sk-planted-key-of-a-model-91d2";
/// Meta's verify token.
pub const VERIFY_TOKEN: &str = "planted-verify-token-52c1";
/// The path under which the webhook receiver listens.
pub const HOOK: &str = "finance";
/// Who gets charts.
pub const PHONE: &str = "+15550100123";
/// Providers that do not answer are given up after so long.
const PROVIDER_TIMEOUT_MS: u64 = 600;
/// So is a model.
const MODEL_TIMEOUT_MS: u64 = 1_500;

/// The emulator of all tests: it ends with this process.
fn emulator() -> String {
    static EMULATOR: OnceLock<Mutex<Option<Emulator>>> = OnceLock::new();
    let mut emulator = EMULATOR.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
    let running = emulator.get_or_insert_with(|| {
        let endpoint = Env::process().get("AWS_ENDPOINT_URL").map(str::to_owned);
        let options = EmulatorOptions {
            endpoint,
            ..EmulatorOptions::default()
        };
        Emulator::start(&options, &mut |line| println!("{line}")).unwrap_or_else(|error| panic!("{error}"))
    });
    running.endpoint.clone()
}

/// Everything a flow needs. One per test, with resources of its own.
pub struct Stage {
    pub host: Host,
    pub wire: Wire,
    pub meta: WhatsApp,
    pub receiver: WebhookReceiver,
    pub google: Google,
    pub models: ModelServer,
    pub clock: Clock,
    pub http: reqwest::Client,
}

impl Stage {
    /// Starts with a connected WhatsApp number. `name` is the test's own: lower-case letters, digits, `-`.
    pub async fn start(name: &str) -> Self {
        Self::with(name, |_| {}).await
    }

    /// The same with another Meta.
    pub async fn with(name: &str, change: impl FnOnce(&mut Config)) -> Self {
        let clock = Clock::manual("2026-11-20T09:00:00Z".parse().expect("a time"));
        let http = runtime::http::provider_client(&Env::from_map([("PROVIDER_TIMEOUT_MS", "10000")])).expect("a client");
        let wire = Wire::start(&emulator(), http.clone()).await;
        let mut config = Config::demo();
        change(&mut config);
        let meta = WhatsApp::start(0, config, clock.clone(), http.clone()).await.expect("a free port");
        let receiver = WebhookReceiver::start(0, clock.clone(), http.clone()).await.expect("a free port");
        receiver.open(HOOK, &[WEBHOOK_SECRET]);
        let google = Google::start(0, google_config(), clock.clone()).await.expect("a free port");
        let mut known = model::Config::demo();
        known.keys = vec![MODEL_KEY.to_owned()];
        let models = ModelServer::start(0, known, clock.clone()).await.expect("a free port");
        let origin = reqwest::Url::parse(&receiver.url(HOOK))
            .expect("a URL")
            .origin()
            .ascii_serialization();
        let hash: String = Sha256::digest(KEY).iter().map(|byte| format!("{byte:02x}")).collect();
        let settings = [
            ("WHATSAPP_API_URL", meta.base_url()),
            ("GOOGLE_TOKEN_URL", google.token_url()),
            ("GOOGLE_SHEETS_URL", google.sheets_url()),
            ("META_APP_ID", DEMO_APP_ID.to_owned()),
            ("META_APP_SECRET", DEMO_APP_SECRET.to_owned()),
            ("META_WHATSAPP_WEBHOOK_VERIFY_TOKEN", VERIFY_TOKEN.to_owned()),
            ("ANTHROPIC_URL", models.base_url()),
            ("OPENAI_URL", models.base_url()),
            ("BEDROCK_URL", models.base_url()),
            ("MODEL_TIMEOUT_MS", MODEL_TIMEOUT_MS.to_string()),
            ("WEBHOOK_ALLOWED_ORIGINS", format!("{origin},{}", models.base_url())),
            ("WEBHOOK_TIMEOUT_MS", PROVIDER_TIMEOUT_MS.to_string()),
            ("PROVIDER_TIMEOUT_MS", PROVIDER_TIMEOUT_MS.to_string()),
            ("BOOTSTRAP_KEY_SHA256", hash),
            ("LINK_SIGNING_SECRET", SIGNING_SECRET.to_owned()),
        ];
        let options = HostOptions {
            clock: clock.clone(),
            entropy: Entropy::seeded(7),
            settings: settings.map(|(name, value)| (name.to_owned(), value)).into(),
            ..HostOptions::new(wire.url.clone(), format!("t-{name}"))
        };
        let host = Host::start(options).await.unwrap_or_else(|error| panic!("{error}"));
        meta.subscribe(&format!("{}{}", host.url, receive_webhook::WHATSAPP_PATH), VERIFY_TOKEN)
            .await
            .expect("Meta's handshake");
        Self {
            host,
            wire,
            meta,
            receiver,
            google,
            models,
            clock,
            http,
        }
    }

    /// Calls the API as the owner.
    pub async fn api(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        self.api_as(KEY, method, path, body).await
    }

    /// Calls the API with that key.
    pub async fn api_as(&self, key: &str, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let mut request = self.http.request(method, format!("{}{path}", self.host.url)).bearer_auth(key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("the API answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// Calls the API as the owner and expects that it did it.
    pub async fn ok(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.api(method.clone(), path, body).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer:#}");
        answer
    }

    /// Connects the demo number; its connection's id.
    pub async fn connect(&self) -> String {
        let account = json!({"whatsapp": {"token": DEMO_TOKEN, "phone_number_id": DEMO_PHONE_NUMBER_ID, "waba_id": DEMO_ACCOUNT_ID}});
        let made = self
            .ok(
                Method::POST,
                "/v1/connections",
                Some(json!({"name": "Our number", "account": account})),
            )
            .await;
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Connects the simulated model as an account of that kind: `anthropic`, `openai`, `compatible`, `bedrock`; its connection's id.
    pub async fn connect_model(&self, kind: &str) -> String {
        let account = match kind {
            "compatible" => json!({"openai": {"key": MODEL_KEY, "model": DEMO_MODEL, "base_url": self.models.compatible_url()}}),
            "bedrock" => json!({"bedrock": {"region": "eu-central-1", "model_id": DEMO_MODEL}}),
            keyed => json!({keyed: {"key": MODEL_KEY, "model": DEMO_MODEL}}),
        };
        let made = self
            .ok(Method::POST, "/v1/connections", Some(json!({"name": "Writer", "account": account})))
            .await;
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Uploads the demo rows; the upload's id.
    pub async fn upload(&self, rows: &str) -> String {
        let made = self.ok(Method::POST, "/v1/uploads", Some(json!({"bytes": rows.len()}))).await;
        let put = self
            .http
            .put(made["url"].as_str().expect("an address"))
            .body(rows.to_owned())
            .send()
            .await
            .expect("the bucket answers");
        assert!(put.status().is_success(), "{}", put.status());
        made["id"].as_str().expect("an id").to_owned()
    }

    /// A pulse of the demo rows to those destinations, not sent yet; its id.
    pub async fn pulse(&self, destinations: Value) -> String {
        let upload = self.upload(ROWS).await;
        let mut spec = pulse_spec(&upload);
        spec["destinations"] = destinations;
        let made = self.ok(Method::POST, "/v1/pulses", Some(spec)).await;
        made["id"].as_str().expect("an id").to_owned()
    }

    /// Sends a pulse now; the run's id.
    pub async fn send(&self, pulse: &str) -> String {
        self.clock.advance(Duration::from_millis(1));
        let sent = self.ok(Method::POST, &format!("/v1/pulses/{pulse}/send"), None).await;
        sent["run"].as_str().expect("a run").to_owned()
    }

    /// Puts a message on a queue, by the template's name.
    pub async fn enqueue(&self, queue: &str, body: &str) {
        let url = &self.host.resources.queues[queue].url;
        let sqs = aws_sdk_sqs::Client::new(&self.host.sdk);
        sqs.send_message()
            .queue_url(url)
            .message_body(body)
            .send()
            .await
            .expect("the queue takes it");
    }

    /// Works until nothing moves any more: queues, Meta's statuses, receivers' downloads.
    pub async fn settle(&self) {
        loop {
            let worked = self.host.drain().await.unwrap_or_else(|error| panic!("{error}"));
            self.meta.settled().await;
            self.receiver.settled().await;
            if worked.received == 0 {
                return;
            }
        }
    }

    /// Lets time pass and makes every hidden message visible: what was to be tried again by then is tried again.
    pub async fn wait(&self, time: Duration) {
        self.clock.advance(time);
        for folder in [
            "trigger-pulse",
            "compose-pulse",
            "render-chart",
            "send-whatsapp",
            "send-webhook",
            "process-inbound",
        ] {
            self.host.retry_now(folder).await.unwrap_or_else(|error| panic!("{error}"));
        }
        self.settle().await;
    }

    /// The run with its deliveries, as the API shows it.
    pub async fn run(&self, run: &str) -> Value {
        self.ok(Method::GET, &format!("/v1/runs/{run}"), None).await
    }

    /// Each delivery's one word, by kind.
    pub async fn states(&self, run: &str) -> BTreeMap<String, String> {
        let shown = self.run(run).await;
        let deliveries = shown["deliveries"].as_array().expect("deliveries").iter();
        deliveries
            .map(|one| {
                (
                    one["kind"].as_str().unwrap_or_default().to_owned(),
                    one["state"].as_str().unwrap_or_default().to_owned(),
                )
            })
            .collect()
    }

    /// What the business has sent to people.
    pub fn sent(&self) -> Vec<Message> {
        self.meta
            .messages()
            .into_iter()
            .filter(|message| message.direction == Direction::Outbound)
            .collect()
    }

    /// The law at the end of every flow: nothing waits in a queue, nothing is dead, and what reached people and receivers is exactly what the
    /// product says it delivered, part by part and once.
    pub async fn law(&self, runs: &[&str]) {
        self.law_with_dead_letters(runs, 0).await;
    }

    /// The law where so many messages were given up.
    pub async fn law_with_dead_letters(&self, runs: &[&str], dead_max: u64) {
        for (name, depth) in self.host.depths().await.unwrap_or_else(|error| panic!("{error}")) {
            let left = depth.visible + depth.in_flight + depth.delayed;
            let allowed = if name.contains("DeadLetters") { dead_max } else { 0 };
            assert_eq!(
                u64::try_from(left).unwrap_or(u64::MAX),
                allowed.min(u64::try_from(left).unwrap_or(0)),
                "{name} holds {left}"
            );
        }
        let mut expected: Vec<String> = Vec::new();
        let mut received_ids: Vec<String> = Vec::new();
        for run in runs {
            for delivery in self.run(run).await["deliveries"].as_array().expect("deliveries") {
                let state = delivery["state"].as_str().expect("one state");
                for part in delivery["parts"].as_array().expect("parts") {
                    let taken = ["accepted", "sent", "delivered", "read"].contains(&part["progress"].as_str().unwrap_or_default());
                    assert!(taken || !["accepted", "sent", "delivered", "read"].contains(&state), "{delivery:#}");
                    if taken {
                        expected.push(part["provider_id"].as_str().expect("the provider's id").to_owned());
                    }
                }
            }
        }
        let arrived = self.sent().into_iter().filter(|message| message.status() != Some(Status::Failed));
        received_ids.extend(arrived.map(|message| message.id));
        let events = self
            .receiver
            .events()
            .into_iter()
            .filter(|event| event.attempts.iter().any(|attempt| (200..300).contains(&attempt.answered)));
        received_ids.extend(events.map(|event| event.id));
        expected.sort();
        received_ids.sort();
        assert_eq!(
            received_ids, expected,
            "receipts at the providers are the parts that the product calls delivered"
        );
    }
}

/// The key file of a service account that the simulated Google knows.
pub const GOOGLE_KEY: &str = include_str!("../../infra/local/fixtures/google-service-account.test-only.json");
/// The sheet that is shared with it.
pub const SHEET: &str = "1TestSheetOfMonthlyOrders";

fn google_config() -> google::Config {
    let account = ServiceAccount::from_key_file(GOOGLE_KEY).expect("a key file");
    let workbook = Workbook::from_csv(SHEET, "Orders", ROWS, &account.email).expect("rows");
    google::Config {
        accounts: vec![account],
        workbooks: vec![workbook],
        ..google::Config::empty()
    }
}

/// To one phone and one webhook.
pub fn both(receiver: &WebhookReceiver) -> Value {
    json!([to_phone(), to_webhook(receiver)])
}

pub fn to_phone() -> Value {
    json!({"to": {"whatsapp": {"to": PHONE}}})
}

pub fn to_webhook(receiver: &WebhookReceiver) -> Value {
    json!({"to": {"webhook": {"url": receiver.url(HOOK), "secret": WEBHOOK_SECRET, "headers": {"x-team": HEADER_SECRET}}}})
}

/// A pulse as people write it, without destinations.
pub fn pulse_spec(upload: &str) -> Value {
    json!({
        "name": "Monthly orders",
        "source": {"csv": {"upload": upload}},
        "chart": {
            "mark": "line",
            "title": "Orders per month",
            "encoding": {
                "x": {"field": "month", "type": "temporal"},
                "y": {"field": "orders", "type": "quantitative"},
            },
        },
        "destinations": [],
        "send_first": false,
    })
}

/// Two years of months, made up for the tests.
pub const ROWS: &str = "month,orders\n2025-01,410\n2025-02,402\n2025-03,455\n2025-04,470\n2025-05,493\n2025-06,481\n2025-07,505\n2025-08,520\n2025-09,541\n2025-10,560\n2025-11,602\n2025-12,655\n2026-01,540\n2026-02,552\n2026-03,590\n2026-04,611\n2026-05,640\n2026-06,633\n2026-07,661\n2026-08,690\n2026-09,702\n2026-10,745\n";
