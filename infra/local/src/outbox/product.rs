//! What the product believes, asked from its own API.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

/// How long the page waits for the API before it says so.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Deliveries of one day that are looked at; a machine of one developer has fewer.
const PAGES_MAX: usize = 20;

/// The product's API and a key to it.
#[derive(Clone)]
pub struct Product {
    /// What goes in front of `/v1/...`.
    pub api_url: String,
    /// An API key that may read.
    pub key: String,
    /// The client to ask with.
    pub http: reqwest::Client,
}

impl fmt::Debug for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Product").field("api_url", &self.api_url).finish_non_exhaustive()
    }
}

impl Product {
    /// Today's and yesterday's deliveries (UTC), as the API has them, so that midnight empties nothing.
    pub(super) async fn deliveries(&self, now: Timestamp) -> Result<Vec<Value>, String> {
        let today = now.to_zoned(TimeZone::UTC).date();
        let mut deliveries = Vec::new();
        for day in [today.yesterday().unwrap_or(today), today] {
            let mut page = self.get(&format!("/v1/deliveries?day={day}&limit=200")).await?;
            for _ in 0..PAGES_MAX {
                let next = page.get("next_cursor").and_then(Value::as_str).map(escaped);
                if let Some(items) = page.get_mut("items").and_then(Value::as_array_mut) {
                    deliveries.append(items);
                }
                let Some(cursor) = next else { break };
                page = self.get(&format!("/v1/deliveries?day={day}&limit=200&cursor={cursor}")).await?;
            }
        }
        Ok(deliveries)
    }

    /// A run with its deliveries and their attempts.
    pub(super) async fn run(&self, id: &str) -> Result<Value, String> {
        self.get(&format!("/v1/runs/{}", escaped(id))).await
    }

    async fn get(&self, path: &str) -> Result<Value, String> {
        let request = self
            .http
            .get(format!("{}{path}", self.api_url))
            .timeout(TIMEOUT)
            .bearer_auth(&self.key);
        let response = request.send().await.map_err(|_| "the API does not answer".to_owned())?;
        let status = response.status();
        if !status.is_success() {
            return Err(format!("the API answers {status}"));
        }
        response.json().await.map_err(|_| "the API's answer is not JSON".to_owned())
    }
}

fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
