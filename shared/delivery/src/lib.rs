//! The send pipeline, written once: claim, prepare, send, record, next part; and what follows a fault.
//!
//! Knows: in which order things are written down around a provider call, so that a process may die between any two lines and the Delivery
//! still ends in exactly one state. Must never know: a provider's protocol (that is the [`Destination`]'s), the clock, the environment.
//!
//! The hard part, in three sentences. Before a message leaves, the part is marked *in flight*; whoever finds that mark without an answer
//! knows that the message may have arrived, and asks for evidence instead of sending again. Only the holder of the lease sends. Nothing is
//! ever undone: a fallback, a hold or a failure is written after the things that must follow from it.

mod calls;
mod conclude;
mod equip;
mod late;
mod pipeline;
mod sender;
mod setback;

use std::future::Future;
use std::time::Duration;

use domain::attachment::Attachment;
use domain::connection::Connection;
use domain::delivery::{Delivery, PartName, Progress};
use domain::destination::Address;
use domain::fault::Fault;
use domain::ids::{Correlation, OrgId};
use domain::message::Deliver;
use domain::reading::Reading;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use runtime::{Runtime, StartError};
use store::{Store, StoreError};
use vault::Vault;

pub use late::{FailedLater, failed_later};
pub use pipeline::deliver;
pub use sender::Sender;

/// A channel to deliver through. Five senders implement it; the pipeline is their only caller.
pub trait Destination {
    /// How an unanswered send is explained.
    const EVIDENCE: Evidence;

    /// Puts at the provider what a part needs before it is sent (a picture), and returns what the provider calls it. `None` where nothing is
    /// needed. May be called again for the same part; it must not reach the person.
    fn prepare(&self, call: &Call<'_>) -> impl Future<Output = Result<Option<String>, Fault>> + Send;

    /// Sends one part. This is the call that reaches the person.
    fn send(&self, call: &Call<'_>, prepared: Option<&str>) -> impl Future<Output = Result<Receipt, Fault>> + Send;
}

/// How we learn whether a send without an answer arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// A later status of the provider carries our own reference.
    Status,
    /// The receiver drops a second message with the same id: sending again is safe.
    SameId,
}

/// What a provider says when it takes a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its name for the message.
    pub provider_id: Option<String>,
    /// How far the part has come by that answer alone.
    pub progress: Progress,
}

/// Everything one provider call is made from.
#[derive(Debug)]
pub struct Call<'a> {
    /// The tenant.
    pub org: &'a OrgId,
    /// The Delivery, as it was when it was claimed.
    pub delivery: &'a Delivery,
    /// The part to send.
    pub part: PartName,
    /// Where to.
    pub address: &'a Address,
    /// Through what.
    pub connection: &'a Connection,
    /// The connection's opened credentials: JSON.
    pub credentials: &'a Secret,
    /// The words.
    pub reading: &'a Reading,
    /// The picture (PNG).
    pub png: &'a [u8],
    /// Where the picture can be fetched by anyone who is given the link, for 30 days.
    pub picture_url: &'a str,
    /// The files that go along, those at least that are still to be sent.
    pub attachments: &'a [Attached],
    /// The provider's id of the chart's message, for a part that answers it.
    pub reply_to: Option<&'a str>,
    /// The time of this call.
    pub now: Timestamp,
}

/// A file that goes along with the chart.
#[derive(Clone, PartialEq, Eq)]
pub struct Attached {
    /// Which.
    pub kind: Attachment,
    /// What people see as its name.
    pub file_name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where it can be fetched by anyone who is given the link, for 30 days.
    pub url: String,
}

/// Neither what is in it nor the link that opens it.
impl std::fmt::Debug for Attached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attached({}, {} bytes)", self.kind, self.bytes.len())
    }
}

impl Call<'_> {
    /// The file that this part is; `None` for the picture and for words.
    pub fn file(&self) -> Option<&Attached> {
        let kind = self.part.attachment()?;
        self.attachments.iter().find(|file| file.kind == kind)
    }

    /// Our reference, which the provider hands back with each status.
    pub fn correlation(&self) -> Correlation {
        Correlation {
            org: self.org.clone(),
            delivery: self.delivery.id.clone(),
            part: self.part,
        }
    }
}

/// Opened credentials: never printed.
pub type Secret = secrecy::SecretString;

/// What the pipeline works with. Built once per function.
#[derive(Debug)]
pub struct Desk {
    /// The table and the bucket.
    pub store: Store,
    /// The credentials.
    pub vault: Vault,
    /// Where links to pictures begin: `https://…`, no slash at the end.
    pub public_url: String,
    /// Signs links to pictures.
    pub link_key: Secret,
}

impl Desk {
    /// From `TABLE_NAME`, `BUCKET_NAME`, `VAULT_KEY_ID`, `PUBLIC_URL` and `LINK_SIGNING_SECRET`.
    ///
    /// # Errors
    /// [`StartError::Env`] where one is missing.
    pub fn from_env(runtime: &Runtime) -> Result<Self, StartError> {
        let env = &runtime.env;
        Ok(Self {
            store: Store::new(&runtime.sdk, env.text("TABLE_NAME")?, env.text("BUCKET_NAME")?),
            vault: Vault::new(&runtime.sdk, env.text("VAULT_KEY_ID")?),
            public_url: env.text("PUBLIC_URL")?.trim_end_matches('/').to_owned(),
            link_key: env.secret("LINK_SIGNING_SECRET")?,
        })
    }
}

/// What the host provides for one message.
pub struct Moment<'a> {
    /// Tells the time.
    pub now: &'a (dyn Fn() -> Timestamp + Sync),
    /// Puts a Deliver message on its kind's queue; an error in words.
    pub enqueue: &'a (dyn Fn(Deliver) -> BoxFuture<'static, Result<(), String>> + Sync),
    /// Names the lease: unguessable, new for each message.
    pub lease_token: String,
    /// Spreads retries: 0.0 to 1.0.
    pub jitter: f32,
}

/// What becomes of the queue's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is done with.
    Done,
    /// It shall come again after this long.
    Again(Duration),
}

/// Why a message could not be worked on; it goes back to the queue and comes again.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The table or the bucket.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key service.
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    /// Something that an earlier step wrote is not there.
    #[error("{0}")]
    Missing(String),
    /// A sender's queue: that of a fallback, or our own.
    #[error("a delivery could not be queued: {0}")]
    Queue(String),
}

/// Longest that one sender may hold a Delivery. Longer than a sender function may run, shorter than its queue's visibility timeout.
pub const LEASE: Duration = Duration::from_secs(90);

/// A fallback gets at least this long, however late its turn comes.
pub(crate) const FALLBACK_LIFE: Duration = Duration::from_secs(15 * 60);
