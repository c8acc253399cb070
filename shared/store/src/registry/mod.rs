//! What an organisation has set up: connections, sources, destinations, pulses, keys, hooks, and the trail of who changed them.
//!
//! Each thing is one document. Where a change takes several writes, their order is such that a crash between them leaves either nothing
//! that anybody can see or something that the same call, made again, completes; each file says which.

mod access;
mod audit;
mod branding;
mod connections;
mod destinations;
mod once;
mod organisations;
mod pulses;
mod sources;

pub use access::{HookTarget, KeyOwner};
pub use audit::Change;
pub use branding::Branded;
pub use connections::{AccountHolder, StoredConnection};
pub use destinations::AddressHolder;
pub use once::{Begun, OnceClaim};

use sha2::{Digest, Sha256};

/// SHA-256 in lower-case hex: how tokens and addresses stand in keys.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn hashes_are_the_published_ones() {
        assert_eq!(
            super::sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
