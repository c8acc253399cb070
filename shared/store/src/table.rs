//! The table: documents under keys, guarded writes, pages.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{StoreError, aws};
use crate::item::{Item, Reader, keyed, n, s, with_doc};
use crate::keys::Key;

/// Every request asks for what it cost: the figures per pulse are counted, not estimated.
pub(crate) const COUNTED: ReturnConsumedCapacity = ReturnConsumedCapacity::Total;

/// The DynamoDB table.
#[derive(Debug, Clone)]
pub struct Table {
    pub(crate) client: Client,
    pub(crate) name: String,
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one begins: the last key that was read. `None` at the end.
    pub next: Option<String>,
}

/// A document with the count of its changes, for guarded writes.
#[derive(Debug, Clone)]
pub struct Versioned<T> {
    /// The document.
    pub doc: T,
    /// Grows by one with each write.
    pub revision: u64,
}

impl Table {
    pub(crate) fn new(sdk: &aws_types::SdkConfig, name: String) -> Self {
        Self {
            client: Client::new(sdk),
            name,
        }
    }

    /// Proves that the table can be reached; also opens the TLS connection while a function starts.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn warm_up(&self) -> Result<(), StoreError> {
        self.get_item(
            "warm-up",
            &Key {
                pk: "WARM".into(),
                sk: "UP".into(),
            },
        )
        .await
        .map(drop)
    }

    pub(crate) async fn get_item(&self, what: &'static str, key: &Key) -> Result<Option<Item>, StoreError> {
        self.read_item(what, key, true).await
    }

    async fn read_item(&self, what: &'static str, key: &Key, is_consistent: bool) -> Result<Option<Item>, StoreError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.name)
            .set_key(Some(keyed(key)))
            .consistent_read(is_consistent)
            .return_consumed_capacity(COUNTED)
            .send()
            .await
            .map_err(aws(what))?;
        Ok(answer.item)
    }

    /// The document under `key`, read consistently.
    pub(crate) async fn get<T: DeserializeOwned>(&self, what: &'static str, key: &Key) -> Result<Option<T>, StoreError> {
        self.get_item(what, key)
            .await?
            .map(|item| Reader { what, item: &item }.doc())
            .transpose()
    }

    /// The document under `key`, perhaps as it was a second ago, for half the price.
    pub(crate) async fn get_soon<T: DeserializeOwned>(&self, what: &'static str, key: &Key) -> Result<Option<T>, StoreError> {
        let item = self.read_item(what, key, false).await?;
        item.map(|item| Reader { what, item: &item }.doc()).transpose()
    }

    /// The document under `key` and its revision.
    pub(crate) async fn get_versioned<T: DeserializeOwned>(
        &self,
        what: &'static str,
        key: &Key,
    ) -> Result<Option<Versioned<T>>, StoreError> {
        let Some(item) = self.get_item(what, key).await? else {
            return Ok(None);
        };
        let reader = Reader { what, item: &item };
        Ok(Some(Versioned {
            doc: reader.doc()?,
            revision: reader.number_opt("revision").unwrap_or(0),
        }))
    }

    /// Writes an item where none is. `false` where one was.
    pub(crate) async fn put_new_item(&self, what: &'static str, item: Item) -> Result<bool, StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)");
        match put.return_consumed_capacity(COUNTED).send().await.map_err(aws(what)) {
            Ok(_) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Writes a document where none is, at revision 1. `false` where one was.
    pub(crate) async fn put_new<T: Serialize>(&self, what: &'static str, key: &Key, doc: &T) -> Result<bool, StoreError> {
        let mut item = with_doc(key, what, doc)?;
        item.insert("revision".to_owned(), n(1));
        self.put_new_item(what, item).await
    }

    /// Writes an item whatever was there.
    pub(crate) async fn put_item(&self, what: &'static str, item: Item) -> Result<(), StoreError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item))
            .return_consumed_capacity(COUNTED);
        put.send().await.map_err(aws(what)).map(drop)
    }

    /// Replaces a document that still is at `revision`; other attributes of the item stay.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it has changed or is gone.
    pub(crate) async fn replace<T: Serialize>(&self, what: &'static str, key: &Key, doc: &T, revision: u64) -> Result<(), StoreError> {
        let text = serde_json::to_string(doc).map_err(crate::error::corrupt(what))?;
        self.update(key)
            .update_expression("SET #doc = :doc, revision = :next")
            .condition_expression("attribute_exists(pk) AND revision = :revision")
            .expression_attribute_names("#doc", crate::item::DOC)
            .expression_attribute_values(":doc", s(text))
            .expression_attribute_values(":next", n(revision + 1))
            .expression_attribute_values(":revision", n(revision))
            .send()
            .await
            .map_err(aws(what))
            .map(drop)
    }

    /// Reads, changes, writes; begins anew where someone else was first. `None` where there is no such document.
    pub(crate) async fn modify<T: Serialize + DeserializeOwned>(
        &self,
        what: &'static str,
        key: &Key,
        change: impl Fn(&mut T),
    ) -> Result<Option<T>, StoreError> {
        for _ in 0..MODIFY_TRIES {
            let Some(Versioned { mut doc, revision }) = self.get_versioned::<T>(what, key).await? else {
                return Ok(None);
            };
            change(&mut doc);
            match self.replace(what, key, &doc, revision).await {
                Ok(()) => return Ok(Some(doc)),
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict { what })
    }

    /// An update request on `key`, counted.
    pub(crate) fn update(&self, key: &Key) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(keyed(key)))
            .return_consumed_capacity(COUNTED)
    }

    /// Deletes an item; nothing happens where there is none.
    pub(crate) async fn delete(&self, what: &'static str, key: &Key) -> Result<(), StoreError> {
        let delete = self
            .client
            .delete_item()
            .table_name(&self.name)
            .set_key(Some(keyed(key)))
            .return_consumed_capacity(COUNTED);
        delete.send().await.map_err(aws(what)).map(drop)
    }

    /// One page of the items of `pk` whose sort key begins with `prefix`. `after` is the sort key that the former page ended with.
    pub(crate) async fn query_items(
        &self,
        what: &'static str,
        pk: &str,
        prefix: &str,
        order: Order,
        limit: i32,
        after: Option<&str>,
    ) -> Result<Page<Item>, StoreError> {
        if after.is_some_and(|sk| !sk.starts_with(prefix)) {
            return Err(StoreError::BadCursor);
        }
        let start = after.map(|sk| {
            keyed(&Key {
                pk: pk.to_owned(),
                sk: sk.to_owned(),
            })
        });
        let answer = self
            .client
            .query()
            .table_name(&self.name)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", s(pk))
            .expression_attribute_values(":prefix", s(prefix))
            .scan_index_forward(order == Order::OldestFirst)
            .consistent_read(true)
            .limit(limit)
            .set_exclusive_start_key(start)
            .return_consumed_capacity(COUNTED)
            .send()
            .await
            .map_err(aws(what))?;
        let next = answer
            .last_evaluated_key
            .as_ref()
            .and_then(|key| key.get("sk"))
            .and_then(|sk| sk.as_s().ok())
            .cloned();
        Ok(Page {
            items: answer.items.unwrap_or_default(),
            next,
        })
    }

    /// One page of the documents of `pk` whose sort key begins with `prefix`.
    pub(crate) async fn query<T: DeserializeOwned>(
        &self,
        what: &'static str,
        pk: &str,
        prefix: &str,
        order: Order,
        limit: i32,
        after: Option<&str>,
    ) -> Result<Page<T>, StoreError> {
        let page = self.query_items(what, pk, prefix, order, limit, after).await?;
        let items = page
            .items
            .iter()
            .map(|item| Reader { what, item }.doc())
            .collect::<Result<_, _>>()?;
        Ok(Page { items, next: page.next })
    }
}

/// How often a change is begun anew before it is given back as a conflict.
const MODIFY_TRIES: u32 = 5;

/// Which end of a list comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    OldestFirst,
    NewestFirst,
}

/// A key attribute of an index answer.
pub(crate) fn key_of(item: &Item) -> Option<Key> {
    let text = |name: &str| item.get(name).and_then(|value: &AttributeValue| value.as_s().ok()).cloned();
    Some(Key {
        pk: text("pk")?,
        sk: text("sk")?,
    })
}
