//! An organisation's own look. One document with its logo in it, at most 350 KB of DynamoDB's 400: colours and logo change together.

use domain::branding::Branding;
use domain::ids::OrgId;

use crate::error::StoreError;
use crate::item::with_doc;
use crate::{Store, keys};

const WHAT: &str = "branding";

impl Store {
    /// The organisation's own look; ours (`{}`) where it has none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn branding(&self, org: &OrgId) -> Result<Branding, StoreError> {
        Ok(self.table.get(WHAT, &keys::branding(org)).await?.unwrap_or_default())
    }

    /// Replaces the organisation's own look; of two at once the later one stays.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_branding(&self, org: &OrgId, branding: &Branding) -> Result<(), StoreError> {
        let item = with_doc(&keys::branding(org), WHAT, branding)?;
        self.table.put_item(WHAT, item).await
    }
}
