//! Organisations' own looks: decoded once in a process, read again when they changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chart::Brand;
use domain::ids::OrgId;
use store::StoreError;
use store::registry::{Branded, sha256_hex};

use crate::RenderChart;

/// So many are kept, of at most 0.6 MB each.
const BRANDS_MAX: usize = 32;

/// The looks that were drawn with.
#[derive(Default)]
pub(crate) struct Brands(Mutex<HashMap<OrgId, (Branded, Arc<Brand>)>>);

impl Brands {
    fn of(&self, org: &OrgId, branded: &Branded) -> Option<Arc<Brand>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(org).filter(|(of, _)| of == branded).map(|(_, brand)| Arc::clone(brand))
    }

    fn keep(&self, org: &OrgId, branded: Branded, brand: Arc<Brand>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= BRANDS_MAX {
            known.clear();
        }
        known.insert(org.clone(), (branded, brand));
    }
}

impl RenderChart {
    /// The organisation's own look, where it has one. A chart does not wait for its logo.
    pub(crate) async fn brand(&self, org: &OrgId) -> Result<Option<Arc<Brand>>, StoreError> {
        let branded = self.store.branded(org).await?;
        if branded == Branded::default() {
            return Ok(None);
        }
        if let Some(known) = self.brands.of(org, &branded) {
            return Ok(Some(known));
        }
        let mut brand = Brand::new(&branded.branding);
        let mut is_whole = true;
        if let Some(sha256) = &branded.logo_sha256 {
            // It may be another one by now, or none: then it is looked for again.
            let logo = self.store.logo(org).await?;
            is_whole = logo.as_ref().is_some_and(|logo| sha256_hex(logo.png()) == *sha256);
            if let Some(Err(error)) = logo.map(|logo| brand.set_logo(&logo)) {
                tracing::warn!(error = %error, "an organisation's logo cannot be read; its charts go without it");
            }
        }
        let brand = Arc::new(brand);
        if is_whole {
            self.brands.keep(org, branded, Arc::clone(&brand));
        }
        Ok(Some(brand))
    }
}
