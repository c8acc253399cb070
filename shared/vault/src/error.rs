//! Why a credential is not sealed or opened.

use aws_sdk_kms::config::http::HttpResponse;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};

/// Never shows a credential, a key or a sealed text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The text was changed, or sealed for another Connection. The account has to be connected again.
    #[error("the stored credential was changed or belongs to another connection; connect the account again")]
    Tampered,
    /// The key was changed, or wrapped for another organisation or under another KMS key.
    #[error("the stored credential's key belongs to another organisation or to another KMS key")]
    WrongOrganisation,
    /// Stored text that we did not write.
    #[error("stored text is malformed: {what}")]
    Malformed {
        /// Which part.
        what: &'static str,
    },
    /// The credential is longer than [`crate::SECRET_BYTES_MAX`].
    #[error("the credential has {bytes} bytes; at most 16384 are accepted")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// KMS refuses us: the function's policy, the key's policy or the key's state. Ours to mend; trying again does not help.
    #[error("KMS refuses to use the key: {code}")]
    Denied {
        /// KMS's code.
        code: String,
    },
    /// KMS did not answer, or not now.
    #[error("KMS is unavailable: {why}")]
    Unavailable {
        /// KMS's code, or how the connection failed.
        why: String,
    },
}

impl VaultError {
    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}

/// Codes with which KMS says "this blob, under this context and key: no".
const WRONG: [&str; 2] = ["InvalidCiphertextException", "IncorrectKeyException"];

/// Codes of a 4xx answer that is gone the next time.
const PASSING: [&str; 6] = [
    "DependencyTimeoutException",
    "KeyUnavailableException",
    "LimitExceededException",
    "RequestTimeoutException",
    "ThrottlingException",
    "TooManyRequestsException",
];

pub(crate) fn from_kms<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> VaultError {
    let unavailable = |why: &str| VaultError::Unavailable { why: why.to_owned() };
    match error {
        SdkError::ServiceError(answer) => {
            let code = answer.err().code().unwrap_or("unknown");
            if WRONG.contains(&code) {
                VaultError::WrongOrganisation
            } else if answer.raw().status().is_server_error() || PASSING.contains(&code) {
                unavailable(code)
            } else {
                VaultError::Denied { code: code.to_owned() }
            }
        }
        SdkError::TimeoutError(_) => unavailable("no answer in time"),
        SdkError::DispatchFailure(_) => unavailable("no connection"),
        SdkError::ResponseError(_) => unavailable("an answer that cannot be read"),
        _ => VaultError::Denied {
            code: "a request that cannot be built".into(),
        },
    }
}
