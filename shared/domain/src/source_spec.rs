//! What to read (placeholder until the sources engineer commits the real one).
use serde::{Deserialize, Serialize};
/// What to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSpec {}
