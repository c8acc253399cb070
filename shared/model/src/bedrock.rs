//! Amazon Bedrock's Converse API, signed with the function's own role.

use aws_credential_types::provider::ProvideCredentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use reqwest::{Method, RequestBuilder, header};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use crate::error::{BEDROCK, ModelError};
use crate::wire::{self, Reply};
use crate::{Answer, Models, Question};

/// The service's name within a signature.
const SERVICE: &str = "bedrock";

pub(crate) async fn ask(models: &Models, region: &str, model_id: &str, question: &Question) -> Result<Answer, ModelError> {
    let url = address(models.bedrock.as_ref(), region, model_id).ok_or_else(|| BEDROCK.rejected("address"))?;
    let body = body(question).to_string().into_bytes();
    let request = models.provider.request(Method::POST, url.clone()).timeout(models.call_timeout());
    let request = signed(models, request, &url, region, &body).await?;
    answer(&wire::send(BEDROCK, request, body).await?, model_id)
}

/// A model's id may hold `:` and `/` (it may be an ARN); in the path both are escaped.
fn address(base: Option<&Url>, region: &str, model_id: &str) -> Option<Url> {
    let domain = if region.starts_with("cn-") {
        "amazonaws.com.cn"
    } else {
        "amazonaws.com"
    };
    let base = match base {
        Some(base) => base.clone(),
        None => Url::parse(&format!("https://bedrock-runtime.{region}.{domain}/")).ok()?,
    };
    let id: String = form_urlencoded::byte_serialize(model_id.as_bytes()).collect();
    base.join(&format!("model/{id}/converse")).ok()
}

/// Unlike the others, Converse takes the schema as a text.
fn body(question: &Question) -> Value {
    json!({
        "system": [{"text": question.system}],
        "messages": [{"role": "user", "content": [{"text": question.user}]}],
        "inferenceConfig": {"maxTokens": question.max_tokens},
        "outputConfig": {"textFormat": {
            "type": "json_schema",
            "structure": {"jsonSchema": {"name": "answer", "schema": question.schema.to_string()}},
        }},
    })
}

async fn signed(models: &Models, mut request: RequestBuilder, url: &Url, region: &str, body: &[u8]) -> Result<RequestBuilder, ModelError> {
    let unsigned = || BEDROCK.unauthorized("no_credentials");
    let provider = models.sdk.credentials_provider().ok_or_else(unsigned)?;
    let credentials = provider.provide_credentials().await.map_err(|_| unsigned())?;
    let identity = Identity::from(credentials);
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(SERVICE)
        .time(models.clock.now().into())
        .settings(SigningSettings::default())
        .build()
        .map_err(|_| unsigned())?
        .into();
    let headers = [(header::CONTENT_TYPE.as_str(), "application/json")];
    let signable = SignableRequest::new("POST", url.as_str(), headers.into_iter(), SignableBody::Bytes(body)).map_err(|_| unsigned())?;
    let (instructions, _) = sign(signable, &params).map_err(|_| unsigned())?.into_parts();
    let (headers, _) = instructions.into_parts();
    for signed in headers {
        request = request.header(signed.name(), wire::secret_header(BEDROCK, signed.value())?);
    }
    Ok(request)
}

fn answer(reply: &Reply, model: &str) -> Result<Answer, ModelError> {
    let body = &reply.body;
    if !(200..300).contains(&reply.status) {
        return Err(failure(reply, model));
    }
    match body["stopReason"].as_str() {
        Some("end_turn" | "stop_sequence") => {}
        Some("guardrail_intervened" | "content_filtered") => return Err(BEDROCK.filtered()),
        Some("max_tokens" | "model_context_window_exceeded") => return Err(BEDROCK.cut()),
        _ => return Err(BEDROCK.nonsense()),
    }
    let blocks = body["output"]["message"]["content"].as_array().into_iter().flatten();
    let text: String = blocks.filter_map(|block| block["text"].as_str()).collect();
    Ok(Answer {
        json: crate::object_in(&text).ok_or_else(|| BEDROCK.nonsense())?,
        model: model.to_owned(),
        tokens: body["usage"]["totalTokens"].as_u64().unwrap_or(0),
    })
}

/// The error's name stands in a header, as `Name:address`, or in the body, as `namespace#Name`.
fn failure(reply: &Reply, model: &str) -> ModelError {
    let of_header = reply.headers.get("x-amzn-errortype").and_then(|name| name.to_str().ok());
    let name = of_header.or_else(|| reply.body["__type"].as_str()).unwrap_or_default();
    let name = name.split(':').next().unwrap_or_default();
    let message = reply.body["message"].as_str().unwrap_or_default();
    match name.rsplit('#').next().unwrap_or_default() {
        "AccessDeniedException" => BEDROCK.unauthorized("AccessDeniedException"),
        "UnrecognizedClientException" => BEDROCK.unauthorized("UnrecognizedClientException"),
        "ResourceNotFoundException" => BEDROCK.unknown_model(model),
        "ValidationException" if message.contains("model identifier is invalid") => BEDROCK.unknown_model(model),
        "ValidationException" => BEDROCK.rejected("ValidationException"),
        "ServiceQuotaExceededException" => BEDROCK.no_credit("ServiceQuotaExceededException"),
        "ThrottlingException" => BEDROCK.busy("ThrottlingException"),
        "ModelNotReadyException" => BEDROCK.busy("ModelNotReadyException"),
        "ServiceUnavailableException" => BEDROCK.busy("ServiceUnavailableException"),
        "ModelTimeoutException" => BEDROCK.failing("ModelTimeoutException"),
        "ModelErrorException" => BEDROCK.failing("ModelErrorException"),
        "InternalServerException" => BEDROCK.failing("InternalServerException"),
        // Our own session's or clock's matter: no person can mend it at the connection, and the next one is a new one.
        "ExpiredTokenException" => BEDROCK.failing("ExpiredTokenException"),
        "InvalidSignatureException" => BEDROCK.failing("InvalidSignatureException"),
        _ => BEDROCK.by_status(reply.status, model),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_has_its_meaning() {
        let error = |name: &str, message: &str| json!({"__type": format!("com.amazon.coral.service#{name}"), "message": message});
        let converse = |stop: &str, text: &str| {
            json!({"output": {"message": {"role": "assistant", "content": [{"text": text}]}}, "stopReason": stop,
                "usage": {"inputTokens": 9, "outputTokens": 3, "totalTokens": 12}})
        };
        let table = [
            (
                403,
                error("AccessDeniedException", ""),
                "Unauthorized bedrock.AccessDeniedException",
            ),
            (403, error("ExpiredTokenException", ""), "Unavailable bedrock.ExpiredTokenException"),
            (403, Value::Null, "Unauthorized bedrock.http_403"),
            (404, error("ResourceNotFoundException", ""), "Rejected bedrock.unknown_model"),
            (
                400,
                error("ValidationException", "The provided model identifier is invalid."),
                "Rejected bedrock.unknown_model",
            ),
            (
                400,
                error("ValidationException", "max tokens"),
                "Rejected bedrock.ValidationException",
            ),
            (
                400,
                error("ServiceQuotaExceededException", ""),
                "Rejected bedrock.ServiceQuotaExceededException",
            ),
            (429, error("ThrottlingException", ""), "Unavailable bedrock.ThrottlingException"),
            (
                429,
                error("ModelNotReadyException", ""),
                "Unavailable bedrock.ModelNotReadyException",
            ),
            (408, error("ModelTimeoutException", ""), "Unavailable bedrock.ModelTimeoutException"),
            (424, error("ModelErrorException", ""), "Unavailable bedrock.ModelErrorException"),
            (
                503,
                error("ServiceUnavailableException", ""),
                "Unavailable bedrock.ServiceUnavailableException",
            ),
            (500, Value::Null, "Unavailable bedrock.http_500"),
            (200, Value::Null, "Unusable bedrock.nonsense"),
            (200, converse("guardrail_intervened", "Sorry"), "Unusable bedrock.content_filter"),
            (200, converse("content_filtered", ""), "Unusable bedrock.content_filter"),
            (200, converse("max_tokens", "{\"a"), "Unusable bedrock.max_tokens"),
            (200, converse("malformed_model_output", "{}"), "Unusable bedrock.nonsense"),
            (200, converse("end_turn", "no JSON"), "Unusable bedrock.nonsense"),
            (200, converse("end_turn", "{\"a\":1}"), "{\"a\":1} 12"),
        ];
        crate::tests::each(table, |reply| answer(reply, "none.model-v1:0"));
    }

    #[test]
    fn ids_are_escaped_and_each_region_has_its_address() {
        let base = Url::parse("http://127.0.0.1:9/").ok();
        for (base, region, id, expected) in [
            (
                None,
                "eu-central-1",
                "eu.anthropic.claude-v1:0",
                "https://bedrock-runtime.eu-central-1.amazonaws.com/model/eu.anthropic.claude-v1%3A0/converse",
            ),
            (
                None,
                "cn-north-1",
                "a",
                "https://bedrock-runtime.cn-north-1.amazonaws.com.cn/model/a/converse",
            ),
            (
                base.as_ref(),
                "us-east-1",
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/x",
                "http://127.0.0.1:9/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fx/converse",
            ),
        ] {
            assert_eq!(address(base, region, id).as_ref().map(Url::as_str), Some(expected));
        }
    }
}
