//! Items without a tenant: they hold a pointer, and time removes them.

use domain::destination::DestinationKind;
use domain::ids::Correlation;
use jiff::Timestamp;

use crate::error::StoreError;
use crate::item::{TTL, keyed, n};
use crate::{Store, keys};

/// Providers accept a reply to a message for 30 days; a pointer outlives that by a day.
pub(crate) const MESSAGE_LIFE_S: i64 = 31 * 86_400;

/// Meta repeats a webhook for up to 7 days; a seen event is remembered a day longer.
const EVENT_LIFE_S: i64 = 8 * 86_400;

impl Store {
    /// Which Delivery a provider's message belongs to.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delivery_of_message(&self, kind: DestinationKind, provider_id: &str) -> Result<Option<Correlation>, StoreError> {
        let text: Option<String> = self.table.get("message pointer", &keys::message(kind, provider_id)).await?;
        Ok(text.as_deref().and_then(Correlation::parse))
    }

    /// Notes an event as handled. `false` where it was already: do nothing then.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn first_sight(&self, kind: &str, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut item = keyed(&keys::event(kind, id));
        item.insert(TTL.to_owned(), n(now.as_second() + EVENT_LIFE_S));
        self.table.put_new_item("event", item).await
    }
}
