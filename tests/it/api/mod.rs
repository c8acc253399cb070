//! The API as its callers see it: keys and roles, idempotent creates, errors that help, the life of each thing, schedules in the Scheduler.

mod access;
mod branding;
mod deliveries;
mod pulses;

use std::time::Duration;

use local::scheduler::Scheduler;
use local::simulators::whatsapp::config::{DEMO_ACCOUNT_ID, DEMO_PHONE_NUMBER_ID, DEMO_TOKEN};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::stage::{KEY, Stage};

/// Calls the API with an `Idempotency-Key`.
pub(super) async fn once(stage: &Stage, key: &str, path: &str, body: &Value) -> (StatusCode, Value) {
    let request = stage
        .http
        .post(format!("{}{path}", stage.host.url))
        .bearer_auth(KEY)
        .header("idempotency-key", key)
        .json(body);
    let answer = request.send().await.expect("the API answers");
    (answer.status(), answer.json().await.expect("JSON"))
}

pub(super) fn account(change: impl FnOnce(&mut Value)) -> Value {
    let mut account = json!({"token": DEMO_TOKEN, "phone_number_id": DEMO_PHONE_NUMBER_ID, "waba_id": DEMO_ACCOUNT_ID});
    change(&mut account);
    json!({"name": "Our number", "account": {"whatsapp": account}})
}

/// Lets a day pass; what the Scheduler fired in it.
pub(super) async fn next_day(stage: &Stage, scheduler: &mut Scheduler) -> Vec<String> {
    stage.clock.advance(Duration::from_secs(86_400));
    let fired = scheduler
        .fire_due(stage.clock.now())
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    fired.iter().map(|fired| fired.at.to_string()).collect()
}
