//! Counts background work, so that a test can await its end instead of sleeping.

use std::sync::Arc;

use tokio::sync::watch;

/// How many pieces of background work are still to be finished.
#[derive(Clone)]
pub(super) struct Pending(Arc<watch::Sender<usize>>);

/// One piece of background work; finished when dropped.
pub(super) struct Work(Pending);

impl Pending {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }

    pub(super) fn begin(&self) -> Work {
        self.0.send_modify(|count| *count += 1);
        Work(self.clone())
    }

    /// Waits until nothing is left to do.
    pub(super) async fn settled(&self) {
        self.reached(|count| count == 0).await;
    }

    pub(super) async fn reached(&self, enough: impl Fn(usize) -> bool) {
        // The sender lives in self, so the wait cannot fail.
        let _ = self.0.subscribe().wait_for(|count| enough(*count)).await;
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}
