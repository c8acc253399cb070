//! Where to deliver.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::fault::Why;
use crate::ids::{ConnectionId, DestinationId};
use crate::phone::PhoneNumber;

/// The kinds of Destination; each has its own queue and sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DestinationKind {
    /// A person on WhatsApp.
    Whatsapp,
    /// An HTTPS address that takes signed events.
    Webhook,
}

impl DestinationKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Whatsapp, Self::Webhook];

    /// The kind's one word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Webhook => "webhook",
        }
    }
}

impl fmt::Display for DestinationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for DestinationKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| format!("`{text}` is not a kind of destination: whatsapp, webhook"))
    }
}

/// Where exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Address {
    /// A person's phone, from one of our numbers.
    Whatsapp {
        /// The number it is sent from.
        connection: ConnectionId,
        /// The person's number.
        to: PhoneNumber,
    },
    /// A signed HTTPS POST. Secret and custom headers are in the connection's credentials.
    Webhook {
        /// Holds the signing secret and the custom headers.
        connection: ConnectionId,
        /// https, port 443 or 8443.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = "uri"))]
        url: Url,
    },
}

impl Address {
    /// The kind of Destination this is.
    pub fn kind(&self) -> DestinationKind {
        match self {
            Self::Whatsapp { .. } => DestinationKind::Whatsapp,
            Self::Webhook { .. } => DestinationKind::Webhook,
        }
    }

    /// The Connection whose credentials are needed.
    pub fn connection(&self) -> &ConnectionId {
        match self {
            Self::Whatsapp { connection, .. } | Self::Webhook { connection, .. } => connection,
        }
    }
}

/// A Destination as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Destination {
    /// Its id.
    pub id: DestinationId,
    /// What people call it.
    pub name: String,
    /// Where exactly.
    pub address: Address,
    /// Whether anything is sent there.
    pub state: DestinationState,
    /// Why it is disabled, where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Runs in a row that did not reach it.
    #[serde(default)]
    pub unreachable_runs: u32,
}

/// Whether a Destination is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DestinationState {
    /// The person has not confirmed yet.
    Invited,
    /// In use.
    Active,
    /// Switched off, by a person or after [`UNREACHABLE_RUNS_MAX`] runs that did not reach it.
    Disabled,
}

/// After so many runs in a row that could not reach it, a Destination is disabled and its owner told.
pub const UNREACHABLE_RUNS_MAX: u32 = 3;
