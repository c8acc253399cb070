//! Destinations, and which one stands at an address.
//!
//! A Destination is made in two writes: first its address is taken (with the ids that it and its Connection will have), then it is put. A
//! crash between them leaves an address whose Destination is missing; whoever next wants that address completes it under the same ids.

use domain::destination::{Destination, DestinationKind};
use domain::ids::{ConnectionId, DestinationId, OrgId};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::Reader;
use crate::table::{Order, Page};
use crate::{Store, keys};

const WHAT: &str = "destination";

/// What stands, or is about to stand, at an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressHolder {
    /// The Destination.
    pub destination: DestinationId,
    /// The Connection it is reached through.
    pub connection: ConnectionId,
}

impl Store {
    /// Takes an address for a new Destination; gives the one that has it, which is `holder` itself where it was free. `address` is hashed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_address(&self, org: &OrgId, kind: DestinationKind, address: &str, holder: &AddressHolder) -> Result<AddressHolder, StoreError> {
        let key = keys::address(org, kind, &super::sha256_hex(address.as_bytes()));
        if let Some(there) = self.table.get(WHAT, &key).await? {
            return Ok(there);
        }
        if self.table.put_new(WHAT, &key, holder).await? {
            return Ok(holder.clone());
        }
        self.table.get(WHAT, &key).await?.ok_or(StoreError::Conflict { what: WHAT })
    }

    /// Frees an address.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn release_address(&self, org: &OrgId, kind: DestinationKind, address: &str) -> Result<(), StoreError> {
        self.table.delete(WHAT, &keys::address(org, kind, &super::sha256_hex(address.as_bytes()))).await
    }

    /// Which Destination stands at an address.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn address_holder(&self, org: &OrgId, kind: DestinationKind, address: &str) -> Result<Option<AddressHolder>, StoreError> {
        self.table.get(WHAT, &keys::address(org, kind, &super::sha256_hex(address.as_bytes()))).await
    }

    /// Keeps a Destination where none is. `false` where that id is taken.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_destination(&self, org: &OrgId, destination: &Destination) -> Result<bool, StoreError> {
        self.table.put_new(WHAT, &keys::destination(org, &destination.id), destination).await
    }

    /// A Destination.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn destination(&self, org: &OrgId, id: &DestinationId) -> Result<Option<Destination>, StoreError> {
        self.table.get(WHAT, &keys::destination(org, id)).await
    }

    /// Those of the Destinations that exist, in no order: one call for a hundred of them. Ids may repeat.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn destinations_by_id<'a>(
        &self,
        org: &OrgId,
        ids: impl IntoIterator<Item = &'a DestinationId>,
    ) -> Result<Vec<Destination>, StoreError> {
        let distinct: std::collections::BTreeSet<&DestinationId> = ids.into_iter().collect();
        let wanted: Vec<keys::Key> = distinct.into_iter().map(|id| keys::destination(org, id)).collect();
        let mut found = Vec::with_capacity(wanted.len());
        for chunk in wanted.chunks(BATCH_READS_MAX) {
            for item in self.batch_get(WHAT, chunk).await? {
                found.push(Reader { what: WHAT, item: &item }.doc()?);
            }
        }
        Ok(found)
    }

    /// An organisation's Destinations by id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn destinations(&self, org: &OrgId, limit: i32, after: Option<&str>) -> Result<Page<Destination>, StoreError> {
        self.table.query(WHAT, &keys::org_pk(org), keys::DESTINATION, Order::OldestFirst, limit, after).await
    }

    /// Changes a Destination. `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn change_destination(
        &self,
        org: &OrgId,
        id: &DestinationId,
        change: impl Fn(&mut Destination),
    ) -> Result<Option<Destination>, StoreError> {
        self.table.modify(WHAT, &keys::destination(org, id), change).await
    }

    /// Deletes a Destination. Pulses that name it pass it over from then on.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn delete_destination(&self, org: &OrgId, id: &DestinationId) -> Result<(), StoreError> {
        self.table.delete(WHAT, &keys::destination(org, id)).await
    }
}

/// DynamoDB reads 100 items in one batch.
const BATCH_READS_MAX: usize = 100;
