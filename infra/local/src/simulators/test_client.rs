//! An HTTP client for tests: fails rather than hangs.

use runtime::Env;

pub(crate) fn client() -> reqwest::Client {
    let env = Env::from_map([("PROVIDER_TIMEOUT_MS", "10000")]);
    runtime::http::provider_client(&env).expect("a client")
}
