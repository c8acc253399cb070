//! API keys and hook addresses: a listed record in the organisation, and a pointer by the SHA-256 of the token.
//!
//! The record is written first and deleted last, so that every token that opens something is listed and can be taken back.

use domain::access::{ApiKey, Hook, Role};
use domain::ids::{HookId, KeyId, OrgId, PulseId};
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::{Reader, s, with_doc};
use crate::keys::Key;
use crate::table::{Order, Page};
use crate::{Store, keys};

/// Whose an API key is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyOwner {
    /// The tenant.
    pub org: OrgId,
    /// The key.
    pub key: KeyId,
    /// What it may do.
    pub role: Role,
}

/// What a hook address makes due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookTarget {
    /// The tenant.
    pub org: OrgId,
    /// The Pulse.
    pub pulse: PulseId,
    /// The hook.
    pub hook: HookId,
}

const HASH: &str = "sha256";

impl Store {
    /// Keeps an API key by the SHA-256 (hex) of its text.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_api_key(&self, org: &OrgId, key: &ApiKey, sha256_hex: &str) -> Result<(), StoreError> {
        let owner = KeyOwner {
            org: org.clone(),
            key: key.id.clone(),
            role: key.role,
        };
        self.put_listed(
            "API key",
            &keys::api_key(org, &key.id),
            key,
            &keys::api_key_pointer(sha256_hex),
            &owner,
            sha256_hex,
        )
        .await
    }

    /// Whose the API key of that SHA-256 (hex) is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn api_key_owner(&self, sha256_hex: &str) -> Result<Option<KeyOwner>, StoreError> {
        self.table.get("API key", &keys::api_key_pointer(sha256_hex)).await
    }

    /// An organisation's API keys by age.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn api_keys(&self, org: &OrgId, limit: i32, after: Option<&str>) -> Result<Page<ApiKey>, StoreError> {
        self.table
            .query("API key", &keys::org_pk(org), keys::API_KEY, Order::OldestFirst, limit, after)
            .await
    }

    /// Takes an API key back; it opens nothing from then on. `false` where there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revoke_api_key(&self, org: &OrgId, id: &KeyId) -> Result<bool, StoreError> {
        self.delete_listed("API key", &keys::api_key(org, id), keys::api_key_pointer).await
    }

    /// Keeps a hook address by the SHA-256 (hex) of its token.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_hook(&self, org: &OrgId, hook: &Hook, sha256_hex: &str) -> Result<(), StoreError> {
        let target = HookTarget {
            org: org.clone(),
            pulse: hook.pulse.clone(),
            hook: hook.id.clone(),
        };
        self.put_listed(
            "hook",
            &keys::hook(org, &hook.pulse, &hook.id),
            hook,
            &keys::hook_pointer(sha256_hex),
            &target,
            sha256_hex,
        )
        .await
    }

    /// What the hook address with a token of that SHA-256 (hex) makes due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hook_target(&self, sha256_hex: &str) -> Result<Option<HookTarget>, StoreError> {
        self.table.get("hook", &keys::hook_pointer(sha256_hex)).await
    }

    /// A Pulse's hook addresses by age.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hooks(&self, org: &OrgId, pulse: &PulseId, limit: i32, after: Option<&str>) -> Result<Page<Hook>, StoreError> {
        self.table
            .query("hook", &keys::pulse_pk(org, pulse), keys::HOOK, Order::OldestFirst, limit, after)
            .await
    }

    /// Deletes a hook address. `false` where there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_hook(&self, org: &OrgId, pulse: &PulseId, id: &HookId) -> Result<bool, StoreError> {
        self.delete_listed("hook", &keys::hook(org, pulse, id), keys::hook_pointer).await
    }

    /// Written whole again where it was half written: a repeated request makes the same key.
    async fn put_listed<R: Serialize, P: Serialize>(
        &self,
        what: &'static str,
        record_key: &Key,
        record: &R,
        pointer_key: &Key,
        pointer: &P,
        sha256_hex: &str,
    ) -> Result<(), StoreError> {
        let mut item = with_doc(record_key, what, record)?;
        item.insert(HASH.to_owned(), s(sha256_hex));
        self.table.put_item(what, item).await?;
        self.table.put_item(what, with_doc(pointer_key, what, pointer)?).await
    }

    async fn delete_listed(&self, what: &'static str, record_key: &Key, pointer: impl Fn(&str) -> Key) -> Result<bool, StoreError> {
        let Some(item) = self.table.get_item(what, record_key).await? else {
            return Ok(false);
        };
        let hash = Reader { what, item: &item }.text(HASH)?;
        self.table.delete(what, &pointer(hash)).await?;
        self.table.delete(what, record_key).await?;
        Ok(true)
    }
}
