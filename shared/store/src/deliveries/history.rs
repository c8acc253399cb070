//! Looking at Deliveries: of a run, of a day, with every provider call.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, PutRequest, WriteRequest};
use domain::delivery::{Attempt, Delivery};
use domain::ids::{Correlation, DeliveryId, OrgId, RunId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::read;
use crate::error::{StoreError, aws};
use crate::item::{Item, Reader, TTL, keyed, n, with_doc};
use crate::table::{COUNTED, Order, Page, key_of};
use crate::{Store, keys};

/// A Delivery and every provider call made for it, in order.
#[derive(Debug, Clone)]
pub struct DeliveryRecord {
    /// The Delivery.
    pub delivery: Delivery,
    /// The calls.
    pub attempts: Vec<Attempt>,
}

/// DynamoDB takes 25 writes in one batch.
const BATCH_WRITES_MAX: usize = 25;
/// ... and is asked so often for those that it left undone.
const BATCH_TRIES: u32 = 5;

impl Store {
    /// A Delivery.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delivery(&self, org: &OrgId, id: &DeliveryId) -> Result<Option<Delivery>, StoreError> {
        self.table
            .get_item("delivery", &keys::delivery(org, id))
            .await?
            .map(|item| read::delivery(&item))
            .transpose()
    }

    /// A run's Deliveries and their attempts.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn deliveries_of_run(&self, org: &OrgId, run: &RunId) -> Result<Vec<DeliveryRecord>, StoreError> {
        let (pk, mut after) = (keys::run_pk(org, run), None::<String>);
        let mut records: Vec<DeliveryRecord> = Vec::new();
        loop {
            let page = self
                .table
                .query_items("deliveries", &pk, keys::DELIVERY, Order::OldestFirst, 1_000, after.as_deref())
                .await?;
            for item in &page.items {
                let reader = Reader { what: "deliveries", item };
                if !reader.text("sk")?.contains(keys::ATTEMPT) {
                    records.push(DeliveryRecord {
                        delivery: read::delivery(item)?,
                        attempts: Vec::new(),
                    });
                } else if let Some(record) = records.last_mut() {
                    // An attempt's key begins with its delivery's: it always follows it.
                    record.attempts.push(reader.doc()?);
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(records),
            }
        }
    }

    /// The Deliveries that were created on a day (UTC), newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn deliveries_of_day(&self, org: &OrgId, day: Date, limit: i32, after: Option<&str>) -> Result<Page<Delivery>, StoreError> {
        let what = "deliveries of a day";
        let day_pk = keys::day_pk(org, day);
        let start = after.map(|sk| day_start(org, &day_pk, sk)).transpose()?;
        let answer = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .index_name("gsi1")
            .key_condition_expression("gsi1pk = :day")
            .expression_attribute_values(":day", AttributeValue::S(day_pk))
            .scan_index_forward(false)
            .limit(limit)
            .set_exclusive_start_key(start)
            .return_consumed_capacity(COUNTED)
            .send()
            .await
            .map_err(aws(what))?;
        let next = answer
            .last_evaluated_key
            .as_ref()
            .and_then(|key| key.get("gsi1sk"))
            .and_then(|sk| sk.as_s().ok())
            .cloned();
        let found: Vec<keys::Key> = answer.items.unwrap_or_default().iter().filter_map(key_of).collect();
        let mut by_key: HashMap<(String, String), Delivery> = HashMap::new();
        for chunk in found.chunks(100) {
            for item in self.batch_get(what, chunk).await? {
                if let Some(key) = key_of(&item) {
                    by_key.insert((key.pk, key.sk), read::delivery(&item)?);
                }
            }
        }
        let items = found.into_iter().filter_map(|key| by_key.remove(&(key.pk, key.sk))).collect();
        Ok(Page { items, next })
    }

    pub(crate) async fn batch_get(&self, what: &'static str, wanted: &[keys::Key]) -> Result<Vec<Item>, StoreError> {
        let mut open = wanted.iter().map(keyed).collect::<Vec<_>>();
        let mut found = Vec::new();
        for _ in 0..BATCH_TRIES {
            if open.is_empty() {
                return Ok(found);
            }
            let request = KeysAndAttributes::builder()
                .set_keys(Some(std::mem::take(&mut open)))
                .consistent_read(true)
                .build();
            let request = request.map_err(|error| StoreError::Aws {
                what,
                detail: error.to_string(),
            })?;
            let call = self
                .table
                .client
                .batch_get_item()
                .request_items(&self.table.name, request)
                .return_consumed_capacity(COUNTED);
            let answer = call.send().await.map_err(aws(what))?;
            found.extend(answer.responses.unwrap_or_default().remove(&self.table.name).unwrap_or_default());
            open = answer
                .unprocessed_keys
                .unwrap_or_default()
                .remove(&self.table.name)
                .map(|rest| rest.keys)
                .unwrap_or_default();
        }
        if open.is_empty() {
            Ok(found)
        } else {
            Err(StoreError::Aws {
                what,
                detail: "throttled".to_owned(),
            })
        }
    }

    /// Keeps provider calls of one try, numbered from `first_order` within it, and for each message that was taken the pointer by which a reply finds its Delivery.
    ///
    /// # Errors
    /// [`StoreError::Aws`].
    pub async fn put_attempts(
        &self,
        org: &OrgId,
        id: &DeliveryId,
        first_order: u32,
        attempts: &[Attempt],
        messages: &[(Correlation, String)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let what = "attempts";
        let mut items = Vec::new();
        for (order, attempt) in (first_order..).zip(attempts) {
            let mut item = with_doc(&keys::attempt(org, id, attempt.number, order), what, attempt)?;
            item.insert(TTL.to_owned(), n(now.as_second() + crate::runs::HISTORY_D * 86_400));
            items.push(item);
        }
        for (to, provider_id) in messages {
            let mut item = with_doc(
                &keys::message(domain::destination::DestinationKind::Whatsapp, provider_id),
                what,
                &to.to_string(),
            )?;
            item.insert(TTL.to_owned(), n(now.as_second() + crate::pointers::MESSAGE_LIFE_S));
            items.push(item);
        }
        for chunk in items.chunks(BATCH_WRITES_MAX) {
            self.batch_put(what, chunk.to_vec()).await?;
        }
        Ok(())
    }

    async fn batch_put(&self, what: &'static str, items: Vec<Item>) -> Result<(), StoreError> {
        let as_write = |item: Item| -> Result<WriteRequest, StoreError> {
            let put = PutRequest::builder()
                .set_item(Some(item))
                .build()
                .map_err(|error| StoreError::Aws {
                    what,
                    detail: error.to_string(),
                })?;
            Ok(WriteRequest::builder().put_request(put).build())
        };
        let mut open = items.into_iter().map(as_write).collect::<Result<Vec<_>, _>>()?;
        for _ in 0..BATCH_TRIES {
            if open.is_empty() {
                return Ok(());
            }
            let call = self
                .table
                .client
                .batch_write_item()
                .request_items(&self.table.name, std::mem::take(&mut open));
            let answer = call.return_consumed_capacity(COUNTED).send().await.map_err(aws(what))?;
            open = answer
                .unprocessed_items
                .unwrap_or_default()
                .remove(&self.table.name)
                .unwrap_or_default();
        }
        if open.is_empty() {
            Ok(())
        } else {
            Err(StoreError::Aws {
                what,
                detail: "throttled".to_owned(),
            })
        }
    }
}

/// The index key that a page of the day list ended with, rebuilt from its sort key, which holds the delivery's id.
fn day_start(org: &OrgId, day_pk: &str, sk: &str) -> Result<Item, StoreError> {
    let (_, id) = sk.split_once('#').ok_or(StoreError::BadCursor)?;
    let id = DeliveryId::parse(id).map_err(|_| StoreError::BadCursor)?;
    let mut start = keyed(&keys::delivery(org, &id));
    start.insert("gsi1pk".to_owned(), AttributeValue::S(day_pk.to_owned()));
    start.insert("gsi1sk".to_owned(), AttributeValue::S(sk.to_owned()));
    Ok(start)
}
