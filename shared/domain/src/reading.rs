//! What was written about a Run's data: the words every channel sends, composed once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fault::Why;

/// The words of one Run. Senders send them as they are; they never compute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The chart's title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Up to two.
    pub highlights: Vec<String>,
    /// The longer reading; `None` where the pulse does not want one.
    pub analysis: Option<String>,
    /// WhatsApp's caption: at most 1,024 characters, its markup in place.
    pub whatsapp_caption: String,
    /// WhatsApp's second message: at most 4,096 characters.
    pub whatsapp_analysis: Option<String>,
    /// What people call the source.
    pub source_name: String,
    /// For whoever cannot see the picture.
    pub alt: String,
    /// Back to where the numbers come from.
    pub link: Option<String>,
    /// When the rows were read.
    pub as_of: Timestamp,
    /// When this was written.
    pub composed_at: Timestamp,
    /// Who wrote it, and what the proof said.
    #[serde(default)]
    pub proof: Proofread,
}

/// What [`Proofread::writer`] says where no model's words were used.
pub const DETERMINISTIC: &str = "deterministic";

/// Most sentences of [`Proofread::dropped`] that are kept.
pub const DROPPED_MAX: usize = 24;

/// Who wrote a reading, and which of the sentences held against the Facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Proofread {
    /// `deterministic` for words written by rules, otherwise the model's name.
    pub writer: String,
    /// How many sentences were proven and sent.
    pub kept: u32,
    /// Sentences that were not sent, of the model's and of ours: at most [`DROPPED_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<Dropped>,
    /// Why the model that the pulse names did not write it, where it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_not: Option<Why>,
}

/// A sentence that was not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Dropped {
    /// Why.
    pub reason: DropReason,
    /// Its beginning, on one line.
    pub text: String,
}

/// Why a sentence was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DropReason {
    /// Something in it is no Fact's: a number, a unit, a direction.
    Unproven,
    /// Nothing in it can be held against a Fact.
    NothingToProve,
    /// It holds an address: a link, a mail address, a mention, a phone number.
    Link,
    /// It speaks to its reader instead of about the chart.
    Addresses,
    /// It is longer than a sentence for a phone.
    TooLong,
}

impl Default for Proofread {
    fn default() -> Self {
        Self {
            writer: DETERMINISTIC.to_owned(),
            kept: 0,
            dropped: Vec::new(),
            why_not: None,
        }
    }
}
