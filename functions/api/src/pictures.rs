//! `/i/{token}.png`: pictures behind the links that leave us.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::link::PictureLink;
use secrecy::ExposeSecret;
use store::registry::sha256_hex;

use crate::api::Shared;
use crate::body::At;
use crate::problem::Problem;

/// Longest that a reader may keep a picture without asking again, in seconds: a picture never changes, but its link ends.
const MAX_AGE_S: i64 = 86_400;

/// A picture of a run
///
/// The token in the address is the permission. A wrong token and one past its 30 days are both a 404.
#[utoipa::path(get, path = "/i/{token}", tag = "pictures", security(()), params(("token" = String, Path, description = "The signed token and `.png`")),
    responses((status = 200, description = "PNG", content_type = "image/png"), (status = 304, description = "Unchanged"),
        (status = 404, description = "No such picture", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(State(api): State<Shared>, At(file): At<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let now = api.now();
    let token = file.strip_suffix(".png").ok_or_else(Problem::not_found)?;
    let key = api.settings.link_signing_secret.expose_secret().as_bytes();
    let link = PictureLink::verify(token, key, now).ok_or_else(Problem::not_found)?;
    let png = api
        .store
        .bucket
        .picture(&link.org, &link.run, link.picture)
        .await?
        .ok_or_else(Problem::not_found)?;
    let etag = format!("\"{}\"", &sha256_hex(&png)[..32]);
    let max_age_s = (link.expires_at.as_second() - now.as_second()).clamp(0, MAX_AGE_S);
    let caching = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, format!("public, max-age={max_age_s}, immutable")),
    ];
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if known == "*" || known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(header::CONTENT_TYPE, "image/png")], png).into_response())
}
