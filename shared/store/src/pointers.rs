//! Items without a tenant: they hold a pointer, and time removes them.

use domain::destination::DestinationKind;
use domain::ids::Correlation;

use crate::error::StoreError;
use crate::{Store, keys};

/// Providers accept a reply to a message for 30 days; a pointer outlives that by a day.
pub(crate) const MESSAGE_LIFE_S: i64 = 31 * 86_400;

impl Store {
    /// Which Delivery a provider's message belongs to.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delivery_of_message(&self, kind: DestinationKind, provider_id: &str) -> Result<Option<Correlation>, StoreError> {
        let text: Option<String> = self.table.get("message pointer", &keys::message(kind, provider_id)).await?;
        Ok(text.as_deref().and_then(Correlation::parse))
    }
}
