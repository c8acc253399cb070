//! Asking a model for JSON: one question, one answer, three protocols.
//!
//! Knows: how Anthropic, OpenAI (with the servers that speak its protocol) and Amazon Bedrock want to be asked, what their answers and errors mean,
//! and how long all of it may take. Must never know: what the question is about, what becomes of the answer, the table, or an organisation.
//!
//! An answer is whatever JSON object the model wrote: nothing in it is believed here. A model that fails is a sentence, never a panic and never a
//! wait beyond the limit. Keys stand in one header of one request and nowhere else.

mod anthropic;
mod bedrock;
mod error;
mod openai;
mod wire;

use std::time::Duration;

use domain::connection::{Account, ModelCredentials};
use domain::fault::Why;
use runtime::http::{Client, GuardedClient};
use runtime::{Clock, Env, Runtime, SdkConfig, StartError};
use serde_json::{Map, Value};
use url::Url;

pub use error::ModelError;

/// Default of `MODEL_TIMEOUT_MS`: a report never waits longer for its words. Ours.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Most of an answer that is read, in bytes. Ours: a reading has a hundredth of it.
pub const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What the model is to do.
    pub system: String,
    /// What it is to do it with.
    pub user: String,
    /// JSON Schema of the answer, within what all three providers take: objects list all of their properties as required and allow no other;
    /// no limits on lengths or numbers.
    pub schema: Value,
    /// Most tokens of the answer, the model's own thinking included.
    pub max_tokens: u32,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What the model wrote. Providers promise that it fits the schema; whoever uses it checks.
    pub json: Map<String, Value>,
    /// The model, as it was asked for.
    pub model: String,
    /// Tokens read and written.
    pub tokens: u64,
}

/// A model and what opens it.
#[derive(Debug, Clone, Copy)]
pub struct ModelAccess<'a> {
    /// Which model.
    pub account: &'a Account,
    /// Its key; without one for Bedrock.
    pub credentials: &'a ModelCredentials,
}

/// Where models are and how they are reached. Built once per execution environment.
#[derive(Debug)]
pub struct Models {
    anthropic: Url,
    openai: Url,
    /// Every region's own address where there is none.
    bedrock: Option<Url>,
    provider: Client,
    customers: GuardedClient,
    sdk: SdkConfig,
    clock: Clock,
    timeout: Duration,
}

impl Models {
    /// Reads `ANTHROPIC_URL`, `OPENAI_URL`, `BEDROCK_URL` (defaults: the providers' own addresses) and `MODEL_TIMEOUT_MS` (default 10,000).
    ///
    /// `customers` reaches the servers that organisations name, `provider` all others.
    ///
    /// # Errors
    /// [`StartError`] where one of them is wrong.
    pub fn new(runtime: &Runtime, provider: &Client, customers: &GuardedClient) -> Result<Self, StartError> {
        let env: &Env = &runtime.env;
        let bedrock = env.get("BEDROCK_URL").map(|url| env.base_url("BEDROCK_URL", url)).transpose()?;
        Ok(Self {
            anthropic: env.base_url("ANTHROPIC_URL", "https://api.anthropic.com")?,
            openai: env.base_url("OPENAI_URL", "https://api.openai.com")?,
            bedrock,
            provider: provider.clone(),
            customers: customers.clone(),
            sdk: runtime.sdk.clone(),
            clock: runtime.clock.clone(),
            timeout: env.duration_ms("MODEL_TIMEOUT_MS", TIMEOUT)?,
        })
    }

    /// Beyond [`Models::ask`]'s own limit, in place of the client's: one limit, told in one sentence.
    fn call_timeout(&self) -> Duration {
        self.timeout * 2
    }

    /// Asks once. It takes no longer than the limit, whatever the provider does.
    ///
    /// # Errors
    /// [`ModelError`] with the reason in words.
    pub async fn ask(&self, access: ModelAccess<'_>, question: &Question) -> Result<Answer, ModelError> {
        let asked = async {
            match access.account {
                Account::Anthropic { model } => anthropic::ask(self, access, model, question).await,
                Account::OpenAi { base_url, model } => openai::ask(self, access, base_url.as_ref(), model, question).await,
                Account::Bedrock { region, model_id } => bedrock::ask(self, region, model_id, question).await,
                Account::Whatsapp(_) | Account::Google { .. } | Account::Webhook {} => {
                    let sentence = "The connection is none of a model. Choose one of Anthropic, OpenAI or Bedrock.";
                    Err(ModelError::Rejected(Why::new("model.kind", sentence)))
                }
            }
        };
        let in_time = tokio::time::timeout(self.timeout, asked).await;
        in_time.unwrap_or_else(|_| Err(error::too_slow(access.account, self.timeout)))
    }
}

/// The JSON object that a model wrote, also within a fence of Markdown, as models without structured output like to write it.
fn object_in(text: &str) -> Option<Map<String, Value>> {
    let text = text.trim();
    let unfenced = text.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    let text = unfenced.map_or(text, |inner| inner.strip_prefix("json").unwrap_or(inner));
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests;
