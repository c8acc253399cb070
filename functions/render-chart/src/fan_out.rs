//! One Delivery per Destination.

use std::collections::BTreeSet;

use chart::Colors;
use domain::attachment::Attachment;
use domain::delivery::{Delivery, Phase, Picture, PictureSize};
use domain::destination::{DestinationKind, DestinationState};
use domain::ids::{DeliveryId, DestinationId, OrgId};
use domain::message::{Deliver, Render};
use domain::pulse::Pulse;
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{RenderChart, RenderError};

/// So many Deliveries are kept at the same time: 500 one after another would hold up the first by seconds.
const WRITES_AT_ONCE: usize = 16;

/// What is to be sent, and in which kind of picture.
pub(crate) struct Plan {
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) colors: Colors,
}

impl RenderChart {
    /// The Deliveries of this Run, with those files: one for each of the pulse's Destinations that is in use.
    pub(crate) async fn plan(&self, message: &Render, pulse: &Pulse, attachments: &BTreeSet<Attachment>) -> Result<Plan, RenderError> {
        let mut wanted: Vec<&DestinationId> = Vec::with_capacity(pulse.destinations.len());
        for destination in &pulse.destinations {
            wanted.push(&destination.id);
            wanted.extend(&destination.fallback);
        }
        let found = self.store.destinations_by_id(&message.org_id, wanted).await?;
        // A fallback sends the picture that was drawn: where one may end on WhatsApp, all are of the kind that it takes.
        let for_whatsapp = found.iter().any(|target| target.address.kind() == DestinationKind::Whatsapp);
        let now = self.runtime.clock.now();
        let plan = pulse.destinations.iter().filter_map(|wanted| {
            let target = found
                .iter()
                .find(|target| target.id == wanted.id && target.state == DestinationState::Active)?;
            let kind = target.address.kind();
            Some(Delivery {
                id: DeliveryId {
                    run: message.run_id.clone(),
                    destination: wanted.id.clone(),
                },
                kind,
                phase: Phase::Queued,
                parts: Delivery::parts_for(kind, pulse.message.analysis, attachments),
                attempt: 0,
                picture: Picture {
                    size: wanted.size.unwrap_or(PictureSize::for_kind(kind)),
                    theme: wanted.theme,
                },
                attachments: attachments.clone(),
                fallback: wanted.fallback.clone(),
                fallback_of: None,
                when_unknown: pulse.message.when_unknown,
                expires_at: message.expires_at,
                created_at: now,
                updated_at: now,
                next_try_at: None,
                why: None,
            })
        });
        let deliveries: Vec<Delivery> = plan.collect();
        if deliveries.len() < pulse.destinations.len() {
            tracing::info!(run.id = %message.run_id, passed_over = pulse.destinations.len() - deliveries.len(), "destinations that are switched off or deleted were passed over");
        }
        Ok(Plan {
            deliveries,
            colors: if for_whatsapp { Colors::True } else { Colors::Palette },
        })
    }

    /// Keeps each Delivery, then sends its message: all of them again after a crash, which does no harm.
    pub(crate) async fn fan_out(&self, org: &OrgId, deliveries: &[Delivery]) -> Result<(), RenderError> {
        let writes: Vec<_> = deliveries
            .iter()
            .map(|delivery| self.store.create_delivery(org, delivery))
            .collect();
        stream::iter(writes)
            .buffer_unordered(WRITES_AT_ONCE)
            .try_for_each(|_| std::future::ready(Ok(())))
            .await?;
        let message = |delivery: &Delivery| Deliver {
            org_id: org.clone(),
            delivery_id: delivery.id.clone(),
            kind: delivery.kind,
        };
        let messages: Vec<Deliver> = deliveries.iter().map(message).collect();
        Ok(self.queues.send_batch(&messages).await?)
    }
}
