//! What can only be tested from outside: the rules between crates, the template, and whole flows through the local host.

mod api;
mod architecture;
mod contracts;
mod deploy;
mod flows;
mod stage;
mod template;
mod wire;
