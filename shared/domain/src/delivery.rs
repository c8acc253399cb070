//! One Run on its way to one Destination: its parts, how far each has come, and the one word that sums them up.
//!
//! Two things move independently. The **phase** is what *we* are doing about the Delivery; only the holder of the lease changes it. A
//! part's **progress** is what the *provider* says of a message; it only ever grows, in whatever order its statuses arrive.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::destination::DestinationKind;
use crate::fault::{Outcome, WhenUnknown, Why};
use crate::ids::{DeliveryId, DestinationId};
pub use crate::picture::{Picture, PictureSize, Theme};

/// The parts of a Delivery, in the order in which they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// The chart with its caption; at a webhook, the whole event.
    Image,
    /// The longer reading, as a reply to the chart.
    Analysis,
    /// The chart as a PDF, as a reply to the chart.
    Pdf,
    /// The rows as CSV, as a reply to the chart.
    Data,
}

impl PartName {
    /// The part's one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Analysis => "analysis",
            Self::Pdf => "pdf",
            Self::Data => "data",
        }
    }

    /// The file that the part is.
    pub fn attachment(self) -> Option<Attachment> {
        match self {
            Self::Image | Self::Analysis => None,
            Self::Pdf => Some(Attachment::Pdf),
            Self::Data => Some(Attachment::Data),
        }
    }
}

impl From<Attachment> for PartName {
    fn from(attachment: Attachment) -> Self {
        match attachment {
            Attachment::Pdf => Self::Pdf,
            Attachment::Data => Self::Data,
        }
    }
}

impl fmt::Display for PartName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PartName {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "image" => Ok(Self::Image),
            "analysis" => Ok(Self::Analysis),
            "pdf" => Ok(Self::Pdf),
            "data" => Ok(Self::Data),
            _ => Err(()),
        }
    }
}

/// How far one part has come. Ordered: a part never goes back, and `failed` never undoes what a person has already received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Not begun.
    #[default]
    Pending,
    /// About to be sent, or sent without an answer: it may have arrived.
    InFlight,
    /// The provider took it.
    Accepted,
    /// The provider sent it on.
    Sent,
    /// The provider gave it up.
    Failed,
    /// It reached the person's device; at a webhook, a 2xx answer.
    Delivered,
    /// The person saw it.
    Read,
}

impl Progress {
    /// A number that grows as the part moves on; conditional writes compare it.
    pub fn rank(self) -> u8 {
        match self {
            Self::Pending => 0,
            Self::InFlight => 1,
            Self::Accepted => 2,
            Self::Sent => 3,
            Self::Failed => 4,
            Self::Delivered => 5,
            Self::Read => 6,
        }
    }

    /// The progress of that rank.
    pub fn from_rank(rank: u8) -> Option<Self> {
        [
            Self::Pending,
            Self::InFlight,
            Self::Accepted,
            Self::Sent,
            Self::Failed,
            Self::Delivered,
            Self::Read,
        ]
        .into_iter()
        .find(|p| p.rank() == rank)
    }

    /// Whether the provider has the part, so that it must not be sent again.
    pub fn is_taken(self) -> bool {
        self >= Self::Accepted && self != Self::Failed
    }
}

/// One part of a Delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Part {
    /// Which.
    pub name: PartName,
    /// How far.
    pub progress: Progress,
    /// The provider's id of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// Something the provider keeps for us between tries, such as an uploaded picture's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared: Option<String>,
    /// When the progress last changed, by our clock or the provider's.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// What we are doing about a Delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Waits for its sender.
    #[default]
    Queued,
    /// A sender holds the lease.
    Sending,
    /// Will be tried again at a known time.
    Retrying,
    /// Sent without an answer; waits for evidence, or for a person where the pulse says `hold`.
    Unknown,
    /// Waits for the person to write.
    AwaitingWindow,
    /// Waits for its Connection to be mended.
    Held,
    /// Every part is with the provider; its statuses tell the rest.
    Done,
    /// Given up.
    Failed,
    /// Too late.
    Expired,
}

impl Phase {
    /// The phase's one word, as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Retrying => "retrying",
            Self::Unknown => "unknown",
            Self::AwaitingWindow => "awaiting_window",
            Self::Held => "held",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// Whether a sender has nothing left to do.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Expired)
    }
}

/// The one word a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its sender.
    Queued,
    /// Being sent now.
    Sending,
    /// Taken by the provider, which is not yet "sent".
    Accepted,
    /// Sent on by the provider.
    Sent,
    /// On the person's device, or answered 2xx by a webhook.
    Delivered,
    /// Seen.
    Read,
    /// Waits for the person to write.
    AwaitingWindow,
    /// Waits for its Connection to be mended.
    Held,
    /// Will be tried again.
    Retrying,
    /// May have arrived.
    Unknown,
    /// Not delivered; the reason stands beside it.
    Failed,
    /// Too late to be of use.
    Expired,
}

/// A Delivery as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// Its id.
    pub id: DeliveryId,
    /// Which sender.
    pub kind: DestinationKind,
    /// What we are doing about it.
    pub phase: Phase,
    /// Its parts, in the order in which they are sent.
    pub parts: Vec<Part>,
    /// Tries so far; the number lives here, not in a queue's receive count.
    pub attempt: u32,
    /// Which picture it carries.
    pub picture: Picture,
    /// The files that go along with it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub attachments: BTreeSet<Attachment>,
    /// Who gets it when this fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<DestinationId>,
    /// The Delivery this one stands in for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_of: Option<DestinationId>,
    /// What to do when a send stays unexplained.
    #[serde(default)]
    pub when_unknown: WhenUnknown,
    /// After this moment nothing is tried.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
    /// When it was created: the picture was ready.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// When it last changed.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
    /// When the next try is due, where one is.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try_at: Option<Timestamp>,
    /// The last reason something did not work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

impl Delivery {
    /// The parts of a new Delivery. A webhook gets everything in one event.
    pub fn parts_for(kind: DestinationKind, analysis: bool, attachments: &BTreeSet<Attachment>) -> Vec<Part> {
        let mut names = vec![PartName::Image];
        if kind == DestinationKind::Whatsapp {
            names.extend(analysis.then_some(PartName::Analysis));
            names.extend(attachments.iter().copied().map(PartName::from));
        }
        names
            .into_iter()
            .map(|name| Part {
                name,
                progress: Progress::Pending,
                provider_id: None,
                prepared: None,
                at: None,
            })
            .collect()
    }

    /// The one word for it at `now`: what we are doing, or, once every part is with the provider, how far the slowest part has come.
    ///
    /// What waits for a person has expired when its time is over: whoever wakes it then writes that down.
    pub fn state(&self, now: Timestamp) -> DeliveryState {
        match self.phase {
            Phase::AwaitingWindow | Phase::Held if now >= self.expires_at => DeliveryState::Expired,
            Phase::Queued => DeliveryState::Queued,
            Phase::Sending => DeliveryState::Sending,
            Phase::Retrying => DeliveryState::Retrying,
            Phase::Unknown => DeliveryState::Unknown,
            Phase::AwaitingWindow => DeliveryState::AwaitingWindow,
            Phase::Held => DeliveryState::Held,
            Phase::Failed => DeliveryState::Failed,
            Phase::Expired => DeliveryState::Expired,
            Phase::Done => {
                if self.parts.iter().any(|part| part.progress == Progress::Failed) {
                    return DeliveryState::Failed;
                }
                match self.parts.iter().map(|part| part.progress).min().unwrap_or_default() {
                    Progress::Read => DeliveryState::Read,
                    Progress::Delivered => DeliveryState::Delivered,
                    Progress::Sent => DeliveryState::Sent,
                    _ => DeliveryState::Accepted,
                }
            }
        }
    }

    /// The next part that no provider has yet.
    pub fn next_part(&self) -> Option<&Part> {
        self.parts.iter().find(|part| !part.progress.is_taken())
    }

    /// The part of that name.
    pub fn part(&self, name: PartName) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }
}

/// One provider call, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Attempt {
    /// The try it belongs to: 1 for the first.
    pub number: u32,
    /// The part it was for.
    pub part: PartName,
    /// What was asked: `upload`, `send`.
    pub call: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, where it was not accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// The provider's id of what it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// When it began.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// How long it took.
    pub duration_ms: u64,
}

#[cfg(test)]
#[path = "delivery_tests.rs"]
mod tests;
