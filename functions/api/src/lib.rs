//! The JSON API: everything a person or a program sets up, starts and looks at; and the pictures behind the links that leave us.
//!
//! Knows: HTTP, keys and roles, what a request means and in which order its writes are safe. Must never know: its host (Lambda, the local
//! one, a test), how a chart is drawn or a message sent: it puts a `PulseDue` on a queue and lets the others work.
//!
//! One file per resource, handlers thin; `problem` is how it says no, `once` how a request is done once, `caller` who may do what.
//! Every id is looked up within the caller's organisation, so another organisation's is simply not there.

mod api;
mod body;
mod branding;
mod caller;
mod connections;
mod destinations;
mod google;
mod hooks;
mod keys;
mod limits;
mod models;
mod once;
mod openapi;
mod page;
mod pictures;
mod place;
mod problem;
mod pulse_check;
mod pulse_write;
mod pulses;
mod routes;
mod runs;
mod scheduler;
mod schedules;
mod sources;
mod test_message;
mod uploads;
mod webhook;
mod whatsapp;

#[cfg(test)]
mod tests;

pub use api::{Api, Settings};
