//! A domain of one's own in front of the API, as `PublicUrl` expects it: known before the stack exists.

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use local::simulators::wire::{self, Server};
use reqwest::Client;

/// More than anything that passes here.
const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Passes every request on, and every answer back.
pub struct FrontDoor {
    /// The public address, without a slash at the end.
    pub url: String,
    target: Arc<OnceLock<String>>,
    _server: Server,
}

impl FrontDoor {
    /// Listens on a free port.
    pub async fn open(http: Client) -> Self {
        let target = Arc::new(OnceLock::new());
        let router = Router::new().fallback(pass).with_state((http, Arc::clone(&target)));
        let server = wire::serve(0, router).await.expect("a free port");
        Self {
            url: server.base_url(),
            target,
            _server: server,
        }
    }

    /// Where requests go from now on.
    pub fn leads_to(&self, base_url: String) {
        self.target.set(base_url).expect("a door leads to one place");
    }
}

async fn pass(State((http, target)): State<(Client, Arc<OnceLock<String>>)>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let base_url = target.get().expect("nobody knocks before the stack stands");
    let body = to_bytes(body, BODY_BYTES_MAX).await.expect("the whole body arrives");
    let mut headers = parts.headers;
    headers.remove("host");
    let sent = http
        .request(parts.method, format!("{base_url}{path}"))
        .headers(headers)
        .body(body)
        .send()
        .await;
    let answer = sent.expect("the emulator answers");
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer
        .headers()
        .iter()
        .filter(|(name, _)| *name != "transfer-encoding" && *name != "connection")
    {
        response = response.header(name, value);
    }
    let bytes = answer.bytes().await.expect("the whole answer arrives");
    response.body(Body::from(bytes)).expect("an answer that was one is one")
}
