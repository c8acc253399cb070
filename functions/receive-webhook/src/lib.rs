//! Takes what providers tell us: proves who said it, keeps it, answers 200. No business logic.
//!
//! Knows: Meta's handshake and signature. Must never know: what an update means (`process-inbound` does), where it runs (`main.rs` does).
//!
//! The signature is checked over the bytes as they came: Meta escapes every non-ASCII character, so a body that was read and written again
//! no longer matches. 200 is said only once the update is in the queue; anything else makes Meta send it again, for days if need be.

mod signature;

use bytes::Bytes;
use domain::message::{INBOUND_INLINE_BYTES_MAX, Inbound, InboundBody, Provider};
use http::{Method, Request, Response, StatusCode, header};
use runtime::sqs::Queue;
use runtime::{Runtime, StartError};
use secrecy::{ExposeSecret, SecretString};
use store::Store;
use subtle::ConstantTimeEq;

pub use signature::is_signed;

/// Where Meta is told to call.
pub const WHATSAPP_PATH: &str = "/webhook/integrations/whatsapp";

/// Meta's own limit is 3 MB; the rest is room.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The function. Build it once.
pub struct ReceiveWebhook {
    runtime: Runtime,
    store: Store,
    inbound: Queue,
    app_secrets: Vec<SecretString>,
    verify_token: Option<SecretString>,
}

impl ReceiveWebhook {
    /// Reads `TABLE_NAME`, `BUCKET_NAME`, `QUEUE_INBOUND_URL`, `META_APP_SECRET` (several, separated by commas, while one is being replaced)
    /// and `META_WHATSAPP_WEBHOOK_VERIFY_TOKEN`. Without the last two nobody can prove to be Meta, and everybody is refused.
    ///
    /// # Errors
    /// [`StartError`] where one of the first three is missing.
    pub fn new(runtime: Runtime) -> Result<Self, StartError> {
        let env = &runtime.env;
        let store = Store::new(&runtime.sdk, env.text("TABLE_NAME")?, env.text("BUCKET_NAME")?);
        let app_secrets = env.list("META_APP_SECRET").into_iter().map(SecretString::from).collect();
        let verify_token = env.get("META_WHATSAPP_WEBHOOK_VERIFY_TOKEN").map(SecretString::from);
        let inbound = runtime.queue("QUEUE_INBOUND_URL")?;
        Ok(Self {
            runtime,
            store,
            inbound,
            app_secrets,
            verify_token,
        })
    }

    /// Answers one request.
    pub async fn handle(&self, request: Request<Bytes>) -> Response<String> {
        if request.uri().path().trim_end_matches('/') != WHATSAPP_PATH {
            return answer(StatusCode::NOT_FOUND, "There is nothing here.");
        }
        match *request.method() {
            Method::GET => self.handshake(request.uri().query().unwrap_or_default()),
            Method::POST => self.take(&request).await,
            _ => {
                let mut refused = answer(StatusCode::METHOD_NOT_ALLOWED, "GET and POST are answered here.");
                refused
                    .headers_mut()
                    .insert(header::ALLOW, http::HeaderValue::from_static("GET, POST"));
                refused
            }
        }
    }

    /// Meta proves that it calls whom it means, and we prove that we are meant: the challenge goes back as it came.
    fn handshake(&self, query: &str) -> Response<String> {
        let mut mode = None;
        let mut token = None;
        let mut challenge = None;
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "hub.mode" => mode = Some(value),
                "hub.verify_token" => token = Some(value),
                "hub.challenge" => challenge = Some(value),
                _ => {}
            }
        }
        let agreed = self.verify_token.as_ref().zip(token);
        let is_ours = agreed.is_some_and(|(ours, given)| given.as_bytes().ct_eq(ours.expose_secret().as_bytes()).into());
        match (mode.as_deref(), is_ours, challenge) {
            (Some("subscribe"), true, Some(challenge)) => answer(StatusCode::OK, &challenge),
            _ => answer(
                StatusCode::FORBIDDEN,
                "hub.mode, hub.verify_token or hub.challenge is not what was agreed.",
            ),
        }
    }

    async fn take(&self, request: &Request<Bytes>) -> Response<String> {
        let body = request.body();
        if body.len() > BODY_BYTES_MAX {
            return answer(StatusCode::PAYLOAD_TOO_LARGE, "The body is larger than 4 MB.");
        }
        let signature = request.headers().get("x-hub-signature-256").and_then(|value| value.to_str().ok());
        if !signature.is_some_and(|signature| is_signed(body, signature, &self.app_secrets)) {
            tracing::warn!(
                webhook.provider = "whatsapp",
                webhook.body_bytes = body.len(),
                webhook.has_signature = signature.is_some(),
                "a webhook was refused: its signature is missing or wrong"
            );
            return answer(StatusCode::UNAUTHORIZED, "X-Hub-Signature-256 does not match the body.");
        }
        match self.keep(body).await {
            Ok(()) => answer(StatusCode::OK, ""),
            Err(error) => {
                tracing::error!(
                    webhook.provider = "whatsapp",
                    error,
                    "a webhook could not be kept; the provider will send it again"
                );
                answer(StatusCode::SERVICE_UNAVAILABLE, "Try again.")
            }
        }
    }

    async fn keep(&self, body: &Bytes) -> Result<(), String> {
        let inline = std::str::from_utf8(body).ok().filter(|text| text.len() <= INBOUND_INLINE_BYTES_MAX);
        let body = match inline {
            Some(text) => InboundBody::Inline(text.to_owned()),
            None => InboundBody::Stored(self.store.bucket.put_inbound(body).await.map_err(|error| error.to_string())?),
        };
        let message = Inbound {
            provider: Provider::Whatsapp,
            received_at: self.runtime.clock.now(),
            body,
        };
        self.inbound.send(&message).await.map_err(|error| error.to_string())
    }
}

fn answer(status: StatusCode, text: &str) -> Response<String> {
    let mut response = Response::new(text.to_owned());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, http::HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
