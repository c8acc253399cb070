//! Stand-ins for the providers, at the wire: strict where the provider is strict, and able to misbehave on request.
//!
//! Each simulator is a server on 127.0.0.1 with two doors. The product uses the provider's own protocol; tests and the
//! outbox page use the Rust handle returned by `start`, or the same things as JSON under `/_sim/`.
//!
//! They know a provider's documented protocol and nothing of the product: not its ids, its table or its queues. Time and
//! the HTTP client are arguments, so a test decides what "24 hours later" is.

pub mod fault;
pub mod google;
pub mod model;
mod pending;
#[cfg(test)]
pub(crate) mod test_client;
pub mod webhook_receiver;
pub mod whatsapp;
pub mod wire;
