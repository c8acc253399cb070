//! Every function in one process, started by its queue or its routes exactly as `template.yaml` says.
//!
//! `cargo local` lets it poll by itself; tests step through it by hand, and can then break whatever may break in between.
//! Each function is built from its own environment with its own clients: they share no more than Lambdas of one account would.
//!
//! Knows: how Lambda reads a queue, what an HTTP API hands to a function, which constructor belongs to which folder.
//! Must never know: what a message means.

mod batch;
mod calls;
mod functions;
mod http;
mod poll;
mod queue;
mod step;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use futures_util::future::{join_all, try_join_all};
use runtime::{Clock, Entropy, Env, Runtime, SdkConfig};
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinHandle};

pub(crate) use batch::words;
pub use batch::{Depth, Received};
pub use calls::Call;
pub use step::Stepped;

use crate::resources::Resources;
use crate::template::{FunctionSpec, Template};
use calls::Calls;
use functions::Function;
use queue::Stage;

/// The account of every emulator: what AWS's clients are given unless the settings say otherwise.
const ACCOUNT: [(&str, &str); 3] = [
    ("AWS_REGION", "us-east-1"),
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
];

/// Who receives from the queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polling {
    /// The host itself, all the time.
    Background,
    /// The caller, with [`Host::step`] and [`Host::drain`].
    Manual,
}

/// What to start.
#[derive(Debug)]
pub struct HostOptions {
    /// AWS: an emulator's address, such as `http://127.0.0.1:4566`.
    pub endpoint: String,
    /// The stack's name, with which every resource's name begins: lower-case letters, digits and `-`, at most 30 characters.
    pub stack: String,
    /// The functions' time.
    pub clock: Clock,
    /// The functions' randomness.
    pub entropy: Entropy,
    /// Values of variables that the template gives to functions (`WHATSAPP_API_URL`, `META_APP_SECRET`, ...). Others (`AWS_REGION`,
    /// `PROVIDER_TIMEOUT_MS`) are given to all of them.
    pub settings: BTreeMap<String, String>,
    /// Where to serve HTTP; any free port where there is none.
    pub listener: Option<TcpListener>,
    /// What is served beside the functions' routes, such as the outbox.
    pub pages: Router,
    /// Who receives from the queues.
    pub polling: Polling,
}

impl HostOptions {
    /// This stack on that endpoint, by the machine's clock, on any port, stepped by hand.
    pub fn new(endpoint: impl Into<String>, stack: impl Into<String>) -> Self {
        Self {
            endpoint: endpoint.into(),
            stack: stack.into(),
            clock: Clock::system(),
            entropy: Entropy::system(),
            settings: BTreeMap::new(),
            listener: None,
            pages: Router::new(),
            polling: Polling::Manual,
        }
    }
}

/// Why the host cannot start or go on: a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostError(String);

impl HostError {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for HostError {}

macro_rules! in_words {
    ($($error:ty)+) => {$(
        impl From<$error> for HostError {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        }
    )+};
}

in_words! { crate::resources::ResourcesError crate::template::TemplateError runtime::EnvError runtime::StartError std::io::Error }

/// The running host. Dropping it ends it at once, handlers included, as a machine that loses power; [`Host::stop`] lets them finish.
pub struct Host {
    /// Where API, webhooks and pages are: `http://127.0.0.1:<port>`.
    pub url: String,
    /// The names of table, bucket and queues.
    pub resources: Resources,
    /// What the host was built from.
    pub template: Template,
    /// The endpoint's configuration, for clients of one's own.
    pub sdk: SdkConfig,
    stages: Vec<Arc<Stage>>,
    calls: Calls,
    pollers: Vec<JoinHandle<()>>,
    server: AbortHandle,
    going: watch::Sender<bool>,
}

impl Host {
    /// Makes the resources, builds and warms up every function of the template, and serves.
    ///
    /// # Errors
    /// The endpoint refuses, a function lacks a setting, the template names a function that has no constructor here: in words.
    pub async fn start(options: HostOptions) -> Result<Self, HostError> {
        let HostOptions {
            endpoint,
            stack,
            clock,
            entropy,
            mut settings,
            listener,
            pages,
            polling,
        } = options;
        let template = Template::read()?;
        let listener = match listener {
            Some(listener) => listener,
            None => Self::listen(0).await?,
        };
        let url = format!("http://{}", listener.local_addr()?);
        settings.entry("PUBLIC_URL".to_owned()).or_insert_with(|| url.clone());
        let account = account(&template, &endpoint, &settings);
        let sdk = runtime::aws::sdk_config(&account)?;
        let resources = Resources::create(&template, &sdk, &stack).await?;

        let functions = try_join_all(template.functions.iter().map(|spec| {
            let (resources, template, settings, account) = (&resources, &template, &settings, &account);
            let (clock, entropy) = (clock.clone(), entropy.clone());
            async move {
                let own = resources.env_for(template, &spec.folder, settings)?;
                let env = own.into_iter().fold(account.clone(), |env, (name, value)| env.with(name, value));
                let function = functions::build(&spec.folder, Runtime::new(env, clock, entropy)?)?;
                Ok::<_, HostError>((spec, function))
            }
        }))
        .await?;

        let (stages, site) = place(&sdk, &template, &resources, functions)?;
        let (going, _) = watch::channel(true);
        let calls = Calls::default();
        let pollers = match polling {
            Polling::Background => stages
                .iter()
                .map(|stage| tokio::spawn(poll::run(stage.clone(), calls.clone(), going.subscribe())))
                .collect(),
            Polling::Manual => Vec::new(),
        };
        let server = http::serve(listener, site, pages);
        Ok(Self {
            url,
            resources,
            template,
            sdk,
            stages,
            calls,
            pollers,
            server,
            going,
        })
    }

    /// Takes a port on 127.0.0.1; 0 is any free one.
    ///
    /// # Errors
    /// It is taken: in a sentence that says what to do.
    pub async fn listen(port: u16) -> Result<TcpListener, HostError> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| {
            HostError::new(format!(
                "Port {port} on 127.0.0.1 cannot be used ({error}): stop what listens there, or choose another one with --port."
            ))
        })
    }

    /// The table and the bucket, to look at what the functions wrote.
    #[must_use]
    pub fn store(&self) -> Store {
        Store::new(&self.sdk, &self.resources.table, &self.resources.bucket)
    }

    /// The last calls of functions by their queues, oldest first, at most 1,000.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.calls.all()
    }

    /// Counts the calls that have ended: whoever waits for something looks again when it changes.
    #[must_use]
    pub fn calls_ended(&self) -> watch::Receiver<u64> {
        self.calls.ended()
    }

    /// Stops receiving and waits for the handlers that are at work.
    pub async fn stop(mut self) {
        self.going.send_replace(false);
        join_all(self.pollers.drain(..)).await;
    }

    fn stage(&self, folder: &str) -> Result<&Arc<Stage>, HostError> {
        self.stages.iter().find(|stage| stage.folder == folder).ok_or_else(|| {
            let known: Vec<&str> = self.stages.iter().map(|stage| stage.folder.as_str()).collect();
            HostError::new(format!(
                "no function in functions/{folder} is fed by a queue; these are: {}",
                known.join(", ")
            ))
        })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.server.abort();
        for poller in &self.pollers {
            poller.abort();
        }
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host")
            .field("url", &self.url)
            .field("stack", &self.resources.prefix)
            .finish_non_exhaustive()
    }
}

/// Puts each function behind its queue or its routes.
fn place(
    sdk: &SdkConfig,
    template: &Template,
    resources: &Resources,
    functions: Vec<(&FunctionSpec, Function)>,
) -> Result<(Vec<Arc<Stage>>, http::Site), HostError> {
    let mut stages = Vec::new();
    let mut site = http::Site::default();
    for (spec, function) in functions {
        match (function, &spec.trigger) {
            (Function::Queue(handler), Some(trigger)) => {
                let queue = resources.queues.get(&trigger.queue).ok_or_else(|| {
                    HostError::new(format!(
                        "template.yaml: functions/{} is fed by {}, which is no queue of the template",
                        spec.folder, trigger.queue
                    ))
                })?;
                stages.push(Arc::new(Stage::new(sdk, template, spec, trigger.clone(), queue.clone(), handler)));
            }
            (Function::Http(handler), None) if !spec.routes.is_empty() => site.add(spec.routes.clone(), handler),
            (Function::Queue(_), None) => return Err(without(&spec.folder, "an SQS event")),
            (Function::Http(_), _) => return Err(without(&spec.folder, "routes of the HTTP API and nothing else")),
        }
    }
    Ok((stages, site))
}

/// What every function has beside its own variables: what Lambda itself puts there, and the settings that the template gives to none.
fn account(template: &Template, endpoint: &str, settings: &BTreeMap<String, String>) -> Env {
    let is_declared = |name: &str| template.functions.iter().any(|function| function.environment.contains_key(name));
    let given = settings.iter().filter(|(name, _)| !is_declared(name));
    let env = Env::from_map(ACCOUNT).with("AWS_ENDPOINT_URL", endpoint);
    given.fold(env, |env, (name, value)| env.with(name, value))
}

fn without(folder: &str, what: &str) -> HostError {
    HostError::new(format!(
        "template.yaml: the function in functions/{folder} needs {what}, as its code takes it"
    ))
}
