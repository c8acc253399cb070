//! The senders' queues: which one a Delivery goes to is its kind's business alone.

use domain::destination::DestinationKind;
use domain::message::Deliver;

use super::{Queue, SendError};
use crate::{EnvError, Runtime};

/// One queue for each kind of Destination.
#[derive(Debug, Clone)]
pub struct DeliverQueues {
    whatsapp: Queue,
    webhook: Queue,
}

impl DeliverQueues {
    /// Reads `QUEUE_DELIVER_WHATSAPP_URL` and `QUEUE_DELIVER_WEBHOOK_URL`.
    ///
    /// # Errors
    /// [`EnvError`] where one is not set.
    pub fn from_env(runtime: &Runtime) -> Result<Self, EnvError> {
        Ok(Self {
            whatsapp: runtime.queue("QUEUE_DELIVER_WHATSAPP_URL")?,
            webhook: runtime.queue("QUEUE_DELIVER_WEBHOOK_URL")?,
        })
    }

    fn of(&self, kind: DestinationKind) -> &Queue {
        match kind {
            DestinationKind::Whatsapp => &self.whatsapp,
            DestinationKind::Webhook => &self.webhook,
        }
    }

    /// Puts one Delivery on its queue.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, message: &Deliver) -> Result<(), SendError> {
        self.of(message.kind).send(message).await
    }

    /// Puts each Delivery on its queue, in tens.
    ///
    /// # Errors
    /// [`SendError`]; send all of them again.
    pub async fn send_batch(&self, messages: &[Deliver]) -> Result<(), SendError> {
        for kind in DestinationKind::ALL {
            let of_kind: Vec<Deliver> = messages.iter().filter(|message| message.kind == kind).cloned().collect();
            self.of(kind).send_batch(&of_kind).await?;
        }
        Ok(())
    }
}
