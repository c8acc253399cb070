//! One binary: inference tables, properties, and both sources of the network against servers of this machine.

mod csv_table;
mod json_table;
mod properties;
