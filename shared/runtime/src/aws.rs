//! The AWS SDK's configuration, without its profile, SSO and metadata chains: a function has its credentials in the environment.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::{Builder, tls};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::app_name::AppName;
use aws_types::region::Region;
use aws_types::{SdkConfig, sdk_config};
use secrecy::{ExposeSecret, SecretString};

use crate::{Env, EnvError, StartError};

/// Connecting, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// From the request to the first byte of the answer. A long poll has to wait less: `WaitTimeSeconds` up to 5.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// One try and then all tries of one call.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(15);
const CALL_TIMEOUT: Duration = Duration::from_secs(40);
/// The first try included.
const TRIES_MAX: u32 = 3;
/// AWS closes idle connections after 20 s and more; beyond that a reused one is a failed try.
const IDLE_TIMEOUT: Duration = Duration::from_secs(15);

/// The configuration from which every service's client is made.
///
/// `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for a role, `AWS_SESSION_TOKEN`: Lambda sets them, and they hold as long as
/// the execution environment does. `AWS_ENDPOINT_URL` sends every service to one address, such as an emulator's.
/// Signatures use the machine's time whatever [`crate::Clock`] says: AWS compares it with its own.
///
/// # Errors
/// [`StartError::Env`] where one of the first three is missing or the endpoint is not a URL.
pub fn sdk_config(env: &Env) -> Result<SdkConfig, StartError> {
    let secret: SecretString = env.secret("AWS_SECRET_ACCESS_KEY")?;
    let token = env.get("AWS_SESSION_TOKEN").map(str::to_owned);
    let credentials = Credentials::from_keys(env.text("AWS_ACCESS_KEY_ID")?, secret.expose_secret(), token);
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .operation_timeout(CALL_TIMEOUT)
        .build();
    let https = Builder::new()
        .pool_idle_timeout(IDLE_TIMEOUT)
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .tls_context(tls_context()?)
        .build_https();
    let mut config = builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(env.text("AWS_REGION")?))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard().with_max_attempts(TRIES_MAX))
        .stalled_stream_protection(StalledStreamProtectionConfig::enabled().build())
        .sleep_impl(TokioSleep::new())
        .http_client(https);
    config.set_app_name(AppName::new("chartcastr").ok());
    config.set_endpoint_url(endpoint_url(env)?);
    Ok(config.build())
}

/// AWS's own roots, five of them: reading the machine's whole list takes longer than all the rest of a function's start.
fn tls_context() -> Result<tls::TlsContext, StartError> {
    let roots = tls::TrustStore::empty().with_pem_certificate(include_bytes!("../certificates/amazon-trust-services.pem"));
    let context = tls::TlsContext::builder().with_trust_store(roots).build();
    context.map_err(|error| StartError::Tls(format!("TLS for AWS cannot be configured: {error}")))
}

#[expect(clippy::disallowed_methods, reason = "the one place that configures the SDK")]
fn builder() -> sdk_config::Builder {
    SdkConfig::builder()
}

/// Without the slash at its end: the SDK and queue addresses append paths.
fn endpoint_url(env: &Env) -> Result<Option<String>, EnvError> {
    if env.get("AWS_ENDPOINT_URL").is_none() {
        return Ok(None);
    }
    let url = env.base_url("AWS_ENDPOINT_URL", "")?;
    Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn env() -> Env {
        Env::from_map([
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ])
    }

    #[test]
    fn each_missing_variable_is_named() {
        for variable in ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            let error = sdk_config(&env().with(variable, "")).unwrap_err();
            assert!(error.to_string().starts_with(&format!("{variable} is not set")), "{error}");
        }
        let error = sdk_config(&env().with("AWS_ENDPOINT_URL", "localhost:4566")).unwrap_err();
        assert!(error.to_string().starts_with("AWS_ENDPOINT_URL is `localhost:4566`"), "{error}");
    }

    #[test]
    fn nothing_waits_for_ever() {
        let config = sdk_config(&env()).unwrap();
        let timeouts = config.timeout_config().unwrap();
        assert_eq!(timeouts.connect_timeout(), Some(CONNECT_TIMEOUT));
        assert_eq!(timeouts.read_timeout(), Some(READ_TIMEOUT));
        assert_eq!(timeouts.operation_timeout(), Some(CALL_TIMEOUT));
        assert_eq!(config.retry_config().unwrap().max_attempts(), TRIES_MAX);
        assert_eq!(config.endpoint_url(), None);
    }

    #[test]
    fn one_endpoint_for_every_service() {
        let config = sdk_config(&env().with("AWS_ENDPOINT_URL", "http://127.0.0.1:4566/")).unwrap();
        assert_eq!(config.endpoint_url(), Some("http://127.0.0.1:4566"));
    }
}
