//! Reads a Run's Source, computes what is true of it, and writes the words that every channel will send.
//!
//! Knows: the order Source → Dataset → Facts → Reading, and what a failed reading means for the Run. Must never know: how a source is read
//! (`sources` does), how a sentence is written (`insight` does), how anything is sent, where it runs (`main.rs` does).
//!
//! Each result is kept in the bucket and used again if it is there: a repeated message asks neither the source nor a model twice.

mod access;
mod words;
mod writer;

use domain::dataset::Dataset;
use domain::fault::{Action, Fault, decide};
use domain::message::{Compose, Render};
use domain::pulse::Pulse;
use domain::source::Source;
use model::Models;
use runtime::http::GuardedClient;
use runtime::sqs::{Batch, Disposition, InvalidEvent, Queue, Record, SendError};
use runtime::{Runtime, SqsBatchResponse, SqsEvent, StartError};
use sources::{GoogleEndpoints, TokenCache};
use store::{Store, StoreError};
use vault::Vault;

/// The function. Build it once.
pub struct ComposePulse {
    runtime: Runtime,
    store: Store,
    vault: Vault,
    render: Queue,
    batch: Batch,
    provider: runtime::http::Client,
    guarded: GuardedClient,
    google: GoogleEndpoints,
    tokens: TokenCache,
    models: Models,
}

/// Why a message could not be worked on; it comes again.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The table or the bucket.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key service.
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    /// The next queue.
    #[error(transparent)]
    Send(#[from] SendError),
    /// Something that an earlier step wrote is not there.
    #[error("{0}")]
    Missing(String),
}

/// What reading a Source came to.
pub(crate) enum Composed {
    /// It was read.
    Rows(Box<Dataset>),
    /// It was not, for this reason.
    Fault(Fault),
}

impl ComposePulse {
    /// Reads `TABLE_NAME`, `BUCKET_NAME`, `VAULT_KEY_ID`, `QUEUE_RENDER_URL`, `GOOGLE_TOKEN_URL` and `GOOGLE_SHEETS_URL` (defaults: Google's),
    /// and what [`Models::new`] reads.
    ///
    /// # Errors
    /// [`StartError`] where one of the first four is missing.
    pub fn new(runtime: Runtime) -> Result<Self, StartError> {
        let env = &runtime.env;
        let token_url = env.base_url("GOOGLE_TOKEN_URL", GoogleEndpoints::TOKEN_URL)?;
        let sheets_url = env.base_url("GOOGLE_SHEETS_URL", GoogleEndpoints::SHEETS_URL)?;
        let (provider, guarded) = (runtime.provider_client()?, runtime.guarded_client()?);
        Ok(Self {
            models: Models::new(&runtime, &provider, &guarded)?,
            store: Store::new(&runtime.sdk, env.text("TABLE_NAME")?, env.text("BUCKET_NAME")?),
            vault: Vault::new(&runtime.sdk, env.text("VAULT_KEY_ID")?),
            render: runtime.queue("QUEUE_RENDER_URL")?,
            batch: runtime.batch(),
            provider,
            guarded,
            google: GoogleEndpoints::new(&token_url, &sheets_url),
            tokens: TokenCache::default(),
            runtime,
        })
    }

    /// Opens the connection to the table while the function still starts; what fails here fails again, and is reported, at the first message.
    pub async fn warm_up(&self) {
        drop(self.store.table.warm_up().await);
    }

    /// Works on a batch of Compose messages.
    ///
    /// # Errors
    /// [`InvalidEvent`] where the event is not SQS's.
    pub async fn handle(&self, event: SqsEvent) -> Result<SqsBatchResponse, InvalidEvent> {
        self.batch
            .run(event, |message: Compose, record| async move { self.one(&message, &record).await })
            .await
    }

    async fn one(&self, message: &Compose, record: &Record) -> Result<Disposition, ComposeError> {
        let (org, run) = (&message.org_id, &message.run_id);
        if self.store.bucket.reading(org, run).await?.is_none() {
            let pulse = self.store.pulse_version(org, run.pulse(), message.pulse_version).await?;
            let pulse =
                pulse.ok_or_else(|| ComposeError::Missing(format!("pulse {} has no version {}", run.pulse(), message.pulse_version)))?;
            let Some(source) = self.store.source(org, &pulse.source).await? else {
                return self
                    .give_up(
                        message,
                        &domain::fault::Why::new("source.missing", "The source of this pulse was deleted. Choose another one."),
                    )
                    .await;
            };
            let dataset = match self.rows(message, &source).await? {
                Composed::Rows(dataset) => dataset,
                Composed::Fault(fault) => return self.after_fault(message, &source, &fault, record).await,
            };
            let facts = match words::facts_of(&pulse, &dataset) {
                Ok(facts) => facts,
                Err(why) => return self.give_up(message, &why).await,
            };
            let told = self.told(org, run, &pulse, &facts).await?;
            let reading = words::reading(&pulse, &source, &dataset, &facts, told, self.runtime.clock.now());
            self.store.bucket.put_facts(org, run, &facts).await?;
            // Where somebody else was faster, theirs are the run's words: a model does not say the same twice.
            self.store.bucket.put_new_reading(org, run, &reading).await?;
        }
        let Compose {
            org_id,
            run_id,
            pulse_version,
            expires_at,
        } = message.clone();
        self.render
            .send(&Render {
                org_id,
                run_id,
                pulse_version,
                expires_at,
            })
            .await?;
        Ok(Disposition::Done)
    }

    /// The rows, read now or by a former try.
    async fn rows(&self, message: &Compose, source: &Source) -> Result<Composed, ComposeError> {
        let (org, run) = (&message.org_id, &message.run_id);
        if let Some(dataset) = self.store.bucket.dataset(org, run).await? {
            return Ok(Composed::Rows(Box::new(dataset)));
        }
        let composed = self.read(org, source).await?;
        let Composed::Rows(dataset) = composed else { return Ok(composed) };
        if self.store.bucket.put_new_dataset(org, run, &dataset).await? {
            return Ok(Composed::Rows(dataset));
        }
        // Somebody read it at the same time and was first: words and picture must be of the same rows.
        let theirs = self.store.bucket.dataset(org, run).await?;
        let theirs = theirs.ok_or_else(|| ComposeError::Missing(format!("the rows of run {run} are being written by somebody else")))?;
        Ok(Composed::Rows(Box::new(theirs)))
    }

    async fn after_fault(&self, message: &Compose, source: &Source, fault: &Fault, record: &Record) -> Result<Disposition, ComposeError> {
        let why = fault.why();
        let action = decide(
            fault,
            record.receive_count,
            message.expires_at,
            self.runtime.clock.now(),
            self.runtime.entropy.jitter(),
        );
        match action {
            // Reading changes nothing at the source: not knowing whether it was read is no harm.
            Action::RetryAfter(wait) | Action::AwaitEvidence(wait) => {
                tracing::warn!(run.id = %message.run_id, why.code = %why.code, wait_s = wait.as_secs(), "a source could not be read; it is tried again");
                return Ok(Disposition::RetryAfter(wait));
            }
            Action::HoldConnection => self.connection_needs_attention(&message.org_id, source, &why).await?,
            Action::Fail | Action::Expire | Action::FailRecipient | Action::AwaitWindow => {}
        }
        self.give_up(message, &why).await
    }

    async fn give_up(&self, message: &Compose, why: &domain::fault::Why) -> Result<Disposition, ComposeError> {
        tracing::warn!(run.id = %message.run_id, why.code = %why.code, "a run could not be composed");
        self.store.fail_run(&message.org_id, &message.run_id, why).await?;
        Ok(Disposition::Done)
    }
}

/// The pulse's chart; the pulse's name is its title where it has none.
pub(crate) fn title(pulse: &Pulse) -> &str {
    pulse.chart.title.as_ref().map_or(pulse.name.as_str(), |title| title.text.as_str())
}
