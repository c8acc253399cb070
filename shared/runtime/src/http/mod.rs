//! HTTP clients, made once per execution environment: one for providers, one for addresses that customers gave.
//!
//! Both trust Mozilla's list of roots, embedded in a form that needs no reading: reading the machine's own takes longer than all the rest of a
//! function's start (see `certificates/`). TLS 1.3, or 1.2 where a peer has nothing better; rustls and ring, as in the AWS SDK. They follow no
//! redirect and read no proxy variables.

pub mod address;
mod guard;
mod tls;

use std::time::Duration;

pub use reqwest::{Client, Method};

pub use guard::{GuardSettings, GuardedClient, Refused, refusal};

use crate::{Env, StartError};

const USER_AGENT: &str = concat!("chartcastr/", env!("CARGO_PKG_VERSION"));

/// Default of `PROVIDER_TIMEOUT_MS`: the whole call, answer included.
const PROVIDER_TIMEOUT: Duration = Duration::from_secs(15);

/// Long enough for the next call of the same invocation, too short for a socket to survive a freeze of the function: the peer closes it
/// meanwhile, and a send on it ends as "sent, but no answer".
const IDLE_TIMEOUT: Duration = Duration::from_secs(2);

/// Connecting, TLS included; never longer than the call may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The client for providers' APIs, whose addresses are our settings. `PROVIDER_TIMEOUT_MS` bounds each call (default 15,000); a single
/// request may set its own.
///
/// # Errors
/// A wrong timeout, or TLS that cannot be configured.
pub fn provider_client(env: &Env) -> Result<reqwest::Client, StartError> {
    let timeout = env.duration_ms("PROVIDER_TIMEOUT_MS", PROVIDER_TIMEOUT)?;
    Ok(builder(timeout)?.pool_idle_timeout(IDLE_TIMEOUT).build()?)
}

#[expect(clippy::disallowed_methods, reason = "the one place that builds HTTP clients")]
fn builder(timeout: Duration) -> Result<reqwest::ClientBuilder, StartError> {
    Ok(reqwest::Client::builder()
        .tls_backend_preconfigured(tls::client_config()?)
        .user_agent(USER_AGENT)
        .timeout(timeout)
        .connect_timeout(CONNECT_TIMEOUT.min(timeout))
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy())
}

/// A body, as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its first bytes.
    pub bytes: Vec<u8>,
    /// Whether there was more.
    pub is_truncated: bool,
}

/// Reads at most `bytes_max` bytes of an answer and drops the rest unread.
///
/// # Errors
/// The connection broke or the time ran out.
pub async fn read_body(mut response: reqwest::Response, bytes_max: usize) -> Result<Body, reqwest::Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = bytes_max - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok(Body { bytes, is_truncated: true });
        }
    }
    Ok(Body {
        bytes,
        is_truncated: false,
    })
}

/// A failed call in words for a person, without the URL: that may hold a token. Where `error.is_connect()` nothing was sent.
pub fn in_words(error: &reqwest::Error) -> String {
    if let Some(refused) = refusal(error) {
        return refused.to_string();
    }
    let words = match (error.is_connect(), error.is_timeout()) {
        (true, true) => "no connection in time",
        (true, false) if error.is_dns() => "the host's name does not resolve",
        (true, false) => "no connection",
        (false, true) => "no answer in time",
        (false, false) if error.is_decode() => "an answer that cannot be read",
        (false, false) => "the connection broke before the answer was complete",
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use axum::Router;
    use axum::http::{HeaderMap, StatusCode, header};
    use axum::routing::get;

    async fn serve() -> String {
        let app = Router::new()
            .route("/ten", get(|| async { "0123456789" }))
            .route(
                "/agent",
                get(|headers: HeaderMap| async move { headers[header::USER_AGENT].to_str().unwrap().to_owned() }),
            )
            .route("/away", get(|| async { (StatusCode::FOUND, [(header::LOCATION, "/ten")]) }))
            .route("/hang", get(std::future::pending::<()>));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        base
    }

    #[tokio::test]
    async fn the_body_is_capped() {
        let (base, client) = (serve().await, provider_client(&Env::default()).unwrap());
        for (bytes_max, expected, is_truncated) in [
            (0, "", true),
            (9, "012345678", true),
            (10, "0123456789", false),
            (11, "0123456789", false),
        ] {
            let response = client.get(format!("{base}/ten")).send().await.unwrap();
            let body = read_body(response, bytes_max).await.unwrap();
            assert_eq!(
                body,
                Body {
                    bytes: expected.into(),
                    is_truncated
                },
                "at most {bytes_max}"
            );
        }
    }

    #[tokio::test]
    async fn it_says_who_it_is_and_follows_nobody() {
        let (base, client) = (serve().await, provider_client(&Env::default()).unwrap());
        let agent = client.get(format!("{base}/agent")).send().await.unwrap().text().await.unwrap();
        assert_eq!(agent, USER_AGENT);
        assert_eq!(client.get(format!("{base}/away")).send().await.unwrap().status(), 302);
    }

    #[tokio::test]
    async fn a_silent_peer_is_left() {
        let base = serve().await;
        let client = provider_client(&Env::from_map([("PROVIDER_TIMEOUT_MS", "30")])).unwrap();
        let error = client.get(format!("{base}/hang")).send().await.unwrap_err();
        assert_eq!(in_words(&error), "no answer in time");
        assert!(!error.is_connect(), "it was sent");
    }

    #[tokio::test]
    async fn failures_are_told_without_the_url() {
        let (base, client) = (serve().await, provider_client(&Env::default()).unwrap());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let breaking = listener.local_addr().unwrap();
        tokio::spawn(async move { while listener.accept().await.is_ok() {} });
        let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let table = [
            // A label of DNS has 63 characters at most: no server is asked.
            (
                format!("http://{}.test/planted", "x".repeat(64)),
                "the host's name does not resolve",
            ),
            (format!("http://{closed}/planted"), "no connection"),
            (
                format!("http://{breaking}/planted"),
                "the connection broke before the answer was complete",
            ),
        ];
        for (url, words) in table {
            let error = client.get(url).send().await.unwrap_err();
            assert_eq!(in_words(&error), words, "{error:?}");
        }
        let error = client
            .get(format!("{base}/ten?planted"))
            .send()
            .await
            .unwrap()
            .json::<Vec<u8>>()
            .await
            .unwrap_err();
        assert_eq!(in_words(&error), "an answer that cannot be read");
    }
}
