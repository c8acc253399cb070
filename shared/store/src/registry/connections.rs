//! Connections. The sealed credentials are an attribute of the same item: account, state and credentials change in one write.

use domain::connection::{Connection, ConnectionState};
use domain::fault::Why;
use domain::ids::{ConnectionId, OrgId};
use serde::{Deserialize, Serialize};

use crate::error::{StoreError, aws, corrupt};
use crate::item::{DOC, Item, Reader, n, s, with_doc};
use crate::table::{Order, Page};
use crate::{Store, keys};

const WHAT: &str = "connection";
const SEALED: &str = "sealed";

/// A Connection with what is needed to use or change it.
#[derive(Debug, Clone)]
pub struct StoredConnection {
    /// The Connection.
    pub connection: Connection,
    /// Its credentials as sealed by the vault; `None` once revoked.
    pub sealed: Option<String>,
    /// Counts its changes; guards the next one.
    pub revision: u64,
}

/// Who holds a provider's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountHolder {
    /// The tenant.
    pub org: OrgId,
    /// Its Connection.
    pub connection: ConnectionId,
}

impl Store {
    /// Keeps a Connection with its sealed credentials where none is. `false` where that id is taken.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn create_connection(&self, org: &OrgId, connection: &Connection, sealed: &str) -> Result<bool, StoreError> {
        let mut item = with_doc(&keys::connection(org, &connection.id), WHAT, connection)?;
        item.insert(SEALED.to_owned(), s(sealed));
        item.insert("revision".to_owned(), n(1));
        self.table.put_new_item(WHAT, item).await
    }

    /// A Connection, its sealed credentials and its revision.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn connection(&self, org: &OrgId, id: &ConnectionId) -> Result<Option<StoredConnection>, StoreError> {
        self.table
            .get_item(WHAT, &keys::connection(org, id))
            .await?
            .map(|item| read(&item))
            .transpose()
    }

    /// An organisation's Connections by id, without credentials.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn connections(&self, org: &OrgId, limit: i32, after: Option<&str>) -> Result<Page<Connection>, StoreError> {
        self.table
            .query(WHAT, &keys::org_pk(org), keys::CONNECTION, Order::OldestFirst, limit, after)
            .await
    }

    /// Writes a changed Connection over the one of that revision; with `sealed`, its credentials too.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it changed meanwhile.
    pub async fn replace_connection(
        &self,
        org: &OrgId,
        connection: &Connection,
        sealed: Option<&str>,
        revision: u64,
    ) -> Result<(), StoreError> {
        let set = if sealed.is_some() {
            "SET #doc = :doc, revision = :next, sealed = :sealed"
        } else {
            "SET #doc = :doc, revision = :next"
        };
        self.write(org, connection, set, revision, sealed).await
    }

    /// Revokes a Connection and forgets its credentials. `None` where there is no such Connection.
    ///
    /// # Errors
    /// [`StoreError`]; [`StoreError::Conflict`] where it changed meanwhile.
    pub async fn revoke_connection(&self, org: &OrgId, id: &ConnectionId) -> Result<Option<Connection>, StoreError> {
        let Some(StoredConnection {
            mut connection, revision, ..
        }) = self.connection(org, id).await?
        else {
            return Ok(None);
        };
        connection.state = ConnectionState::Revoked;
        connection.why = None;
        self.write(org, &connection, "SET #doc = :doc, revision = :next REMOVE sealed", revision, None)
            .await?;
        Ok(Some(connection))
    }

    /// Notes that a person has to mend a Connection. `false` where it does not work anyway, or was changed since `revision` was read: its
    /// credentials may be new ones, and the fault was that of the old ones.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn connection_needs_attention(&self, org: &OrgId, id: &ConnectionId, revision: u64, why: &Why) -> Result<bool, StoreError> {
        let Some(mut stored) = self.connection(org, id).await? else {
            return Ok(false);
        };
        if stored.revision != revision || stored.connection.state != ConnectionState::Connected {
            return Ok(false);
        }
        stored.connection.state = ConnectionState::NeedsAttention;
        stored.connection.why = Some(why.clone());
        match self.replace_connection(org, &stored.connection, None, revision).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn write(&self, org: &OrgId, connection: &Connection, set: &str, revision: u64, sealed: Option<&str>) -> Result<(), StoreError> {
        let text = serde_json::to_string(connection).map_err(corrupt(WHAT))?;
        let mut update = self
            .table
            .update(&keys::connection(org, &connection.id))
            .update_expression(set)
            .condition_expression("attribute_exists(pk) AND revision = :revision")
            .expression_attribute_names("#doc", DOC)
            .expression_attribute_values(":doc", s(text))
            .expression_attribute_values(":next", n(revision + 1))
            .expression_attribute_values(":revision", n(revision));
        if let Some(sealed) = sealed {
            update = update.expression_attribute_values(":sealed", s(sealed));
        }
        update.send().await.map_err(aws(WHAT)).map(drop)
    }

    /// Takes a provider's account for a Connection, so that what the provider tells us finds its way. An account belongs to one
    /// organisation at a time; within it, the newest Connection has it. Gives back who holds it now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_account(&self, kind: &str, external: &str, holder: &AccountHolder) -> Result<AccountHolder, StoreError> {
        let what = "account";
        let key = keys::account(kind, external);
        let mut item = with_doc(&key, what, holder)?;
        item.insert("org".to_owned(), s(holder.org.as_str()));
        let put = self.table.client.put_item().table_name(&self.table.name).set_item(Some(item));
        let put = put
            .condition_expression("attribute_not_exists(pk) OR org = :org")
            .expression_attribute_values(":org", s(holder.org.as_str()));
        match put.return_consumed_capacity(crate::table::COUNTED).send().await.map_err(aws(what)) {
            Ok(_) => Ok(holder.clone()),
            Err(StoreError::Conflict { .. }) => self.account_holder(kind, external).await?.ok_or(StoreError::Conflict { what }),
            Err(error) => Err(error),
        }
    }

    /// Who holds a provider's account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn account_holder(&self, kind: &str, external: &str) -> Result<Option<AccountHolder>, StoreError> {
        self.table.get("account", &keys::account(kind, external)).await
    }

    /// Lets go of a provider's account, where `holder` still has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn release_account(&self, kind: &str, external: &str, holder: &AccountHolder) -> Result<(), StoreError> {
        if self.account_holder(kind, external).await?.as_ref() == Some(holder) {
            self.table.delete("account", &keys::account(kind, external)).await?;
        }
        Ok(())
    }
}

fn read(item: &Item) -> Result<StoredConnection, StoreError> {
    let reader = Reader { what: WHAT, item };
    Ok(StoredConnection {
        connection: reader.doc()?,
        sealed: reader.text_opt(SEALED).map(str::to_owned),
        revision: reader.number("revision")?,
    })
}
