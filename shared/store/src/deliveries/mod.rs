//! Deliveries: created once, held by one sender at a time, moved on by statuses in any order.
//!
//! A Delivery's item has one document that never changes and small attributes that do, so that each change is one conditional update of
//! one write unit. Two guards carry the whole of it:
//! - **the lease**: a sender writes only while the item still holds its token;
//! - **the rank**: a part's rank only grows, so statuses may come twice, late and in any order.

mod history;
mod read;
mod send;
mod status;

pub use history::DeliveryRecord;
pub use send::{Claim, Lease, Taken, Then};
pub use status::{Move, StatusApplied};

use domain::delivery::{Delivery, PartName};
use domain::ids::OrgId;

use crate::error::StoreError;
use crate::item::{TTL, n, s, time, with_doc};
use crate::{Store, keys};

impl Store {
    /// Keeps a Delivery where none is. `false` where the Run already has one for that Destination.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_delivery(&self, org: &OrgId, delivery: &Delivery) -> Result<bool, StoreError> {
        let mut item = with_doc(&keys::delivery(org, &delivery.id), "delivery", &read::Fixed::of(delivery))?;
        let created_at = delivery.created_at;
        item.insert("phase".to_owned(), s(delivery.phase.as_str()));
        item.insert("updated_at".to_owned(), time(delivery.updated_at));
        item.insert(
            "gsi1pk".to_owned(),
            s(keys::day_pk(org, created_at.to_zoned(jiff::tz::TimeZone::UTC).date())),
        );
        item.insert("gsi1sk".to_owned(), s(keys::day_sk(created_at, &delivery.id)));
        item.insert(TTL.to_owned(), n(created_at.as_second() + crate::runs::HISTORY_D * 86_400));
        self.table.put_new_item("delivery", item).await
    }
}

/// The attribute of a part: `image_rank`, `analysis_id` ...
fn attribute(part: PartName, name: &str) -> String {
    format!("{part}_{name}")
}
