//! One TLS configuration for every HTTP client of the process: the certificates are read once and sessions are resumed.

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
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    let (usable, _) = roots.add_parsable_certificates(found.certs);
    if usable == 0 {
        return Err(StartError::Tls(
            "this machine has no CA certificates; install `ca-certificates` or name a PEM file in SSL_CERT_FILE".into(),
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(|error| StartError::Tls(format!("TLS cannot be configured: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
