//! What was written about a Run's data: the words every channel sends, composed once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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
}
