//! Who calls: API keys and their roles.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use domain::access::Role;
use domain::ids::OrgId;
use store::registry::sha256_hex;
use subtle::ConstantTimeEq;

use crate::api::Shared;
use crate::problem::Problem;

/// How every API key begins.
pub const KEY_PREFIX: &str = "ck_";

/// Longest key we look at, in bytes; ours have 46.
const KEY_BYTES_MAX: usize = 200;

/// The organisation of the key whose hash is a setting.
const BOOTSTRAP_ORG: &str = "default";

/// Whoever sent a request, by the key.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The key's organisation: the only one that it reaches.
    pub org: OrgId,
    /// What it may do.
    pub role: Role,
    /// The key's id, or `bootstrap`: for the audit trail.
    pub name: String,
}

async fn caller(parts: &Parts, api: &Shared) -> Result<Caller, Problem> {
    let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, key) = header.and_then(|header| header.split_once(' ')).ok_or_else(Problem::unauthorized)?;
    let key = key.trim();
    if !scheme.eq_ignore_ascii_case("bearer") || !key.starts_with(KEY_PREFIX) || key.len() > KEY_BYTES_MAX {
        return Err(Problem::unauthorized());
    }
    let hash = sha256_hex(key.as_bytes());
    if let Some(bootstrap) = &api.settings.bootstrap_key_sha256_hex
        && bool::from(bootstrap.as_bytes().ct_eq(hash.as_bytes()))
    {
        let org = OrgId::parse(BOOTSTRAP_ORG).map_err(Problem::internal)?;
        return Ok(Caller {
            org,
            role: Role::Owner,
            name: "bootstrap".to_owned(),
        });
    }
    // The hash of 256 random bits is looked up whole: how long that takes says nothing about any key.
    let owner = api.store.api_key_owner(&hash).await?.ok_or_else(Problem::unauthorized)?;
    Ok(Caller {
        org: owner.org,
        role: owner.role,
        name: owner.key.to_string(),
    })
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident $role:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub Caller);

        impl FromRequestParts<Shared> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, api: &Shared) -> Result<Self, Problem> {
                let caller = caller(parts, api).await?;
                if caller.role >= Role::$role { Ok(Self(caller)) } else { Err(Problem::forbidden(Role::$role, caller.role)) }
            }
        }
    )+};
}

roles! {
    /// A caller who may look.
    Viewer Viewer;
    /// A caller who may set up and send.
    Editor Editor;
    /// A caller who may hand out keys.
    Owner Owner;
}
