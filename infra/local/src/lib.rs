//! local
pub mod emulator;
pub mod resources;
pub mod template;
