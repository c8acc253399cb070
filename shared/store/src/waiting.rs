//! Lists of Deliveries that wait for something other than time: a person's message, or a mended Connection.
//!
//! An entry is written before the Delivery is put to rest and removed after it was woken, so that a crash between the two leaves an entry
//! too many, never one too few; whoever wakes checks the Delivery's phase.

use domain::ids::{ConnectionId, DeliveryId, OrgId};
use domain::phone::PhoneNumber;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::item::{Reader, TTL, keyed, n};
use crate::table::Order;
use crate::{Store, keys};

/// What is waited for.
#[derive(Debug, Clone, Copy)]
pub enum WaitingFor<'a> {
    /// The Connection's credentials are mended.
    Connection(&'a ConnectionId),
    /// This person writes to this number.
    Person(&'a ConnectionId, &'a PhoneNumber),
}

impl WaitingFor<'_> {
    fn pk(&self, org: &OrgId) -> String {
        match self {
            Self::Connection(connection) => keys::waiting_connection_pk(org, connection),
            Self::Person(connection, phone) => {
                let hash: String = Sha256::digest(format!("{connection}/{}", phone.digits()))
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect();
                keys::waiting_person_pk(org, &hash)
            }
        }
    }
}

impl Store {
    /// Puts a Delivery on a list, until `expires_at` (after which nobody would send it any more).
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_waiting(&self, org: &OrgId, list: WaitingFor<'_>, id: &DeliveryId, expires_at: Timestamp) -> Result<(), StoreError> {
        let mut item = keyed(&keys::waiting(list.pk(org), id));
        item.insert(TTL.to_owned(), n(expires_at.as_second() + 86_400));
        self.table.put_item("waiting list", item).await
    }

    /// The Deliveries on a list.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn waiting(&self, org: &OrgId, list: WaitingFor<'_>) -> Result<Vec<DeliveryId>, StoreError> {
        let what = "waiting list";
        let (pk, mut after, mut ids) = (list.pk(org), None::<String>, Vec::new());
        loop {
            let page = self
                .table
                .query_items(what, &pk, keys::DELIVERY, Order::OldestFirst, 1_000, after.as_deref())
                .await?;
            for item in &page.items {
                let text = Reader { what, item }.text("sk")?;
                ids.push(
                    DeliveryId::parse(text.trim_start_matches(keys::DELIVERY)).map_err(|error| StoreError::Corrupt {
                        what,
                        detail: error.accepted.to_owned(),
                    })?,
                );
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(ids),
            }
        }
    }

    /// Whether a Delivery still is on a list.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn is_waiting(&self, org: &OrgId, list: WaitingFor<'_>, id: &DeliveryId) -> Result<bool, StoreError> {
        Ok(self
            .table
            .get_item("waiting list", &keys::waiting(list.pk(org), id))
            .await?
            .is_some())
    }

    /// Takes a Delivery off a list.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn remove_waiting(&self, org: &OrgId, list: WaitingFor<'_>, id: &DeliveryId) -> Result<(), StoreError> {
        self.table.delete("waiting list", &keys::waiting(list.pk(org), id)).await
    }
}
