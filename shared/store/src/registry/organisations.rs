//! The organisation itself: the wrapped data key under which its credentials are sealed.

use domain::ids::OrgId;

use crate::error::StoreError;
use crate::{Store, keys};

const WHAT: &str = "organisation";

impl Store {
    /// The organisation's wrapped data key (opaque text); `None` before its first secret.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn data_key(&self, org: &OrgId) -> Result<Option<String>, StoreError> {
        self.table.get(WHAT, &keys::org(org)).await
    }

    /// Keeps the organisation's wrapped data key where it has none, and gives the one that stands: of two at once the first wins, and the
    /// second must seal with the first's.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put_data_key(&self, org: &OrgId, wrapped: &str) -> Result<String, StoreError> {
        if self.table.put_new(WHAT, &keys::org(org), &wrapped).await? {
            return Ok(wrapped.to_owned());
        }
        self.data_key(org).await?.ok_or(StoreError::Conflict { what: WHAT })
    }
}
