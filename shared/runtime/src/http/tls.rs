//! One TLS configuration for every HTTP client of the process: Mozilla's roots, which need no reading, and sessions that are resumed.

use std::sync::{Arc, OnceLock};

use rustls::{ClientConfig, RootCertStore};

use crate::StartError;

/// The configuration; a clone shares roots and session cache.
pub(super) fn client_config() -> Result<ClientConfig, StartError> {
    static CONFIG: OnceLock<ClientConfig> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config.clone());
    }
    let config = build()?;
    Ok(CONFIG.get_or_init(|| config).clone())
}

fn build() -> Result<ClientConfig, StartError> {
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|error| StartError::Tls(format!("TLS cannot be configured: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
