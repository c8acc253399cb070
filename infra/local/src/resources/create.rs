//! One function per kind of resource; each makes it, or finds that it is there.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType, ScalarAttributeType,
    TimeToLiveSpecification,
};
use aws_sdk_sqs::types::QueueAttributeName;
use runtime::SdkConfig;
use serde_json::{Value, json};

use super::{QueueHandle, ResourcesError};
use crate::template::{QueueSpec, TemplateError};

/// The endpoint's own words, or the transport's.
fn refused<E: aws_sdk_sqs::error::ProvideErrorMetadata + std::error::Error>(what: impl Into<String>) -> impl FnOnce(E) -> ResourcesError {
    move |error| {
        let mut why = match (error.code(), error.message()) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            _ => error.to_string(),
        };
        let mut source = error.source();
        while let Some(inner) = source {
            why = format!("{why}: {inner}");
            source = inner.source();
        }
        ResourcesError::Aws { what: what.into(), why }
    }
}

pub(super) async fn table(sdk: &SdkConfig, name: &str, properties: &Value) -> Result<(), ResourcesError> {
    let dynamodb = aws_sdk_dynamodb::Client::new(sdk);
    let what = || format!("table {name}");
    let incomplete = |_| TemplateError::new("the table's attributes, keys or indexes are incomplete");
    let mut create = dynamodb
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key_schema(&properties["KeySchema"]).map_err(incomplete)?));
    for attribute in list(&properties["AttributeDefinitions"]) {
        let definition = AttributeDefinition::builder()
            .attribute_name(text(&attribute["AttributeName"]))
            .attribute_type(ScalarAttributeType::from(text(&attribute["AttributeType"])));
        create = create.attribute_definitions(definition.build().map_err(incomplete)?);
    }
    for index in list(&properties["GlobalSecondaryIndexes"]) {
        let projection = ProjectionType::from(text(&index["Projection"]["ProjectionType"]));
        let definition = GlobalSecondaryIndex::builder()
            .index_name(text(&index["IndexName"]))
            .set_key_schema(Some(key_schema(&index["KeySchema"]).map_err(incomplete)?))
            .projection(Projection::builder().projection_type(projection).build());
        create = create.global_secondary_indexes(definition.build().map_err(incomplete)?);
    }
    match create.send().await.map_err(aws_sdk_dynamodb::Error::from) {
        Ok(_) => {}
        // It was there, and so is its time to live.
        Err(aws_sdk_dynamodb::Error::ResourceInUseException(_)) => return Ok(()),
        Err(error) => return Err(refused(what())(error)),
    }
    let ttl = TimeToLiveSpecification::builder()
        .attribute_name(text(&properties["TimeToLiveSpecification"]["AttributeName"]))
        .enabled(true)
        .build()
        .map_err(incomplete)?;
    dynamodb
        .update_time_to_live()
        .table_name(name)
        .time_to_live_specification(ttl)
        .send()
        .await
        .map_err(refused(what()))?;
    Ok(())
}

fn key_schema(elements: &Value) -> Result<Vec<KeySchemaElement>, aws_sdk_dynamodb::error::BuildError> {
    let element = |element: &Value| {
        KeySchemaElement::builder()
            .attribute_name(text(&element["AttributeName"]))
            .key_type(KeyType::from(text(&element["KeyType"])))
            .build()
    };
    list(elements).iter().map(element).collect()
}

pub(super) async fn bucket(sdk: &SdkConfig, name: &str) -> Result<(), ResourcesError> {
    let path_style = aws_sdk_s3::config::Builder::from(sdk).force_path_style(true).build();
    let s3 = aws_sdk_s3::Client::from_conf(path_style);
    match s3.create_bucket().bucket(name).send().await.map_err(aws_sdk_s3::Error::from) {
        Ok(_) | Err(aws_sdk_s3::Error::BucketAlreadyOwnedByYou(_)) => Ok(()),
        Err(error) => Err(refused(format!("bucket {name}"))(error)),
    }
}

pub(super) async fn schedule_group(sdk: &SdkConfig, name: &str) -> Result<(), ResourcesError> {
    let scheduler = aws_sdk_scheduler::Client::new(sdk);
    match scheduler
        .create_schedule_group()
        .name(name)
        .send()
        .await
        .map_err(aws_sdk_scheduler::Error::from)
    {
        Ok(_) | Err(aws_sdk_scheduler::Error::ConflictException(_)) => Ok(()),
        Err(error) => Err(refused(format!("schedule group {name}"))(error)),
    }
}

/// The alias is how a second start finds the key of the first; a new key could not open what the old one sealed.
pub(super) async fn key(sdk: &SdkConfig, alias: &str) -> Result<String, ResourcesError> {
    let kms = aws_sdk_kms::Client::new(sdk);
    let what = || format!("key {alias}");
    match kms.describe_key().key_id(alias).send().await.map_err(aws_sdk_kms::Error::from) {
        Ok(found) => return Ok(found.key_metadata.map(|key| key.key_id).unwrap_or_default()),
        Err(aws_sdk_kms::Error::NotFoundException(_)) => {}
        Err(error) => return Err(refused(what())(error)),
    }
    let created = kms.create_key().send().await.map_err(refused(what()))?;
    let key_id = created.key_metadata.map(|key| key.key_id).unwrap_or_default();
    kms.create_alias()
        .alias_name(alias)
        .target_key_id(&key_id)
        .send()
        .await
        .map_err(refused(what()))?;
    Ok(key_id)
}

/// Dead-letter queues first: a redrive policy names an address that exists.
pub(super) async fn queues(
    sdk: &SdkConfig,
    specs: &[QueueSpec],
    name: impl Fn(&str) -> String,
) -> Result<BTreeMap<String, QueueHandle>, ResourcesError> {
    let sqs = aws_sdk_sqs::Client::new(sdk);
    let mut made: BTreeMap<String, QueueHandle> = BTreeMap::new();
    let (with_redrive, dead_letters): (Vec<_>, Vec<_>) = specs.iter().partition(|queue| queue.redrive.is_some());
    for spec in dead_letters.into_iter().chain(with_redrive) {
        let mut attributes = HashMap::from([
            (QueueAttributeName::VisibilityTimeout, spec.visibility_timeout_s.to_string()),
            (QueueAttributeName::MessageRetentionPeriod, spec.retention_s.to_string()),
        ]);
        if let Some(redrive) = &spec.redrive {
            let target = made.get(&redrive.dead_letters).ok_or_else(|| {
                TemplateError::new(format!(
                    "{} gives up to {}, which is no dead-letter queue",
                    spec.logical_id, redrive.dead_letters
                ))
            })?;
            let policy = json!({ "deadLetterTargetArn": target.arn, "maxReceiveCount": redrive.max_receive_count.to_string() });
            attributes.insert(QueueAttributeName::RedrivePolicy, policy.to_string());
        }
        let mut handle = queue(&sqs, &name(&spec.logical_id), attributes).await?;
        handle.url = at_endpoint(&handle.url, sdk.endpoint_url());
        made.insert(spec.logical_id.clone(), handle);
    }
    Ok(made)
}

async fn queue(
    sqs: &aws_sdk_sqs::Client,
    name: &str,
    attributes: HashMap<QueueAttributeName, String>,
) -> Result<QueueHandle, ResourcesError> {
    let what = || format!("queue {name}");
    // A queue of an earlier start may have an older template's attributes: creating it again would be refused.
    let url = match sqs.get_queue_url().queue_name(name).send().await {
        Ok(found) => {
            let url = found.queue_url.unwrap_or_default();
            sqs.set_queue_attributes()
                .queue_url(&url)
                .set_attributes(Some(attributes))
                .send()
                .await
                .map_err(refused(what()))?;
            url
        }
        Err(_) => {
            let created = sqs.create_queue().queue_name(name).set_attributes(Some(attributes)).send().await;
            created.map_err(refused(what()))?.queue_url.unwrap_or_default()
        }
    };
    let answer = sqs
        .get_queue_attributes()
        .queue_url(&url)
        .attribute_names(QueueAttributeName::QueueArn)
        .send()
        .await;
    let mut attributes = answer.map_err(refused(what()))?.attributes.unwrap_or_default();
    let arn = attributes.remove(&QueueAttributeName::QueueArn).unwrap_or_default();
    Ok(QueueHandle { url, arn })
}

/// The emulator keeps the address under which a queue was made, and after a restart it has another port.
pub(super) fn at_endpoint(queue_url: &str, endpoint: Option<&str>) -> String {
    match (url::Url::parse(queue_url), endpoint) {
        (Ok(url), Some(endpoint)) => format!("{}{}", endpoint.trim_end_matches('/'), url.path()),
        _ => queue_url.to_owned(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
