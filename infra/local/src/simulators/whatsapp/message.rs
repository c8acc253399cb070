//! Messages as they lie in a chat.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One message in the chat of a business number and a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// `wamid...`.
    pub id: String,
    /// The business number's id.
    pub phone_number_id: String,
    /// The person's `wa_id`.
    pub person: String,
    /// Who wrote it.
    pub direction: Direction,
    /// When it was accepted.
    pub at: Timestamp,
    /// What it says.
    pub content: Content,
    /// The message it quotes.
    pub context: Option<String>,
    /// `biz_opaque_callback_data`, as sent.
    pub callback_data: Option<String>,
    /// What has become of it, oldest first. Empty for an inbound message the business has not read.
    pub receipts: Vec<Receipt>,
}

impl Message {
    /// The furthest status so far; none while merely accepted.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        self.receipts.iter().map(|receipt| receipt.status).max()
    }
}

/// One status of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Which.
    pub status: Status,
    /// Since when.
    pub at: Timestamp,
    /// Why it failed.
    pub error: Option<u32>,
}

/// A message's way; a later one includes the earlier ones, and `failed` ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Left Meta: one tick.
    Sent,
    /// On the phone: two ticks.
    Delivered,
    /// Seen: two blue ticks.
    Read,
    /// Will not arrive.
    Failed,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The business.
    Outbound,
    /// The person.
    Inbound,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Words.
    Text {
        /// With WhatsApp's markup.
        body: String,
        /// Whether the first link is to be previewed.
        preview_url: bool,
    },
    /// A picture.
    Image {
        /// The picture.
        picture: Picture,
        /// With WhatsApp's markup.
        caption: Option<String>,
    },
    /// A file to be opened.
    Document {
        /// The file.
        document: Picture,
        /// What the person sees as its name.
        file_name: Option<String>,
        /// With WhatsApp's markup.
        caption: Option<String>,
    },
    /// An emoji on another message.
    Reaction {
        /// The other message.
        message_id: String,
        /// None or empty: the reaction is taken back.
        emoji: Option<String>,
    },
    /// A text with up to three reply buttons, or one that opens a link.
    Interactive {
        /// A picture on top.
        picture: Option<Picture>,
        /// A line on top.
        header: Option<String>,
        /// The text.
        body: String,
        /// Small print.
        footer: Option<String>,
        /// What can be tapped.
        buttons: Vec<Button>,
    },
    /// A template, filled in.
    Template {
        /// Its name.
        name: String,
        /// Its category.
        category: String,
        /// A picture on top.
        picture: Option<Picture>,
        /// The text with its values.
        body: String,
        /// What can be tapped.
        buttons: Vec<Button>,
    },
    /// Inbound: the person tapped a button.
    Tap {
        /// Which.
        button: Button,
        /// Whether it was a template's button; it comes in another shape then.
        of_template: bool,
    },
}

impl Content {
    /// The message's picture.
    #[must_use]
    pub fn picture(&self) -> Option<&Picture> {
        match self {
            Self::Image { picture, .. } => Some(picture),
            Self::Interactive { picture, .. } | Self::Template { picture, .. } => picture.as_ref(),
            _ => None,
        }
    }

    /// The message's picture or document.
    #[must_use]
    pub fn media(&self) -> Option<&Picture> {
        match self {
            Self::Document { document, .. } => Some(document),
            other => other.picture(),
        }
    }

    pub(super) fn media_mut(&mut self) -> Option<&mut Picture> {
        match self {
            Self::Document { document, .. } => Some(document),
            Self::Image { picture, .. } => Some(picture),
            Self::Interactive { picture, .. } | Self::Template { picture, .. } => picture.as_mut(),
            _ => None,
        }
    }
}

/// Something to tap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What the business learns: an id, a payload, or the link that is opened.
    pub id: String,
    /// What the person sees.
    pub title: String,
}

/// A picture or a document by reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Where it was to be taken from.
    pub source: Source,
    /// What was found there; none while not fetched, and for ever if that failed.
    pub file: Option<File>,
}

/// Where a file comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// An uploaded file.
    Id(String),
    /// An address.
    Link(String),
}

/// A file Meta holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its media type.
    pub mime_type: String,
    /// SHA-256 in hex; its bytes are found by it.
    pub sha256: String,
    /// Size in bytes.
    pub file_size: usize,
}
