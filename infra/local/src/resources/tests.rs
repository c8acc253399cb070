#![expect(clippy::unwrap_used, reason = "tests")]

use aws_sdk_sqs::types::QueueAttributeName;
use runtime::Env;

use super::*;
use crate::emulator::{Emulator, EmulatorOptions};

fn sdk(endpoint: &str) -> SdkConfig {
    let env = Env::from_map([
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_ENDPOINT_URL", endpoint),
    ]);
    runtime::aws::sdk_config(&env).unwrap()
}

#[tokio::test]
async fn made_twice_nothing_changes_and_stacks_are_apart() {
    let emulator = Emulator::start(&EmulatorOptions::default(), &mut |line| eprintln!("{line}")).unwrap();
    let sdk = sdk(&emulator.endpoint);
    let template = Template::read().unwrap();
    let first = Resources::create(&template, &sdk, "one").await.unwrap();
    let again = Resources::create(&template, &sdk, "one").await.unwrap();
    assert_eq!(first.queues, again.queues);
    assert_eq!(first.key_id, again.key_id);

    let other = Resources::create(&template, &sdk, "two").await.unwrap();
    assert_ne!(first.queues["DueQueue"], other.queues["DueQueue"]);
    assert_ne!(first.key_id, other.key_id);

    let sqs = aws_sdk_sqs::Client::new(&sdk);
    let url = &first.queues["DueQueue"].url;
    let answer = sqs
        .get_queue_attributes()
        .queue_url(url)
        .attribute_names(QueueAttributeName::All)
        .send()
        .await
        .unwrap();
    let policy = &answer.attributes.unwrap()[&QueueAttributeName::RedrivePolicy];
    let policy: Value = serde_json::from_str(policy).unwrap();
    assert_eq!(policy["deadLetterTargetArn"], first.queues["DueDeadLetters"].arn.as_str());
}

#[tokio::test]
async fn every_function_is_told_its_environment() {
    let emulator = Emulator::start(&EmulatorOptions::default(), &mut |line| eprintln!("{line}")).unwrap();
    let template = Template::read().unwrap();
    let resources = Resources::create(&template, &sdk(&emulator.endpoint), "env").await.unwrap();
    let settings = BTreeMap::from([("PUBLIC_URL".to_owned(), "http://127.0.0.1:8787".to_owned())]);
    for function in &template.functions {
        let env = resources.env_for(&template, &function.folder, &settings).unwrap();
        assert_eq!(env["LOG_LEVEL"], "info", "{}", function.folder);
        assert!(env.values().all(|value| !value.contains("{{resolve")), "{env:?}");
    }
    let api = resources.env_for(&template, "api", &settings).unwrap();
    assert_eq!(api["TABLE_NAME"], "env-Table");
    assert_eq!(api["QUEUE_DUE_URL"], resources.queues["DueQueue"].url);
    assert_eq!(api["QUEUE_DUE_ARN"], resources.queues["DueQueue"].arn);
    assert_eq!(api["PUBLIC_URL"], "http://127.0.0.1:8787");
    assert_eq!(api["GOOGLE_SHEETS_URL"], "https://sheets.googleapis.com");
    let receive = resources.env_for(&template, "receive-webhook", &settings).unwrap();
    assert!(
        !receive.contains_key("PUBLIC_URL"),
        "a function gets only what the template gives it"
    );
    assert!(
        resources
            .env_for(&template, "nobody", &settings)
            .unwrap_err()
            .to_string()
            .contains("functions/nobody")
    );
}

#[test]
fn a_queue_is_reached_where_the_emulator_is_now() {
    let made = "http://localhost:4599/000000000000/one-DueQueue";
    let now = create::at_endpoint(made, Some("http://127.0.0.1:4601/"));
    assert_eq!(now, "http://127.0.0.1:4601/000000000000/one-DueQueue");
    assert_eq!(create::at_endpoint(made, None), made);
}
