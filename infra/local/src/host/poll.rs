//! The background: each queue is received from all the time, and each batch is worked on beside the next.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use super::calls::Calls;
use super::queue::Stage;

/// How long a receive waits for a first message, in seconds: an emulator that is told to stop waits for it.
const WAIT_S: u8 = 2;
/// Calls of one function at the same time, where the template allows more: this is one machine.
const CALLS_MAX: u32 = 10;
/// How long to leave an endpoint alone that did not answer.
const PAUSE: Duration = Duration::from_secs(1);

/// Receives and works until `going` says otherwise, then waits for what is at work.
pub(super) async fn run(stage: Arc<Stage>, calls: Calls, mut going: watch::Receiver<bool>) {
    let calls_max = stage.trigger.concurrency_max.unwrap_or(CALLS_MAX).min(CALLS_MAX);
    let places = Arc::new(Semaphore::new(usize::try_from(calls_max).unwrap_or(1)));
    let mut has_complained = false;
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { break };
        let received = tokio::select! {
            biased;
            _ = going.wait_for(|going| !going) => break,
            received = stage.receive(WAIT_S) => received,
        };
        match received {
            Ok(received) if received.is_empty() => has_complained = false,
            Ok(received) => {
                has_complained = false;
                let (stage, calls) = (stage.clone(), calls.clone());
                tokio::spawn(async move {
                    if let Err(error) = stage.work(&received, &calls).await {
                        tracing::error!(function = stage.folder, error = %error, "a batch was not settled; its messages come again");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                if !has_complained {
                    tracing::error!(function = stage.folder, error = %error, "a queue cannot be read; it is tried every second");
                }
                has_complained = true;
                pause().await;
            }
        }
    }
    // Every place is free again: every call has ended.
    drop(places.acquire_many(calls_max).await);
}

#[expect(clippy::disallowed_methods, reason = "an endpoint that is down gives no event to wait for")]
async fn pause() {
    tokio::time::sleep(PAUSE).await;
}
