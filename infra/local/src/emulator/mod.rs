//! AWS on this machine: installs, starts and stops the emulator (MiniStack) that stands in for DynamoDB, SQS, S3, KMS,
//! the Scheduler and, for the deploy test, CloudFormation and Lambda.
//!
//! Knows how a Python package is installed and how a child process is kept from outliving us.
//! Must never know what is stored in the emulator: tables and queues are `resources`' business.

mod install;
mod process;

use std::fmt;
use std::path::PathBuf;

pub use process::Emulator;

/// What to start and where to keep it.
#[derive(Clone, Debug)]
pub struct EmulatorOptions {
    /// Where the emulator's Python environment is installed once: `target/emulator` of this workspace.
    pub install_dir: PathBuf,
    /// Where tables, queues and objects are kept from one start to the next. `None`: nothing is kept.
    pub state_dir: Option<PathBuf>,
    /// A fixed port on 127.0.0.1. `None`: a free one is found.
    pub port: Option<u16>,
    /// As close to AWS as it gets, for the deploy test: with CloudFormation's SAM transform (125 MB more to install) and with permissions enforced.
    pub full: bool,
    /// The value of `AWS_ENDPOINT_URL`. Set: that endpoint is used and nothing is installed or started.
    pub endpoint: Option<String>,
}

impl Default for EmulatorOptions {
    fn default() -> Self {
        Self {
            install_dir: crate::template::workspace_dir().join("target/emulator"),
            state_dir: None,
            port: None,
            full: false,
            endpoint: None,
        }
    }
}

/// Why the emulator is not there: one sentence that ends in what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmulatorError(String);

impl EmulatorError {
    fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// An I/O failure while doing `what` ("create the folder target/emulator").
    fn io(what: &str, error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Self::disk_full();
        }
        Self(format!("Could not {what}: {error}. Mend that and run the command again."))
    }

    fn disk_full() -> Self {
        Self("The disk is full: free 400 MB (`cargo clean` frees target/) and run the command again.".into())
    }
}

impl fmt::Display for EmulatorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EmulatorError {}

#[cfg(test)]
mod tests;
