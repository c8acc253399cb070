//! Why a model gave no answer that can be used.

use std::time::Duration;

use domain::connection::Account;
use domain::fault::Why;

/// Why there is no answer, by what helps. The sentences are for the people of the organisation; they hold no key, no address and nothing that the
/// provider wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The key, or our role, is refused: a person has to mend the connection.
    #[error("{}", .0.sentence)]
    Unauthorized(Why),
    /// It will not work as it is set up: an unknown model, no credit, a request that the server does not take.
    #[error("{}", .0.sentence)]
    Rejected(Why),
    /// Not now: overloaded, limited, unreachable, too slow.
    #[error("{}", .0.sentence)]
    Unavailable(Why),
    /// It answered, and the answer is of no use: refused, cut, filtered, not what was asked for.
    #[error("{}", .0.sentence)]
    Unusable(Why),
}

impl ModelError {
    /// The reason, to be kept and shown.
    pub fn why(&self) -> &Why {
        match self {
            Self::Unauthorized(why) | Self::Rejected(why) | Self::Unavailable(why) | Self::Unusable(why) => why,
        }
    }
}

/// A provider, as it stands in codes and sentences.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Provider {
    pub code: &'static str,
    pub name: &'static str,
}

pub(crate) const ANTHROPIC: Provider = Provider {
    code: "anthropic",
    name: "Anthropic",
};
pub(crate) const OPENAI: Provider = Provider {
    code: "openai",
    name: "OpenAI",
};
/// A server that an organisation named; it speaks OpenAI's protocol.
pub(crate) const COMPATIBLE: Provider = Provider {
    code: "openai",
    name: "The model's server",
};
pub(crate) const BEDROCK: Provider = Provider {
    code: "bedrock",
    name: "Amazon Bedrock",
};

impl Provider {
    fn why(self, code: &str, sentence: &str) -> Why {
        Why::new(format!("{}.{code}", self.code), format!("{} {sentence}", self.name))
    }

    pub(crate) fn unauthorized(self, code: &str) -> ModelError {
        let sentence = if self.code == BEDROCK.code {
            "does not let us use this model. Name it in the deployment's parameter BedrockModelArns, and allow it in AWS's account."
        } else {
            "does not accept the key: it is wrong, was revoked, or may not use this model. Put a new one into the connection."
        };
        ModelError::Unauthorized(self.why(code, sentence))
    }

    pub(crate) fn unknown_model(self, model: &str) -> ModelError {
        let sentence = format!("knows no model `{model}`, or this key may not use it. Check the model's name.");
        ModelError::Rejected(self.why("unknown_model", &sentence))
    }

    pub(crate) fn no_credit(self, code: &str) -> ModelError {
        ModelError::Rejected(self.why(
            code,
            "has no credit left for this key, or its limit of spending is reached. Mend that at the provider.",
        ))
    }

    /// A request that will be refused the next time too.
    pub(crate) fn rejected(self, code: &str) -> ModelError {
        ModelError::Rejected(self.why(
            code,
            "did not take the request. The model may not support structured answers; choose another one.",
        ))
    }

    pub(crate) fn busy(self, code: &str) -> ModelError {
        ModelError::Unavailable(self.why(code, "is overloaded, or limits how often this key may ask. Try again later."))
    }

    pub(crate) fn failing(self, code: &str) -> ModelError {
        ModelError::Unavailable(self.why(code, "answered with an error of its own. Try again later."))
    }

    /// `words` come from our HTTP client, never from the peer.
    pub(crate) fn unreachable(self, words: &str) -> ModelError {
        ModelError::Unavailable(self.why("unreachable", &format!("could not be asked: {words}.")))
    }

    pub(crate) fn refusal(self) -> ModelError {
        ModelError::Unusable(self.why("refusal", "declined to write about this chart."))
    }

    pub(crate) fn cut(self) -> ModelError {
        ModelError::Unusable(self.why("max_tokens", "stopped before the end of its answer: the answer was too long."))
    }

    pub(crate) fn filtered(self) -> ModelError {
        ModelError::Unusable(self.why("content_filter", "stopped its answer by a content filter or a guardrail."))
    }

    pub(crate) fn nonsense(self) -> ModelError {
        ModelError::Unusable(self.why("nonsense", "answered something else than the JSON that was asked for."))
    }

    pub(crate) fn too_large(self) -> ModelError {
        ModelError::Unusable(self.why("too_large", "answered far more than was asked for."))
    }

    /// An answer of which nothing but the status can be read.
    pub(crate) fn by_status(self, status: u16, model: &str) -> ModelError {
        match status {
            200..=299 => self.nonsense(),
            401 | 403 => self.unauthorized(&format!("http_{status}")),
            402 => self.no_credit("http_402"),
            404 => self.unknown_model(model),
            408 | 409 | 425 | 429 | 529 => self.busy(&format!("http_{status}")),
            500..=599 => self.failing(&format!("http_{status}")),
            _ => self.rejected(&format!("http_{status}")),
        }
    }
}

pub(crate) fn of(account: &Account) -> Provider {
    match account {
        Account::Anthropic { .. } => ANTHROPIC,
        Account::OpenAi { base_url: Some(_), .. } => COMPATIBLE,
        Account::Bedrock { .. } => BEDROCK,
        _ => OPENAI,
    }
}

pub(crate) fn too_slow(account: &Account, limit: Duration) -> ModelError {
    let provider = of(account);
    let sentence = format!("did not answer within {} seconds.", limit.as_secs_f32());
    ModelError::Unavailable(provider.why("timeout", &sentence))
}
