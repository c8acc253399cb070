//! Sends charts to webhooks: one signed event that carries the words and a link to the picture.
//!
//! Knows: Standard Webhooks, and what to conclude from a stranger's HTTP answer. Must never know: how retries, leases and fallbacks work
//! (`delivery` does), which addresses are off limits (`runtime::http` does), where it runs (`main.rs` does).

mod event;
mod sign;
mod webhook;

use delivery::Sender;
use runtime::{Runtime, StartError};

pub use event::event;
pub use sign::{InvalidSecret, signature};
pub use webhook::Webhook;

/// The function: `WEBHOOK_ALLOWED_ORIGINS`, `WEBHOOK_TIMEOUT_MS` and what every sender reads.
///
/// # Errors
/// [`StartError`] where a setting is missing or wrong.
pub fn sender(runtime: Runtime) -> Result<Sender<Webhook>, StartError> {
    let webhook = Webhook::new(runtime.guarded_client()?);
    Sender::new(runtime, webhook)
}
