//! From a destination as people write it to one that exists: an equal address is the same destination.
//!
//! Order of writes: the address is taken, the webhook's Connection is put with its secret, the Destination is put. Each is done only where it
//! is not there, so the same request again completes what a crash left, and the secret that is shown is the one that was kept.

use domain::connection::{Account, Connection, ConnectionState};
use domain::destination::{Address, Destination, DestinationKind, DestinationState};
use domain::ids::{ConnectionId, DestinationId, OrgId};
use domain::phone::PhoneNumber;
use domain::pulse::DestinationSpec;
use domain::secret::SecretText;
use store::registry::{AddressHolder, StoredConnection};
use url::Url;

use crate::api::Api;
use crate::limits;
use crate::once::Making;
use crate::problem::Problem;
use crate::webhook::{check_headers, check_secret};

/// Longest URL, in characters. Ours.
const URL_CHARS_MAX: usize = 2_048;

/// A destination that stands.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) destination: Destination,
    /// Whether this request made it.
    pub(crate) is_new: bool,
    /// The signing secret, where this request made one up.
    pub(crate) new_secret: Option<SecretText>,
}

/// What names an address within an organisation.
pub(crate) fn address_text(address: &Address) -> String {
    match address {
        Address::Whatsapp { connection, to } => whatsapp_address(connection, to),
        Address::Webhook { url, .. } => url.as_str().to_owned(),
    }
}

fn whatsapp_address(connection: &ConnectionId, to: &PhoneNumber) -> String {
    format!("{connection}/{}", to.digits())
}

impl Api {
    /// Everything about a destination that can be judged without writing. `pointer` is where it stands in the body.
    pub(crate) fn check_destination(&self, pointer: &str, spec: &DestinationSpec) -> Result<(), Problem> {
        let (kind, name) = match spec {
            DestinationSpec::Whatsapp { name, .. } => ("whatsapp", name),
            DestinationSpec::Webhook { name, .. } => ("webhook", name),
        };
        let pointer = format!("{pointer}/{kind}");
        if let Some(name) = name {
            limits::name(&format!("{pointer}/name"), name)?;
        }
        let DestinationSpec::Webhook { url, headers, secret, .. } = spec else {
            return Ok(());
        };
        self.check_url(&format!("{pointer}/url"), url)?;
        check_headers(&format!("{pointer}/headers"), headers)?;
        secret
            .as_ref()
            .map_or(Ok(()), |secret| check_secret(&format!("{pointer}/secret"), secret))
    }

    fn check_url(&self, pointer: &str, url: &Url) -> Result<(), Problem> {
        limits::text(pointer, url.as_str(), 1, URL_CHARS_MAX)?;
        if url.fragment().is_some() {
            return Err(Problem::field_silent(pointer, "an address without `#…`: that part is never sent"));
        }
        self.settings
            .guard
            .check(url)
            .map_err(|refused| Problem::field_silent(pointer, refused.to_string()))
    }

    /// Makes a destination, or finds the one that stands at that address. `label` tells this one from others of the same request.
    pub(crate) async fn place(
        &self,
        org: &OrgId,
        pointer: &str,
        spec: &DestinationSpec,
        making: &Making,
        label: &str,
    ) -> Result<Placed, Problem> {
        match spec {
            DestinationSpec::Whatsapp { to, connection, name } => {
                let connection = self
                    .whatsapp_connection(org, &format!("{pointer}/whatsapp/connection"), connection.as_ref())
                    .await?;
                let holder = AddressHolder {
                    destination: DestinationId::generate(making.at, making.bits(label)),
                    connection,
                };
                let text = whatsapp_address(&holder.connection, to);
                let holder = self.store.claim_address(org, DestinationKind::Whatsapp, &text, &holder).await?;
                let name = name.clone().unwrap_or_else(|| to.to_string());
                let address = Address::Whatsapp {
                    connection: holder.connection,
                    to: to.clone(),
                };
                self.put_destination(org, holder.destination, name, address, None).await
            }
            DestinationSpec::Webhook {
                url,
                headers,
                secret,
                name,
            } => {
                let holder = AddressHolder {
                    destination: DestinationId::generate(making.at, making.bits(label)),
                    connection: ConnectionId::generate(making.at, making.bits(&format!("{label}.connection"))),
                };
                let holder = self
                    .store
                    .claim_address(org, DestinationKind::Webhook, url.as_str(), &holder)
                    .await?;
                let name = name.clone().unwrap_or_else(|| url.host_str().unwrap_or("webhook").to_owned());
                let new_secret = self
                    .put_webhook_connection(org, &holder.connection, &name, headers, secret.as_ref())
                    .await?;
                let address = Address::Webhook {
                    connection: holder.connection,
                    url: url.clone(),
                };
                self.put_destination(org, holder.destination, name, address, new_secret).await
            }
        }
    }

    async fn put_destination(
        &self,
        org: &OrgId,
        id: DestinationId,
        name: String,
        address: Address,
        new_secret: Option<SecretText>,
    ) -> Result<Placed, Problem> {
        let new = Destination {
            id,
            name,
            address,
            state: DestinationState::Active,
            why: None,
            unreachable_runs: 0,
        };
        if self.store.create_destination(org, &new).await? {
            return Ok(Placed {
                destination: new,
                is_new: true,
                new_secret,
            });
        }
        let destination = self.store.destination(org, &new.id).await?.ok_or_else(Problem::unavailable)?;
        Ok(Placed {
            destination,
            is_new: false,
            new_secret,
        })
    }

    /// The number to send from: the one named, or the organisation's only one.
    async fn whatsapp_connection(&self, org: &OrgId, pointer: &str, named: Option<&ConnectionId>) -> Result<ConnectionId, Problem> {
        if let Some(id) = named {
            let refuse = |given: String| Err(Problem::field(pointer, given, "the id of a WhatsApp connection in use"));
            return match self.store.connection(org, id).await? {
                None => refuse(format!("`{id}`, which does not exist")),
                Some(StoredConnection { connection, .. }) if connection.state == ConnectionState::Revoked => {
                    refuse(format!("`{id}`, which is revoked"))
                }
                Some(StoredConnection { connection, .. }) if !matches!(connection.account, Account::Whatsapp(_)) => {
                    refuse(format!("`{id}`, which is a connection of another kind"))
                }
                Some(_) => Ok(id.clone()),
            };
        }
        let mut numbers = Vec::new();
        let mut after = None::<String>;
        loop {
            let page = self.store.connections(org, 200, after.as_deref()).await?;
            let usable = |found: &Connection| matches!(found.account, Account::Whatsapp(_)) && found.state != ConnectionState::Revoked;
            numbers.extend(page.items.into_iter().filter(usable).map(|found| found.id));
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        match numbers.as_slice() {
            [only] => Ok(only.clone()),
            [] => Err(Problem::field(
                pointer,
                "nothing, and there is no WhatsApp connection yet",
                "a connection made by POST /v1/connections",
            )),
            several => {
                let ids = several.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                Err(Problem::field(
                    pointer,
                    "nothing, and there are several numbers",
                    format!("one of {ids}"),
                ))
            }
        }
    }
}
