//! One binary: inference tables, properties, and both sources of the network against servers of this machine.

mod contract;
mod csv_table;
mod fake_google;
mod fetch;
mod google;
mod json_table;
mod properties;
mod server;
