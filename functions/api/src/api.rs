//! What every handler works with.

use std::sync::Arc;

use domain::ids::{ConnectionId, OrgId};
use jiff::Timestamp;
use model::Models;
use runtime::http::{GuardSettings, GuardedClient};
use runtime::sqs::{DeliverQueues, Queue};
use runtime::{Clock, Entropy, EnvError, Runtime, StartError};
use secrecy::{ExposeSecret, SecretString};
use sources::{GoogleEndpoints, TokenCache};
use store::Store;
use store::registry::Change;
use url::Url;
use vault::{OrgKey, Sealed, Vault};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::scheduler::Scheduler;

/// What handlers share.
pub(crate) type Shared = Arc<Api>;

/// Settings of the API itself.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where we are reached from outside, without a slash at the end.
    pub public_url: String,
    /// Signs links to pictures.
    pub link_signing_secret: SecretString,
    /// SHA-256 (lower-case hex) of a key that owns the organisation `default`, so that somebody can make the first real key.
    pub bootstrap_key_sha256_hex: Option<String>,
    /// Our app at Meta, id and secret; without them a token vouches for itself.
    pub meta_app: Option<(String, SecretString)>,
    /// Base of Meta's Graph API, ending in a slash.
    pub whatsapp_api_url: Url,
    /// Which addresses of customers may be called.
    pub guard: GuardSettings,
}

/// The API: everything its handlers need. Built once per execution environment.
pub struct Api {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) due: Queue,
    pub(crate) deliver: DeliverQueues,
    pub(crate) scheduler: Scheduler,
    pub(crate) providers: reqwest::Client,
    pub(crate) customers: GuardedClient,
    pub(crate) google: GoogleEndpoints,
    pub(crate) google_tokens: TokenCache,
    pub(crate) models: Models,
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) settings: Settings,
}

impl Settings {
    /// Reads `PUBLIC_URL`, `LINK_SIGNING_SECRET`, `BOOTSTRAP_KEY_SHA256`, `META_APP_ID`, `META_APP_SECRET`, `WHATSAPP_API_URL` and the
    /// guard's settings.
    ///
    /// # Errors
    /// [`EnvError`] naming what is missing or wrong.
    pub fn from_env(env: &runtime::Env) -> Result<Self, EnvError> {
        let meta_app = match (env.get("META_APP_ID"), env.get("META_APP_SECRET")) {
            // Two while one is being replaced, the new one first: Meta takes either for the app's own token.
            (Some(id), Some(secrets)) => secrets
                .split(',')
                .next()
                .map(|secret| (id.to_owned(), SecretString::from(secret.trim()))),
            _ => None,
        };
        Ok(Self {
            public_url: env
                .base_url("PUBLIC_URL", "http://127.0.0.1:8787")?
                .as_str()
                .trim_end_matches('/')
                .to_owned(),
            link_signing_secret: env.secret("LINK_SIGNING_SECRET")?,
            bootstrap_key_sha256_hex: env.get("BOOTSTRAP_KEY_SHA256").map(str::to_ascii_lowercase),
            meta_app,
            whatsapp_api_url: env.base_url("WHATSAPP_API_URL", "https://graph.facebook.com")?,
            guard: GuardSettings::from_env(env)?,
        })
    }
}

impl Api {
    /// The API over this runtime; every setting comes from its environment.
    ///
    /// # Errors
    /// [`StartError`] naming the setting that is missing or wrong.
    pub fn from_runtime(runtime: &Runtime) -> Result<Self, StartError> {
        let env = &runtime.env;
        let settings = Settings::from_env(env)?;
        let (providers, customers) = (runtime.provider_client()?, GuardedClient::new(settings.guard.clone())?);
        Ok(Self {
            store: Store::new(&runtime.sdk, env.text("TABLE_NAME")?, env.text("BUCKET_NAME")?),
            vault: Vault::new(&runtime.sdk, env.text("VAULT_KEY_ID")?),
            due: runtime.queue("QUEUE_DUE_URL")?,
            deliver: DeliverQueues::from_env(runtime)?,
            scheduler: Scheduler::new(
                &runtime.sdk,
                env.text("SCHEDULER_GROUP")?,
                env.text("SCHEDULER_ROLE_ARN")?,
                env.text("QUEUE_DUE_ARN")?,
            ),
            models: Models::new(runtime, &providers, &customers)?,
            providers,
            customers,
            google: GoogleEndpoints::new(
                &env.base_url("GOOGLE_TOKEN_URL", GoogleEndpoints::TOKEN_URL)?,
                &env.base_url("GOOGLE_SHEETS_URL", GoogleEndpoints::SHEETS_URL)?,
            ),
            google_tokens: TokenCache::default(),
            clock: runtime.clock.clone(),
            entropy: runtime.entropy.clone(),
            settings,
        })
    }

    /// Opens the table's connection while the function starts.
    pub async fn warm_up(&self) {
        if let Err(error) = self.store.table.warm_up().await {
            tracing::warn!(error.detail = %error, "the table could not be reached during the start");
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Seals a secret for a Connection; makes the organisation's data key at its first one.
    pub(crate) async fn seal(&self, org: &OrgId, connection: &ConnectionId, secret: &SecretString) -> Result<String, Problem> {
        let now = self.now();
        let stored = match self.store.data_key(org).await? {
            Some(stored) => stored,
            None => {
                self.store
                    .put_data_key(org, self.vault.create_key(org, now).await?.as_str())
                    .await?
            }
        };
        let sealed = self.vault.seal(org, connection, &OrgKey::parse(&stored)?, secret, now).await?;
        Ok(sealed.to_json())
    }

    /// Opens what [`Api::seal`] sealed for that Connection.
    pub(crate) async fn open(&self, org: &OrgId, connection: &ConnectionId, sealed: &str) -> Result<SecretString, Problem> {
        Ok(self.vault.open(org, connection, &Sealed::from_json(sealed)?, self.now()).await?)
    }

    /// Reads sealed JSON.
    pub(crate) async fn open_json<T: serde::de::DeserializeOwned>(
        &self,
        org: &OrgId,
        connection: &ConnectionId,
        sealed: &str,
    ) -> Result<T, Problem> {
        let text = self.open(org, connection, sealed).await?;
        serde_json::from_str(text.expose_secret()).map_err(|_| Problem::internal("sealed credentials are of another shape"))
    }

    /// Seals a value as JSON.
    pub(crate) async fn seal_json<T: serde::Serialize>(
        &self,
        org: &OrgId,
        connection: &ConnectionId,
        value: &T,
    ) -> Result<String, Problem> {
        let text = serde_json::to_string(value).map_err(|_| Problem::internal("credentials cannot be written"))?;
        self.seal(org, connection, &SecretString::from(text)).await
    }

    /// Notes who changed what. The change itself is done: a trail that cannot be written is logged, not answered.
    pub(crate) async fn note(&self, caller: &Caller, action: &str, subject: &str) {
        let change = Change {
            at: self.now(),
            by: caller.name.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
        };
        if let Err(error) = self.store.put_change(&caller.org, &change).await {
            tracing::error!(error.detail = %error, audit.action = action, "a change could not be noted in the audit trail");
        }
    }

    /// 256 random bits as URL-safe text: keys and tokens that nobody guesses.
    pub(crate) fn token(&self) -> String {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.entropy.bytes::<32>())
    }
}
