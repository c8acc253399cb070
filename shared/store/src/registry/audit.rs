//! The trail of who changed what, when: one item per change, kept like the history of runs.

use domain::ids::OrgId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::{TTL, n, with_doc};
use crate::table::{Order, Page};
use crate::{Store, keys};

/// One change that somebody made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// The API key's id, or `bootstrap`.
    pub by: String,
    /// What was done: `pulse.create`.
    pub action: String,
    /// To what: its id.
    pub subject: String,
}

impl Store {
    /// Notes a change.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_change(&self, org: &OrgId, change: &Change) -> Result<(), StoreError> {
        let mut item = with_doc(&keys::audit(org, change.at, &change.action, &change.subject), "audit", change)?;
        item.insert(TTL.to_owned(), n(change.at.as_second() + crate::runs::HISTORY_D * 86_400));
        self.table.put_item("audit", item).await
    }

    /// The changes, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn changes(&self, org: &OrgId, limit: i32, after: Option<&str>) -> Result<Page<Change>, StoreError> {
        self.table
            .query("audit", &keys::org_pk(org), keys::AUDIT, Order::NewestFirst, limit, after)
            .await
    }
}
