//! Queues: sending messages, and handling a batch of them record by record.

mod batch;
mod client;
mod deliver;
mod queue;

pub(crate) use client::LazyClient;

pub use batch::{Batch, Disposition, InvalidEvent, Record};
pub use deliver::DeliverQueues;
pub use queue::{Queue, SendError};

use aws_sdk_sqs::config::http::HttpResponse;
use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};

/// A failed call in words: the service's code and sentence, or how the connection failed; no request and no body.
fn describe<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> String {
    match error {
        SdkError::ServiceError(answer) => {
            let (code, sentence) = (answer.err().code().unwrap_or("unknown"), answer.err().message().unwrap_or_default());
            format!("{code} {sentence}").trim_end().to_owned()
        }
        SdkError::TimeoutError(_) => "no answer in time".into(),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "no connection in time".into(),
        SdkError::DispatchFailure(_) => "no connection".into(),
        SdkError::ResponseError(answer) => format!("an answer that cannot be read, HTTP {}", answer.raw().status().as_u16()),
        _ => "a request that cannot be built".into(),
    }
}

#[cfg(test)]
mod wire;
