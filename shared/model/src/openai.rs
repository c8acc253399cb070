//! OpenAI's chat completions, and the servers that speak them.

use reqwest::{Method, header};
use serde_json::{Value, json};
use url::Url;

use crate::error::{COMPATIBLE, ModelError, OPENAI, Provider};
use crate::wire::{self, Reply};
use crate::{Answer, ModelAccess, Models, Question};

/// Where the completions of a server are. A base with a path is taken as it stands, as OpenAI's own libraries take it; one without gets `/v1`.
fn address(base: &Url) -> Option<Url> {
    let mut base = base.clone();
    let path = base.path().trim_end_matches('/');
    let path = if path.is_empty() { "/v1" } else { path };
    base.set_path(&format!("{}/chat/completions", path.to_owned()));
    (base.query().is_none() && base.fragment().is_none()).then_some(base)
}

pub(crate) async fn ask(
    models: &Models,
    access: ModelAccess<'_>,
    base_url: Option<&Url>,
    model: &str,
    question: &Question,
) -> Result<Answer, ModelError> {
    let provider = if base_url.is_some() { COMPATIBLE } else { OPENAI };
    let url = address(base_url.unwrap_or(&models.openai)).ok_or_else(|| provider.rejected("address"))?;
    let key = access.credentials.key.as_ref().ok_or_else(|| provider.unauthorized("no_key"))?;
    let bearer = wire::secret_header(provider, &format!("Bearer {}", key.expose()))?;
    let send = async |body: &Value| {
        let request = match base_url {
            None => models.provider.request(Method::POST, url.clone()),
            Some(_) => models
                .customers
                .request(Method::POST, url.clone())
                .map_err(|refused| provider.unreachable(&refused.to_string()))?,
        };
        let request = request.timeout(models.call_timeout()).header(header::AUTHORIZATION, bearer.clone());
        wire::send(provider, request, body.to_string().into_bytes()).await
    };
    let mut body = body(model, question, base_url.is_some());
    let mut reply = send(&body).await?;
    if base_url.is_some() && lacks_schemas(&reply) {
        body.as_object_mut().map(|members| members.remove("response_format"));
        reply = send(&body).await?;
    }
    answer(provider, &reply, model)
}

/// Other servers know the old name of the limit; OpenAI's newer models know only the new one.
fn body(model: &str, question: &Question, is_compatible: bool) -> Value {
    let limit = if is_compatible { "max_tokens" } else { "max_completion_tokens" };
    json!({
        "model": model,
        "messages": [
            {"role": "system", "content": question.system},
            {"role": "user", "content": question.user},
        ],
        limit: question.max_tokens,
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": true, "schema": question.schema}},
    })
}

/// Whether a server says that it cannot hold an answer to a schema. It is asked again without; the question itself says what is wanted.
fn lacks_schemas(reply: &Reply) -> bool {
    let said = reply.body.to_string();
    matches!(reply.status, 400 | 422) && ["response_format", "json_schema"].iter().any(|word| said.contains(word))
}

fn answer(provider: Provider, reply: &Reply, model: &str) -> Result<Answer, ModelError> {
    let body = &reply.body;
    if body["error"].is_object() {
        return Err(failure(provider, &body["error"], reply.status, model));
    }
    let choice = &body["choices"][0];
    if !(200..300).contains(&reply.status) || !choice.is_object() {
        return Err(provider.by_status(reply.status, model));
    }
    let message = &choice["message"];
    if message["refusal"].as_str().is_some_and(|refusal| !refusal.is_empty()) {
        return Err(provider.refusal());
    }
    match choice["finish_reason"].as_str() {
        Some("length") => return Err(provider.cut()),
        Some("content_filter") => return Err(provider.filtered()),
        Some("stop") => {}
        _ => return Err(provider.nonsense()),
    }
    let text = message["content"].as_str().unwrap_or_default();
    Ok(Answer {
        json: crate::object_in(text).ok_or_else(|| provider.nonsense())?,
        model: model.to_owned(),
        tokens: body["usage"]["total_tokens"].as_u64().unwrap_or(0),
    })
}

fn failure(provider: Provider, error: &Value, status: u16, model: &str) -> ModelError {
    let named = |word: &str| error["code"] == word || error["type"] == word;
    let known = |words: &[&'static str]| words.iter().copied().find(|word| named(word));
    if let Some(code) = known(&["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"]) {
        return provider.no_credit(code);
    }
    if let Some(code) = known(&["invalid_api_key", "account_deactivated", "authentication_error"]) {
        return provider.unauthorized(code);
    }
    if named("model_not_found") {
        return provider.unknown_model(model);
    }
    if named("content_filter") || named("content_policy_violation") {
        return provider.filtered();
    }
    if let Some(code) = known(&["rate_limit_exceeded", "tokens", "requests"]).filter(|_| status == 429) {
        return provider.busy(if code == "rate_limit_exceeded" {
            code
        } else {
            "rate_limit_exceeded"
        });
    }
    provider.by_status(status.max(300), model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_has_its_meaning() {
        let error = |kind: Value, code: Value| json!({"error": {"message": "m", "type": kind, "param": null, "code": code}});
        let chat = |finish: &str, content: Value, refusal: Value| {
            json!({"choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, "refusal": refusal}}],
                "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}})
        };
        let table = [
            (
                401,
                error(json!("invalid_request_error"), json!("invalid_api_key")),
                "Unauthorized openai.invalid_api_key",
            ),
            (401, Value::Null, "Unauthorized openai.http_401"),
            (403, error(json!("forbidden"), Value::Null), "Unauthorized openai.http_403"),
            (
                429,
                error(json!("insufficient_quota"), json!("insufficient_quota")),
                "Rejected openai.insufficient_quota",
            ),
            (
                429,
                error(json!("requests"), json!("rate_limit_exceeded")),
                "Unavailable openai.rate_limit_exceeded",
            ),
            (429, error(json!("tokens"), Value::Null), "Unavailable openai.rate_limit_exceeded"),
            (429, Value::Null, "Unavailable openai.http_429"),
            (
                404,
                error(json!("invalid_request_error"), json!("model_not_found")),
                "Rejected openai.unknown_model",
            ),
            (404, json!({"detail": "Not Found"}), "Rejected openai.unknown_model"),
            (
                400,
                error(json!("invalid_request_error"), json!("unsupported_parameter")),
                "Rejected openai.http_400",
            ),
            (
                400,
                error(json!("invalid_request_error"), json!("content_filter")),
                "Unusable openai.content_filter",
            ),
            (500, error(json!("server_error"), Value::Null), "Unavailable openai.http_500"),
            (200, error(json!("server_error"), json!(7)), "Rejected openai.http_300"),
            (503, Value::Null, "Unavailable openai.http_503"),
            (200, Value::Null, "Unusable openai.nonsense"),
            (200, json!({"choices": []}), "Unusable openai.nonsense"),
            (200, chat("stop", Value::Null, json!("I cannot help")), "Unusable openai.refusal"),
            (200, chat("length", json!("{\"a\""), Value::Null), "Unusable openai.max_tokens"),
            (
                200,
                chat("content_filter", json!(""), Value::Null),
                "Unusable openai.content_filter",
            ),
            (200, chat("tool_calls", Value::Null, Value::Null), "Unusable openai.nonsense"),
            (200, chat("stop", json!("Here you are"), Value::Null), "Unusable openai.nonsense"),
            (200, chat("stop", json!("{\"a\":1}"), Value::Null), "{\"a\":1} 12"),
            (200, chat("stop", json!("```\n{\"a\":1}```"), json!("")), "{\"a\":1} 12"),
        ];
        crate::tests::each(table, |reply| answer(OPENAI, reply, "gpt-none"));
    }

    #[test]
    fn a_base_is_taken_as_people_write_it() {
        for (base, expected) in [
            ("https://api.openai.com/", Some("https://api.openai.com/v1/chat/completions")),
            ("https://llm.example.com", Some("https://llm.example.com/v1/chat/completions")),
            ("https://llm.example.com/v1", Some("https://llm.example.com/v1/chat/completions")),
            (
                "https://llm.example.com/openai/v1/",
                Some("https://llm.example.com/openai/v1/chat/completions"),
            ),
            ("https://llm.example.com/v1?key=1", None),
        ] {
            let base = Url::parse(base).expect("a URL");
            assert_eq!(address(&base).as_ref().map(Url::as_str), expected, "{base}");
        }
    }
}
