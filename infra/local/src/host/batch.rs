//! What is in a queue, and what was taken out of it.

use aws_sdk_sqs::types::QueueAttributeName;
use jiff::Timestamp;
use serde_json::Value;

use super::HostError;

/// Messages that were received together and are hidden from others until they are settled or the queue's visibility timeout has passed.
#[derive(Clone, Debug)]
pub struct Received {
    /// The function they are for.
    pub folder: String,
    pub(super) messages: Vec<Held>,
    pub(super) event: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub id: String,
    pub receipt: String,
    pub sent_at: Timestamp,
}

impl Received {
    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// The event as Lambda hands it over.
    #[must_use]
    pub fn event(&self) -> &Value {
        &self.event
    }
}

/// How much is in a queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    /// Can be received now.
    pub visible: usize,
    /// Received and neither deleted nor back.
    pub in_flight: usize,
    /// To be seen later.
    pub delayed: usize,
}

/// How much is in the queue at that address.
pub(super) async fn depth(sqs: &aws_sdk_sqs::Client, url: &str) -> Result<Depth, HostError> {
    let names = [
        QueueAttributeName::ApproximateNumberOfMessages,
        QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
        QueueAttributeName::ApproximateNumberOfMessagesDelayed,
    ];
    let call = sqs.get_queue_attributes().queue_url(url).set_attribute_names(Some(names.to_vec()));
    let attributes = call
        .send()
        .await
        .map_err(|error| HostError::new(words(&error)))?
        .attributes
        .unwrap_or_default();
    let [visible, in_flight, delayed] = names.map(|name| attributes.get(&name).and_then(|count| count.parse().ok()).unwrap_or_default());
    Ok(Depth {
        visible,
        in_flight,
        delayed,
    })
}

/// An error and its causes in one line.
pub(crate) fn words(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    let mut words: Vec<String> = causes.map(ToString::to_string).collect();
    words.dedup();
    words.join(": ")
}
