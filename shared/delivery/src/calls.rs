//! Every provider call is written down, for people to look at.

use domain::delivery::{Attempt, PartName};
use domain::destination::Address;
use domain::fault::{Outcome, Why};
use jiff::Timestamp;

use crate::Call;
use crate::pipeline::Sending;

/// The provider calls of one part, as they will be kept.
pub(crate) struct CallLog {
    number: u32,
    part: PartName,
    first_order: u32,
    pub(crate) attempts: Vec<Attempt>,
}

impl CallLog {
    pub(crate) fn new(number: u32, part: PartName, first_order: u32) -> Self {
        Self {
            number,
            part,
            first_order,
            attempts: Vec::new(),
        }
    }

    pub(crate) fn add(
        &mut self,
        call: &str,
        outcome: Outcome,
        why: Option<Why>,
        provider_id: Option<&str>,
        began_at: Timestamp,
        ended_at: Timestamp,
    ) {
        let duration_ms = u64::try_from(ended_at.duration_since(began_at).as_millis()).unwrap_or(0);
        let provider_id = provider_id.map(str::to_owned);
        self.attempts.push(Attempt {
            number: self.number,
            part: self.part,
            call: call.to_owned(),
            outcome,
            why,
            provider_id,
            at: began_at,
            duration_ms,
        });
    }
}

impl Sending<'_> {
    /// Writes the calls down. A history that could not be kept must not take the provider's answer along: that is still to be recorded.
    pub(crate) async fn keep(&self, log: &CallLog, call: &Call<'_>, provider_id: Option<&str>) {
        let pointer: Vec<_> = match call.address {
            Address::Whatsapp { .. } => provider_id.map(|id| (call.correlation(), id.to_owned())).into_iter().collect(),
            // Nobody can answer a webhook by its id.
            Address::Webhook { .. } => Vec::new(),
        };
        if let Err(error) = self
            .desk
            .store
            .put_attempts(self.org, &self.delivery.id, log.first_order, &log.attempts, &pointer, self.now())
            .await
        {
            tracing::error!(delivery.id = %self.delivery.id, error = %error, "provider calls were made and could not be written down");
        }
    }
}
