//! local
pub mod emulator;
pub mod resources;
pub mod simulators;
pub mod template;
