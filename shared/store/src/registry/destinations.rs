//! Destinations, and which one stands at an address.
//!
//! A Destination is made in two writes: first its address is taken (with the ids that it and its Connection will have), then it is put. A
//! crash between them leaves an address whose Destination is missing; whoever next wants that address completes it under the same ids.

use domain::destination::{Destination, DestinationKind, DestinationState, UNREACHABLE_RUNS_MAX};
use domain::fault::Why;
use domain::ids::{ConnectionId, DestinationId, OrgId, RunId};
use serde::{Deserialize, Serialize};

use crate::error::{StoreError, aws, corrupt};
use crate::item::{DOC, Reader, n, s};
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
    pub async fn claim_address(
        &self,
        org: &OrgId,
        kind: DestinationKind,
        address: &str,
        holder: &AddressHolder,
    ) -> Result<AddressHolder, StoreError> {
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
        self.table
            .delete(WHAT, &keys::address(org, kind, &super::sha256_hex(address.as_bytes())))
            .await
    }

    /// Which Destination stands at an address.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn address_holder(&self, org: &OrgId, kind: DestinationKind, address: &str) -> Result<Option<AddressHolder>, StoreError> {
        self.table
            .get(WHAT, &keys::address(org, kind, &super::sha256_hex(address.as_bytes())))
            .await
    }

    /// Keeps a Destination where none is. `false` where that id is taken.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_destination(&self, org: &OrgId, destination: &Destination) -> Result<bool, StoreError> {
        self.table
            .put_new(WHAT, &keys::destination(org, &destination.id), destination)
            .await
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
        self.table
            .query(WHAT, &keys::org_pk(org), keys::DESTINATION, Order::OldestFirst, limit, after)
            .await
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

    /// Counts a run that could not reach a Destination, once per run; after [`UNREACHABLE_RUNS_MAX`] in a row it is disabled. `true` where
    /// this one did it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_unreachable(&self, org: &OrgId, id: &DestinationId, run: &RunId, why: &Why) -> Result<bool, StoreError> {
        let key = keys::destination(org, id);
        for _ in 0..COUNT_TRIES {
            let Some(item) = self.table.get_item(WHAT, &key).await? else {
                return Ok(false);
            };
            let reader = Reader { what: WHAT, item: &item };
            let (mut destination, revision): (Destination, u64) = (reader.doc()?, reader.number("revision")?);
            if reader.text_opt(COUNTED_RUN) == Some(run.to_string().as_str()) || destination.state != DestinationState::Active {
                return Ok(false);
            }
            destination.unreachable_runs += 1;
            let is_disabled = destination.unreachable_runs >= UNREACHABLE_RUNS_MAX;
            if is_disabled {
                destination.state = DestinationState::Disabled;
                destination.why = Some(why.clone());
            }
            let update = self
                .table
                .update(&key)
                .update_expression(format!("SET #doc = :doc, revision = :next, {COUNTED_RUN} = :run"))
                .condition_expression("attribute_exists(pk) AND revision = :revision")
                .expression_attribute_names("#doc", DOC)
                .expression_attribute_values(":doc", s(serde_json::to_string(&destination).map_err(corrupt(WHAT))?))
                .expression_attribute_values(":next", n(revision + 1))
                .expression_attribute_values(":revision", n(revision))
                .expression_attribute_values(":run", s(run.to_string()));
            match update.send().await.map_err(aws(WHAT)) {
                Ok(_) => return Ok(is_disabled),
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict { what: WHAT })
    }

    /// Notes that a Destination was reached: the count begins anew.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn reset_unreachable(&self, org: &OrgId, id: &DestinationId) -> Result<(), StoreError> {
        self.change_destination(org, id, |destination| destination.unreachable_runs = 0)
            .await
            .map(drop)
    }

    /// Deletes a Destination. Pulses that name it pass it over from then on.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn delete_destination(&self, org: &OrgId, id: &DestinationId) -> Result<(), StoreError> {
        self.table.delete(WHAT, &keys::destination(org, id)).await
    }
}

/// How often a count is begun anew where someone else was first.
const COUNT_TRIES: u32 = 5;

/// The attribute that names the run counted last.
const COUNTED_RUN: &str = "unreachable_run";

/// DynamoDB reads 100 items in one batch.
const BATCH_READS_MAX: usize = 100;
