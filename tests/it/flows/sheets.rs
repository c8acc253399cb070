//! A pulse from a Google Sheet, read by a service account.

use std::time::Duration;

use local::simulators::fault::Fault;
use local::simulators::google::{Answer, Endpoint};
use reqwest::Method;
use serde_json::{Value, json};

use crate::stage::{GOOGLE_KEY, SHEET, Stage, pulse_spec, to_webhook};

async fn google_account(stage: &Stage) -> String {
    let key: Value = serde_json::from_str(GOOGLE_KEY).expect("JSON");
    let made = stage
        .ok(
            Method::POST,
            "/v1/connections",
            Some(json!({"name": "Reader", "account": {"google": {"service_account": key}}})),
        )
        .await;
    made["id"].as_str().expect("an id").to_owned()
}

async fn sheet_pulse(stage: &Stage, connection: &str) -> String {
    let mut spec = pulse_spec("unused");
    spec["source"] = json!({"google_sheets": {"connection": connection, "spreadsheet": SHEET, "range": "Orders!A1:B"}});
    spec["destinations"] = json!([to_webhook(&stage.receiver)]);
    let made = stage.ok(Method::POST, "/v1/pulses", Some(spec)).await;
    made["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_sheet_becomes_a_chart_and_its_quota_is_waited_for() {
    let stage = Stage::start("sheets").await;
    let connection = google_account(&stage).await;
    let pulse = sheet_pulse(&stage, &connection).await;
    let run = stage.send(&pulse).await;
    stage.settle().await;
    assert_eq!(stage.states(&run).await["webhook"], "delivered");
    let body: Value = serde_json::from_str(&stage.receiver.events()[0].body).expect("JSON");
    assert!(
        body["data"]["summary"].as_str().is_some_and(|summary| summary.contains("745")),
        "{body:#}"
    );

    stage.google.fault(Endpoint::Sheets, Fault::Answer(Answer::Error { code: 429 }), 1);
    let second = stage.send(&pulse).await;
    stage.settle().await;
    assert_eq!(stage.states(&second).await.len(), 0, "nothing to deliver yet");
    stage.wait(Duration::from_secs(61)).await;
    assert_eq!(stage.states(&second).await["webhook"], "delivered");
    stage.law(&[&run, &second]).await;
}

#[tokio::test]
async fn a_renamed_tab_fails_the_run_in_words_and_a_dead_key_the_connection() {
    let stage = Stage::start("sheets-broken").await;
    let connection = google_account(&stage).await;
    let pulse = sheet_pulse(&stage, &connection).await;
    stage
        .google
        .configure(|google| google.workbooks[0].sheets[0].title = "Bestellungen".to_owned());
    let run = stage.send(&pulse).await;
    stage.settle().await;
    let shown = stage.run(&run).await;
    assert_eq!(shown["state"]["state"], "failed", "{shown:#}");
    let sentence = shown["state"]["why"]["sentence"].as_str().expect("a reason");
    assert!(sentence.contains("Bestellungen"), "it names the tabs there are: {sentence}");

    stage
        .google
        .configure(|google| google.workbooks[0].sheets[0].title = "Orders".to_owned());
    stage.google.forget_tokens();
    stage.google.fault(Endpoint::Token, Fault::Answer(Answer::InvalidGrant), 3);
    let second = stage.send(&pulse).await;
    stage.settle().await;
    let shown = stage.run(&second).await;
    assert_eq!(shown["state"]["state"], "failed", "{shown:#}");
    let shown = stage.ok(Method::GET, &format!("/v1/connections/{connection}"), None).await;
    assert_eq!(shown["state"], "needs_attention", "{shown:#}");
    stage.law(&[&run, &second]).await;
}
