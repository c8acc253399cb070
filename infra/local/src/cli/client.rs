//! The API, as any client sees it.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use super::Failure;

/// How long one answer may take: the API's own limit is 29 s.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The API with a key to it.
#[derive(Clone)]
pub(super) struct Api {
    pub url: String,
    pub key: String,
    pub http: Client,
}

/// An answer that is not the one asked for: its status and its problem (RFC 9457).
#[derive(Debug)]
pub(super) struct Refusal {
    pub status: u16,
    pub problem: Value,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let detail = refusal.problem["detail"].as_str().unwrap_or("it gave no reason");
        Failure::new(format!("the API answered {}: {detail}", refusal.status))
    }
}

impl Api {
    pub(super) async fn get(&self, path: &str) -> Result<Value, Refusal> {
        self.answer(self.http.get(self.address(path))).await
    }

    pub(super) async fn send(&self, method: Method, path: &str, body: &Value) -> Result<Value, Refusal> {
        self.answer(self.http.request(method, self.address(path)).json(body)).await
    }

    /// Uploads a file; gives the upload's id.
    pub(super) async fn upload(&self, bytes: Vec<u8>) -> Result<String, Failure> {
        let upload = self.send(Method::POST, "/v1/uploads", &json!({ "bytes": bytes.len() })).await?;
        let (Some(id), Some(url)) = (upload["id"].as_str(), upload["url"].as_str()) else {
            return Err(Failure::new("the API's answer has no upload in it"));
        };
        let put = self
            .http
            .put(url)
            .timeout(TIMEOUT)
            .body(bytes)
            .send()
            .await
            .map_err(reqwest::Error::without_url)?;
        if !put.status().is_success() {
            return Err(Failure::new(format!("the bucket answered {} to the upload", put.status())));
        }
        Ok(id.to_owned())
    }

    /// The bytes behind a path.
    pub(super) async fn bytes(&self, path: &str) -> Result<Vec<u8>, Failure> {
        let answer = self
            .http
            .get(self.address(path))
            .timeout(TIMEOUT)
            .send()
            .await?
            .error_for_status()?;
        Ok(answer.bytes().await?.to_vec())
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    async fn answer(&self, request: RequestBuilder) -> Result<Value, Refusal> {
        let silent = |error: reqwest::Error| Refusal {
            status: 0,
            problem: json!({ "detail": error.without_url().to_string() }),
        };
        let response = request.bearer_auth(&self.key).timeout(TIMEOUT).send().await.map_err(silent)?;
        let status = response.status();
        let body = response.bytes().await.map_err(silent)?;
        let value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        if status.is_success() {
            Ok(value)
        } else {
            Err(Refusal {
                status: status.as_u16(),
                problem: value,
            })
        }
    }
}
