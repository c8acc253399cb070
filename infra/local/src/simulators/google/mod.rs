//! Google: service account tokens, and spreadsheets to read.

mod a1;
mod field_mask;
mod server;
mod sheets;
#[cfg(test)]
mod tests;
mod token;
mod workbook;

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use runtime::Clock;
use serde::{Deserialize, Serialize};

pub use token::{AUDIENCE, ServiceAccount};
pub use workbook::{Cell, Sheet, Workbook};

use self::token::Grant;
use super::fault::{Fault, Faults, Order};
use super::wire::{self, Server};

/// What Google knows.
#[derive(Clone, Debug)]
pub struct Config {
    /// Service accounts.
    pub accounts: Vec<ServiceAccount>,
    /// Spreadsheets.
    pub workbooks: Vec<Workbook>,
    /// Reads per minute and service account (Google: 60).
    pub reads_per_minute_max: usize,
}

impl Config {
    /// Nobody and nothing, with Google's quota.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            accounts: Vec::new(),
            workbooks: Vec::new(),
            reads_per_minute_max: 60,
        }
    }
}

/// What a fault can hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// `POST /token`
    Token,
    /// Any call of the Sheets API.
    Sheets,
}

/// What Google itself answers when something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// Sheets' error object with this HTTP status: 400, 401, 403, 404, 429, 500, 503.
    Error {
        /// HTTP status.
        code: u16,
    },
    /// The token endpoint's `invalid_grant`, as after the key was revoked.
    InvalidGrant,
}

/// One request that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Path and query, decoded as little as they came.
    pub uri: String,
    /// HTTP status of the answer; a request that hangs is not listed yet.
    pub status: u16,
}

/// A running simulator. Clones are the same simulator; it stops with the last one.
#[derive(Clone)]
pub struct Google {
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
    grants: BTreeMap<String, Grant>,
    reads: BTreeMap<String, VecDeque<Timestamp>>,
    calls: Vec<Call>,
}

impl Google {
    /// Starts on 127.0.0.1.
    ///
    /// # Errors
    /// The port is taken. Port 0 asks the system for a free one.
    pub async fn start(port: u16, config: Config, clock: Clock) -> io::Result<Self> {
        let state = State {
            config,
            grants: BTreeMap::new(),
            reads: BTreeMap::new(),
            calls: Vec::new(),
        };
        let inner = Arc::new(Inner {
            state: Mutex::new(state),
            faults: Faults::default(),
            clock,
        });
        let server = wire::serve(port, server::router(&inner)).await?;
        Ok(Self {
            inner,
            server: Arc::new(server),
        })
    }

    /// In place of `https://sheets.googleapis.com`.
    #[must_use]
    pub fn sheets_url(&self) -> String {
        self.server.base_url()
    }

    /// In place of `https://oauth2.googleapis.com/token`.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}/token", self.server.base_url())
    }

    /// Changes the configuration: share, rename a tab, change cells, delete a key.
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

    /// Makes every token given out so far worthless, as an hour does.
    pub fn forget_tokens(&self) {
        self.inner.state().grants.clear();
    }

    /// Every request so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.inner.state().calls.clone()
    }
}
