//! Starting programs, and where the workspace is.

use std::path::Path;
use std::process::Command;

/// Done, or a sentence that says what to do.
pub type Outcome = Result<(), String>;

/// Where `template.yaml`, `functions/` and `target/` are.
pub fn workspace_dir() -> &'static Path {
    const CRATE: &str = env!("CARGO_MANIFEST_DIR");
    Path::new(CRATE).ancestors().nth(2).unwrap_or(Path::new(CRATE))
}

/// A program that works in the workspace's root.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace_dir());
    command
}

/// Cargo itself, the one that runs us.
pub fn cargo() -> Command {
    command("cargo")
}

/// Runs to the end with its output on the terminal; `otherwise` says what to do if it fails.
pub fn run(command: &mut Command, otherwise: &str) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program} ended with {status}. {otherwise}")),
        Err(error) => Err(format!("{program} could not be started ({error}). {otherwise}")),
    }
}
