//! Connecting a model, and naming it in a pulse: one sentence for each thing that can be wrong.

use local::simulators::fault::Fault;
use local::simulators::model::{Answer, DEMO_MODEL, Endpoint, Failure, Stop};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stage::{MODEL_KEY, ROWS, Stage, pulse_spec, to_webhook};

async fn connect(stage: &Stage, account: Value) -> (StatusCode, Value) {
    let body = json!({"name": "Writer", "account": account});
    stage.api(Method::POST, "/v1/connections", Some(body)).await
}

#[tokio::test]
async fn connecting_says_what_is_wrong() {
    let stage = Stage::start("writer-connect").await;
    let good = json!({"anthropic": {"key": MODEL_KEY, "model": DEMO_MODEL}});
    let faults = [
        (Answer::Error(Failure::Unauthorized), 422, "does not accept the key"),
        (Answer::Error(Failure::UnknownModel), 422, "knows no model"),
        (Answer::Error(Failure::NoCredit), 422, "has no credit left"),
        (Answer::Error(Failure::RateLimited), 502, "limits how often"),
        (Answer::Error(Failure::Overloaded), 502, "is overloaded"),
        (Answer::Says("I am here.".to_owned()), 422, "something else than the JSON"),
        (Answer::Page, 422, "something else than the JSON"),
    ];
    for (answer, status, words) in faults {
        stage.models.fault(Endpoint::Anthropic, Fault::Answer(answer.clone()), 1);
        let (answered, problem) = connect(&stage, good.clone()).await;
        assert_eq!(answered, status, "{answer:?}: {problem:#}");
        let detail = problem["detail"].as_str().expect("a sentence");
        assert!(
            detail.contains(words) && !problem.to_string().contains(MODEL_KEY),
            "{answer:?}: {detail}"
        );
    }
    stage.models.fault(Endpoint::Anthropic, Fault::Reset { accepted: false }, 1);
    assert_eq!(connect(&stage, good.clone()).await.0, 502);
    stage
        .models
        .fault(Endpoint::Anthropic, Fault::Answer(Answer::Stops(Stop::MaxTokens)), 1);
    assert_eq!(connect(&stage, good).await.0, 201, "a model that thinks for long is there");

    let listed = stage.ok(Method::GET, "/v1/connections", None).await;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "what is refused is not kept");
    assert_eq!(listed["items"][0]["account"], json!({"anthropic": {"model": DEMO_MODEL}}));
}

#[tokio::test]
async fn what_cannot_be_is_told_by_its_field() {
    let stage = Stage::start("writer-fields").await;
    let table = [
        (json!({"anthropic": {"key": "", "model": "m"}}), "/account/anthropic/key"),
        (
            json!({"anthropic": {"key": "sk with spaces", "model": "m"}}),
            "/account/anthropic/key",
        ),
        (json!({"openai": {"key": MODEL_KEY, "model": "two words"}}), "/account/openai/model"),
        (
            json!({"openai": {"key": MODEL_KEY, "model": "m", "base_url": "http://169.254.169.254/v1"}}),
            "/account/openai/base_url",
        ),
        (
            json!({"openai": {"key": MODEL_KEY, "model": "m", "base_url": "https://10.0.0.1/v1"}}),
            "/account/openai/base_url",
        ),
        (
            json!({"openai": {"key": MODEL_KEY, "model": "m", "base_url": "https://llm.example.com/v1?key=1"}}),
            "/account/openai/base_url",
        ),
        (
            json!({"bedrock": {"region": "evil.example/", "model_id": "m"}}),
            "/account/bedrock/region",
        ),
        (
            json!({"bedrock": {"region": "eu-central-1", "model_id": "m?x"}}),
            "/account/bedrock/model_id",
        ),
    ];
    for (account, pointer) in table {
        let (status, problem) = connect(&stage, account.clone()).await;
        assert_eq!(status, 422, "{account}: {problem:#}");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{account}: {problem:#}");
        assert!(!problem.to_string().contains(MODEL_KEY));
    }
    assert_eq!(stage.models.calls().len(), 0, "nobody is asked");
}

#[tokio::test]
async fn a_pulse_names_a_model_that_is_there() {
    let stage = Stage::start("writer-named").await;
    let number = stage.connect().await;
    let [used, revoked] = [stage.connect_model("anthropic").await, stage.connect_model("openai").await];
    stage.ok(Method::DELETE, &format!("/v1/connections/{revoked}"), None).await;
    let mut spec = pulse_spec(&stage.upload(ROWS).await);
    spec["destinations"] = json!([to_webhook(&stage.receiver)]);
    for (writer, words) in [
        ("con_nobody", "does not exist"),
        (&number, "another kind"),
        (&revoked, "is revoked"),
    ] {
        spec["message"] = json!({"writer": writer});
        let (status, problem) = stage.api(Method::POST, "/v1/pulses", Some(spec.clone())).await;
        assert_eq!(status, 422, "{problem:#}");
        assert_eq!(problem["errors"][0]["pointer"], "/message/writer");
        assert!(
            problem["errors"][0]["given"].as_str().expect("what was given").contains(words),
            "{problem:#}"
        );
    }
    spec["message"] = json!({"writer": used});
    let made = stage.ok(Method::POST, "/v1/pulses", Some(spec)).await;
    assert_eq!(made["message"]["writer"], used, "{made:#}");
    // The model is revoked later: the pulse can still be paused.
    stage.ok(Method::DELETE, &format!("/v1/connections/{used}"), None).await;
    let path = format!("/v1/pulses/{}", made["id"].as_str().expect("an id"));
    let paused = stage.ok(Method::PATCH, &path, Some(json!({"state": "paused"}))).await;
    assert_eq!(paused["state"], "paused");
}
