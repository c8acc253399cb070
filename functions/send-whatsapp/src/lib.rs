//! Sends charts to people on WhatsApp: the picture with its caption, then the analysis and the files as replies to it.
//!
//! Knows: Meta's Cloud API, as far as sending takes it. Must never know: how retries, leases and fallbacks work (`delivery` does), where it
//! runs (`main.rs` does).

mod document;
mod whatsapp;

use delivery::Sender;
use runtime::{Runtime, StartError};

pub use whatsapp::{Whatsapp, message};

/// The function: `WHATSAPP_API_URL` (default `https://graph.facebook.com`) and what every sender reads.
///
/// # Errors
/// [`StartError`] where a setting is missing or wrong.
pub fn sender(runtime: Runtime) -> Result<Sender<Whatsapp>, StartError> {
    let whatsapp = Whatsapp::new(
        runtime.provider_client()?,
        runtime.env.base_url("WHATSAPP_API_URL", "https://graph.facebook.com")?,
    );
    Sender::new(runtime, whatsapp)
}
