//! Pulses and their versions.
//!
//! The current version stands under the Pulse's own key. Before it is replaced or deleted it is copied to `VERSION#<n>`, so that a Run
//! that froze it can be finished. The copy is the same whoever makes it and however often, so a crash after it has changed nothing.

use domain::ids::{OrgId, PulseId};
use domain::pulse::Pulse;
use jiff::Timestamp;

use crate::error::StoreError;
use crate::item::{TTL, n, with_doc};
use crate::table::{Order, Page, Versioned};
use crate::{Store, keys};

const WHAT: &str = "pulse";

impl Store {
    /// Keeps a new Pulse where none is. `false` where that id is taken.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_pulse(&self, org: &OrgId, pulse: &Pulse) -> Result<bool, StoreError> {
        self.table.put_new(WHAT, &keys::pulse(org, &pulse.id), pulse).await
    }

    /// A Pulse as it is now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pulse(&self, org: &OrgId, id: &PulseId) -> Result<Option<Pulse>, StoreError> {
        self.table.get(WHAT, &keys::pulse(org, id)).await
    }

    /// A Pulse as it was at `version`, even where it has been deleted since. `None` where it never was.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pulse_version(&self, org: &OrgId, id: &PulseId, version: u32) -> Result<Option<Pulse>, StoreError> {
        // A version never changes, so the cheaper read is as good where it finds it.
        let soon: Option<Pulse> = self.table.get_soon(WHAT, &keys::pulse(org, id)).await?;
        if let Some(pulse) = soon.filter(|pulse| pulse.version == version) {
            return Ok(Some(pulse));
        }
        match self.pulse(org, id).await? {
            Some(pulse) if pulse.version == version => Ok(Some(pulse)),
            _ => self.table.get(WHAT, &keys::pulse_version(org, id, version)).await,
        }
    }

    /// An organisation's Pulses by id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pulses(&self, org: &OrgId, limit: i32, after: Option<&str>) -> Result<Page<Pulse>, StoreError> {
        self.table
            .query(WHAT, &keys::org_pk(org), keys::PULSE, Order::OldestFirst, limit, after)
            .await
    }

    /// Puts `to` in the place of `from`, whose version must be one less; `from` stays readable under its version.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the Pulse is no longer at `from`'s version.
    pub async fn replace_pulse(&self, org: &OrgId, from: &Pulse, to: &Pulse) -> Result<(), StoreError> {
        debug_assert!(from.id == to.id && from.version + 1 == to.version, "versions follow each other");
        let key = keys::pulse(org, &from.id);
        let Some(Versioned { doc, revision }) = self.table.get_versioned::<Pulse>(WHAT, &key).await? else {
            return Err(StoreError::Conflict { what: WHAT });
        };
        if doc.version != from.version {
            return Err(StoreError::Conflict { what: WHAT });
        }
        self.archive(org, &doc, to.updated_at).await?;
        self.table.replace(WHAT, &key, to, revision).await
    }

    /// Deletes a Pulse; its versions stay readable for Runs under way, and vanish with their history.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_pulse(&self, org: &OrgId, pulse: &Pulse, now: Timestamp) -> Result<(), StoreError> {
        self.archive(org, pulse, now).await?;
        self.table.delete(WHAT, &keys::pulse(org, &pulse.id)).await
    }

    async fn archive(&self, org: &OrgId, pulse: &Pulse, ended_at: Timestamp) -> Result<(), StoreError> {
        let mut item = with_doc(&keys::pulse_version(org, &pulse.id, pulse.version), WHAT, pulse)?;
        item.insert(TTL.to_owned(), n(ended_at.as_second() + crate::runs::HISTORY_D * 86_400));
        self.table.put_item(WHAT, item).await
    }
}
