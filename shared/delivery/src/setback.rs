//! A file that the provider did not take. The chart and the other files do not wait for it, and do not fail with it.

use std::time::Duration;

use domain::delivery::{PartName, Phase};
use domain::fault::{Action, Fault, Why};

use crate::conclude::conclude;
use crate::pipeline::Sending;
use crate::{DeliveryError, Destination, Next};

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

    /// Ends a try in which everything was taken but this.
    pub(crate) async fn settle(&self, setback: &Setback) -> Result<Next, DeliveryError> {
        let phase = if setback.wait.is_some() { Phase::Retrying } else { Phase::Done };
        tracing::warn!(delivery.id = %self.delivery.id, delivery.phase = phase.as_str(), why.code = %setback.why.code, "a file was not taken; the rest of the delivery was");
        self.rest(phase, &setback.why, setback.wait).await
    }
}
