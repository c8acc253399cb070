//! What the template declares, made on the emulator: table, bucket, queues, key, schedule group. Made again, nothing changes.
//!
//! Every name starts with a prefix, so that many stacks (a test each) live on one emulator.
//! Knows which resources there are and what their names became. Must never know what is stored in them.

mod create;

use std::collections::BTreeMap;
use std::fmt;

use runtime::SdkConfig;
use serde_json::Value;

use crate::template::{Physical, Scope, Template, TemplateError};

/// A queue that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueHandle {
    /// Where requests for it go.
    pub url: String,
    /// How the Scheduler and redrive policies name it.
    pub arn: String,
}

/// Why a resource could not be made, or a function's environment not be told.
#[derive(Debug)]
pub enum ResourcesError {
    /// The template says something that cannot be made here.
    Template(TemplateError),
    /// The endpoint refused or did not answer.
    Aws {
        /// What was being made, such as `queue t1-DueQueue`.
        what: String,
        /// What the endpoint said.
        why: String,
    },
}

impl fmt::Display for ResourcesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(error) => error.fmt(f),
            Self::Aws { what, why } => write!(f, "the emulator could not make the {what}: {why}"),
        }
    }
}

impl std::error::Error for ResourcesError {}

impl From<TemplateError> for ResourcesError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

/// The template's resources as they exist on an emulator.
#[derive(Clone, Debug)]
pub struct Resources {
    /// What every name starts with; also `AWS::StackName`.
    pub prefix: String,
    /// The table's name.
    pub table: String,
    /// The bucket's name.
    pub bucket: String,
    /// The vault key's id.
    pub key_id: String,
    /// The schedule group's name.
    pub schedule_group: String,
    /// Queues by logical id, such as `DueQueue` and `DueDeadLetters`.
    pub queues: BTreeMap<String, QueueHandle>,
    physical: BTreeMap<String, Physical>,
}

impl Resources {
    /// Makes what is missing and leaves the rest as it is. `prefix`: lower-case letters, digits and `-`, at most 30 characters (a bucket's name begins with it).
    ///
    /// # Errors
    /// The endpoint refused something; the message names the resource.
    pub async fn create(template: &Template, sdk: &SdkConfig, prefix: &str) -> Result<Self, ResourcesError> {
        let name = |logical_id: &str| format!("{prefix}-{logical_id}");
        let table = name(&template.table.0);
        let bucket = name(&template.bucket).to_lowercase();
        let schedule_group = name(&template.schedule_group);
        // One after the other: the emulator is one process, and all of them together take a fifth of a second.
        create::table(sdk, &table, &template.table.1).await?;
        create::bucket(sdk, &bucket).await?;
        create::schedule_group(sdk, &schedule_group).await?;
        let key_id = create::key(sdk, &format!("alias/{prefix}-vault")).await?;
        let queues = create::queues(sdk, &template.queues, name).await?;

        let mut resources = Self {
            prefix: prefix.to_owned(),
            table,
            bucket,
            key_id,
            schedule_group,
            queues,
            physical: BTreeMap::new(),
        };
        resources.physical = resources.physical_of(template);
        Ok(resources)
    }

    /// The function's environment with concrete values. `settings` replace variables of the same name that the template gives it:
    /// secrets, `PUBLIC_URL`, `WHATSAPP_API_URL` and its like; names that the function does not have are passed over.
    ///
    /// # Errors
    /// No such function, or a value that stands for something that only exists in AWS.
    pub fn env_for(
        &self,
        template: &Template,
        folder: &str,
        settings: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, ResourcesError> {
        let function = template
            .function(folder)
            .ok_or_else(|| TemplateError::new(format!("has no function with CodeUri functions/{folder}")))?;
        let parameters = BTreeMap::new();
        let scope = Scope {
            document: &template.document,
            parameters: &parameters,
            resources: &self.physical,
            stack_name: &self.prefix,
        };
        let value = |name: &String, declared: &Value| match settings.get(name) {
            Some(given) => Ok(given.clone()),
            None => scope.text(declared).map(without_dynamic_reference),
        };
        let environment = function.environment.iter();
        Ok(environment
            .map(|(name, declared)| Ok((name.clone(), value(name, declared)?)))
            .collect::<Result<_, TemplateError>>()?)
    }

    fn physical_of(&self, template: &Template) -> BTreeMap<String, Physical> {
        let named = |reference: &str| Physical {
            reference: reference.to_owned(),
            attributes: BTreeMap::new(),
        };
        let mut physical = BTreeMap::from([
            (template.table.0.clone(), named(&self.table)),
            (template.bucket.clone(), named(&self.bucket)),
            (template.key.clone(), named(&self.key_id)),
            (template.schedule_group.clone(), named(&self.schedule_group)),
        ]);
        for (logical_id, queue) in &self.queues {
            let attributes = BTreeMap::from([("Arn".to_owned(), queue.arn.clone())]);
            physical.insert(
                logical_id.clone(),
                Physical {
                    reference: queue.url.clone(),
                    attributes,
                },
            );
        }
        // The emulator checks no permissions: a role is its name.
        for (logical_id, _) in template.resources_of("AWS::IAM::Role") {
            let arn = format!("arn:aws:iam::000000000000:role/{}-{logical_id}", self.prefix);
            let attributes = BTreeMap::from([("Arn".to_owned(), arn.clone())]);
            physical.insert(
                logical_id.to_owned(),
                Physical {
                    reference: arn,
                    attributes,
                },
            );
        }
        // The local host serves HTTP itself: whoever shows this address to somebody gives PUBLIC_URL among the settings.
        for (logical_id, _) in template.resources_of("AWS::ApiGatewayV2::Api") {
            let attributes = BTreeMap::from([("ApiEndpoint".to_owned(), "http://127.0.0.1".to_owned())]);
            physical.insert(
                logical_id.to_owned(),
                Physical {
                    reference: logical_id.to_owned(),
                    attributes,
                },
            );
        }
        for (logical_id, _) in template.resources_of("AWS::SecretsManager::Secret") {
            physical.insert(logical_id.to_owned(), named(&format!("{}-{logical_id}", self.prefix)));
        }
        physical
    }
}

/// CloudFormation reads `{{resolve:secretsmanager:NAME}}` from Secrets Manager. Here it is a text that is the same at every start
/// and long enough to sign with; what it protects never leaves this machine.
fn without_dynamic_reference(value: String) -> String {
    match value
        .strip_prefix("{{resolve:secretsmanager:")
        .and_then(|rest| rest.strip_suffix("}}"))
    {
        Some(name) => format!("{name}-is-no-secret-on-this-machine"),
        None => value,
    }
}

#[cfg(test)]
mod tests;
