//! Anthropic's Messages API.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::server::Request;
use super::{Asked, Config, Failure, Stop, Written, schema};

/// Fields of a request, as the published schema has them. Sampling parameters are no longer among them.
const FIELDS: [&str; 19] = [
    "model",
    "max_tokens",
    "messages",
    "system",
    "cache_control",
    "container",
    "diagnostics",
    "inference_geo",
    "metadata",
    "output_config",
    "service_tier",
    "speed",
    "stop_sequences",
    "stream",
    "thinking",
    "tool_choice",
    "tools",
    "user_profile_id",
    "workspace_id",
];

type Refused = Box<Response>;

pub(super) fn check(request: &Request, config: &Config) -> Result<Asked, Refused> {
    let key = match (request.header("x-api-key"), request.bearer(), request.header("anthropic-version")) {
        (Some(key), None, Some("2023-06-01")) | (None, Some(key), Some("2026-10-21")) => key,
        (_, _, None) => return Err(invalid("anthropic-version: header is required")),
        (None, None, _) => return Err(refuse(401, "authentication_error", "x-api-key header is required")),
        _ => return Err(invalid("anthropic-version: not a valid version for this way to authenticate")),
    };
    if !config.keys.iter().any(|known| known == key) {
        return Err(refuse(401, "authentication_error", "invalid x-api-key"));
    }
    let body = request.json().ok_or_else(|| invalid("The request body is not valid JSON"))?;
    let fields = body.as_object().into_iter().flatten();
    if let Some((unknown, _)) = fields.into_iter().find(|(name, _)| !FIELDS.contains(&name.as_str())) {
        return Err(invalid(&format!("{unknown}: Extra inputs are not permitted")));
    }
    let model = body["model"].as_str().ok_or_else(|| invalid("model: Field required"))?;
    if body["max_tokens"].as_u64().is_none_or(|tokens| tokens < 1) {
        return Err(invalid("max_tokens: Field required"));
    }
    if !(body["system"].is_null() || body["system"].is_string()) {
        return Err(invalid("system: Input should be a valid string"));
    }
    let messages = body["messages"].as_array().filter(|messages| !messages.is_empty());
    let messages = messages.ok_or_else(|| invalid("messages: at least one message is required"))?;
    let user = match messages.as_slice() {
        [only] if only["role"] == "user" => only["content"].as_str().filter(|text| !text.is_empty()),
        _ => None,
    };
    let user = user.ok_or_else(|| invalid("messages.0: one message of the user with a text is what this simulator takes"))?;
    let format = &body["output_config"]["format"];
    let schema = match format["type"].as_str() {
        None if format.is_null() => None,
        Some("json_schema") => Some(format["schema"].clone()),
        _ => return Err(invalid("output_config.format.type: Input should be 'json_schema'")),
    };
    if let Some(schema) = &schema {
        schema::check(schema).map_err(|why| invalid(&format!("output_config.format.schema: {why}")))?;
    }
    if !config.models.iter().any(|known| known == model) {
        return Err(refuse(404, "not_found_error", &format!("model: {model}")));
    }
    Ok(Asked {
        model: model.to_owned(),
        user: user.to_owned(),
        schema,
    })
}

pub(super) fn say(asked: &Asked, written: &Written) -> Value {
    let stop = match written.stop {
        None => "end_turn",
        Some(Stop::Refusal | Stop::Filtered) => "refusal",
        Some(Stop::MaxTokens) => "max_tokens",
    };
    json!({
        "id": "msg_simulated",
        "type": "message",
        "role": "assistant",
        "model": asked.model,
        "content": [{"type": "text", "text": written.text, "citations": null}],
        "container": null,
        "diagnostics": null,
        "stop_reason": stop,
        "stop_sequence": null,
        "stop_details": null,
        "usage": {
            "input_tokens": asked.user.len() / 4, "output_tokens": written.text.len() / 4, "cache_creation": null,
            "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "inference_geo": null, "output_tokens_details": null,
            "server_tool_use": null, "service_tier": "standard", "speed": null,
        },
    })
}

pub(super) fn failure(failure: Failure) -> Response {
    *match failure {
        Failure::Unauthorized => refuse(401, "authentication_error", "invalid x-api-key"),
        Failure::UnknownModel => refuse(404, "not_found_error", "model: none"),
        Failure::NoCredit => refuse(
            400,
            "invalid_request_error",
            "Your credit balance is too low to access the Anthropic API.",
        ),
        Failure::RateLimited => refuse(429, "rate_limit_error", "This request would exceed your organization's rate limit."),
        Failure::Overloaded => refuse(529, "overloaded_error", "Overloaded"),
        Failure::Internal => refuse(500, "api_error", "Internal server error"),
    }
}

fn invalid(message: &str) -> Refused {
    refuse(400, "invalid_request_error", message)
}

fn refuse(status: u16, kind: &str, message: &str) -> Refused {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_simulated"});
    let mut response = (status, Json(body)).into_response();
    if status == StatusCode::TOO_MANY_REQUESTS {
        response
            .headers_mut()
            .insert("retry-after", axum::http::HeaderValue::from_static("30"));
    }
    Box::new(response)
}
