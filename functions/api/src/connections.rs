//! `/v1/connections`: accounts at providers, verified before they are kept.

use axum::extract::State;
use axum::http::StatusCode;
use domain::connection::{Account, Connection, ConnectionState, ModelCredentials, WhatsappCredentials, WhatsappNumber};
use domain::delivery::Phase;
use domain::destination::DestinationKind;
use domain::ids::{ConnectionId, DeliveryId, OrgId};
use domain::message::Deliver;
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize};
use store::deliveries::Move;
use store::registry::{AccountHolder, StoredConnection};
use store::waiting::WaitingFor;
use utoipa::ToSchema;

use crate::api::{Api, Shared};
use crate::body::{At, Body, Params};
use crate::caller::{Caller, Editor, Viewer};
use crate::google::ServiceAccountFile;
use crate::limits::name;
use crate::models::{AnthropicClaim, BedrockClaim, ModelClaim, OpenAiClaim};
use crate::once::{Answer, Making, OnceKey};
use crate::page::{List, Pages};
use crate::problem::Problem;
use crate::whatsapp::WhatsappClaim;

/// The kind of a WhatsApp number in the pointers from a provider's accounts.
const WHATSAPP: &str = "whatsapp";

/// How many deliveries are woken at the same time: thousands may wait for a number, and the answer has 29 seconds.
const WOKEN_AT_ONCE: usize = 16;

/// A connection to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConnection {
    /// What people call it: 1 to 200 characters.
    #[schema(example = "Shop's number")]
    pub name: String,
    /// The account and its credentials. They are sealed at once and never shown again.
    pub account: AccountClaim,
}

/// An account with its credentials, to be verified.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountClaim {
    /// The organisation's own WhatsApp number.
    Whatsapp(WhatsappClaim),
    /// A Google service account.
    Google(GoogleClaim),
    /// A model at Anthropic, to write readings.
    Anthropic(AnthropicClaim),
    /// A model at OpenAI, or at a server that speaks its protocol, to write readings.
    #[serde(rename = "openai")]
    OpenAi(OpenAiClaim),
    /// A model at Amazon Bedrock, to write readings.
    Bedrock(BedrockClaim),
}

/// A Google service account, to be verified.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoogleClaim {
    /// The key file as Google hands it out, as an object.
    pub service_account: ServiceAccountFile,
}

/// What changes about a connection; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionChange {
    /// What people call it.
    #[serde(default)]
    pub name: Option<String>,
    /// New credentials: verified like the first ones. What waited for them is sent.
    #[serde(default)]
    pub account: Option<AccountClaim>,
}

/// An account that its provider vouches for, and what is to be sealed for it.
struct Verified {
    account: Account,
    credentials: Credentials,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Credentials {
    Whatsapp(WhatsappCredentials),
    Google(ServiceAccountFile),
    Model(ModelCredentials),
}

/// Connect an account
#[utoipa::path(post, path = "/v1/connections", tag = "connections", request_body = NewConnection, params(crate::openapi::IdempotencyKey),
    responses((status = 201, body = Connection), crate::openapi::Refusals))]
pub(crate) async fn create(
    State(api): State<Shared>,
    Editor(caller): Editor,
    key: OnceKey,
    Body { value: new, bytes }: Body<NewConnection>,
) -> Result<Answer, Problem> {
    name("/name", &new.name)?;
    api.once(&caller, &key, "connections.create", &bytes, |making| {
        api.connect(&caller, new, making)
    })
    .await
}

/// List connections
#[utoipa::path(get, path = "/v1/connections", tag = "connections", params(Pages), responses((status = 200, body = List<Connection>), crate::openapi::Refusals))]
pub(crate) async fn list(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    Params(pages): Params<Pages>,
) -> Result<axum::Json<List<Connection>>, Problem> {
    Ok(axum::Json(
        api.store
            .connections(&caller.org, pages.limit()?, pages.after()?.as_deref())
            .await?
            .into(),
    ))
}

/// A connection
#[utoipa::path(get, path = "/v1/connections/{id}", tag = "connections", params(("id" = ConnectionId, Path)), responses((status = 200, body = Connection), crate::openapi::Refusals))]
pub(crate) async fn get(
    State(api): State<Shared>,
    Viewer(caller): Viewer,
    At(id): At<ConnectionId>,
) -> Result<axum::Json<Connection>, Problem> {
    let stored = api.store.connection(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    Ok(axum::Json(stored.connection))
}

/// Rename a connection, or replace its credentials
#[utoipa::path(patch, path = "/v1/connections/{id}", tag = "connections", params(("id" = ConnectionId, Path)), request_body = ConnectionChange,
    responses((status = 200, body = Connection), crate::openapi::Refusals))]
pub(crate) async fn change(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(id): At<ConnectionId>,
    Body { value: change, .. }: Body<ConnectionChange>,
) -> Result<axum::Json<Connection>, Problem> {
    let StoredConnection {
        mut connection, revision, ..
    } = api.store.connection(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    if let Some(new) = change.name {
        name("/name", &new)?;
        connection.name = new;
    }
    let Some(claim) = change.account else {
        api.store.replace_connection(&caller.org, &connection, None, revision).await?;
        api.note(&caller, "connection.rename", id.as_str()).await;
        return Ok(axum::Json(connection));
    };
    let connection = api.reconnect(&caller, connection, revision, claim).await?;
    Ok(axum::Json(connection))
}

/// Revoke a connection
///
/// Its credentials are erased at once. Nothing is sent or read through it any more; it stays listed as `revoked`.
#[utoipa::path(delete, path = "/v1/connections/{id}", tag = "connections", params(("id" = ConnectionId, Path)),
    responses((status = 204, description = "Revoked"), crate::openapi::Refusals))]
pub(crate) async fn revoke(State(api): State<Shared>, Editor(caller): Editor, At(id): At<ConnectionId>) -> Result<StatusCode, Problem> {
    let stored = api.store.connection(&caller.org, &id).await?.ok_or_else(Problem::not_found)?;
    if matches!(stored.connection.account, Account::Webhook {}) {
        return Err(Problem::conflict(
            "This connection belongs to a webhook destination; delete that destination.",
        ));
    }
    api.store.revoke_connection(&caller.org, &id).await?;
    if let Account::Whatsapp(number) = &stored.connection.account {
        let holder = AccountHolder {
            org: caller.org.clone(),
            connection: id.clone(),
        };
        api.store.release_account(WHATSAPP, &number.phone_number_id, &holder).await?;
    }
    api.note(&caller, "connection.revoke", id.as_str()).await;
    Ok(StatusCode::NO_CONTENT)
}

impl Api {
    async fn connect(&self, caller: &Caller, new: NewConnection, making: Making) -> Result<Answer, Problem> {
        let Verified { account, credentials } = self.verify(new.account).await?;
        let id = ConnectionId::generate(making.at, making.bits("connection"));
        self.claim(caller, &id, &account).await?;
        let sealed = self.seal_json(&caller.org, &id, &credentials).await?;
        let state = ConnectionState::Connected;
        let connection = Connection {
            id: id.clone(),
            name: new.name,
            account,
            state,
            why: None,
            verified_at: Some(making.at),
        };
        // It is there already where the first try broke off after this line.
        self.store.create_connection(&caller.org, &connection, &sealed).await?;
        self.note(caller, "connection.create", id.as_str()).await;
        Answer::created(format!("/v1/connections/{id}"), &connection)
    }

    async fn reconnect(
        &self,
        caller: &Caller,
        mut connection: Connection,
        revision: u64,
        claim: AccountClaim,
    ) -> Result<Connection, Problem> {
        let before = connection.account.clone();
        let same_kind = matches!(
            (&before, &claim),
            (Account::Whatsapp(_), AccountClaim::Whatsapp(_))
                | (Account::Google { .. }, AccountClaim::Google(_))
                | (Account::Anthropic { .. }, AccountClaim::Anthropic(_))
                | (Account::OpenAi { .. }, AccountClaim::OpenAi(_))
                | (Account::Bedrock { .. }, AccountClaim::Bedrock(_))
        );
        if !same_kind {
            return Err(Problem::field_silent(
                "/account",
                "credentials of the same kind of account as before",
            ));
        }
        let Verified { account, credentials } = self.verify(claim).await?;
        self.claim(caller, &connection.id, &account).await?;
        let sealed = self.seal_json(&caller.org, &connection.id, &credentials).await?;
        connection.account = account;
        connection.state = ConnectionState::Connected;
        connection.why = None;
        connection.verified_at = Some(self.now());
        self.store
            .replace_connection(&caller.org, &connection, Some(&sealed), revision)
            .await?;
        if let (Account::Whatsapp(old), Account::Whatsapp(new)) = (&before, &connection.account)
            && old.phone_number_id != new.phone_number_id
        {
            let holder = AccountHolder {
                org: caller.org.clone(),
                connection: connection.id.clone(),
            };
            self.store.release_account(WHATSAPP, &old.phone_number_id, &holder).await?;
        }
        self.note(caller, "connection.replace_credentials", connection.id.as_str()).await;
        self.wake_held(caller, &connection).await?;
        Ok(connection)
    }

    async fn verify(&self, claim: AccountClaim) -> Result<Verified, Problem> {
        match claim {
            AccountClaim::Whatsapp(claim) => {
                let number = self.verify_whatsapp(&claim).await?;
                let credentials = Credentials::Whatsapp(WhatsappCredentials { token: claim.token });
                Ok(Verified {
                    account: Account::Whatsapp(number),
                    credentials,
                })
            }
            AccountClaim::Google(GoogleClaim { service_account }) => {
                let client_email = self.verify_google(&service_account).await?;
                Ok(Verified {
                    account: Account::Google { client_email },
                    credentials: Credentials::Google(service_account),
                })
            }
            AccountClaim::Anthropic(claim) => self.verified_model(claim.into()).await,
            AccountClaim::OpenAi(claim) => self.verified_model(claim.into()).await,
            AccountClaim::Bedrock(claim) => self.verified_model(claim.into()).await,
        }
    }

    async fn verified_model(&self, claim: ModelClaim) -> Result<Verified, Problem> {
        let (account, credentials) = self.verify_model(claim).await?;
        Ok(Verified {
            account,
            credentials: Credentials::Model(credentials),
        })
    }

    /// A WhatsApp number belongs to one Connection: what Meta tells us of the number must find its way.
    async fn claim(&self, caller: &Caller, id: &ConnectionId, account: &Account) -> Result<(), Problem> {
        let Account::Whatsapp(WhatsappNumber { phone_number_id, .. }) = account else {
            return Ok(());
        };
        if let Some(there) = self.store.account_holder(WHATSAPP, phone_number_id).await?
            && there.org == caller.org
            && there.connection != *id
        {
            let other = self.store.connection(&caller.org, &there.connection).await?;
            if other.is_some_and(|other| other.connection.state != ConnectionState::Revoked) {
                let there = there.connection;
                return Err(Problem::conflict(format!(
                    "This number is connected already, as {there}. Replace that connection's credentials instead."
                )));
            }
        }
        let holder = AccountHolder {
            org: caller.org.clone(),
            connection: id.clone(),
        };
        let now_held_by = self.store.claim_account(WHATSAPP, phone_number_id, &holder).await?;
        if now_held_by == holder {
            Ok(())
        } else {
            Err(Problem::conflict(
                "This number is connected in another organisation. Revoke it there first.",
            ))
        }
    }

    /// Sends what waited for a Connection to be mended.
    async fn wake_held(&self, caller: &Caller, connection: &Connection) -> Result<(), Problem> {
        let kind = match connection.account {
            Account::Whatsapp(_) => DestinationKind::Whatsapp,
            Account::Webhook {} => DestinationKind::Webhook,
            // Nothing waits for these.
            Account::Google { .. } | Account::Anthropic { .. } | Account::OpenAi { .. } | Account::Bedrock { .. } => return Ok(()),
        };
        let list = WaitingFor::Connection(&connection.id);
        let waiting = self.store.waiting(&caller.org, list).await?;
        for some in waiting.chunks(WOKEN_AT_ONCE) {
            try_join_all(some.iter().map(|id| self.wake(&caller.org, list, id, kind))).await?;
        }
        Ok(())
    }

    /// Sent first, struck off last: a crash between leaves a message or an entry too many, and neither sends twice.
    async fn wake(&self, org: &OrgId, list: WaitingFor<'_>, id: &DeliveryId, kind: DestinationKind) -> Result<(), Problem> {
        let message = Deliver {
            org_id: org.clone(),
            delivery_id: id.clone(),
            kind,
        };
        self.deliver.send(&message).await?;
        self.store
            .move_delivery(org, id, Move::new(Phase::Held, Phase::Queued), self.now())
            .await?;
        Ok(self.store.remove_waiting(org, list, id).await?)
    }
}
