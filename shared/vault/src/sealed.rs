//! What is stored, and the cipher.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::ids::{ConnectionId, OrgId};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{DataKey, VaultError};

/// The form of this release. A new form gets a new number and reads the old ones.
const VERSION: u8 = 1;

/// An organisation's data key as KMS wrapped it: base64, about 250 characters. No secret by itself; store it with the organisation.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrgKey(String);

impl OrgKey {
    pub(crate) fn new(wrapped: &[u8]) -> Self {
        Self(STANDARD.encode(wrapped))
    }

    /// Reads a stored key.
    ///
    /// # Errors
    /// [`VaultError::Malformed`] for what [`OrgKey::as_str`] did not write.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let key = Self(text.to_owned());
        key.wrapped().map(|_| key)
    }

    /// The key as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn wrapped(&self) -> Result<Vec<u8>, VaultError> {
        decode(&self.0, "the organisation's key")
    }
}

impl fmt::Debug for OrgKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OrgKey(…)")
    }
}

/// A sealed credential, ready to be stored as JSON: `{"v": 1, "key", "nonce", "text"}`, the last three in base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    v: u8,
    key: OrgKey,
    nonce: String,
    text: String,
}

impl Sealed {
    /// Reads a stored credential.
    ///
    /// # Errors
    /// [`VaultError::Malformed`] for what [`Sealed::to_json`] did not write.
    pub fn from_json(text: &str) -> Result<Self, VaultError> {
        serde_json::from_str(text).map_err(|_| VaultError::Malformed {
            what: "the credential's JSON",
        })
    }

    /// The credential as it is stored.
    pub fn to_json(&self) -> String {
        serde_json::json!(self).to_string()
    }

    pub(crate) fn seal(
        data_key: &DataKey,
        key: &OrgKey,
        org: &OrgId,
        connection: &ConnectionId,
        secret: &SecretString,
    ) -> Result<Self, VaultError> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| VaultError::Unavailable {
            why: "the machine gave no random bytes".into(),
        })?;
        let plain = secret.expose_secret().as_bytes();
        // Room for the tag, so that growing leaves no copy of the plaintext behind.
        let mut text = Zeroizing::new(Vec::with_capacity(plain.len() + AES_256_GCM.tag_len()));
        text.extend_from_slice(plain);
        cipher(data_key)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place(VERSION, org, connection)),
                &mut *text,
            )
            .map_err(|_| VaultError::Malformed {
                what: "the credential: it cannot be sealed",
            })?;
        Ok(Self {
            v: VERSION,
            key: key.clone(),
            nonce: STANDARD.encode(nonce),
            text: STANDARD.encode(&*text),
        })
    }

    pub(crate) fn open(&self, data_key: &DataKey, org: &OrgId, connection: &ConnectionId) -> Result<SecretString, VaultError> {
        let nonce = decode(&self.nonce, "the credential's nonce")?;
        let nonce = Nonce::try_assume_unique_for_key(&nonce).map_err(|_| VaultError::Malformed {
            what: "the credential's nonce",
        })?;
        let mut text = Zeroizing::new(decode(&self.text, "the credential")?);
        let aad = Aad::from(place(self.v, org, connection));
        let plain = cipher(data_key)?
            .open_in_place(nonce, aad, &mut text)
            .map_err(|_| VaultError::Tampered)?;
        let secret = std::str::from_utf8(plain).map_err(|_| VaultError::Malformed {
            what: "the credential's text",
        })?;
        Ok(SecretString::from(secret))
    }

    pub(crate) fn check_version(&self) -> Result<(), VaultError> {
        if self.v == VERSION {
            Ok(())
        } else {
            Err(VaultError::Malformed {
                what: "the credential's version: 1 is known",
            })
        }
    }

    pub(crate) fn key(&self) -> &OrgKey {
        &self.key
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed(v{}, …)", self.v)
    }
}

/// What the tag covers beside the credential. No id contains a slash, so two places never give the same text.
fn place(version: u8, org: &OrgId, connection: &ConnectionId) -> String {
    format!("chartcastr/credential/{version}/{org}/{connection}")
}

fn cipher(data_key: &DataKey) -> Result<LessSafeKey, VaultError> {
    let key = UnboundKey::new(&AES_256_GCM, data_key.as_slice()).map_err(|_| VaultError::Malformed { what: "the data key" })?;
    Ok(LessSafeKey::new(key))
}

fn decode(text: &str, what: &'static str) -> Result<Vec<u8>, VaultError> {
    STANDARD.decode(text).map_err(|_| VaultError::Malformed { what })
}
