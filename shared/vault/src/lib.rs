//! Credentials at rest.
//!
//! Each organisation has one data key, which KMS makes and wraps under our key for that organisation only (encryption context). A
//! credential is sealed with it by AES-256-GCM under a fresh random nonce and bound to its organisation and Connection, so that a sealed
//! text that is copied to another row opens nowhere. What is stored carries the wrapped key: it opens by itself, without a second read.
//!
//! Knows: KMS, the cipher, what binds a credential to its place. Must never know: where sealed credentials are stored, what is in them, the
//! clock, the environment.
//!
//! Plaintext data keys stay in memory for five minutes at most and are wiped when they go; so is the opened credential. Copies that TLS,
//! the SDK's buffers and the cipher's own key schedule hold for the time of one call are out of our reach.

mod cache;
mod error;
mod sealed;

pub use error::VaultError;
pub use sealed::{OrgKey, Sealed};

use std::fmt;
use std::sync::OnceLock;

use aws_sdk_kms::Client;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use aws_types::SdkConfig;
use domain::ids::{ConnectionId, OrgId};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use zeroize::{Zeroize, Zeroizing};

use cache::Cache;
use error::from_kms;

/// The longest credential, in bytes. Ours: a Google service account's file is 2.4 KB.
pub const SECRET_BYTES_MAX: usize = 16 * 1024;

/// How long a data key stays in memory. Ours: revoking our right to use KMS takes hold within that time.
pub const DATA_KEY_CACHED_S: i64 = 300;

/// What every call to KMS names beside the organisation, so that a key policy can tell this use from others.
const PURPOSE: &str = "credentials";

/// AES-256.
type DataKey = Zeroizing<[u8; 32]>;

/// Seals and opens credentials. Make one per execution environment.
pub struct Vault {
    /// Made when it is first used: a start has no time to give away.
    kms: OnceLock<Client>,
    sdk: SdkConfig,
    key_id: String,
    cache: Cache,
}

impl Vault {
    /// A vault under that KMS key: its id, ARN or alias (`alias/...`).
    pub fn new(sdk: &SdkConfig, key_id: impl Into<String>) -> Self {
        Self {
            kms: OnceLock::new(),
            sdk: sdk.clone(),
            key_id: key_id.into(),
            cache: Cache::default(),
        }
    }

    /// Makes an organisation's data key. Store it with the organisation and use the stored one from then on; if two are made at the same
    /// time, both work.
    ///
    /// # Errors
    /// [`VaultError::Unavailable`], [`VaultError::Denied`].
    pub async fn create_key(&self, org: &OrgId, now: Timestamp) -> Result<OrgKey, VaultError> {
        let call = self.kms().generate_data_key().key_id(&self.key_id).key_spec(DataKeySpec::Aes256);
        let made = call
            .encryption_context("org", org.as_str())
            .encryption_context("purpose", PURPOSE)
            .send()
            .await;
        let made = made.map_err(|error| from_kms(&error))?;
        let (Some(wrapped), Some(plain)) = (made.ciphertext_blob, made.plaintext) else {
            return Err(VaultError::Unavailable {
                why: "KMS answered without a key".into(),
            });
        };
        let key = OrgKey::new(wrapped.as_ref());
        self.cache.insert(org, &key, data_key(plain)?, now);
        Ok(key)
    }

    /// Seals a credential for one Connection of the organisation whose key this is. The same credential gives another text each time.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::WrongOrganisation`] where the key belongs to another one.
    pub async fn seal(
        &self,
        org: &OrgId,
        connection: &ConnectionId,
        key: &OrgKey,
        secret: &SecretString,
        now: Timestamp,
    ) -> Result<Sealed, VaultError> {
        let bytes = secret.expose_secret().len();
        if bytes > SECRET_BYTES_MAX {
            return Err(VaultError::TooLarge { bytes });
        }
        let data_key = self.data_key(org, key, now).await?;
        Sealed::seal(&data_key, key, org, connection, secret)
    }

    /// Opens a credential.
    ///
    /// # Errors
    /// [`VaultError`]; [`VaultError::Tampered`] where the text was changed or belongs to another Connection.
    pub async fn open(&self, org: &OrgId, connection: &ConnectionId, sealed: &Sealed, now: Timestamp) -> Result<SecretString, VaultError> {
        sealed.check_version()?;
        let data_key = self.data_key(org, sealed.key(), now).await?;
        sealed.open(&data_key, org, connection)
    }

    fn kms(&self) -> &Client {
        self.kms.get_or_init(|| Client::new(&self.sdk))
    }

    async fn data_key(&self, org: &OrgId, key: &OrgKey, now: Timestamp) -> Result<DataKey, VaultError> {
        if let Some(data_key) = self.cache.get(org, key, now) {
            return Ok(data_key);
        }
        let call = self.kms().decrypt().key_id(&self.key_id).ciphertext_blob(Blob::new(key.wrapped()?));
        let opened = call
            .encryption_context("org", org.as_str())
            .encryption_context("purpose", PURPOSE)
            .send()
            .await;
        let plain = opened.map_err(|error| from_kms(&error))?.plaintext;
        let plain = plain.ok_or_else(|| VaultError::Unavailable {
            why: "KMS answered without a key".into(),
        })?;
        let data_key = data_key(plain)?;
        self.cache.insert(org, key, data_key.clone(), now);
        Ok(data_key)
    }
}

/// Takes the key out of KMS's answer and wipes the answer's copy.
fn data_key(plain: Blob) -> Result<DataKey, VaultError> {
    let mut plain = plain.into_inner();
    let mut key = Zeroizing::new([0; 32]);
    let fits = plain.len() == key.len();
    if fits {
        key.copy_from_slice(&plain);
    }
    plain.zeroize();
    if fits {
        Ok(key)
    } else {
        Err(VaultError::Malformed {
            what: "KMS's answer: a data key of 32 bytes was expected",
        })
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
