//! A file that the provider did not take. The chart and the other files do not wait for it, and do not fail with it.

use std::time::Duration;

use domain::delivery::{PartName, Phase};
use domain::fault::{Action, Fault, Why};
use jiff::SignedDuration;

use crate::conclude::conclude;
use crate::pipeline::Sending;
use crate::{DeliveryError, Destination, Next};

/// A file that would begin later after the first part gets a run of the function to itself: its two calls may take as long as a provider is waited for,
/// and a function that is cut off leaves a message of which nobody knows whether it arrived.
pub(crate) const FILE_BEGINS_WITHIN: SignedDuration = SignedDuration::from_secs(20);

/// Why a file stays behind, and when it is tried again: never, where there is no wait.
pub(crate) struct Setback {
    why: Why,
    wait: Option<Duration>,
}

impl Setback {
    /// The setback of which the Delivery speaks in the end: one that is tried again.
    pub(crate) fn or(self, former: Option<Self>) -> Self {
        match former {
            Some(former) if former.wait.is_some() => former,
            _ => self,
        }
    }
}

impl Sending<'_> {
    /// Whether this fault is the file's own matter. Limits, a closed window, a dead token meet the parts after it as well: those are everybody's.
    pub(crate) fn setback<D: Destination>(&self, fault: &Fault, part: PartName) -> Option<Setback> {
        part.attachment()?;
        let (action, why) = conclude::<D>(fault, self.delivery, self.now(), self.moment.jitter);
        let wait = match (fault, action) {
            (_, Action::Fail | Action::Expire) => None,
            (Fault::Retry { after: None, .. }, Action::RetryAfter(wait)) => Some(wait),
            _ => return None,
        };
        Some(Setback { why, wait })
    }

    /// Ends a try that has taken too long for one more file; what is left is sent at once, by the next one.
    pub(crate) async fn go_on_later(&self, setback: Option<Setback>) -> Result<Next, DeliveryError> {
        let slow = || Why::new("delivery.slow", "The provider is slow. What is left follows.");
        let why = setback.map_or_else(slow, |setback| setback.why);
        self.rest(Phase::Retrying, &why, Some(Duration::ZERO)).await
    }

    /// Ends a try in which everything was taken but this.
    pub(crate) async fn settle(&self, setback: &Setback) -> Result<Next, DeliveryError> {
        let phase = if setback.wait.is_some() { Phase::Retrying } else { Phase::Done };
        tracing::warn!(delivery.id = %self.delivery.id, delivery.phase = phase.as_str(), why.code = %setback.why.code, "a file was not taken; the rest of the delivery was");
        self.rest(phase, &setback.why, setback.wait).await
    }
}
