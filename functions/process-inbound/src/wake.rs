//! A person wrote: what waited for that is sent.

use domain::delivery::Phase;
use domain::destination::DestinationKind;
use domain::message::Deliver;
use domain::phone::PhoneNumber;
use store::deliveries::Move;
use store::waiting::WaitingFor;

use crate::update::Message;
use crate::{InboundError, ProcessInbound};

impl ProcessInbound {
    /// Wakes the Deliveries that wait for this person to write to this number. Nobody else's: the number belongs to one organisation.
    pub(crate) async fn wake(&self, message: &Message) -> Result<(), InboundError> {
        let Some(phone) = message
            .from
            .as_ref()
            .and_then(|digits| PhoneNumber::parse(&format!("+{digits}")).ok())
        else {
            return Ok(());
        };
        let Some(holder) = self.store.account_holder("whatsapp", &message.phone_number_id).await? else {
            return Ok(());
        };
        let (org, list) = (&holder.org, WaitingFor::Person(&holder.connection, &phone));
        for id in self.store.waiting(org, list).await? {
            // Sent first, struck off last: a crash between leaves a message or an entry too many, and neither sends twice.
            self.queues
                .send(&Deliver {
                    org_id: org.clone(),
                    delivery_id: id.clone(),
                    kind: DestinationKind::Whatsapp,
                })
                .await?;
            self.store
                .move_delivery(org, &id, Move::new(Phase::AwaitingWindow, Phase::Queued), self.runtime.clock.now())
                .await?;
            self.store.remove_waiting(org, list, &id).await?;
        }
        Ok(())
    }
}
