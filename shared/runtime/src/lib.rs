//! Cold start: what a function has before its first event.
//!
//! Knows: environment variables, the clock, randomness, TLS roots, HTTP clients, the AWS SDK's configuration, logging and the handling of
//! queues. It is the only crate that reads any of them from the machine; everybody else gets values.
//! Must never know: what a message means, a provider's protocol, the table, or the Lambda runtime itself.
//!
//! ```no_run
//! # fn main() -> Result<(), runtime::StartError> {
//! let runtime = runtime::Runtime::start()?;
//! let render = runtime.queue("RENDER_QUEUE_URL")?;
//! let batch = runtime.batch();
//! # Ok(()) }
//! ```

pub mod aws;
mod clock;
mod entropy;
mod env;
pub mod http;
pub mod sqs;
pub mod telemetry;

pub use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
pub use aws_types::SdkConfig;
pub use clock::{Clock, Stopwatch};
pub use entropy::Entropy;
pub use env::{Env, EnvError};

use http::{GuardSettings, GuardedClient};
use sqs::{Batch, Queue};

/// Why a function cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Env(#[from] EnvError),
    /// TLS cannot be configured.
    #[error("{0}")]
    Tls(String),
    /// The HTTP client cannot be built.
    #[error("the HTTP client cannot be built: {0}")]
    Http(#[from] reqwest::Error),
}

/// What every function starts with. HTTP clients are made on request, so that a function without one does not carry it.
#[derive(Debug, Clone)]
pub struct Runtime {
    /// The settings.
    pub env: Env,
    /// The time.
    pub clock: Clock,
    /// Randomness for ids and jitter.
    pub entropy: Entropy,
    /// AWS: credentials, region, endpoint, timeouts, one HTTP client. Make each service's client from it once.
    pub sdk: SdkConfig,
    sqs: sqs::LazyClient,
}

impl Runtime {
    /// A function's start on this machine: reads the process environment and begins to log.
    ///
    /// # Errors
    /// [`StartError::Env`] where AWS's own variables are missing.
    pub fn start() -> Result<Self, StartError> {
        let env = Env::process();
        telemetry::init(&env);
        Self::new(env, Clock::system(), Entropy::system())
    }

    /// The same from given parts: the local host and tests bring their own.
    ///
    /// # Errors
    /// [`StartError::Env`] where AWS's own variables are missing.
    pub fn new(env: Env, clock: Clock, entropy: Entropy) -> Result<Self, StartError> {
        let sdk = aws::sdk_config(&env)?;
        let sqs = sqs::LazyClient::new(&sdk);
        Ok(Self {
            env,
            clock,
            entropy,
            sdk,
            sqs,
        })
    }

    /// The client for providers' APIs; see [`http::provider_client`].
    ///
    /// # Errors
    /// A wrong timeout setting, or TLS that cannot be configured.
    pub fn provider_client(&self) -> Result<reqwest::Client, StartError> {
        http::provider_client(&self.env)
    }

    /// The client for addresses that customers gave; see [`http::GuardedClient`].
    ///
    /// # Errors
    /// A wrong setting, or TLS that cannot be configured.
    pub fn guarded_client(&self) -> Result<GuardedClient, StartError> {
        GuardedClient::new(GuardSettings::from_env(&self.env)?)
    }

    /// The queue whose URL that variable holds.
    ///
    /// # Errors
    /// [`EnvError`] where the variable is not set.
    pub fn queue(&self, variable: &'static str) -> Result<Queue, EnvError> {
        Ok(Queue::of(self.sqs.clone(), self.env.text(variable)?))
    }

    /// The reader of this function's own queue.
    pub fn batch(&self) -> Batch {
        Batch::of(self.sqs.clone(), &self.sdk)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn env() -> Env {
        Env::from_map([
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "planted-id"),
            ("AWS_SECRET_ACCESS_KEY", "planted-secret"),
            ("AWS_SESSION_TOKEN", "planted-token"),
            ("RENDER_QUEUE_URL", "http://127.0.0.1:4566/000000000000/render"),
        ])
    }

    #[test]
    fn a_runtime_shows_no_secret() {
        let runtime = Runtime::new(env(), Clock::system(), Entropy::seeded(1)).unwrap();
        let shown = format!("{runtime:?} {:?}", runtime.queue("RENDER_QUEUE_URL").unwrap());
        assert!(!shown.contains("planted-secret") && !shown.contains("planted-token"), "{shown}");
    }

    #[test]
    fn a_missing_queue_is_named() {
        let runtime = Runtime::new(env(), Clock::system(), Entropy::seeded(1)).unwrap();
        let error = runtime.queue("COMPOSE_QUEUE_URL").unwrap_err();
        assert_eq!(error.to_string(), "COMPOSE_QUEUE_URL is not set; a non-empty text is needed");
    }
}
