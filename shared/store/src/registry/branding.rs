//! An organisation's own look. What every run reads is small: the logo, up to 350 KB of DynamoDB's 400, is an item of its own and read when another
//! one is to be drawn.

use domain::branding::{Branding, Logo};
use domain::ids::OrgId;
use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::item::with_doc;
use crate::registry::sha256_hex;
use crate::{Store, keys};

const WHAT: &str = "branding";

/// A look without its logo, and which logo that is. The default is ours.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branded {
    /// Everything but the logo.
    pub branding: Branding,
    /// SHA-256 of the logo's file in hex, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_sha256: Option<String>,
}

impl Store {
    /// The organisation's own look as runs read it: perhaps as it was a second ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn branded(&self, org: &OrgId) -> Result<Branded, StoreError> {
        Ok(self.table.get_soon(WHAT, &keys::branding(org)).await?.unwrap_or_default())
    }

    /// The organisation's logo.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn logo(&self, org: &OrgId) -> Result<Option<Logo>, StoreError> {
        self.table.get("logo", &keys::logo(org)).await
    }

    /// The organisation's own look with its logo; ours (`{}`) where it has none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn branding(&self, org: &OrgId) -> Result<Branding, StoreError> {
        let Branded { branding, logo_sha256 } = self.table.get(WHAT, &keys::branding(org)).await?.unwrap_or_default();
        let logo = match logo_sha256 {
            Some(_) => self.logo(org).await?,
            None => None,
        };
        Ok(Branding { logo, ..branding })
    }

    /// Replaces the organisation's own look; of two at once the later one stays. The logo is written first: a crash after it leaves a logo that
    /// nobody asks for, or the new one beside the former colours.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_branding(&self, org: &OrgId, branding: &Branding) -> Result<(), StoreError> {
        let (what, key) = ("logo", keys::logo(org));
        if let Some(logo) = &branding.logo {
            self.table.put_item(what, with_doc(&key, what, logo)?).await?;
        }
        let branded = Branded {
            logo_sha256: branding.logo.as_ref().map(|logo| sha256_hex(logo.png())),
            branding: Branding {
                logo: None,
                ..branding.clone()
            },
        };
        let item = with_doc(&keys::branding(org), WHAT, &branded)?;
        self.table.put_item(WHAT, item).await?;
        if branding.logo.is_none() {
            self.table.delete(what, &key).await?;
        }
        Ok(())
    }
}
