//! The client for addresses that customers gave: it reaches the public internet and nothing else.
//!
//! A name is resolved by us, once per connection; one address off the public internet refuses them all, and the connection goes to an
//! address that was looked at. A name that answers differently the second time (DNS rebinding) gains nothing: there is no second time.
//! Addresses written as numbers never reach a resolver; the URL's own check refuses those. Nothing is reused between connections.

use std::error::Error;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Method, RequestBuilder};
use url::{Host, Origin, Url};

use super::address::is_public;
use super::builder;
use crate::env::invalid;
use crate::{Env, EnvError, StartError};

/// Ports that a customer's URL may name.
const PORTS: [u16; 2] = [443, 8443];

/// Default of `WEBHOOK_TIMEOUT_MS`: the whole call, answer included (Standard Webhooks advises 15 to 30 s).
const TIMEOUT: Duration = Duration::from_secs(15);

/// An address that a customer gave and we do not call. The text is fit for them; it never shows what a name resolved to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(String);

/// What a [`GuardedClient`] may reach beyond the public internet, and how long it waits.
#[derive(Debug, Clone)]
pub struct GuardSettings {
    /// Origins that are called as they are, http included: simulators on the same machine. Empty in production.
    pub allowed_origins: Vec<Origin>,
    /// Bounds each call, answer included; a single request may set its own.
    pub timeout: Duration,
}

impl GuardSettings {
    /// Reads `WEBHOOK_ALLOWED_ORIGINS` (a list such as `http://127.0.0.1:9300,http://localhost:9301`) and `WEBHOOK_TIMEOUT_MS`
    /// (default 15,000).
    ///
    /// # Errors
    /// An entry that is no origin, or a wrong duration.
    pub fn from_env(env: &Env) -> Result<Self, EnvError> {
        let variable = "WEBHOOK_ALLOWED_ORIGINS";
        let read = |entry: String| {
            let origin = Url::parse(&entry)
                .ok()
                .filter(|url| matches!(url.scheme(), "http" | "https"))
                .filter(|url| url.path() == "/");
            let accepted = "a list of origins such as http://127.0.0.1:9300,http://localhost:9301";
            origin.map(|url| url.origin()).ok_or_else(|| invalid(variable, &entry, accepted))
        };
        let allowed_origins = env.list(variable).into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self {
            allowed_origins,
            timeout: env.duration_ms("WEBHOOK_TIMEOUT_MS", TIMEOUT)?,
        })
    }

    /// Whether a [`GuardedClient`] would call that URL, as far as can be told without resolving its name: for checking input.
    ///
    /// # Errors
    /// [`Refused`] with the reason.
    pub fn check(&self, url: &Url) -> Result<(), Refused> {
        if self.is_allowed(url) { Ok(()) } else { check_public(url) }
    }

    fn is_allowed(&self, url: &Url) -> bool {
        self.allowed_origins.contains(&url.origin())
    }
}

/// https, a usual port, no user name or password, no number off the public internet.
fn check_public(url: &Url) -> Result<(), Refused> {
    let refuse = |why: String| Err(Refused(why));
    if url.scheme() != "https" {
        return refuse(format!("the URL begins with `{}:`; only https: is accepted", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("the URL contains a user name or a password; put credentials into a header".into());
    }
    let port = url.port_or_known_default().unwrap_or_default();
    if !PORTS.contains(&port) {
        return refuse(format!("the URL's port is {port}; 443 and 8443 are accepted"));
    }
    let is_off = match url.host() {
        None => return refuse("the URL has no host".into()),
        Some(Host::Domain(_)) => false,
        Some(Host::Ipv4(address)) => !is_public(address.into()),
        Some(Host::Ipv6(address)) => !is_public(address.into()),
    };
    if is_off {
        refuse(off_the_internet(url.host_str().unwrap_or_default()))
    } else {
        Ok(())
    }
}

fn off_the_internet(host: &str) -> String {
    format!("`{host}` is not on the public internet, and only that can be reached from here")
}

/// Calls addresses that customers gave. There is no way to a request but through the check.
#[derive(Debug, Clone)]
pub struct GuardedClient {
    settings: GuardSettings,
    public: Client,
    /// For the allowed origins only; absent where there are none.
    local: Option<Client>,
}

impl GuardedClient {
    /// Builds the client; once per execution environment.
    ///
    /// # Errors
    /// TLS cannot be configured.
    pub fn new(settings: GuardSettings) -> Result<Self, StartError> {
        let guard = Guard {
            lookup: Arc::new(system_lookup),
            is_accepted: Arc::new(|address| is_public(address.ip())),
        };
        let public = guarded(settings.timeout, guard)?;
        let local = if settings.allowed_origins.is_empty() {
            None
        } else {
            Some(builder(settings.timeout)?.pool_max_idle_per_host(0).build()?)
        };
        Ok(Self { settings, public, local })
    }

    /// Begins a request. An answer that redirects is an answer: it is not followed. Read bodies with [`super::read_body`].
    ///
    /// # Errors
    /// [`Refused`] where [`GuardSettings::check`] refuses. A name that resolves off the public internet fails later, when the request is sent:
    /// [`refusal`] finds it in that error.
    pub fn request(&self, method: Method, url: Url) -> Result<RequestBuilder, Refused> {
        if let Some(local) = self.local.as_ref().filter(|_| self.settings.is_allowed(&url)) {
            return Ok(local.request(method, url));
        }
        check_public(&url)?;
        Ok(self.public.request(method, url))
    }
}

fn guarded(timeout: Duration, guard: Guard) -> Result<Client, StartError> {
    Ok(builder(timeout)?.dns_resolver(guard).pool_max_idle_per_host(0).build()?)
}

/// The refusal inside a failed request, where the name resolved off the public internet.
pub fn refusal(error: &reqwest::Error) -> Option<&Refused> {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |&error| error.source()).find_map(|error| error.downcast_ref())
}

type Found = Pin<Box<dyn Future<Output = std::io::Result<Vec<SocketAddr>>> + Send>>;

/// Resolves a name and refuses all of its addresses if one of them is not accepted.
#[derive(Clone)]
struct Guard {
    lookup: Arc<dyn Fn(String) -> Found + Send + Sync>,
    is_accepted: Arc<dyn Fn(SocketAddr) -> bool + Send + Sync>,
}

fn system_lookup(name: String) -> Found {
    Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let found = (guard.lookup)(name.as_str().to_owned()).await?;
            if !found.iter().all(|address| (guard.is_accepted)(*address)) {
                return Err(Refused(off_the_internet(name.as_str())).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
