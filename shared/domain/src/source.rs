//! What to read, as it is stored.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::SourceId;
use crate::source_spec::SourceSpec;

/// A Source as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// What people call it.
    pub name: String,
    /// What to read.
    pub spec: SourceSpec,
    /// When it was last changed.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
}
