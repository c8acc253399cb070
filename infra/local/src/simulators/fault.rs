//! Misbehaviour on request, queued per endpoint.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::pending::Pending;
use super::wire::Connection;

/// What goes wrong with one request. `A` is what this provider itself would answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault<A> {
    /// The provider's own words, such as an error object.
    Answer(A),
    /// The right answer, late.
    Slow {
        /// How late, in milliseconds.
        ms: u64,
    },
    /// No answer until [`Faults::release`]. The request has its effect first if `accepted`, and none otherwise.
    Hang {
        /// Whether the request has its effect.
        accepted: bool,
    },
    /// The connection is reset in place of an answer. The request has its effect first if `accepted`, and none otherwise.
    Reset {
        /// Whether the request has its effect.
        accepted: bool,
    },
}

/// An order for faults, as `POST /_sim/faults` takes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order<E, A> {
    /// Which requests are hit.
    pub endpoint: E,
    /// What happens to them.
    pub fault: Fault<A>,
    /// How many requests are hit, one after the other; 1 if not said.
    #[serde(default = "once")]
    pub count: u32,
}

fn once() -> u32 {
    1
}

/// The faults waiting for their requests. Each endpoint has its own queue; an empty queue means good behaviour.
pub struct Faults<E, A> {
    queues: Mutex<BTreeMap<E, VecDeque<Fault<A>>>>,
    hanging: Pending,
    releases: watch::Sender<u64>,
}

impl<E: Ord + Copy, A: Clone> Default for Faults<E, A> {
    fn default() -> Self {
        Self {
            queues: Mutex::default(),
            hanging: Pending::new(),
            releases: watch::Sender::new(0),
        }
    }
}

impl<E: Ord + Copy, A: Clone> Faults<E, A> {
    /// Adds faults behind those already waiting.
    pub fn push(&self, order: Order<E, A>) {
        let mut queues = self.queues.lock().expect("no panic holds this lock");
        let queue = queues.entry(order.endpoint).or_default();
        queue.extend(std::iter::repeat_n(order.fault, order.count as usize));
    }

    /// Forgets the faults that have not happened yet.
    pub fn clear(&self) {
        self.queues.lock().expect("no panic holds this lock").clear();
    }

    /// How many faults have not happened yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queues
            .lock()
            .expect("no panic holds this lock")
            .values()
            .map(VecDeque::len)
            .sum()
    }

    /// Ends every hang now under way: an accepted request is answered, another finds its connection reset.
    pub fn release(&self) {
        self.releases.send_modify(|count| *count += 1);
    }

    /// Waits until at least one request hangs.
    pub async fn hanging(&self) {
        self.hanging.reached(|count| count > 0).await;
    }

    /// Runs `work` under the next fault of `endpoint`. `work` is given the provider's own answer when that is the fault,
    /// because only the provider knows whether such an answer still has an effect.
    pub(super) async fn around<F>(&self, endpoint: E, connection: &Connection, work: impl FnOnce(Option<A>) -> F) -> Response
    where
        F: Future<Output = Response>,
    {
        match self.next(endpoint) {
            None => work(None).await,
            Some(Fault::Answer(answer)) => work(Some(answer)).await,
            Some(Fault::Slow { ms }) => {
                wait(Duration::from_millis(ms)).await;
                work(None).await
            }
            Some(Fault::Hang { accepted: true }) => {
                let response = work(None).await;
                self.hang().await;
                response
            }
            Some(Fault::Hang { accepted: false }) => {
                self.hang().await;
                broken(connection)
            }
            Some(Fault::Reset { accepted }) => {
                if accepted {
                    let _ = work(None).await;
                }
                broken(connection)
            }
        }
    }

    fn next(&self, endpoint: E) -> Option<Fault<A>> {
        self.queues
            .lock()
            .expect("no panic holds this lock")
            .get_mut(&endpoint)?
            .pop_front()
    }

    async fn hang(&self) {
        let mut releases = self.releases.subscribe();
        let _hanging = self.hanging.begin();
        let _ = releases.changed().await;
    }
}

#[expect(clippy::disallowed_methods, reason = "being slow is what was asked for")]
async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}

fn broken(connection: &Connection) -> Response {
    connection.reset();
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
