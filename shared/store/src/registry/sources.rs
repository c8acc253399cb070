//! Sources.

use domain::ids::{OrgId, SourceId};
use domain::source::Source;

use crate::error::StoreError;
use crate::table::{Order, Page};
use crate::{Store, keys};

const WHAT: &str = "source";

impl Store {
    /// Keeps a Source where none is. `false` where that id is taken.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_source(&self, org: &OrgId, source: &Source) -> Result<bool, StoreError> {
        self.table.put_new(WHAT, &keys::source(org, &source.id), source).await
    }

    /// A Source.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn source(&self, org: &OrgId, id: &SourceId) -> Result<Option<Source>, StoreError> {
        self.table.get(WHAT, &keys::source(org, id)).await
    }

    /// An organisation's Sources by id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sources(&self, org: &OrgId, limit: i32, after: Option<&str>) -> Result<Page<Source>, StoreError> {
        self.table
            .query(WHAT, &keys::org_pk(org), keys::SOURCE, Order::OldestFirst, limit, after)
            .await
    }

    /// Changes a Source. `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn change_source(&self, org: &OrgId, id: &SourceId, change: impl Fn(&mut Source)) -> Result<Option<Source>, StoreError> {
        self.table.modify(WHAT, &keys::source(org, id), change).await
    }

    /// Deletes a Source. Runs of Pulses that read it fail from then on, in words.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn delete_source(&self, org: &OrgId, id: &SourceId) -> Result<(), StoreError> {
        self.table.delete(WHAT, &keys::source(org, id)).await
    }
}
