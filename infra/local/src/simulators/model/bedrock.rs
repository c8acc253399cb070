//! Amazon Bedrock's Converse API.

use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::server::Request;
use super::{Asked, Config, Failure, Stop, Written, schema, signature};

const FIELDS: [&str; 9] = [
    "system",
    "messages",
    "inferenceConfig",
    "outputConfig",
    "toolConfig",
    "guardrailConfig",
    "requestMetadata",
    "additionalModelRequestFields",
    "performanceConfig",
];

type Refused = Box<Response>;

pub(super) fn check(request: &Request, config: &Config, now: Timestamp) -> Result<Asked, Refused> {
    signature::check(request, &config.role, "bedrock", now).map_err(|why| refuse(403, "InvalidSignatureException", &why))?;
    let body = request.json().ok_or_else(|| invalid("The request body is not JSON."))?;
    let fields = body.as_object().into_iter().flatten();
    if let Some((unknown, _)) = fields.into_iter().find(|(name, _)| !FIELDS.contains(&name.as_str())) {
        return Err(invalid(&format!("{unknown}: extraneous key is not permitted")));
    }
    if body["system"]
        .as_array()
        .is_some_and(|blocks| blocks.iter().any(|block| !block["text"].is_string()))
    {
        return Err(invalid("system: a list of texts is expected"));
    }
    let user = match body["messages"].as_array().map(Vec::as_slice) {
        Some([only]) if only["role"] == "user" => only["content"][0]["text"].as_str().filter(|text| !text.is_empty()),
        _ => None,
    };
    let user = user.ok_or_else(|| invalid("messages: one message of the user with a text is what this simulator takes"))?;
    if body["inferenceConfig"]["maxTokens"].as_u64().is_none_or(|tokens| tokens < 1) {
        return Err(invalid("inferenceConfig.maxTokens: at least 1"));
    }
    let schema = match &body["outputConfig"]["textFormat"] {
        Value::Null => None,
        format => Some(check_format(format).map_err(|why| invalid(&format!("outputConfig: {why}")))?),
    };
    let model = request.path.trim_start_matches("/model/").trim_end_matches("/converse");
    let model = model.replace("%3A", ":").replace("%2F", "/");
    if !config.models.contains(&model) {
        return Err(invalid("The provided model identifier is invalid."));
    }
    Ok(Asked {
        model,
        user: user.to_owned(),
        schema,
    })
}

/// The schema is a text here.
fn check_format(format: &Value) -> Result<Value, String> {
    if format["type"] != "json_schema" {
        return Err("type must be json_schema".to_owned());
    }
    let text = format["structure"]["jsonSchema"]["schema"]
        .as_str()
        .ok_or("schema must be a string")?;
    let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    schema::check(&schema)?;
    Ok(schema)
}

pub(super) fn say(written: &Written) -> Value {
    let stop = match written.stop {
        None => "end_turn",
        Some(Stop::Refusal) => "content_filtered",
        Some(Stop::MaxTokens) => "max_tokens",
        Some(Stop::Filtered) => "guardrail_intervened",
    };
    let wrote = written.text.len() / 4;
    json!({
        "output": {"message": {"role": "assistant", "content": [{"text": written.text}]}},
        "stopReason": stop,
        "usage": {"inputTokens": 100, "outputTokens": wrote, "totalTokens": 100 + wrote},
        "metrics": {"latencyMs": 12},
    })
}

pub(super) fn failure(failure: Failure) -> Response {
    *match failure {
        Failure::Unauthorized => refuse(
            403,
            "AccessDeniedException",
            "You don't have access to the model with the specified model ID.",
        ),
        Failure::UnknownModel => invalid("The provided model identifier is invalid."),
        Failure::NoCredit => refuse(
            400,
            "ServiceQuotaExceededException",
            "Your request exceeds the service quota for your account.",
        ),
        Failure::RateLimited => refuse(429, "ThrottlingException", "Too many requests, please wait before trying again."),
        Failure::Overloaded => refuse(503, "ServiceUnavailableException", "Bedrock is unable to process your request."),
        Failure::Internal => refuse(500, "InternalServerException", "The system encountered an unexpected error."),
    }
}

fn invalid(message: &str) -> Refused {
    refuse(400, "ValidationException", message)
}

fn refuse(status: u16, name: &str, message: &str) -> Refused {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(json!({"message": message}))).into_response();
    if let Ok(name) = HeaderValue::from_str(&format!("{name}:http://internal.amazon.com/coral/com.amazon.bedrock/")) {
        response.headers_mut().insert("x-amzn-errortype", name);
    }
    Box::new(response)
}
