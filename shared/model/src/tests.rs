//! What all three have in common, against servers of one answer. The protocols themselves are played by `infra/local`'s simulator.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::Router;
use axum::http::StatusCode;
use domain::connection::{Account, ModelCredentials};
use domain::secret::SecretText;
use reqwest::header::HeaderMap;
use runtime::{Clock, Entropy, Env, Runtime};
use serde_json::{Value, json};

use crate::wire::Reply;
use crate::{Answer, ModelAccess, ModelError, Models, Question};

const KEY: &str = "sk-planted-key";

/// Holds each reply against what it must come to: the error's kind and code, or the JSON and the tokens.
pub(crate) fn each<const N: usize>(table: [(u16, Value, &str); N], read: impl Fn(&Reply) -> Result<Answer, ModelError>) {
    for (status, body, expected) in table {
        let reply = Reply {
            status,
            headers: HeaderMap::new(),
            body: body.clone(),
        };
        assert_eq!(word(&read(&reply)), expected, "{status} {body}");
    }
}

fn word(result: &Result<Answer, ModelError>) -> String {
    match result {
        Ok(answer) => format!("{} {}", Value::Object(answer.json.clone()), answer.tokens),
        Err(error) => format!("{} {}", format!("{error:?}").split('(').next().unwrap(), error.why().code),
    }
}

fn models(url: &str, timeout_ms: &str) -> Models {
    let env = Env::from_map([
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDPLANTED"),
        ("AWS_SECRET_ACCESS_KEY", "planted-aws-secret"),
        ("ANTHROPIC_URL", url),
        ("OPENAI_URL", url),
        ("BEDROCK_URL", url),
        ("MODEL_TIMEOUT_MS", timeout_ms),
    ]);
    let clock = Clock::manual("2026-11-20T09:00:00Z".parse().unwrap());
    let runtime = Runtime::new(env, clock, Entropy::seeded(1)).unwrap();
    Models::new(&runtime, &runtime.provider_client().unwrap(), &runtime.guarded_client().unwrap()).unwrap()
}

fn accounts() -> [Account; 3] {
    let model = || "a-model".to_owned();
    [
        Account::Anthropic { model: model() },
        Account::OpenAi {
            base_url: None,
            model: model(),
        },
        Account::Bedrock {
            region: "eu-central-1".to_owned(),
            model_id: model(),
        },
    ]
}

async fn ask(models: &Models, account: &Account) -> Result<Answer, ModelError> {
    let credentials = ModelCredentials {
        key: Some(SecretText::new(KEY)),
    };
    let question = Question {
        system: "Say it.".to_owned(),
        user: "{}".to_owned(),
        schema: json!({"type": "object", "properties": {}, "required": [], "additionalProperties": false}),
        max_tokens: 100,
    };
    let access = ModelAccess {
        account,
        credentials: &credentials,
    };
    let answered = models.ask(access, &question).await;
    let shown = format!("{answered:?} {access:?} {models:?}");
    assert!(!shown.contains(KEY) && !shown.contains("planted-aws-secret"), "{shown}");
    answered
}

async fn serve(app: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[tokio::test]
async fn nobody_is_waited_for_and_nothing_is_read_without_end() {
    let hanging = serve(Router::new().fallback(std::future::pending::<()>)).await;
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let closed = format!("http://{closed}");
    let huge = serve(Router::new().fallback(|| async { "x".repeat(300 * 1024) })).await;
    let gateway = serve(Router::new().fallback(|| async { (StatusCode::BAD_GATEWAY, "<html>sk-planted-key</html>") })).await;
    for account in accounts() {
        let provider = crate::error::of(&account);
        for (url, expected) in [
            (&hanging, "Unavailable X.timeout"),
            (&closed, "Unavailable X.unreachable"),
            (&huge, "Unusable X.too_large"),
            (&gateway, "Unavailable X.http_502"),
        ] {
            let timeout_ms = if url == &hanging { "40" } else { "5000" };
            let answered = ask(&models(url, timeout_ms), &account).await;
            assert_eq!(word(&answered), expected.replace('X', provider.code));
            assert!(!answered.unwrap_err().to_string().contains("127.0.0.1"), "no address");
        }
    }
}

#[tokio::test]
async fn an_address_of_a_customer_is_guarded() {
    let here = serve(Router::new().fallback(|| async { "{}" })).await;
    for base in [here.as_str(), "https://169.254.169.254/latest", "https://localhost/v1"] {
        let account = Account::OpenAi {
            base_url: base.parse().ok(),
            model: "a-model".to_owned(),
        };
        let refused = ask(&models(&here, "5000"), &account).await.unwrap_err();
        assert_eq!(refused.why().code, "openai.unreachable", "{refused}");
        assert!(
            refused.to_string().contains("public internet") || refused.to_string().contains("only https:"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_a_header_is_a_wrong_key() {
    let credentials = ModelCredentials {
        key: Some(SecretText::new("sk\nx-evil: 1")),
    };
    let question = Question {
        system: String::new(),
        user: String::new(),
        schema: Value::Null,
        max_tokens: 1,
    };
    for account in accounts().into_iter().take(2) {
        let access = ModelAccess {
            account: &account,
            credentials: &credentials,
        };
        let refused = models("http://127.0.0.1:9", "100").ask(access, &question).await.unwrap_err();
        assert!(matches!(refused, ModelError::Unauthorized(_)), "{refused:?}");
    }
}
