//! Every route, with what the document says of it: one list for both, so that they cannot differ.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::{Api, Shared};
use crate::body::BODY_BYTES_MAX;
use crate::problem::Problem;
use crate::{branding, connections, destinations, hooks, keys, openapi, pictures, pulses, runs, schedules, sources, test_message, uploads};

/// The routes and their documentation.
pub(crate) fn documented() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(openapi::document())
        .routes(routes!(connections::create, connections::list))
        .routes(routes!(connections::get, connections::change, connections::revoke))
        .routes(routes!(branding::get, branding::put))
        .routes(routes!(uploads::create))
        .routes(routes!(sources::preview_spec))
        .routes(routes!(sources::create, sources::list))
        .routes(routes!(sources::get, sources::change, sources::delete))
        .routes(routes!(sources::preview))
        .routes(routes!(destinations::create, destinations::list))
        .routes(routes!(destinations::get, destinations::change, destinations::delete))
        .routes(routes!(destinations::rotate_secret))
        .routes(routes!(test_message::send))
        .routes(routes!(openapi::schema))
        .routes(routes!(openapi::chart_spec_schema))
        .routes(routes!(pulses::create, pulses::list))
        .routes(routes!(pulses::get, pulses::put, pulses::change, pulses::delete))
        .routes(routes!(pulses::send))
        .routes(routes!(schedules::of_pulse))
        .routes(routes!(schedules::preview))
        .routes(routes!(hooks::create, hooks::list))
        .routes(routes!(hooks::delete))
        .routes(routes!(hooks::call))
        .routes(routes!(runs::list))
        .routes(routes!(runs::get))
        .routes(routes!(runs::deliveries))
        .routes(routes!(runs::delivery))
        .routes(routes!(keys::create, keys::list))
        .routes(routes!(keys::revoke))
        .routes(routes!(keys::audit))
        .routes(routes!(pictures::get))
        .routes(routes!(openapi::openapi))
        .routes(routes!(openapi::health))
        .routes(routes!(openapi::home))
}

impl Api {
    /// The API as a router: for Lambda, for the local host, for tests.
    pub fn router(self) -> Router {
        let (router, _) = documented().split_for_parts();
        router
            .fallback(async || Problem::not_found())
            .method_not_allowed_fallback(wrong_method)
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
            .layer(from_fn(finish))
            .with_state(Arc::new(self))
    }
}

/// OPTIONS lists the methods in `Allow`; there is no CORS, so browsers of other sites get no further.
async fn wrong_method(method: Method) -> Response {
    if method == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Problem::method_not_allowed().into_response()
    }
}

/// Headers that keep answers from being stored, framed or taken for something else.
async fn finish(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
