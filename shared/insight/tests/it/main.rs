//! The crate from outside: rows and a spec in, words out.
#![expect(clippy::unwrap_used, reason = "tests")]

mod claims;
mod injection;
mod languages;
mod metamorphic;
mod mutations;
mod naive;
mod properties;
mod recomputed;
mod rows;
mod speed;
mod statements;
mod stories;
mod truths;
