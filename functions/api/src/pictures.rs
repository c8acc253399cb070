//! `/i/{token}.png`, `.pdf`, `.csv`: a run's files behind the links that leave us.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::attachment::Attachment;
use domain::link::{FileLink, RunFile};
use jiff::Timestamp;
use secrecy::ExposeSecret;
use store::registry::sha256_hex;

use crate::api::Shared;
use crate::body::At;
use crate::problem::Problem;

/// Longest that a reader may keep a file without asking again, in seconds: a file never changes, but its link ends.
const MAX_AGE_S: i64 = 86_400;

/// Largest file that is answered with its bytes: a function's answer is capped at 6 MB, base64 and headers counted. A larger one is a redirect.
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A file of a run
///
/// The token in the address is the permission. A wrong token and one past its 30 days are both a 404. Data that ends in `.txt` instead of `.csv` is
/// the same file as plain text, for readers that take no other.
#[utoipa::path(get, path = "/i/{token}", tag = "pictures", security(()), params(("token" = String, Path, description = "The signed token and `.png`, `.pdf` or `.csv`")),
    responses((status = 200, description = "The picture", content((Vec<u8> = "image/png"), (Vec<u8> = "application/pdf"), (String = "text/csv"))),
        (status = 302, description = "A file of more than 4 MiB: it is behind this address for five minutes"),
        (status = 304, description = "Unchanged"), (status = 404, description = "No such file", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn get(State(api): State<Shared>, At(file): At<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let now = api.now();
    let (token, extension) = file.rsplit_once('.').ok_or_else(Problem::not_found)?;
    let key = api.settings.link_signing_secret.expose_secret().as_bytes();
    let link = FileLink::verify(token, key, now).ok_or_else(Problem::not_found)?;
    let is_plain = link.file == RunFile::Attachment(Attachment::Data) && extension == "txt";
    if !is_plain && extension != link.file.extension() {
        return Err(Problem::not_found());
    }
    let bucket = &api.store.bucket;
    match link.file {
        RunFile::Picture(picture) => {
            let png = bucket
                .picture(&link.org, &link.run, picture)
                .await?
                .ok_or_else(Problem::not_found)?;
            Ok(answer(&link, now, &headers, "image/png", None, png))
        }
        RunFile::Attachment(attachment) => {
            let file = bucket
                .attachment(&link.org, &link.run, attachment)
                .await?
                .ok_or_else(Problem::not_found)?;
            let media_type = if is_plain {
                "text/plain; charset=utf-8"
            } else {
                attachment.media_type()
            };
            if file.bytes.len() > ANSWER_BYTES_MAX {
                let url = bucket.attachment_url(&link.org, &link.run, attachment, media_type).await?;
                return Ok((StatusCode::FOUND, [(header::LOCATION, url)]).into_response());
            }
            let disposition = attachment.content_disposition(&file.file_name);
            Ok(answer(&link, now, &headers, media_type, Some(disposition), file.bytes))
        }
    }
}

fn answer(
    link: &FileLink,
    now: Timestamp,
    asked: &HeaderMap,
    media_type: &'static str,
    disposition: Option<String>,
    bytes: Vec<u8>,
) -> Response {
    let etag = format!("\"{}\"", &sha256_hex(&bytes)[..32]);
    let max_age_s = (link.expires_at.as_second() - now.as_second()).clamp(0, MAX_AGE_S);
    let caching = [
        (header::ETAG, etag.clone()),
        (header::CACHE_CONTROL, format!("public, max-age={max_age_s}, immutable")),
    ];
    let known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if known == "*" || known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let disposition = disposition.map(|disposition| [(header::CONTENT_DISPOSITION, disposition)]);
    // Lambda's host takes text to pieces: it drops the byte order mark that Excel needs, so that the file is not the one whose hash was promised,
    // and writes it as a JSON string, which may be larger than a function may answer. What has a content encoding goes as its bytes.
    let as_bytes = (header::CONTENT_ENCODING, "identity");
    let mut response = (caching, [(header::CONTENT_TYPE, media_type), as_bytes], bytes).into_response();
    for (name, value) in disposition.into_iter().flatten() {
        // Percent-encoded: always a header's value.
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use domain::ids::{OrgId, RunId};

    /// The host's rule, which stands in `main.rs` alone: without a content encoding, `text/*` is decoded, and its byte order mark is gone.
    #[test]
    fn a_host_that_knows_text_hands_on_every_byte() {
        let now: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
        let (org, run) = (OrgId::parse("acme").unwrap(), RunId::parse("weekly~20261120T090000Z").unwrap());
        let link = FileLink::new(org, run, RunFile::Attachment(Attachment::Data), now);
        for media_type in [Attachment::Data.media_type(), "text/plain; charset=utf-8"] {
            let answered = answer(&link, now, &HeaderMap::new(), media_type, None, "\u{feff}a\r\n".into());
            assert_eq!(answered.headers()[header::CONTENT_TYPE], media_type);
            assert_eq!(answered.headers()[header::CONTENT_ENCODING], "identity");
        }
    }
}
