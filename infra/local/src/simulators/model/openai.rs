//! OpenAI's chat completions, and another server that speaks them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::server::Request;
use super::{Asked, Config, Failure, Stop, Written, schema};

/// Fields of a request that are of use here. Others exist; whoever sends one has changed its mind about what it needs.
const FIELDS: [&str; 6] = [
    "model",
    "messages",
    "max_completion_tokens",
    "max_tokens",
    "response_format",
    "store",
];

type Refused = Box<Response>;

pub(super) fn check(request: &Request, config: &Config, is_compatible: bool) -> Result<Asked, Refused> {
    let key = request.bearer().unwrap_or_default();
    if !config.keys.iter().any(|known| known == key) {
        return Err(refuse(
            401,
            "invalid_request_error",
            json!("invalid_api_key"),
            "Incorrect API key provided.",
        ));
    }
    let body = request
        .json()
        .ok_or_else(|| invalid("We could not parse the JSON body of your request."))?;
    let fields = body.as_object().into_iter().flatten();
    if let Some((unknown, _)) = fields.into_iter().find(|(name, _)| !FIELDS.contains(&name.as_str())) {
        return Err(invalid(&format!("Unrecognized request argument supplied: {unknown}")));
    }
    let limit = if is_compatible { "max_tokens" } else { "max_completion_tokens" };
    let other = if is_compatible { "max_completion_tokens" } else { "max_tokens" };
    if !body[other].is_null() {
        return Err(invalid(&format!(
            "Unsupported parameter: '{other}' is not supported with this model. Use '{limit}' instead."
        )));
    }
    if body[limit].as_u64().is_none_or(|tokens| tokens < 1) {
        return Err(invalid(&format!("'{limit}' is too small")));
    }
    let messages = body["messages"].as_array().into_iter().flatten();
    let mut user = None;
    for message in messages {
        match (message["role"].as_str(), message["content"].as_str()) {
            (Some("system" | "developer"), Some(_)) => {}
            (Some("user"), Some(text)) if !text.is_empty() => user = Some(text.to_owned()),
            _ => return Err(invalid("Invalid value in 'messages'.")),
        }
    }
    let user = user.ok_or_else(|| invalid("'messages' has no message of the user."))?;
    let schema = match &body["response_format"] {
        Value::Null => None,
        _ if is_compatible && !config.compatible_takes_schemas => return Err(invalid("response_format is not supported")),
        format => Some(check_format(format).map_err(|why| invalid(&format!("Invalid schema for response_format: {why}")))?),
    };
    let model = body["model"].as_str().unwrap_or_default();
    if !config.models.iter().any(|known| known == model) {
        let message = format!("The model `{model}` does not exist or you do not have access to it.");
        return Err(refuse(404, "invalid_request_error", json!("model_not_found"), &message));
    }
    Ok(Asked {
        model: model.to_owned(),
        user,
        schema,
    })
}

fn check_format(format: &Value) -> Result<Value, String> {
    let named = &format["json_schema"];
    if format["type"] != "json_schema" || named["strict"] != true {
        return Err("type must be 'json_schema', strict true".to_owned());
    }
    let is_name = |name: &str| (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    if !named["name"].as_str().is_some_and(is_name) {
        return Err("name is required".to_owned());
    }
    schema::check(&named["schema"])?;
    Ok(named["schema"].clone())
}

pub(super) fn say(asked: &Asked, written: &Written) -> Value {
    let (finish, content, refusal) = match written.stop {
        None => ("stop", json!(written.text), Value::Null),
        Some(Stop::Refusal) => ("stop", Value::Null, json!("I'm sorry, I cannot help with that.")),
        Some(Stop::MaxTokens) => ("length", json!(written.text), Value::Null),
        Some(Stop::Filtered) => ("content_filter", json!(""), Value::Null),
    };
    let (read, wrote) = (asked.user.len() / 4, written.text.len() / 4);
    json!({
        "id": "chatcmpl-simulated",
        "object": "chat.completion",
        "created": 1_795_000_000,
        "model": asked.model,
        "choices": [{"index": 0, "finish_reason": finish, "logprobs": null,
            "message": {"role": "assistant", "content": content, "refusal": refusal, "annotations": []}}],
        "usage": {"prompt_tokens": read, "completion_tokens": wrote, "total_tokens": read + wrote},
    })
}

pub(super) fn failure(failure: Failure) -> Response {
    let kind = "invalid_request_error";
    *match failure {
        Failure::Unauthorized => refuse(401, kind, json!("invalid_api_key"), "Incorrect API key provided."),
        Failure::UnknownModel => refuse(404, kind, json!("model_not_found"), "The model `none` does not exist."),
        Failure::NoCredit => refuse(
            429,
            "insufficient_quota",
            json!("insufficient_quota"),
            "You exceeded your current quota.",
        ),
        Failure::RateLimited => refuse(429, "requests", json!("rate_limit_exceeded"), "Rate limit reached."),
        Failure::Overloaded => refuse(503, "server_error", Value::Null, "The engine is currently overloaded."),
        Failure::Internal => refuse(500, "server_error", Value::Null, "The server had an error."),
    }
}

fn invalid(message: &str) -> Refused {
    refuse(400, "invalid_request_error", Value::Null, message)
}

fn refuse(status: u16, kind: &str, code: Value, message: &str) -> Refused {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = json!({"error": {"message": message, "type": kind, "param": null, "code": code}});
    Box::new((status, Json(body)).into_response())
}
