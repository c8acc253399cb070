//! Anthropic's Messages API, with structured output.

use reqwest::Method;
use serde_json::{Value, json};

use crate::error::{ANTHROPIC, ModelError};
use crate::wire::{self, Reply};
use crate::{Answer, ModelAccess, Models, Question};

/// The version of the protocol, and the header that carries the key: they belong together.
const VERSION: (&str, &str) = ("anthropic-version", "2023-06-01");
const KEY: &str = "x-api-key";

pub(crate) async fn ask(models: &Models, access: ModelAccess<'_>, model: &str, question: &Question) -> Result<Answer, ModelError> {
    let url = models.anthropic.join("v1/messages").map_err(|_| ANTHROPIC.rejected("address"))?;
    let key = access.credentials.key.as_ref().ok_or_else(|| ANTHROPIC.unauthorized("no_key"))?;
    let request = models.provider.request(Method::POST, url).timeout(models.call_timeout());
    let request = request
        .header(VERSION.0, VERSION.1)
        .header(KEY, wire::secret_header(ANTHROPIC, key.expose())?);
    let body = body(model, question).to_string().into_bytes();
    answer(&wire::send(ANTHROPIC, request, body).await?, model)
}

/// No sampling parameters: newer models refuse them.
fn body(model: &str, question: &Question) -> Value {
    json!({
        "model": model,
        "max_tokens": question.max_tokens,
        "system": question.system,
        "messages": [{"role": "user", "content": question.user}],
        "output_config": {"format": {"type": "json_schema", "schema": question.schema}},
    })
}

fn answer(reply: &Reply, model: &str) -> Result<Answer, ModelError> {
    let body = &reply.body;
    if let Some(kind) = body["error"]["type"].as_str() {
        return Err(failure(
            kind,
            body["error"]["message"].as_str().unwrap_or_default(),
            reply.status,
            model,
        ));
    }
    if !(200..300).contains(&reply.status) || body["type"] != "message" {
        return Err(ANTHROPIC.by_status(reply.status, model));
    }
    match body["stop_reason"].as_str() {
        Some("end_turn" | "stop_sequence") => {}
        Some("refusal") => return Err(ANTHROPIC.refusal()),
        Some("max_tokens" | "model_context_window_exceeded") => return Err(ANTHROPIC.cut()),
        _ => return Err(ANTHROPIC.nonsense()),
    }
    let blocks = body["content"].as_array().into_iter().flatten();
    let text: String = blocks
        .filter(|block| block["type"] == "text")
        .filter_map(|block| block["text"].as_str())
        .collect();
    let used = |name: &str| body["usage"][name].as_u64().unwrap_or(0);
    Ok(Answer {
        json: crate::object_in(&text).ok_or_else(|| ANTHROPIC.nonsense())?,
        model: model.to_owned(),
        tokens: used("input_tokens") + used("output_tokens"),
    })
}

fn failure(kind: &str, message: &str, status: u16, model: &str) -> ModelError {
    match kind {
        "authentication_error" => ANTHROPIC.unauthorized("authentication_error"),
        "permission_error" => ANTHROPIC.unauthorized("permission_error"),
        "billing_error" => ANTHROPIC.no_credit("billing_error"),
        // An empty account is told by the message only.
        "invalid_request_error" if message.contains("credit balance") => ANTHROPIC.no_credit("credit_balance"),
        "invalid_request_error" => ANTHROPIC.rejected("invalid_request_error"),
        "request_too_large" => ANTHROPIC.rejected("request_too_large"),
        "not_found_error" => ANTHROPIC.unknown_model(model),
        "rate_limit_error" => ANTHROPIC.busy("rate_limit_error"),
        "overloaded_error" => ANTHROPIC.busy("overloaded_error"),
        "api_error" => ANTHROPIC.failing("api_error"),
        "timeout_error" => ANTHROPIC.failing("timeout_error"),
        _ => ANTHROPIC.by_status(status.max(300), model),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    #[test]
    fn every_reply_has_its_meaning() {
        let error =
            |kind: &str, message: &str| json!({"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_1"});
        let message = |stop: &str, text: &str| json!({"type": "message", "content": [{"type": "text", "text": text}], "stop_reason": stop, "usage": {"input_tokens": 9, "output_tokens": 3}});
        let table = [
            (
                401,
                error("authentication_error", "invalid x-api-key"),
                "Unauthorized anthropic.authentication_error",
            ),
            (403, error("permission_error", ""), "Unauthorized anthropic.permission_error"),
            (402, error("billing_error", ""), "Rejected anthropic.billing_error"),
            (
                400,
                error("invalid_request_error", "Your credit balance is too low to access the API."),
                "Rejected anthropic.credit_balance",
            ),
            (
                400,
                error("invalid_request_error", "max_tokens: Field required"),
                "Rejected anthropic.invalid_request_error",
            ),
            (
                404,
                error("not_found_error", "model: claude-none"),
                "Rejected anthropic.unknown_model",
            ),
            (429, error("rate_limit_error", ""), "Unavailable anthropic.rate_limit_error"),
            (529, error("overloaded_error", ""), "Unavailable anthropic.overloaded_error"),
            // The status line lies; the body counts.
            (200, error("overloaded_error", ""), "Unavailable anthropic.overloaded_error"),
            (500, error("api_error", ""), "Unavailable anthropic.api_error"),
            (529, Value::Null, "Unavailable anthropic.http_529"),
            (502, Value::Null, "Unavailable anthropic.http_502"),
            (302, Value::Null, "Rejected anthropic.http_302"),
            (418, error("teapot_error", ""), "Rejected anthropic.http_418"),
            (200, error("teapot_error", ""), "Rejected anthropic.http_300"),
            (200, Value::Null, "Unusable anthropic.nonsense"),
            (200, json!({"type": "completion"}), "Unusable anthropic.nonsense"),
            (200, message("refusal", "I cannot"), "Unusable anthropic.refusal"),
            (200, message("max_tokens", "{\"summary\": \"Rev"), "Unusable anthropic.max_tokens"),
            (200, message("pause_turn", "{}"), "Unusable anthropic.nonsense"),
            (200, message("end_turn", "Certainly! Here it is."), "Unusable anthropic.nonsense"),
            (200, message("end_turn", "[1]"), "Unusable anthropic.nonsense"),
            (200, message("end_turn", "{\"a\": 1}"), "{\"a\":1} 12"),
            (200, message("stop_sequence", "```json\n{\"a\": 1}\n```"), "{\"a\":1} 12"),
        ];
        crate::tests::each(table, |reply| answer(reply, "claude-none"));
    }
}
