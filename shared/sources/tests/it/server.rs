//! Servers of this machine, and clients for them.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Once;

use axum::Router;
use url::Url;

/// Serves until the test ends.
pub async fn serve(app: Router) -> Url {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    Url::parse(&format!("http://{address}")).unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests build the client that the product gets from its runtime"
)]
pub fn client() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}
