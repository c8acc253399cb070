//! What the queues carry: ids and small values. Data and pictures are in S3, truth is in the table.
//!
//! Fields are only ever added, each with a default, so that a message of an older release decodes for ever; `fixtures/messages` holds
//! one file per released shape, and a test decodes them all.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::destination::DestinationKind;
use crate::ids::{DeliveryId, OrgId, PulseId, RunId};

/// A message on one of our queues.
pub trait Message: Serialize + DeserializeOwned + Send + 'static {
    /// Largest accepted body, in bytes. Ours; SQS bills by the 64 KiB and takes 1 MiB.
    const BODY_BYTES_MAX: usize = 4 * 1024;

    /// The organisation: the queue's fairness group (`MessageGroupId`). `None` where it is not known yet.
    fn org_id(&self) -> Option<&OrgId>;
}

/// What made a Pulse due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Its schedule.
    #[default]
    Schedule,
    /// A call of its hook address.
    Hook,
    /// A person: "send now".
    Manual,
    /// Its creation, or a test: the first pulse is sent at once.
    Test,
}

impl Cause {
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Schedule => 's',
            Self::Hook => 'h',
            Self::Manual => 'm',
            Self::Test => 't',
        }
    }
}

/// A Pulse should run. The Scheduler sends it straight to the queue `due`, with its own scheduled time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PulseDue {
    /// The tenant.
    pub org_id: OrgId,
    /// The Pulse.
    pub pulse_id: PulseId,
    /// The occurrence's own time, not the time of sending.
    pub scheduled_for: Timestamp,
    /// What made it due.
    #[serde(default)]
    pub cause: Cause,
}

/// A Run exists; read its Source and write its Narrative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compose {
    /// The tenant.
    pub org_id: OrgId,
    /// The Run.
    pub run_id: RunId,
    /// The Pulse's version that was frozen when the Run began.
    pub pulse_version: u32,
    /// After this moment nothing is started any more.
    pub expires_at: Timestamp,
}

/// Dataset, Facts and Narrative are in S3; draw and fan out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Render {
    /// The tenant.
    pub org_id: OrgId,
    /// The Run.
    pub run_id: RunId,
    /// The frozen version.
    pub pulse_version: u32,
    /// After this moment nothing is started any more.
    pub expires_at: Timestamp,
}

/// A Delivery is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliver {
    /// The tenant.
    pub org_id: OrgId,
    /// The Delivery.
    pub delivery_id: DeliveryId,
    /// Decides the queue.
    pub kind: DestinationKind,
}

/// A provider told us something; verified by the receiver, not yet read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// Who told.
    pub provider: Provider,
    /// When it reached us.
    pub received_at: Timestamp,
    /// The body, byte for byte.
    pub body: InboundBody,
}

/// A provider that calls us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Meta's WhatsApp Cloud API.
    Whatsapp,
}

/// Where an inbound body is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboundBody {
    /// Here, as text.
    Inline(String),
    /// In the bucket, under this key: too large for a message.
    Stored(String),
}

/// An inbound body longer than this is put into the bucket. Leaves room for JSON's escapes within [`Inbound`]'s limit.
pub const INBOUND_INLINE_BYTES_MAX: usize = 24 * 1024;

macro_rules! messages {
    ($($name:ident)+) => {$(
        impl Message for $name {
            fn org_id(&self) -> Option<&OrgId> {
                Some(&self.org_id)
            }
        }
    )+};
}

messages! { PulseDue Compose Render Deliver }

impl Message for Inbound {
    const BODY_BYTES_MAX: usize = 64 * 1024;

    fn org_id(&self) -> Option<&OrgId> {
        None
    }
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
