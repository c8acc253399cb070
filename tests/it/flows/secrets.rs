//! After a whole flow, nothing that was written anywhere holds a secret in clear.

use std::sync::{Arc, Mutex, PoisonError};

use local::simulators::fault::Fault;
use local::simulators::whatsapp::config::{DEMO_APP_SECRET, DEMO_TOKEN};
use local::simulators::whatsapp::{Answer, Endpoint};
use reqwest::Method;
use tracing_subscriber::fmt::MakeWriter;

use crate::stage::{HEADER_SECRET, KEY, MODEL_KEY, ROWS, SIGNING_SECRET, Stage, VERIFY_TOKEN, WEBHOOK_SECRET, both, pulse_spec};

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn nothing_that_was_written_holds_a_secret() {
    let log = Log::default();
    // One thread runs the whole flow: what is set for it, is set for all of it.
    let filter = tracing_subscriber::filter::LevelFilter::DEBUG;
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(filter)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let stage = Stage::start("secrets").await;
    stage.connect().await;
    let mut answers = Vec::new();
    let writer = stage.connect_model("anthropic").await;
    let mut spec = pulse_spec(&stage.upload(ROWS).await);
    spec["destinations"] = both(&stage.receiver);
    spec["message"] = serde_json::json!({"writer": writer});
    let made = stage.ok(Method::POST, "/v1/pulses", Some(spec)).await;
    let pulse = made["id"].as_str().expect("an id").to_owned();
    stage.meta.fault(Endpoint::Messages, Fault::Answer(Answer::error(131_000)), 1);
    let run = stage.send(&pulse).await;
    let mut queued = String::new();
    for folder in [
        "trigger-pulse",
        "compose-pulse",
        "render-chart",
        "send-whatsapp",
        "send-webhook",
        "process-inbound",
    ] {
        let received = stage.host.receive(folder).await.expect("a batch");
        queued.push_str(&format!("{:?}", received.event()));
        let response = if received.is_empty() {
            continue;
        } else {
            stage.host.handle(&received).await.expect("handled")
        };
        stage.host.settle(&received, &response).await.expect("settled");
    }
    stage.settle().await;
    for path in [
        "/v1/connections",
        "/v1/sources",
        "/v1/destinations",
        "/v1/pulses",
        "/v1/keys",
        "/v1/audit",
        "/v1/deliveries?day=2026-11-20",
        &format!("/v1/runs/{run}"),
    ] {
        answers.push(stage.ok(Method::GET, path, None).await.to_string());
    }

    let asked = stage.models.calls();
    assert!(
        asked
            .iter()
            .all(|call| call.headers["x-api-key"] == MODEL_KEY && !call.body.contains(MODEL_KEY))
            && asked.len() == 2,
        "the model was asked with its key, in its place"
    );
    let mut written = vec![(
        "the log",
        String::from_utf8_lossy(&log.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned(),
    )];
    written.push(("the queues", queued));
    written.push(("the API's answers", answers.join("\n")));
    written.push(("the table", table(&stage).await));
    written.push(("the bucket", bucket(&stage).await));
    assert!(
        written[0].1.contains("run.id") && written[3].1.contains("sealed") && written[4].1.len() > 10_000,
        "everything was looked at"
    );
    for (place, text) in written {
        for secret in [
            DEMO_TOKEN,
            DEMO_APP_SECRET,
            WEBHOOK_SECRET,
            &WEBHOOK_SECRET[6..],
            HEADER_SECRET,
            KEY,
            VERIFY_TOKEN,
            MODEL_KEY,
            SIGNING_SECRET,
        ] {
            assert!(!text.contains(secret), "{place} holds `{secret}`");
        }
    }
}

async fn table(stage: &Stage) -> String {
    let client = aws_sdk_dynamodb::Client::new(&stage.host.sdk);
    let answer = client.scan().table_name(&stage.host.resources.table).send().await.expect("a scan");
    format!("{:?}", answer.items())
}

async fn bucket(stage: &Stage) -> String {
    let config = aws_sdk_s3::config::Builder::from(&stage.host.sdk).force_path_style(true).build();
    let client = aws_sdk_s3::Client::from_conf(config);
    let name = &stage.host.resources.bucket;
    let listed = client.list_objects_v2().bucket(name).send().await.expect("a list");
    let mut all = String::new();
    for object in listed.contents() {
        let body = client
            .get_object()
            .bucket(name)
            .key(object.key().unwrap_or_default())
            .send()
            .await
            .expect("an object")
            .body;
        all.push_str(&String::from_utf8_lossy(&body.collect().await.expect("its bytes").to_vec()));
    }
    all
}
