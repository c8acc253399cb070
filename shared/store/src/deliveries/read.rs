//! From an item to a Delivery.

use std::collections::BTreeSet;

use domain::attachment::Attachment;
use domain::delivery::{Delivery, Part, PartName, Phase, Picture, Progress};
use domain::destination::DestinationKind;
use domain::fault::WhenUnknown;
use domain::ids::{DeliveryId, DestinationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::attribute;
use crate::error::StoreError;
use crate::item::{Item, Reader};

/// What never changes about a Delivery.
#[derive(Serialize, Deserialize)]
pub(super) struct Fixed {
    id: DeliveryId,
    kind: DestinationKind,
    parts: Vec<PartName>,
    picture: Picture,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    attachments: BTreeSet<Attachment>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fallback: Option<DestinationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fallback_of: Option<DestinationId>,
    #[serde(default)]
    when_unknown: WhenUnknown,
    expires_at: Timestamp,
    created_at: Timestamp,
}

impl Fixed {
    pub(super) fn of(delivery: &Delivery) -> Self {
        Self {
            id: delivery.id.clone(),
            kind: delivery.kind,
            parts: delivery.parts.iter().map(|part| part.name).collect(),
            picture: delivery.picture,
            attachments: delivery.attachments.clone(),
            fallback: delivery.fallback.clone(),
            fallback_of: delivery.fallback_of.clone(),
            when_unknown: delivery.when_unknown,
            expires_at: delivery.expires_at,
            created_at: delivery.created_at,
        }
    }
}

/// The Delivery that an item holds.
pub(super) fn delivery(item: &Item) -> Result<Delivery, StoreError> {
    let reader = Reader { what: "delivery", item };
    let fixed: Fixed = reader.doc()?;
    let phase = phase(reader.text("phase")?)?;
    let parts = fixed.parts.iter().map(|name| part(&reader, *name)).collect();
    Ok(Delivery {
        phase,
        parts,
        attempt: reader.number_opt("attempt").unwrap_or(0),
        updated_at: reader.time("updated_at")?,
        next_try_at: reader.time_opt("next_try_at"),
        why: reader.json_opt("why")?,
        id: fixed.id,
        kind: fixed.kind,
        picture: fixed.picture,
        attachments: fixed.attachments,
        fallback: fixed.fallback,
        fallback_of: fixed.fallback_of,
        when_unknown: fixed.when_unknown,
        expires_at: fixed.expires_at,
        created_at: fixed.created_at,
    })
}

fn part(reader: &Reader<'_>, name: PartName) -> Part {
    Part {
        name,
        progress: reader
            .number_opt(&attribute(name, "rank"))
            .and_then(Progress::from_rank)
            .unwrap_or_default(),
        provider_id: reader.text_opt(&attribute(name, "id")).map(str::to_owned),
        prepared: reader.text_opt(&attribute(name, "prepared")).map(str::to_owned),
        at: reader.time_opt(&attribute(name, "at")),
    }
}

fn phase(text: &str) -> Result<Phase, StoreError> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).map_err(|_| StoreError::Corrupt {
        what: "delivery",
        detail: "`phase` is not one that this release knows".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::collections::HashMap;

    use super::*;
    use crate::item::{DOC, n, s};

    /// As the first release wrote it: no attachments, two parts.
    #[test]
    fn a_delivery_of_the_first_release_goes_on() {
        let fixed = r#"{"id":"weekly~20261120T090000Z~dst_1","kind":"whatsapp","parts":["image","analysis"],"picture":{"size":"square","theme":"dark"},
            "fallback":"dst_2","when_unknown":"hold","expires_at":"2026-11-20T15:00:00Z","created_at":"2026-11-20T09:00:02Z"}"#;
        let item = HashMap::from(
            [
                (DOC, s(fixed)),
                ("phase", s("retrying")),
                ("updated_at", s("2026-11-20T09:00:05.000Z")),
                ("next_try_at", s("2026-11-20T09:00:15.000Z")),
                ("attempt", n(1)),
                ("image_rank", n(3)),
                ("image_id", s("wamid.A")),
                ("image_prepared", s("media-1")),
                ("why", s(r#"{"code":"whatsapp.131000","sentence":"Meta failed."}"#)),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        let read = delivery(&item).unwrap();
        assert!(read.attachments.is_empty());
        let parts: Vec<_> = read.parts.iter().map(|part| (part.name, part.progress)).collect();
        assert_eq!(parts, [(PartName::Image, Progress::Sent), (PartName::Analysis, Progress::Pending)]);
        assert_eq!(read.part(PartName::Image).unwrap().prepared.as_deref(), Some("media-1"));
        assert_eq!(
            (read.phase, read.attempt, read.when_unknown),
            (Phase::Retrying, 1, WhenUnknown::Hold)
        );
        assert_eq!(read.why.unwrap().code, "whatsapp.131000");
    }
}
