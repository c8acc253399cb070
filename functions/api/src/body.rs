//! Reading what is sent: JSON bodies, query parameters and ids in paths, with errors that name the field.

use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path as ErrorPath, Segment};

use crate::problem::{FieldError, Problem};

/// Largest JSON body, in bytes. Ours: a pulse with 500 destinations has a quarter of it.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// A JSON body and the bytes it was read from. It has no Debug: the bytes may hold secrets.
pub struct Body<T> {
    /// What was read.
    pub value: T,
    /// As it was sent: names the request in its idempotency record.
    pub bytes: Bytes,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::not_json());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        Ok(Self {
            value: read(&bytes)?,
            bytes,
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn unread(rejection: BytesRejection) -> Problem {
    match rejection {
        BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => Problem::too_large(BODY_BYTES_MAX),
        _ => Problem::unreadable("The body broke off."),
    }
}

/// Reads JSON; malformed JSON is a 400 with its line, a wrong field a 422 with its pointer.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let value: serde_json::Value = serde_json::from_slice(bytes)
        .map_err(|error| Problem::unreadable(format!("The body is not JSON: line {}, column {}.", error.line(), error.column())))?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let message = error.inner().to_string();
        Problem::invalid(vec![explain(&pointer(error.path()), &message)])
    })
}

/// `destinations[0].to` as `/destinations/0/to`.
fn pointer(path: &ErrorPath) -> String {
    path.iter().fold(String::new(), |mut pointer, segment| {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escaped(key))),
            Segment::Enum { variant } => pointer.push_str(&format!("/{}", escaped(variant))),
            Segment::Unknown => {}
        }
        pointer
    })
}

/// RFC 6901.
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Takes serde's sentence apart. Of a value of the wrong type only its type is shown: the value may be a secret.
fn explain(pointer: &str, message: &str) -> FieldError {
    let below = |name: &str| {
        if pointer.ends_with(&format!("/{name}")) {
            pointer.to_owned()
        } else {
            format!("{pointer}/{name}")
        }
    };
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    if let Some(rest) = message.strip_prefix("missing field ") {
        return FieldError::new(below(&quoted(rest)), "nothing", "a value: the field is required");
    }
    if let Some(rest) = message.strip_prefix("unknown field ") {
        let accepted = rest.split_once("expected ").map_or("no field here", |(_, accepted)| accepted);
        return FieldError::new(below(&quoted(rest)), "a field that does not exist", accepted);
    }
    if let Some((given, accepted)) = message
        .strip_prefix("unknown variant ")
        .and_then(|rest| rest.split_once(", expected "))
    {
        return FieldError::new(pointer, given, accepted);
    }
    if let Some((given, accepted)) = message
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.split_once(", expected "))
    {
        return FieldError::new(pointer, type_only(given), accepted);
    }
    for prefix in ["invalid value: ", "invalid length "] {
        if let Some((given, accepted)) = message.strip_prefix(prefix).and_then(|rest| rest.split_once(", expected ")) {
            return FieldError::new(pointer, given, accepted);
        }
    }
    match message.split_once("; accepted: ") {
        Some((given, accepted)) => FieldError::new(pointer, given, accepted),
        None => FieldError::silent(pointer, message),
    }
}

fn type_only(given: &str) -> &str {
    match given.split_once(' ').map_or(given, |(kind, _)| kind) {
        "string" => "text",
        "integer" | "floating" => "a number",
        "boolean" => "true or false",
        "map" => "an object",
        "sequence" => "a list",
        "null" | "unit" => "null",
        _ => "another type of value",
    }
}

/// Query parameters.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let refuse = |rejection: axum::extract::rejection::QueryRejection| {
            let text = rejection.body_text();
            let words = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, words)| words);
            Problem::unreadable(format!("Query parameters: {words}."))
        };
        Query::try_from_uri(&parts.uri).map(|Query(value)| Self(value)).map_err(refuse)
    }
}

/// What stands in the path: ids. One that is not even well formed is as missing as any other.
#[derive(Debug)]
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Path::<T>::from_request_parts(parts, state)
            .await
            .map(|Path(value)| Self(value))
            .map_err(|_| Problem::not_found())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::pulse::PulseSpec;
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    fn spec(change: impl FnOnce(&mut Value)) -> Problem {
        let mut body = json!({
            "name": "Revenue",
            "source": {"csv": {"url": "https://example.org/a.csv"}},
            "chart": {"mark": "line", "encoding": {"x": {"field": "Day"}, "y": {"field": "Revenue"}}},
            "destinations": [{"to": {"whatsapp": {"to": "+14155550123"}}}],
        });
        read::<PulseSpec>(body.to_string().as_bytes()).unwrap();
        change(&mut body);
        read::<PulseSpec>(body.to_string().as_bytes()).unwrap_err()
    }

    #[test]
    fn errors_name_field_given_and_accepted() {
        type Change = fn(&mut Value);
        let table: [(Change, &str, Option<&str>, &str); 9] = [
            (
                |b| drop(b.as_object_mut().unwrap().remove("name")),
                "/name",
                Some("nothing"),
                "required",
            ),
            (|b| b["nmae"] = json!("x"), "/nmae", Some("a field that does not exist"), "`name`"),
            (|b| b["name"] = json!(7), "/name", Some("a number"), "a string"),
            (
                |b| b["chart"]["mark"] = json!("pie"),
                "/chart/mark",
                Some("`pie` is no mark of a chart"),
                "line, area",
            ),
            (|b| b["source"] = json!(1), "/source", Some("a number"), "the id of a source"),
            (|b| b["source"] = json!({"cvs": {}}), "/source/cvs", Some("`cvs`"), "`csv`"),
            (
                |b| b["source"]["csv"]["url"] = json!("http://example.org/a"),
                "/source/csv",
                None,
                "https",
            ),
            (
                |b| b["destinations"][0]["to"]["whatsapp"]["to"] = json!("12"),
                "/destinations/0/to/whatsapp/to",
                None,
                "country code",
            ),
            (
                |b| b["destinations"][0]["size"] = json!("huge"),
                "/destinations/0/size",
                Some("`huge`"),
                "`square`",
            ),
        ];
        for (change, pointer, given, accepted) in table {
            let problem = spec(change);
            let error = &problem.errors[0];
            assert_eq!(
                (problem.status, error.pointer.as_str(), error.given.as_deref()),
                (422, pointer, given),
                "{problem:?}"
            );
            assert!(error.accepted.contains(accepted), "{problem:?}");
            assert!(problem.detail.starts_with(&format!("`{pointer}`")), "{problem:?}");
        }
    }

    #[test]
    fn a_value_of_the_wrong_type_is_not_repeated() {
        let problem = spec(|b| b["destinations"][0]["to"] = json!({"webhook": "planted-secret"}));
        assert!(!format!("{problem:?}").contains("planted-secret"), "{problem:?}");
        let problem = spec(|b| b["destinations"][0]["to"] = json!({"webhook": {"url": "https://a.example", "secret": 271_828}}));
        assert!(!format!("{problem:?}").contains("271828"), "{problem:?}");
    }

    #[test]
    fn malformed_json_is_told_by_its_line() {
        #[derive(Debug, Deserialize)]
        struct Anything {}
        let problem = read::<Anything>(b"{\n  \"a\": 1,\n}").unwrap_err();
        assert_eq!(
            (problem.status, problem.detail.as_str()),
            (400, "The body is not JSON: line 3, column 1.")
        );
    }
}
