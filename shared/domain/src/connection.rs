//! An organisation's authorised account at a provider.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fault::Why;
use crate::ids::ConnectionId;

/// A Connection as it is stored, without its credentials: those are sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// What people call it.
    pub name: String,
    /// The account.
    pub account: Account,
    /// Whether it works.
    pub state: ConnectionState,
    /// Why it needs attention, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// When it was last found to work.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_at: Option<Timestamp>,
}

/// Which account at which provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Account {
    /// The organisation's own WhatsApp number ("branded").
    Whatsapp(WhatsappNumber),
    /// A Google service account.
    Google {
        /// The address to share a sheet with.
        client_email: String,
    },
    /// The signing secret and the custom headers of one webhook Destination.
    Webhook {},
}

/// A number at WhatsApp's Cloud API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WhatsappNumber {
    /// Meta's id of the number: decimal digits.
    pub phone_number_id: String,
    /// Meta's id of the WhatsApp Business Account: decimal digits.
    pub waba_id: String,
    /// The number as people see it, confirmed by Meta.
    pub display_number: String,
}

/// Whether a Connection works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConnectionState {
    /// It works.
    Connected,
    /// A person has to mend it; Deliveries through it are held.
    NeedsAttention,
    /// Taken back by the organisation.
    Revoked,
}
