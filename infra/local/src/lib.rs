//! Chartcastr on one machine: AWS by an emulator, every function in one process, providers by simulators, and the outbox.
//!
//! Knows every function as a library and `template.yaml` as the list of them. Must never be known by any of them.

pub mod cli;
pub mod emulator;
pub mod host;
pub mod outbox;
pub mod pulse_file;
pub mod resources;
pub mod scheduler;
pub mod simulators;
pub mod template;
