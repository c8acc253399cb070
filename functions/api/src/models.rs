//! Models that write readings: verified by one tiny question when they are connected, and named by pulses.

use domain::connection::{Account, ConnectionState, ModelCredentials};
use domain::ids::{ConnectionId, OrgId};
use domain::secret::SecretText;
use model::{ModelAccess, ModelError, Question};
use serde::Deserialize;
use serde_json::json;
use url::Url;
use utoipa::ToSchema;

use crate::api::Api;
use crate::problem::{FieldError, Problem};

/// Longest name of a model, in bytes. AWS's ARNs are the longest: 2,048.
const MODEL_BYTES_MAX: usize = 2_048;
/// Longest API key, in bytes. Ours; the longest today have 170.
const KEY_BYTES_MAX: usize = 500;
/// Enough for `{"ok": true}` and for a model that thinks a little before it.
const TOKENS_MAX: u32 = 512;

/// A model at Anthropic, to be verified.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnthropicClaim {
    /// An API key.
    #[schema(write_only)]
    pub key: SecretText,
    /// The model's name, as Anthropic lists it.
    #[schema(example = "claude-haiku-4-5")]
    pub model: String,
}

/// A model at OpenAI, or at a server that speaks its chat completions, to be verified.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenAiClaim {
    /// An API key of that server.
    #[schema(write_only)]
    pub key: SecretText,
    /// The model's name, as the server lists it.
    #[schema(example = "gpt-5-mini")]
    pub model: String,
    /// Where the server is, on the public internet; OpenAI itself where not given. Without a path, `/v1` is added.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = "uri", example = "https://llm.example.com/v1")]
    pub base_url: Option<Url>,
}

/// A model at Amazon Bedrock, in the AWS account that this runs in, to be verified. There is no key: the deployment names the models that may be
/// used (`BedrockModelArns`).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BedrockClaim {
    /// AWS's region.
    #[schema(example = "eu-central-1")]
    pub region: String,
    /// Id or ARN of a model or of an inference profile.
    #[schema(example = "eu.anthropic.claude-haiku-4-5-20251001-v1:0")]
    pub model_id: String,
}

/// A model and its key, not verified yet.
pub(crate) struct ModelClaim {
    account: Account,
    credentials: ModelCredentials,
    /// The kind, as it stands in the body.
    kind: &'static str,
}

impl From<AnthropicClaim> for ModelClaim {
    fn from(AnthropicClaim { key, model }: AnthropicClaim) -> Self {
        Self {
            account: Account::Anthropic { model },
            credentials: ModelCredentials { key: Some(key) },
            kind: "anthropic",
        }
    }
}

impl From<OpenAiClaim> for ModelClaim {
    fn from(OpenAiClaim { key, model, base_url }: OpenAiClaim) -> Self {
        Self {
            account: Account::OpenAi { base_url, model },
            credentials: ModelCredentials { key: Some(key) },
            kind: "openai",
        }
    }
}

impl From<BedrockClaim> for ModelClaim {
    fn from(BedrockClaim { region, model_id }: BedrockClaim) -> Self {
        Self {
            account: Account::Bedrock { region, model_id },
            credentials: ModelCredentials::default(),
            kind: "bedrock",
        }
    }
}

impl Api {
    /// Asks the model for next to nothing: whoever answers that has the key, the model and the credit.
    pub(crate) async fn verify_model(&self, claim: ModelClaim) -> Result<(Account, ModelCredentials), Problem> {
        let malformed = self.malformed(&claim);
        if !malformed.is_empty() {
            return Err(Problem::invalid(malformed));
        }
        let question = Question {
            system: "Answer with a JSON object whose one member, `ok`, is true. Nothing else.".to_owned(),
            user: "Are you there?".to_owned(),
            schema: json!({"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"], "additionalProperties": false}),
            max_tokens: TOKENS_MAX,
        };
        let access = ModelAccess {
            account: &claim.account,
            credentials: &claim.credentials,
        };
        match self.models.ask(access, &question).await {
            Ok(_) => {}
            // A model that thinks may use up the little that it is allowed: it is there.
            Err(ModelError::Unusable(why)) if why.code.ends_with(".max_tokens") => {}
            Err(ModelError::Unavailable(why)) => return Err(Problem::provider_unavailable(why.sentence)),
            Err(refused) => return Err(Problem::refused_by_provider(refused.why().sentence.clone())),
        }
        Ok((claim.account, claim.credentials))
    }

    fn malformed(&self, claim: &ModelClaim) -> Vec<FieldError> {
        let pointer = |field: &str| format!("/account/{}/{field}", claim.kind);
        let mut errors = Vec::new();
        let mut needs = |field: &str, is_good: bool, accepted: &str| {
            if !is_good {
                errors.push(FieldError::silent(pointer(field), accepted));
            }
        };
        if let Some(key) = &claim.credentials.key {
            needs(
                "key",
                is_word(key.expose(), KEY_BYTES_MAX),
                "the API key as the provider shows it: one word, at most 500 characters",
            );
        }
        match &claim.account {
            Account::Anthropic { model } => needs("model", is_word(model, MODEL_BYTES_MAX), "the model's name: one word"),
            Account::OpenAi { base_url, model } => {
                needs("model", is_word(model, MODEL_BYTES_MAX), "the model's name: one word");
                if let Some(url) = base_url {
                    let is_plain = url.query().is_none() && url.fragment().is_none();
                    needs("base_url", is_plain, "an address without `?…` and `#…`");
                    if let Err(refused) = self.settings.guard.check(url) {
                        needs("base_url", false, &refused.to_string());
                    }
                }
            }
            Account::Bedrock { region, model_id } => {
                needs("region", is_region(region), "an AWS region such as `eu-central-1`");
                let is_id =
                    is_word(model_id, MODEL_BYTES_MAX) && model_id.bytes().all(|b| b.is_ascii_alphanumeric() || b":._/-".contains(&b));
                needs("model_id", is_id, "the id or ARN of a model or inference profile");
            }
            Account::Whatsapp(_) | Account::Google { .. } | Account::Webhook {} => {}
        }
        errors
    }

    /// Whether the connection that is to write a pulse's readings can. One that a pulse already has may have been revoked since: changing something
    /// else must not fail for that.
    pub(crate) async fn check_writer(
        &self,
        org: &OrgId,
        writer: Option<&ConnectionId>,
        before: Option<&ConnectionId>,
    ) -> Result<(), Problem> {
        let Some(id) = writer.filter(|id| Some(*id) != before) else {
            return Ok(());
        };
        let accepted = "the id of a connection to a model (anthropic, openai or bedrock)";
        let refuse = |given: String| Err(Problem::field("/message/writer", given, accepted));
        match self.store.connection(org, id).await?.map(|stored| stored.connection) {
            None => refuse(format!("`{id}`, which does not exist")),
            Some(connection) if !connection.account.is_model() => refuse(format!("`{id}`, which is a connection of another kind")),
            Some(connection) if connection.state == ConnectionState::Revoked => refuse(format!("`{id}`, which is revoked")),
            Some(_) => Ok(()),
        }
    }
}

/// Something to see, without spaces, in ASCII.
fn is_word(text: &str, bytes_max: usize) -> bool {
    (1..=bytes_max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// `eu-central-1`, `us-gov-west-1`. It becomes part of a host's name.
fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let Some((number, words)) = parts.split_last() else { return false };
    let is_name = |word: &&str| (2..=12).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase());
    (2..=4).contains(&words.len())
        && words.iter().all(is_name)
        && (1..=2).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_no_host() {
        for good in ["eu-central-1", "us-gov-west-1", "ap-southeast-4", "cn-north-1"] {
            assert!(is_region(good), "{good}");
        }
        for bad in [
            "",
            "eu",
            "eu-central",
            "eu-central-1.evil.example/",
            "EU-central-1",
            "eu--1",
            "eu-central-1a",
            "@-@-1",
            "evil.example-a-1",
        ] {
            assert!(!is_region(bad), "{bad}");
        }
    }
}
