//! The HTTP API: requests go to functions as the template's routes say, with API Gateway's limits.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

use super::functions::HttpHandler;
use crate::template::RouteSpec;

/// Largest request that Lambda takes, in bytes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.
const REQUEST_BYTES_MAX: usize = 6 * 1024 * 1024;

/// Which routes lead where.
#[derive(Clone, Default)]
pub(super) struct Site {
    functions: Vec<(Vec<RouteSpec>, HttpHandler)>,
}

impl Site {
    pub(super) fn add(&mut self, routes: Vec<RouteSpec>, handler: HttpHandler) {
        self.functions.push((routes, handler));
    }

    async fn answer(&self, request: Request) -> Response {
        let (method, path) = (request.method().as_str(), request.uri().path());
        let leads_here = |(routes, _): &&(Vec<RouteSpec>, HttpHandler)| routes.iter().any(|route| route.matches(method, path));
        let Some((_, handler)) = self.functions.iter().find(leads_here) else {
            return gateway_says(StatusCode::NOT_FOUND, "Not Found");
        };
        let (parts, body) = request.into_parts();
        match to_bytes(body, REQUEST_BYTES_MAX).await {
            Ok(bytes) => handler(Request::from_parts(parts, bytes)).await,
            Err(_) => gateway_says(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large"),
        }
    }
}

/// API Gateway's own words.
fn gateway_says(status: StatusCode, message: &str) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        format!("{{\"message\":\"{message}\"}}"),
    )
        .into_response()
}

/// Serves the functions, and the pages beside them.
pub(super) fn serve(listener: TcpListener, site: Site, pages: Router) -> AbortHandle {
    let route = async |State(site): State<Arc<Site>>, request: Request| site.answer(request).await;
    let functions = Router::new().fallback(route).with_state(Arc::new(site));
    let router = pages.fallback_service(functions);
    tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle()
}
