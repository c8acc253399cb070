//! Three providers of models behind one address: Anthropic's Messages, OpenAI's chat completions, Amazon Bedrock's Converse.
//!
//! Requests are held to each protocol: headers, key or signature, fields, and the rules for schemas of structured output. What is answered is up to
//! the test: by default a modest rewriting of what was sent, otherwise any text, any way to stop, any error, or silence.

mod anthropic;
mod bedrock;
mod openai;
mod schema;
mod server;
mod signature;
#[cfg(test)]
mod tests;
mod writer;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};

use runtime::Clock;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::{Fault, Faults, Order};
use super::wire::{self, Server};

/// A key that Anthropic's and OpenAI's side know.
pub const DEMO_KEY: &str = "sk-simulated-0000-test-only";
/// A model that all three know.
pub const DEMO_MODEL: &str = "simulated.writer-v1:0";

/// What the providers know.
#[derive(Clone, Debug)]
pub struct Config {
    /// Keys in force.
    pub keys: Vec<String>,
    /// Access key id and secret of the role that may call Bedrock.
    pub role: (String, String),
    /// Models that exist.
    pub models: Vec<String>,
    /// Whether the compatible server (below `/compatible/v1`) can hold an answer to a schema.
    pub compatible_takes_schemas: bool,
    /// What the models say where no fault says otherwise.
    pub character: Character,
}

impl Config {
    /// One key, one model, an emulator's credentials.
    #[must_use]
    pub fn demo() -> Self {
        Self {
            keys: vec![DEMO_KEY.to_owned()],
            role: ("test".to_owned(), "test".to_owned()),
            models: vec![DEMO_MODEL.to_owned()],
            compatible_takes_schemas: true,
            character: Character::Faithful,
        }
    }
}

/// What a model makes of what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Character {
    /// It says again what it was told.
    Faithful,
    /// It does what the data tells it, and writes this.
    Obedient(String),
}

/// What a fault can hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `POST /v1/messages`
    Anthropic,
    /// `POST /v1/chat/completions`
    Openai,
    /// `POST /compatible/v1/chat/completions`: another server of OpenAI's protocol.
    Compatible,
    /// `POST /model/{id}/converse`
    Bedrock,
}

/// What a provider itself answers instead of a faithful rewriting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// The provider's error object.
    Error(Failure),
    /// The model writes this text, whatever it is, and ends its turn.
    Says(String),
    /// The model stops before it has said everything.
    Stops(Stop),
    /// 200 with a page of HTML, as a proxy may answer.
    Page,
    /// 200 with a body of so many bytes.
    Huge(usize),
}

/// What can be wrong, in each provider's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The key, or the role.
    Unauthorized,
    /// No such model.
    UnknownModel,
    /// No credit left.
    NoCredit,
    /// Too many requests.
    RateLimited,
    /// Anthropic's 529, the others' 503.
    Overloaded,
    /// 500.
    Internal,
}

/// How a model stops early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// It declines.
    Refusal,
    /// The limit of tokens is reached.
    MaxTokens,
    /// A content filter or guardrail.
    Filtered,
}

/// What a model wrote, and how it ended.
struct Written {
    text: String,
    stop: Option<Stop>,
}

/// A request that is as the protocol has it.
struct Asked {
    model: String,
    user: String,
    schema: Option<Value>,
}

/// One request that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Which provider was asked.
    pub endpoint: Endpoint,
    /// Its headers, by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// Its body as it came.
    pub body: String,
    /// HTTP status of the answer.
    pub status: u16,
}

/// A running simulator. Clones are the same simulator; it stops with the last one.
#[derive(Clone)]
pub struct ModelServer {
    inner: Arc<Inner>,
    server: Arc<Server>,
}

struct Inner {
    state: Mutex<State>,
    faults: Faults<Endpoint, Answer>,
    clock: Clock,
}

struct State {
    config: Config,
    calls: Vec<Call>,
}

impl ModelServer {
    /// Starts on 127.0.0.1.
    ///
    /// # Errors
    /// The port is taken. Port 0 asks the system for a free one.
    pub async fn start(port: u16, config: Config, clock: Clock) -> io::Result<Self> {
        let inner = Arc::new(Inner {
            state: Mutex::new(State { config, calls: Vec::new() }),
            faults: Faults::default(),
            clock,
        });
        let server = wire::serve(port, server::router(&inner)).await?;
        Ok(Self {
            inner,
            server: Arc::new(server),
        })
    }

    /// In place of each of the three providers' addresses.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.server.base_url()
    }

    /// Where another server of OpenAI's protocol is, as an organisation would name it.
    #[must_use]
    pub fn compatible_url(&self) -> String {
        format!("{}/compatible/v1", self.server.base_url())
    }

    /// Changes the configuration: take a key away, another character.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        change(&mut self.inner.state().config);
    }

    /// Queues a fault for the next `count` requests to an endpoint.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault<Answer>, count: u32) {
        self.inner.faults.push(Order { endpoint, fault, count });
    }

    /// The queues of faults, to clear, release or await them.
    #[must_use]
    pub fn faults(&self) -> &Faults<Endpoint, Answer> {
        &self.inner.faults
    }

    /// Every request so far that was answered.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.inner.state().calls.clone()
    }
}
