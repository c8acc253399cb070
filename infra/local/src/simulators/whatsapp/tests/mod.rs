//! The simulator held against the reference: each test speaks HTTP to it, as the product does.

mod bench;
mod callbacks;
mod contracts;
mod control;
mod faults;
mod inbound;
mod media;
mod onboarding;
mod sending;
mod window;
