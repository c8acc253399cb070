//! One firing of a Pulse.

use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::fault::Why;
use crate::ids::RunId;
use crate::message::Cause;

/// A Run as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Run {
    /// Its id: the pulse and the moment.
    pub id: RunId,
    /// What made it due.
    pub cause: Cause,
    /// The occurrence's own time.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub scheduled_for: Timestamp,
    /// The pulse's version it uses, whatever is changed meanwhile.
    pub pulse_version: u32,
    /// How it stands, apart from its Deliveries.
    pub state: RunState,
    /// When we began.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// After this moment nothing of it is started any more.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub expires_at: Timestamp,
}

/// How a Run stands, apart from its Deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RunState {
    /// On its way; its Deliveries tell the rest.
    Started,
    /// Not sent, on purpose.
    Skipped {
        /// Why: "Saturday", "Tag der Deutschen Einheit (DE)", "paused".
        reason: String,
    },
    /// Could not be composed or drawn.
    Failed {
        /// Why.
        why: Why,
    },
}

/// A Run without a next firing expires after so long.
const LIFE_H_MAX: i64 = 6;

/// When a Run is too late: at the next firing, or after six hours, whichever comes first; never sooner than a minute.
pub fn expires_at(began_at: Timestamp, next_firing: Option<Timestamp>) -> Timestamp {
    let latest = began_at.checked_add(LIFE_H_MAX.hours()).unwrap_or(Timestamp::MAX);
    let soonest = began_at.checked_add(1.minute()).unwrap_or(Timestamp::MAX);
    next_firing.map_or(latest, |next| next.clamp(soonest, latest))
}
