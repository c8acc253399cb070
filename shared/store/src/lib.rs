//! The table and the bucket: one function per access pattern, concrete, no trait.
//!
//! Knows: which item holds what, under which key, and which condition guards each write. Must never know: what a write is *for* (that is
//! the caller's), the clock, the environment, queues, providers. Time, lease tokens and cursors are arguments.
//!
//! Every tenant-owned key starts with `ORG#<org>#` and every function that touches one takes the organisation, so that a foreign id is
//! simply not found. Items without a tenant (message pointers, hashes of tokens) hold nothing but a pointer.

pub mod attachments;
mod bucket;
pub mod deliveries;
mod error;
mod item;
mod keys;
pub mod pointers;
pub mod registry;
pub mod runs;
mod table;
pub mod waiting;

pub use attachments::StoredFile;
pub use bucket::Bucket;
pub use error::StoreError;
pub use table::{Page, Table};

/// Everything we keep.
#[derive(Debug, Clone)]
pub struct Store {
    /// Small facts, in DynamoDB.
    pub table: Table,
    /// Data and pictures, in S3.
    pub bucket: Bucket,
}

impl Store {
    /// A store over one table and one bucket; clients are built once, from `sdk`.
    pub fn new(sdk: &aws_types::SdkConfig, table_name: impl Into<String>, bucket_name: impl Into<String>) -> Self {
        Self {
            table: Table::new(sdk, table_name.into()),
            bucket: Bucket::new(sdk, bucket_name.into()),
        }
    }
}
