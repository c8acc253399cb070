//! A queue service at the wire, for tests: it answers what the script says, then success, and remembers every call.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use domain::ids::OrgId;
use domain::message::Message;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Batch, Queue};
use crate::{Env, SdkConfig, SqsEvent};

/// A message for tests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub org_id: Option<OrgId>,
    pub text: String,
}

impl Message for Note {
    fn org_id(&self) -> Option<&OrgId> {
        self.org_id.as_ref()
    }
}

pub fn note(org: &str, text: &str) -> Note {
    Note {
        org_id: Some(OrgId::parse(org).unwrap()),
        text: text.into(),
    }
}

/// An event as Lambda writes it, one record for each body; ids are `id-0`, `id-1` ...
pub fn event<'a>(bodies: impl IntoIterator<Item = &'a str>) -> SqsEvent {
    let record = |(index, body): (usize, &str)| {
        json!({
            "messageId": format!("id-{index}"), "receiptHandle": format!("handle-{index}"), "body": body, "messageAttributes": {},
            "attributes": { "ApproximateReceiveCount": "3", "SentTimestamp": "1795165200000", "MessageGroupId": "a" },
            "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:eu-central-1:000000000000:render", "awsRegion": "eu-central-1",
        })
    };
    let records: Vec<Value> = bodies.into_iter().enumerate().map(record).collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

pub struct Sqs {
    base: String,
    sdk: SdkConfig,
    calls: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Sqs {
    /// Starts it; the n-th call gets the n-th answer (status and body), later ones 200.
    pub async fn start(script: impl IntoIterator<Item = (u16, Value)>) -> Self {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(Mutex::new(script.into_iter().collect::<Vec<_>>()));
        let remembered = calls.clone();
        let answer = move |headers: HeaderMap, body: Bytes| {
            let operation = headers["x-amz-target"].to_str().unwrap().rsplit('.').next().unwrap().to_owned();
            remembered
                .lock()
                .unwrap()
                .push((operation, serde_json::from_slice::<Value>(&body).unwrap()));
            let mut script = script.lock().unwrap();
            let (status, body) = if script.is_empty() {
                (200, json!({ "Successful": [], "Failed": [] }))
            } else {
                script.remove(0)
            };
            let reply = (
                StatusCode::from_u16(status).unwrap(),
                [("content-type", "application/x-amz-json-1.0")],
                body.to_string(),
            );
            async move { reply }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        let env = Env::from_map([
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ]);
        let sdk = crate::aws::sdk_config(&env.with("AWS_ENDPOINT_URL", &base)).unwrap();
        Self { base, sdk, calls }
    }

    pub fn queue_url(&self, name: &str) -> String {
        format!("{}/000000000000/{name}", self.base)
    }

    pub fn queue(&self, name: &str) -> Queue {
        Queue::new(&self.sdk, self.queue_url(name))
    }

    pub fn batch(&self) -> Batch {
        Batch::new(&self.sdk)
    }

    /// Each call so far: operation and body.
    pub fn calls(&self) -> Vec<(String, Value)> {
        self.calls.lock().unwrap().clone()
    }
}
