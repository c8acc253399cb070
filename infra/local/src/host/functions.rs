//! From a folder's name to its function: the one place outside the template that names functions.

use std::sync::Arc;

use axum::response::Response;
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::Request;
use runtime::sqs::InvalidEvent;
use runtime::{Runtime, SqsBatchResponse, SqsEvent};
use tower::ServiceExt;

use super::HostError;

pub(super) type QueueHandler = Arc<dyn Fn(SqsEvent) -> BoxFuture<'static, Result<SqsBatchResponse, InvalidEvent>> + Send + Sync>;
pub(super) type HttpHandler = Arc<dyn Fn(Request<Bytes>) -> BoxFuture<'static, Response> + Send + Sync>;

/// A function, by what starts it.
pub(super) enum Function {
    Queue(QueueHandler),
    Http(HttpHandler),
}

macro_rules! fed_by_queue {
    ($function:expr) => {{
        let function = Arc::new($function?);
        Function::Queue(Arc::new(move |event| {
            let function = function.clone();
            async move { function.handle(event).await }.boxed()
        }))
    }};
}

/// Builds the function of that folder from its own runtime.
pub(super) fn build(folder: &str, runtime: Runtime) -> Result<Function, HostError> {
    Ok(match folder {
        "api" => {
            let api = api::Api::from_runtime(&runtime)?.router();
            Function::Http(Arc::new(move |request: Request<Bytes>| {
                let answered = api.clone().oneshot(request.map(axum::body::Body::from));
                async move { answered.await.unwrap_or_else(|never| match never {}) }.boxed()
            }))
        }
        "receive-webhook" => {
            let function = Arc::new(receive_webhook::ReceiveWebhook::new(runtime)?);
            Function::Http(Arc::new(move |request| {
                let function = function.clone();
                async move { function.handle(request).await.map(axum::body::Body::from) }.boxed()
            }))
        }
        "trigger-pulse" => fed_by_queue!(trigger_pulse::TriggerPulse::new(runtime)),
        "compose-pulse" => fed_by_queue!(compose_pulse::ComposePulse::new(runtime)),
        "render-chart" => fed_by_queue!(render_chart::RenderChart::new(runtime)),
        "send-whatsapp" => fed_by_queue!(send_whatsapp::sender(runtime)),
        "send-webhook" => fed_by_queue!(send_webhook::sender(runtime)),
        "process-inbound" => fed_by_queue!(process_inbound::ProcessInbound::new(runtime)),
        _ => {
            return Err(HostError::new(format!(
                "template.yaml names functions/{folder}, which the local host cannot build: add it to infra/local/src/host/functions.rs"
            )));
        }
    })
}
