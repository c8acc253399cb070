//! Requests with an `Idempotency-Key` are done once: the same request again gets the same answer for 24 hours.
//!
//! Secrets that an answer shows are kept apart from it and sealed; the record holds none in clear.

use std::future::Future;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::ConnectionId;
use domain::secret::SecretText;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::registry::{Begun, OnceClaim, sha256_hex};

use crate::api::{Api, Shared};
use crate::caller::Caller;
use crate::problem::{FieldError, Problem};

/// Longest key, in characters. As widely used APIs have it.
const KEY_CHARS_MAX: usize = 255;

const HEADER: &str = "Idempotency-Key";

/// Secrets of remembered answers are sealed under this name instead of a Connection's. Ids of Connections begin with `con_`.
const SEALED_AS: &str = "idempotency-record";

/// The vault takes 16 KB at once. A pulse with 500 new webhooks shows 500 secrets of about 100 bytes each.
const SECRETS_SEALED_TOGETHER: usize = 64;

/// The request's `Idempotency-Key`, where it has one.
#[derive(Debug, Clone)]
pub struct OnceKey(pub(crate) Option<String>);

impl OnceKey {
    /// The key in that header.
    pub(crate) fn read(parts: &Parts, header: &str) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header) else {
            return Ok(Self(None));
        };
        let key = value.to_str().unwrap_or_default();
        if (1..=KEY_CHARS_MAX).contains(&key.len()) {
            return Ok(Self(Some(key.to_owned())));
        }
        let accepted = format!("1 to {KEY_CHARS_MAX} visible ASCII characters");
        Err(Problem::invalid(vec![FieldError::silent(header, accepted)]))
    }
}

impl FromRequestParts<Shared> for OnceKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _api: &Shared) -> Result<Self, Problem> {
        Self::read(parts, HEADER)
    }
}

/// What the things that a request makes are made of: the same at every try of the same request.
#[derive(Debug, Clone, Copy)]
pub struct Making {
    /// The time of the first try.
    pub at: Timestamp,
    seed: u128,
}

impl Making {
    /// Random bits for the thing of that name within the request.
    pub fn bits(&self, name: &str) -> u128 {
        let digest = Sha256::new().chain_update(self.seed.to_le_bytes()).chain_update(name).finalize();
        digest.iter().take(16).fold(0, |bits, byte| (bits << 8) | u128::from(*byte))
    }

    #[cfg(test)]
    pub fn for_test(at: Timestamp, seed: u128) -> Self {
        Self { at, seed }
    }
}

/// An answer that can be given again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    body: Value,
    /// What is shown once: JSON pointers into the body, and what goes there. Never kept in clear.
    #[serde(skip)]
    secrets: Vec<(String, SecretText)>,
    /// The same, sealed, [`SECRETS_SEALED_TOGETHER`] at a time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sealed: Vec<String>,
}

impl Answer {
    /// An answer of that status.
    pub fn new<T: Serialize>(status: StatusCode, body: &T) -> Result<Self, Problem> {
        let body = serde_json::to_value(body).map_err(|_| Problem::internal("an answer cannot be written as JSON"))?;
        Ok(Self {
            status: status.as_u16(),
            location: None,
            body,
            secrets: Vec::new(),
            sealed: Vec::new(),
        })
    }

    /// 201, and where the new thing is.
    pub fn created<T: Serialize>(location: String, body: &T) -> Result<Self, Problem> {
        Ok(Self {
            location: Some(location),
            ..Self::new(StatusCode::CREATED, body)?
        })
    }

    /// Says where the thing is that the answer is about.
    pub fn locate(&mut self, location: String) {
        self.location = Some(location);
    }

    /// Puts a secret into the member that the pointer names; its object must be there.
    #[must_use]
    pub fn with_secret(mut self, pointer: impl Into<String>, secret: SecretText) -> Self {
        self.secrets.push((pointer.into(), secret));
        self
    }

    fn reveal(&mut self) {
        for (pointer, secret) in self.secrets.drain(..) {
            let Some((parent, name)) = pointer.rsplit_once('/') else { continue };
            if let Some(Value::Object(parent)) = self.body.pointer_mut(parent) {
                parent.insert(name.to_owned(), Value::String(secret.expose().to_owned()));
            }
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(mut self) -> Response {
        self.reveal();
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = (status, axum::Json(self.body)).into_response();
        if let Some(Ok(location)) = self.location.map(|location| location.parse()) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

impl Api {
    /// Does `make` once per `Idempotency-Key`, operation and key of the API. A refused request is forgotten. One that failed on our side, or
    /// broke off a minute ago, is taken up again with the same [`Making`], so that it completes what is there instead of making it twice.
    pub(crate) async fn once<F, W>(
        &self,
        caller: &Caller,
        key: &OnceKey,
        operation: &str,
        request: &[u8],
        make: F,
    ) -> Result<Answer, Problem>
    where
        F: FnOnce(Making) -> W + Send,
        W: Future<Output = Result<Answer, Problem>> + Send,
    {
        let (now, seed) = (self.now(), self.entropy.bits());
        let Some(key) = &key.0 else {
            return make(Making { at: now, seed }).await;
        };
        let name = format!("{}\n{operation}\n{key}", caller.name);
        match self.store.begin_once(&caller.org, &name, &sha256_hex(request), seed, now).await? {
            OnceClaim::Begun(begun) => match make(Making {
                at: begun.at,
                seed: begun.seed,
            })
            .await
            {
                Ok(answer) => self.remember(caller, begun, answer).await,
                Err(problem) => {
                    self.let_go(begun, &problem).await;
                    Err(problem)
                }
            },
            OnceClaim::Done(text) => self.recall(caller, &text).await,
            OnceClaim::Running => Err(Problem::in_progress()),
            OnceClaim::Other => Err(Problem::key_reused()),
        }
    }

    /// What cannot be written now is no worse than a try that broke off.
    async fn let_go(&self, begun: Begun, problem: &Problem) {
        let written = if problem.is_refusal() {
            self.store.abandon_once(begun).await
        } else {
            self.store.interrupt_once(begun).await
        };
        if let Err(error) = written {
            tracing::warn!(error.detail = %error, "a failed request keeps its idempotency key for a minute");
        }
    }

    async fn remember(&self, caller: &Caller, begun: Begun, mut answer: Answer) -> Result<Answer, Problem> {
        for some in answer.secrets.chunks(SECRETS_SEALED_TOGETHER) {
            answer.sealed.push(self.seal_json(&caller.org, &sealed_as()?, &some).await?);
        }
        let text = serde_json::to_string(&answer).map_err(|_| Problem::internal("an answer cannot be written as JSON"))?;
        self.store.finish_once(begun, text).await?;
        Ok(answer)
    }

    async fn recall(&self, caller: &Caller, text: &str) -> Result<Answer, Problem> {
        let mut answer: Answer = serde_json::from_str(text).map_err(|_| Problem::internal("a remembered answer cannot be read"))?;
        for sealed in &answer.sealed {
            let some: Vec<(String, SecretText)> = self.open_json(&caller.org, &sealed_as()?, sealed).await?;
            answer.secrets.extend(some);
        }
        Ok(answer)
    }
}

fn sealed_as() -> Result<ConnectionId, Problem> {
    ConnectionId::parse(SEALED_AS).map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;

    use super::*;

    #[test]
    fn a_secret_is_shown_and_never_kept_in_clear() {
        let answer = Answer::created("/v1/keys/key_1".into(), &json!({"id": "key_1", "nested": {}})).unwrap();
        let mut answer = answer
            .with_secret("/key", SecretText::new("ck_planted"))
            .with_secret("/nested/a", SecretText::new("b"));
        let kept = serde_json::to_string(&answer).unwrap();
        assert!(!kept.contains("planted"), "{kept}");
        assert!(!format!("{answer:?}").contains("planted"), "{answer:?}");
        answer.reveal();
        assert_eq!(answer.body, json!({"id": "key_1", "nested": {"a": "b"}, "key": "ck_planted"}));
    }

    #[test]
    fn a_second_try_makes_the_same_things() {
        let at = "2026-11-20T09:00:00Z".parse().unwrap();
        let (one, other) = (Making::for_test(at, 7), Making::for_test(at, 7));
        assert_eq!(one.bits("pulse"), other.bits("pulse"));
        assert_ne!(one.bits("pulse"), one.bits("source"));
        assert_ne!(one.bits("pulse"), Making::for_test(at, 8).bits("pulse"));
    }
}
