//! KMS at the wire: data keys bound to their encryption context, as the service keeps them, and failures on demand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_kms::config::{BehaviorVersion, Region, retry::RetryConfig};
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_types::SdkConfig;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{Vault, encode};

#[derive(Default)]
struct State {
    /// Wrapped key → encryption context, plaintext.
    keys: HashMap<String, (Value, Value)>,
    calls: Vec<(String, Value)>,
    failure: Option<(u16, String)>,
}

pub struct Kms {
    base: String,
    state: Arc<Mutex<State>>,
}

impl Kms {
    pub async fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        let answer = move |headers: HeaderMap, body: Bytes| {
            let operation = headers["x-amz-target"]
                .to_str()
                .unwrap()
                .strip_prefix("TrentService.")
                .unwrap()
                .to_owned();
            let (status, body) = shared.lock().unwrap().answer(operation, serde_json::from_slice(&body).unwrap());
            let reply = (
                StatusCode::from_u16(status).unwrap(),
                [("content-type", "application/x-amz-json-1.1")],
                body.to_string(),
            );
            async move { reply }
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        Self { base, state }
    }

    /// An address where nobody listens.
    pub async fn absent() -> Self {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        Self {
            base: format!("http://{closed}"),
            state: Arc::default(),
        }
    }

    /// A vault with an empty cache.
    #[expect(clippy::disallowed_methods, reason = "the vault does not know `runtime`, which configures the SDK")]
    pub fn vault(&self) -> Vault {
        let sdk = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::from_keys("test", "test", None)))
            .endpoint_url(&self.base)
            .retry_config(RetryConfig::disabled())
            .sleep_impl(TokioSleep::new())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        Vault::new(&sdk, "alias/chartcastr")
    }

    /// The next call fails with that status and code.
    pub fn fail_next(&self, status: u16, code: &str) {
        self.state.lock().unwrap().failure = Some((status, code.to_owned()));
    }

    /// Each call so far: operation and body.
    pub fn calls(&self) -> Vec<(String, Value)> {
        self.state.lock().unwrap().calls.clone()
    }
}

impl State {
    fn answer(&mut self, operation: String, body: Value) -> (u16, Value) {
        self.calls.push((operation.clone(), body.clone()));
        if let Some((status, code)) = self.failure.take() {
            return (status, json!({ "__type": code, "message": "as the test asked" }));
        }
        let context = &body["EncryptionContext"];
        match operation.as_str() {
            "GenerateDataKey" => {
                let number = u8::try_from(self.keys.len()).unwrap();
                let (wrapped, plain) = (encode(&[number; 184]), encode(&[number + 100; 32]));
                self.keys
                    .insert(wrapped.as_str().unwrap().to_owned(), (context.clone(), plain.clone()));
                (
                    200,
                    json!({ "CiphertextBlob": wrapped, "Plaintext": plain, "KeyId": body["KeyId"] }),
                )
            }
            "Decrypt" => match self.keys.get(body["CiphertextBlob"].as_str().unwrap()) {
                Some((bound, plain)) if bound == context => (200, json!({ "Plaintext": plain, "KeyId": body["KeyId"] })),
                _ => (400, json!({ "__type": "InvalidCiphertextException" })),
            },
            other => (400, json!({ "__type": "UnknownOperationException", "message": other })),
        }
    }
}
