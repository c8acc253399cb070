//! The words of a reading: by rules, or by the model that the pulse names. What goes wrong with a model is a line in the log and on the Run, never
//! a Run that is late or fails.

use domain::connection::{Account, ConnectionState, ModelCredentials};
use domain::fault::Why;
use domain::ids::{ConnectionId, OrgId, RunId};
use domain::pulse::Pulse;
use insight::writing::{Prompt, Told, accept, prompt, proofread};
use insight::{Facts, Telling, narrative};
use model::{Answer, ModelAccess, ModelError, Question};
use secrecy::ExposeSecret;

use crate::{ComposeError, ComposePulse};

/// Most tokens of an answer: a reading of 3,500 characters in any script, and some thinking before it. Ours.
const TOKENS_MAX: u32 = 4_000;

/// A model that can be asked.
struct Writer {
    account: Account,
    credentials: ModelCredentials,
    /// The connection's, when it was read.
    revision: u64,
}

impl ComposePulse {
    /// What is told of the Facts: proven, whoever wrote it.
    pub(crate) async fn told(&self, org: &OrgId, run: &RunId, pulse: &Pulse, facts: &Facts) -> Result<Told, ComposeError> {
        let telling = Telling {
            title: crate::title(pulse),
            locale: &pulse.message.locale,
            link: pulse.message.link.as_ref().map(url::Url::as_str),
        };
        let ours = proofread(narrative(facts, telling), facts);
        if !ours.proof.dropped.is_empty() {
            tracing::error!(run.id = %run, reading.dropped = ours.proof.dropped.len(), "sentences of our own did not hold against the facts and are left out");
        }
        let Some(id) = &pulse.message.writer else {
            return Ok(ours);
        };
        let stopwatch = self.runtime.clock.stopwatch();
        let told = match self.written(org, id, prompt(facts, &telling, &ours.narrative)).await? {
            Ok(answer) => {
                tracing::info!(run.id = %run, model.tokens = answer.tokens, "a model answered");
                accept(answer.json, &answer.model, facts, ours)
            }
            Err(why) => ours.because(why),
        };
        let duration_ms = u64::try_from(stopwatch.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (kept, dropped) = (told.proof.kept, told.proof.dropped.len());
        match &told.proof.why_not {
            None => tracing::info!(run.id = %run, reading.kept = kept, reading.dropped = dropped, duration_ms, "a model wrote the reading"),
            Some(why) => {
                tracing::warn!(run.id = %run, connection.id = %id, why.code = %why.code, duration_ms, "the reading is worded by rules: the model's words cannot be had or used");
            }
        }
        Ok(told)
    }

    /// What the model answers, or why there is nothing of it. The outer error is the table's.
    async fn written(&self, org: &OrgId, id: &ConnectionId, prompt: Prompt) -> Result<Result<Answer, Why>, ComposeError> {
        let writer = match self.writer(org, id).await? {
            Ok(writer) => writer,
            Err(why) => return Ok(Err(why)),
        };
        let question = Question {
            system: prompt.system,
            user: prompt.user,
            schema: prompt.schema,
            max_tokens: TOKENS_MAX,
        };
        let access = ModelAccess {
            account: &writer.account,
            credentials: &writer.credentials,
        };
        let error = match self.models.ask(access, &question).await {
            Ok(answer) => return Ok(Ok(answer)),
            Err(error) => error,
        };
        if let ModelError::Unauthorized(why) = &error {
            self.store.connection_needs_attention(org, id, writer.revision, why).await?;
        }
        Ok(Err(error.why().clone()))
    }

    /// The model behind a connection, where it is in use.
    async fn writer(&self, org: &OrgId, id: &ConnectionId) -> Result<Result<Writer, Why>, ComposeError> {
        let Some(stored) = self.store.connection(org, id).await? else {
            let sentence = "The model's connection was deleted. Choose another one for the pulse.";
            return Ok(Err(Why::new("connection.missing", sentence)));
        };
        if stored.connection.state != ConnectionState::Connected {
            let sentence = "The model's connection does not work, or was revoked. Reconnect it, or choose another one for the pulse.";
            let not_connected = || Why::new("connection.not_connected", sentence);
            return Ok(Err(stored.connection.why.unwrap_or_else(not_connected)));
        }
        // A key that cannot be opened now holds up no report.
        let unreadable = || {
            Why::new(
                "connection.unreadable",
                "The model's key could not be opened. The next reading tries again.",
            )
        };
        let Ok(sealed) = vault::Sealed::from_json(&stored.sealed.unwrap_or_default()) else {
            return Ok(Err(unreadable()));
        };
        let Ok(opened) = self.vault.open(org, id, &sealed, self.runtime.clock.now()).await else {
            return Ok(Err(unreadable()));
        };
        Ok(serde_json::from_str(opened.expose_secret())
            .map_err(|_| unreadable())
            .map(|credentials| Writer {
                account: stored.connection.account,
                credentials,
                revision: stored.revision,
            }))
    }
}
