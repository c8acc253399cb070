//! What the functions were called with: for tests and for telling how long each step took.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

/// Calls that are remembered.
const CALLS_KEPT: usize = 1_000;

/// One batch that a function was called with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The function's folder.
    pub folder: String,
    /// When the first of its messages was sent to the queue.
    pub sent_at: Timestamp,
    /// When it began.
    pub began_at: Timestamp,
    /// When it had ended and the queue knew.
    pub ended_at: Timestamp,
    /// How many messages it was.
    pub received: usize,
    /// How many of them stay in the queue.
    pub failed: usize,
}

/// The last calls, oldest first. Clones are the same list.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    kept: Arc<Mutex<VecDeque<Call>>>,
    count: watch::Sender<u64>,
}

impl Calls {
    pub(super) fn note(&self, call: Call) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == CALLS_KEPT {
            kept.pop_front();
        }
        kept.push_back(call);
        drop(kept);
        self.count.send_modify(|count| *count += 1);
    }

    pub(super) fn all(&self) -> Vec<Call> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(super) fn ended(&self) -> watch::Receiver<u64> {
        self.count.subscribe()
    }
}
