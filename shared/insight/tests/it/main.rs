//! The crate from outside: rows and a spec in, words out.
#![expect(clippy::unwrap_used, reason = "tests")]

mod answers;
mod claims;
mod injection;
mod languages;
mod metamorphic;
mod naive;
mod properties;
mod prove_any;
mod prove_corpus;
mod prove_lies;
mod prove_mutants;
mod prove_own;
mod prove_phrases;
mod prove_tables;
mod prove_world;
mod prove_write;
mod questions;
mod recomputed;
mod rows;
mod speed;
mod statements;
mod stories;
mod truths;
