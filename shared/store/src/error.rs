//! What can go wrong with the table and the bucket.

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A failed read or write. None of them is decided about here: the message goes back to its queue and comes again.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A guard did not hold: someone else was first, or the thing changed meanwhile.
    #[error("{what}: changed by someone else meanwhile; read it again and repeat")]
    Conflict {
        /// What was being written.
        what: &'static str,
    },
    /// What is stored cannot be read by this release.
    #[error("{what}: stored item cannot be read: {detail}")]
    Corrupt {
        /// What was being read.
        what: &'static str,
        /// Which field; never its content.
        detail: String,
    },
    /// A cursor that this store did not hand out.
    #[error("`cursor` is not one that a former page returned as `next_cursor`")]
    BadCursor,
    /// AWS did not do it: throttled, down, denied.
    #[error("{what}: {detail}")]
    Aws {
        /// What was being done.
        what: &'static str,
        /// AWS's own words.
        detail: String,
    },
}

/// Wraps an SDK error; a failed condition becomes [`StoreError::Conflict`].
pub(crate) fn aws<E, R>(what: &'static str) -> impl FnOnce(SdkError<E, R>) -> StoreError
where
    E: std::error::Error + ProvideErrorMetadata + 'static,
    R: std::fmt::Debug + 'static,
{
    move |error| match error.as_service_error().and_then(ProvideErrorMetadata::code) {
        Some("ConditionalCheckFailedException" | "PreconditionFailed" | "ConditionalRequestConflict") => StoreError::Conflict { what },
        _ => StoreError::Aws {
            what,
            detail: format!("{}", DisplayErrorContext(&error)),
        },
    }
}

/// A stored document that does not decode.
pub(crate) fn corrupt(what: &'static str) -> impl FnOnce(serde_json::Error) -> StoreError {
    move |error| StoreError::Corrupt {
        what,
        detail: format!("{:?} at column {}", error.classify(), error.column()),
    }
}
