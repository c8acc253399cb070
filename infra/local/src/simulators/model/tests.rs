//! The simulator held against the providers' schemas, and our own client held against the simulator.

use std::path::PathBuf;

use ::model::{Answer as Answered, ModelAccess, ModelError, Models, Question};
use domain::connection::{Account, ModelCredentials};
use domain::secret::SecretText;
use runtime::{Clock, Entropy, Env, Runtime};
use serde_json::{Value, json};

use super::{Answer, Character, Config, DEMO_KEY, DEMO_MODEL, Endpoint, Failure, ModelServer, Stop};
use crate::simulators::fault::Fault;
use crate::simulators::test_client::client;

const ENDPOINTS: [Endpoint; 4] = [Endpoint::Anthropic, Endpoint::Openai, Endpoint::Compatible, Endpoint::Bedrock];

struct Bench {
    sim: ModelServer,
    models: Models,
}

impl Bench {
    async fn new() -> Self {
        let clock = Clock::manual("2026-11-20T09:00:00Z".parse().expect("a time"));
        let sim = ModelServer::start(0, Config::demo(), clock.clone()).await.expect("a free port");
        let url = sim.base_url();
        let env = Env::from_map([
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("ANTHROPIC_URL", &url),
            ("OPENAI_URL", &url),
            ("BEDROCK_URL", &url),
            ("WEBHOOK_ALLOWED_ORIGINS", &url),
            ("MODEL_TIMEOUT_MS", "8000"),
        ]);
        let runtime = Runtime::new(env, clock, Entropy::seeded(1)).expect("a runtime");
        let provider = runtime.provider_client().expect("a client");
        let models = Models::new(&runtime, &provider, &runtime.guarded_client().expect("a client")).expect("models");
        Self { sim, models }
    }

    async fn ask(&self, endpoint: Endpoint) -> Result<Answered, ModelError> {
        self.ask_of(endpoint, DEMO_MODEL, DEMO_KEY).await
    }

    async fn ask_of(&self, endpoint: Endpoint, model: &str, key: &str) -> Result<Answered, ModelError> {
        let (model, region) = (model.to_owned(), "eu-central-1".to_owned());
        let account = match endpoint {
            Endpoint::Anthropic => Account::Anthropic { model },
            Endpoint::Openai => Account::OpenAi { base_url: None, model },
            Endpoint::Compatible => Account::OpenAi {
                base_url: self.sim.compatible_url().parse().ok(),
                model,
            },
            Endpoint::Bedrock => Account::Bedrock { region, model_id: model },
        };
        let credentials = ModelCredentials {
            key: Some(SecretText::new(key)),
        };
        let access = ModelAccess {
            account: &account,
            credentials: &credentials,
        };
        self.models.ask(access, &question()).await
    }
}

fn question() -> Question {
    let statements =
        json!([{"id": "s1", "part": "summary", "text": "Orders came to 745."}, {"id": "s2", "part": "Range", "text": "Highest: 745."}]);
    Question {
        system: "Say it again.".to_owned(),
        user: json!({"statements": statements}).to_string(),
        schema: json!({"type": "object", "properties": {"summary": {"type": "string"}}, "required": ["summary"], "additionalProperties": false}),
        max_tokens: 500,
    }
}

#[tokio::test]
async fn all_of_them_answer_our_question() {
    let bench = Bench::new().await;
    for endpoint in ENDPOINTS {
        let answered = bench.ask(endpoint).await.unwrap_or_else(|error| panic!("{endpoint:?}: {error}"));
        assert_eq!(answered.json["summary"], "In short: Orders came to 745.", "{endpoint:?}");
        assert_eq!(answered.json["analysis"][0]["lines"][0], "Highest: 745.");
        assert!(answered.tokens > 0 && answered.model == DEMO_MODEL);
    }
    assert_eq!(bench.sim.calls().len(), 4, "one question, one request");
}

#[tokio::test]
async fn every_failure_is_told_apart() {
    let bench = Bench::new().await;
    let table = [
        (Answer::Error(Failure::Unauthorized), "Unauthorized"),
        (Answer::Error(Failure::UnknownModel), "Rejected"),
        (Answer::Error(Failure::NoCredit), "Rejected"),
        (Answer::Error(Failure::RateLimited), "Unavailable"),
        (Answer::Error(Failure::Overloaded), "Unavailable"),
        (Answer::Error(Failure::Internal), "Unavailable"),
        (Answer::Says("Of course! Revenue is up.".to_owned()), "Unusable"),
        (Answer::Says("{\"summary\": ".to_owned()), "Unusable"),
        (Answer::Stops(Stop::Refusal), "Unusable"),
        (Answer::Stops(Stop::MaxTokens), "Unusable"),
        (Answer::Stops(Stop::Filtered), "Unusable"),
        (Answer::Page, "Unusable"),
        (Answer::Huge(300 * 1024), "Unusable"),
    ];
    for endpoint in ENDPOINTS {
        for (answer, expected) in table.clone() {
            bench.sim.fault(endpoint, Fault::Answer(answer.clone()), 1);
            let error = bench.ask(endpoint).await.expect_err("it failed");
            assert!(format!("{error:?}").starts_with(expected), "{endpoint:?} {answer:?}: {error:?}");
            assert!(!error.to_string().contains(DEMO_KEY));
        }
        bench.sim.fault(endpoint, Fault::Reset { accepted: false }, 1);
        let error = bench.ask(endpoint).await.expect_err("it broke");
        assert!(error.why().code.ends_with(".unreachable"), "{error:?}");
        assert!(bench.ask(endpoint).await.is_ok(), "{endpoint:?}: it works again");
    }
}

#[tokio::test]
async fn keys_models_and_roles_are_checked() {
    let bench = Bench::new().await;
    for endpoint in ENDPOINTS {
        let unknown = bench
            .ask_of(endpoint, "nobody.knows-it", DEMO_KEY)
            .await
            .expect_err("no such model");
        assert!(unknown.why().code.ends_with(".unknown_model"), "{unknown:?}");
    }
    for endpoint in [Endpoint::Anthropic, Endpoint::Openai, Endpoint::Compatible] {
        let refused = bench.ask_of(endpoint, DEMO_MODEL, "sk-wrong").await.expect_err("a wrong key");
        assert!(matches!(refused, ModelError::Unauthorized(_)), "{refused:?}");
    }
    bench.sim.configure(|config| config.role.1 = "another-secret".to_owned());
    let refused = bench.ask(Endpoint::Bedrock).await.expect_err("a wrong signature");
    assert_eq!(refused.why().code, "bedrock.InvalidSignatureException");
}

#[tokio::test]
async fn a_server_without_schemas_is_asked_without() {
    let bench = Bench::new().await;
    bench.sim.configure(|config| config.compatible_takes_schemas = false);
    assert!(bench.ask(Endpoint::Compatible).await.is_ok());
    let statuses: Vec<u16> = bench.sim.calls().iter().map(|call| call.status).collect();
    assert_eq!(statuses, [400, 200]);
}

#[tokio::test]
async fn an_obedient_model_says_what_the_data_told_it() {
    let bench = Bench::new().await;
    let text = "{\"summary\": \"Send money.\"}";
    bench
        .sim
        .configure(|config| config.character = Character::Obedient(text.to_owned()));
    let answered = bench.ask(Endpoint::Anthropic).await.expect("an answer");
    assert_eq!(answered.json["summary"], "Send money.");
}

#[tokio::test]
async fn what_is_not_the_protocol_is_refused() {
    let bench = Bench::new().await;
    let good = json!({"model": DEMO_MODEL, "max_tokens": 9, "messages": [{"role": "user", "content": "Hello"}]});
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    let old = [("x-api-key", DEMO_KEY), ("anthropic-version", "2023-06-01")];
    let bearer = format!("Bearer {DEMO_KEY}");
    let new = [("authorization", bearer.as_str()), ("anthropic-version", "2026-10-21")];
    let format = |schema: Value| json!({"format": {"type": "json_schema", "schema": schema}});
    type Headers<'a> = &'a [(&'a str, &'a str)];
    let table: [(Headers, Value, u16); 13] = [
        (&old, good.clone(), 200),
        (&new, good.clone(), 200),
        (&old[..1], good.clone(), 400),
        (&old[1..], good.clone(), 401),
        (&[old[0], new[1]], good.clone(), 400),
        (&old, with("temperature", json!(0.2)), 400),
        (&old, with("max_tokens", json!(0)), 400),
        (&old, with("messages", json!([])), 400),
        (&old, with("messages", json!([{"role": "system", "content": "x"}])), 400),
        (&old, with("model", json!("none")), 404),
        (
            &old,
            with("output_config", format(json!({"type": "object", "properties": {}}))),
            400,
        ),
        (&old, with("output_config", format(json!({"type": "string", "maxLength": 9}))), 400),
        (&old, with("output_config", format(json!({"type": "string"}))), 200),
    ];
    for (headers, body, expected) in table {
        let mut request = client().post(format!("{}/v1/messages", bench.sim.base_url())).json(&body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(request.send().await.expect("an answer").status(), expected, "{headers:?} {body}");
    }
    let chat = json!({"model": DEMO_MODEL, "max_completion_tokens": 9, "messages": [{"role": "user", "content": "Hello"}]});
    for (path, name, expected) in [
        ("", "", 200),
        ("", "max_tokens", 400),
        ("/compatible", "", 400),
        ("", "temprature", 400),
    ] {
        let mut body = chat.clone();
        if !name.is_empty() {
            body[name] = json!(1);
        }
        let request = client()
            .post(format!("{}{path}/v1/chat/completions", bench.sim.base_url()))
            .json(&body);
        let status = request.bearer_auth(DEMO_KEY).send().await.expect("an answer").status();
        assert_eq!(status, expected, "{path} {name}");
    }
}

/// A published schema, or none where the folder does not lie beside the repository.
fn published(name: &str) -> Option<jsonschema::Validator> {
    let path = format!("shared/contracts/llm/{name}.schema.json");
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join(&path))
        .find(|path| path.is_file());
    let Some(found) = found else {
        println!("skipped: ../{path} does not lie beside the repository");
        return None;
    };
    let schema: Value = serde_json::from_slice(&std::fs::read(found).expect("a file")).expect("JSON");
    Some(jsonschema::validator_for(&schema).expect("a schema"))
}

fn fits(validator: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?} {value:#}");
}

#[tokio::test]
async fn requests_and_answers_fit_what_the_providers_publish() {
    let names = [
        "anthropic.MessageCreateParams",
        "anthropic.Message",
        "anthropic.ErrorResponse",
        "openai.ChatCompletion",
    ];
    let [Some(params), Some(message), Some(error), Some(completion)] = names.map(published) else {
        return;
    };
    let bench = Bench::new().await;
    bench.ask(Endpoint::Anthropic).await.expect("an answer");
    bench.ask(Endpoint::Openai).await.expect("an answer");
    let calls = bench.sim.calls();
    let [asked, chatted] = [0, 1].map(|index| serde_json::from_str::<Value>(&calls[index].body).expect("JSON"));
    fits(&params, &asked);
    assert!(!params.is_valid(&json!({"model": DEMO_MODEL})), "the schema can refuse");

    let stops = [
        Answer::Says("{}".to_owned()),
        Answer::Stops(Stop::Refusal),
        Answer::Stops(Stop::MaxTokens),
    ];
    let again = |path: &str, body: &Value| client().post(format!("{}{path}", bench.sim.base_url())).json(body);
    for stop in stops {
        bench.sim.fault(Endpoint::Anthropic, Fault::Answer(stop.clone()), 1);
        bench.sim.fault(Endpoint::Openai, Fault::Answer(stop), 1);
        let request = again("/v1/messages", &asked)
            .header("x-api-key", DEMO_KEY)
            .header("anthropic-version", "2023-06-01");
        fits(&message, &request.send().await.expect("an answer").json().await.expect("JSON"));
        let request = again("/v1/chat/completions", &chatted).bearer_auth(DEMO_KEY);
        fits(&completion, &request.send().await.expect("an answer").json().await.expect("JSON"));
    }
    for failure in [
        Failure::Unauthorized,
        Failure::NoCredit,
        Failure::RateLimited,
        Failure::Overloaded,
        Failure::Internal,
    ] {
        bench.sim.fault(Endpoint::Anthropic, Fault::Answer(Answer::Error(failure)), 1);
        fits(
            &error,
            &again("/v1/messages", &asked)
                .send()
                .await
                .expect("an answer")
                .json()
                .await
                .expect("JSON"),
        );
    }
}
