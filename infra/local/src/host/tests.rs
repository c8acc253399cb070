//! The host on a real emulator: what Lambda does with a queue, and what tests may do to it.
#![expect(clippy::unwrap_used, reason = "tests")]

use axum::routing::get;
use serde_json::json;

use super::*;
use crate::emulator::{Emulator, EmulatorOptions};

const FUNCTION: &str = "trigger-pulse";

async fn start(emulator: &Emulator, stack: &str, polling: Polling) -> Host {
    let settings = [
        ("META_APP_SECRET", "s"),
        ("META_WHATSAPP_WEBHOOK_VERIFY_TOKEN", "agreed"),
        ("PROVIDER_TIMEOUT_MS", "5000"),
    ];
    let options = HostOptions {
        settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        pages: Router::new().route("/outbox", get(async || "a page")),
        polling,
        ..HostOptions::new(&emulator.endpoint, stack)
    };
    Host::start(options).await.unwrap()
}

fn emulator() -> Emulator {
    Emulator::start(&EmulatorOptions::default(), &mut |line| println!("{line}")).unwrap()
}

async fn put(host: &Host, body: &str) {
    let queue = &host.resources.queues["DueQueue"];
    aws_sdk_sqs::Client::new(&host.sdk)
        .send_message()
        .queue_url(&queue.url)
        .message_body(body)
        .send()
        .await
        .unwrap();
}

/// A pulse that does not exist: read, understood, and nothing to do.
fn harmless() -> String {
    json!({ "org_id": "o", "pulse_id": "p", "scheduled_for": "2026-11-20T09:00:00Z" }).to_string()
}

#[tokio::test]
async fn steps_as_lambda_does() {
    let emulator = emulator();
    let host = start(&emulator, "steps", Polling::Manual).await;
    let depth = async |queue: &str| host.depths().await.unwrap()[queue];
    assert_eq!(host.step(FUNCTION).await.unwrap(), Stepped::default());

    put(&host, &harmless()).await;
    put(&host, "poison").await;
    assert_eq!(
        host.step(FUNCTION).await.unwrap(),
        Stepped {
            received: 2,
            done: 1,
            failed: 1
        }
    );
    assert_eq!(
        depth("DueQueue").await,
        Depth {
            in_flight: 1,
            ..Depth::default()
        }
    );
    let call = host.calls().pop().unwrap();
    assert_eq!((call.folder.as_str(), call.received, call.failed), (FUNCTION, 2, 1));

    // Its retries, until the queue gives it up.
    let mut receives = 1;
    while depth("DueDeadLetters").await == Depth::default() {
        host.retry_now(FUNCTION).await.unwrap();
        receives += host.step(FUNCTION).await.unwrap().received;
        assert!(receives < 20);
    }
    assert_eq!(receives, 8, "the template's maxReceiveCount");
    assert_eq!(host.dead_letters(FUNCTION).await.unwrap(), ["poison"]);
    assert_eq!(host.dead_letters(FUNCTION).await.unwrap(), ["poison"], "looking takes nothing away");
    assert_eq!(host.drain().await.unwrap(), Stepped::default());

    let refused = host.step("send-fax").await.unwrap_err().to_string();
    assert!(
        refused.starts_with("no function in functions/send-fax is fed by a queue; these are: trigger-pulse, "),
        "{refused}"
    );
}

#[tokio::test]
async fn a_batch_can_be_lost_repeated_and_shown_again() {
    let emulator = emulator();
    let host = start(&emulator, "batches", Polling::Manual).await;
    put(&host, &harmless()).await;
    let first = host.receive(FUNCTION).await.unwrap();
    let record = &first.event()["Records"][0];
    assert_eq!(
        (record["eventSource"].as_str(), record["awsRegion"].as_str()),
        (Some("aws:sqs"), Some("us-east-1"))
    );
    assert_eq!(record["eventSourceARN"], host.resources.queues["DueQueue"].arn.as_str());
    assert_eq!(record["attributes"]["ApproximateReceiveCount"], "1");
    assert!(record["attributes"]["SentTimestamp"].is_string(), "{record}");

    // It died: nothing is told to the queue.
    drop(host.handle(&first));
    assert!(
        host.receive(FUNCTION).await.unwrap().is_empty(),
        "hidden as long as the lease holds"
    );
    host.show_again(&first).await.unwrap();
    let second = host.receive(FUNCTION).await.unwrap();
    assert_eq!(second.event()["Records"][0]["attributes"]["ApproximateReceiveCount"], "2");

    host.handle(&second).await.unwrap();
    let response = host.handle(&second).await.unwrap();
    assert_eq!(
        host.settle(&second, &response).await.unwrap(),
        Stepped {
            received: 1,
            done: 1,
            failed: 0
        }
    );
    assert_eq!(host.depths().await.unwrap()["DueQueue"], Depth::default());
}

#[tokio::test]
async fn an_emulators_unfilled_schedules_reach_no_function() {
    let emulator = emulator();
    let host = start(&emulator, "unfilled", Polling::Manual).await;
    put(&host, &harmless().replace("2026-11-20T09:00:00Z", crate::scheduler::SCHEDULED_TIME)).await;
    assert!(host.receive(FUNCTION).await.unwrap().is_empty());
    assert_eq!(host.depths().await.unwrap()["DueQueue"], Depth::default());
}

#[tokio::test]
async fn in_the_background_queues_are_worked_on_and_http_goes_where_the_template_says() {
    let emulator = emulator();
    let host = start(&emulator, "background", Polling::Background).await;
    let mut ended = host.calls_ended();
    put(&host, &harmless()).await;
    ended.wait_for(|count| *count == 1).await.unwrap();
    assert_eq!(host.depths().await.unwrap()["DueQueue"], Depth::default());

    let http = crate::simulators::test_client::client();
    let get = async |path: &str| {
        let answer = http.get(format!("{}{path}", host.url)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let challenge = "/webhook/integrations/whatsapp?hub.mode=subscribe&hub.verify_token=agreed&hub.challenge=77";
    assert_eq!(get(challenge).await, (200, "77".to_owned()));
    assert_eq!(get("/healthz").await.0, 200);
    assert_eq!(get("/v1/pulses").await.0, 401);
    assert_eq!(get("/outbox").await, (200, "a page".to_owned()));
    the_pulse_files_schema_is_published(serde_json::from_str(&get("/v1/pulse.schema.json").await.1).unwrap());
    assert_eq!(get("/elsewhere").await, (404, r#"{"message":"Not Found"}"#.to_owned()));
    host.stop().await;
}

/// The copy in this folder is what the code reads, and takes the demo.
fn the_pulse_files_schema_is_published(of_api: serde_json::Value) {
    let dir = crate::template::workspace_dir();
    let schema = crate::pulse_file::schema(of_api);
    let published = std::fs::read_to_string(dir.join("infra/local/pulse-file.schema.json")).unwrap_or_default();
    if serde_json::from_str::<serde_json::Value>(&published).ok().as_ref() != Some(&schema) {
        let made = dir.join("target/pulse-file.schema.json");
        std::fs::write(&made, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
        panic!("a pulse's shape has changed: copy {} to infra/local/", made.display());
    }
    let schema = jsonschema::validator_for(&schema).unwrap();
    let demo: serde_json::Value = serde_saphyr::from_str(&std::fs::read_to_string(dir.join("infra/local/demo.yaml")).unwrap()).unwrap();
    assert_eq!(
        schema.iter_errors(&demo).map(|error| error.to_string()).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
    let mut both = demo.clone();
    both["destinations"][1]["to"]["webhook"]["url"] = json!("https://example.org/");
    assert!(!schema.is_valid(&both), "an address and a receiver at once");
}

#[test]
fn a_function_without_a_constructor_is_named() {
    let env = Env::from_map(ACCOUNT);
    let runtime = Runtime::new(env, Clock::system(), Entropy::seeded(1)).unwrap();
    let error = functions::build("send-fax", runtime).err().unwrap().to_string();
    assert_eq!(
        error,
        "template.yaml names functions/send-fax, which the local host cannot build: add it to infra/local/src/host/functions.rs"
    );
}
