//! The product's words: ids, values, queue messages, schedule rules, state machines and the one decision about faults.
//!
//! Knows: the vocabulary of the design and the pure rules over it. Must never know: I/O, the clock, the environment, AWS, async.
//! Everything here takes time, randomness and settings as arguments.

pub mod access;
pub mod attachment;
pub mod branding;
pub mod chart_spec;
pub mod color;
pub mod connection;
pub mod dataset;
mod dataset_csv;
pub mod delivery;
pub mod destination;
pub mod fault;
pub mod ids;
pub mod link;
pub mod locale;
pub mod message;
pub mod phone;
pub mod picture;
pub mod pulse;
pub mod reading;
pub mod run;
pub mod schedule;
#[cfg(feature = "schema")]
mod schema;
pub mod secret;
pub mod series;
pub mod source;
pub mod source_spec;
#[cfg(test)]
mod stored_tests;
pub mod whatsapp;
