//! Where numbers come from: a Source is read into a typed `Dataset`.
//!
//! Knows: separated text and JSON as people save them, Google's Sheets protocol, what a column of cells can mean, and how much is read at
//! most. Must never know: the table, queues, whose organisation this is, the clock, the environment. Time, addresses, HTTP clients, bytes of
//! uploads and credentials are arguments; tokens are kept in memory only and shown nowhere.
//!
//! One folder per kind of source; a source is an enum ([`SourceSpec`]), not a trait. Every failure becomes a [`Fault`](domain::fault::Fault)
//! with a sentence for the person who set the source up.

mod cell;
pub mod csv;
mod encoding;
mod error;
mod header;
mod infer;
pub mod json;
pub mod limits;
mod preview;
mod table;

pub use domain::source_spec::SourceSpec;
pub use error::SourceError;
pub use preview::{Preview, PreviewColumn};
