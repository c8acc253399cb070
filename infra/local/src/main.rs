//! `cargo local`: all of Chartcastr on this machine.

use std::process::ExitCode;

fn main() -> ExitCode {
    local::cli::main()
}
