//! `template.yaml` as values: which functions there are, what starts each, which queues, table, bucket and key they meet in.
//!
//! Knows CloudFormation's grammar as far as our template uses it. Must never know AWS itself: nothing here talks to anything.

mod evaluate;
mod functions;
mod yaml;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde_json::{Map, Value};

pub use evaluate::{Physical, Scope};
pub use functions::{FunctionSpec, RouteSpec, TriggerSpec};

/// The workspace's root: where `template.yaml`, `functions/` and `target/` are.
#[must_use]
pub fn workspace_dir() -> &'static Path {
    const CRATE: &str = env!("CARGO_MANIFEST_DIR");
    Path::new(CRATE).ancestors().nth(2).unwrap_or(Path::new(CRATE))
}

/// What is wrong with the template: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError(String);

impl TemplateError {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self(what.into())
    }
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template.yaml: {}", self.0)
    }
}

impl std::error::Error for TemplateError {}

/// A queue as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueSpec {
    /// The template's name for it, such as `DueQueue` or `DueDeadLetters`.
    pub logical_id: String,
    /// How long a received message stays hidden, in seconds.
    pub visibility_timeout_s: u32,
    /// How long a message is kept at most, in seconds.
    pub retention_s: u32,
    /// Where messages go that were received too often. `None`: this is such a queue itself.
    pub redrive: Option<RedriveSpec>,
}

/// When a queue gives a message up, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedriveSpec {
    /// Logical id of the dead-letter queue.
    pub dead_letters: String,
    /// Receives after which a message goes there.
    pub max_receive_count: u32,
}

/// The template, read.
#[derive(Clone, Debug)]
pub struct Template {
    /// In the order of the file.
    pub functions: Vec<FunctionSpec>,
    /// In the order of the file, dead-letter queues among them.
    pub queues: Vec<QueueSpec>,
    /// The table's logical id and its properties as CloudFormation spells them.
    pub table: (String, Value),
    /// The bucket's logical id.
    pub bucket: String,
    /// The vault key's logical id.
    pub key: String,
    /// The schedule group's logical id.
    pub schedule_group: String,
    /// The whole document in long form.
    pub document: Value,
}

impl Template {
    /// Reads this workspace's `template.yaml`.
    ///
    /// # Errors
    /// The file cannot be read, is no YAML, or lacks something that the local host needs.
    pub fn read() -> Result<Self, TemplateError> {
        let path = workspace_dir().join("template.yaml");
        let text = std::fs::read_to_string(&path).map_err(|e| TemplateError::new(format!("cannot be read at {}: {e}", path.display())))?;
        Self::parse(&text)
    }

    /// Reads a template from text.
    ///
    /// # Errors
    /// As for [`Template::read`].
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let document = yaml::parse(text).map_err(|e| TemplateError::new(e.to_string()))?;
        let queues = of_type(&document, "AWS::SQS::Queue")
            .map(|(id, properties)| queue(&document, id, properties))
            .collect::<Result<_, _>>()?;
        let (table_id, table) = only(&document, "AWS::DynamoDB::Table")?;
        Ok(Self {
            functions: functions::read(&document)?,
            queues,
            table: (table_id.to_owned(), table.clone()),
            bucket: only(&document, "AWS::S3::Bucket")?.0.to_owned(),
            key: only(&document, "AWS::KMS::Key")?.0.to_owned(),
            schedule_group: only(&document, "AWS::Scheduler::ScheduleGroup")?.0.to_owned(),
            document,
        })
    }

    /// The function whose folder this is.
    #[must_use]
    pub fn function(&self, folder: &str) -> Option<&FunctionSpec> {
        self.functions.iter().find(|function| function.folder == folder)
    }

    /// The queue with this logical id.
    #[must_use]
    pub fn queue(&self, logical_id: &str) -> Option<&QueueSpec> {
        self.queues.iter().find(|queue| queue.logical_id == logical_id)
    }

    /// The resources of one CloudFormation type, as logical id and properties, in the order of the file.
    pub fn resources_of(&self, resource_type: &str) -> impl Iterator<Item = (&str, &Value)> {
        of_type(&self.document, resource_type)
    }
}

fn of_type<'a>(document: &'a Value, resource_type: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    resources(document)
        .filter(move |(_, resource)| resource["Type"] == resource_type)
        .map(|(id, resource)| (id.as_str(), &resource["Properties"]))
}

fn resources(document: &Value) -> impl Iterator<Item = (&String, &Value)> {
    document["Resources"].as_object().into_iter().flat_map(Map::iter)
}

fn only<'a>(document: &'a Value, resource_type: &str) -> Result<(&'a str, &'a Value), TemplateError> {
    let mut found = of_type(document, resource_type);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(TemplateError::new(format!(
            "has no {resource_type}; the local host needs exactly one"
        ))),
        (Some(_), Some((second, _))) => Err(TemplateError::new(format!(
            "has a second {resource_type}, {second}; the local host knows one only"
        ))),
    }
}

fn queue(document: &Value, id: &str, properties: &Value) -> Result<QueueSpec, TemplateError> {
    // What SQS takes when nothing is said.
    const VISIBILITY_TIMEOUT_S: u32 = 30;
    const RETENTION_S: u32 = 345_600;
    let number = |value: &Value, field: &str, otherwise| number(document, value, &format!("{id}.{field}"), otherwise);
    let policy = &properties["RedrivePolicy"];
    let redrive = match referenced(&policy["deadLetterTargetArn"]) {
        None => None,
        Some(dead_letters) => Some(RedriveSpec {
            dead_letters: dead_letters.to_owned(),
            max_receive_count: number(&policy["maxReceiveCount"], "maxReceiveCount", None)?,
        }),
    };
    Ok(QueueSpec {
        logical_id: id.to_owned(),
        visibility_timeout_s: number(&properties["VisibilityTimeout"], "VisibilityTimeout", Some(VISIBILITY_TIMEOUT_S))?,
        retention_s: number(&properties["MessageRetentionPeriod"], "MessageRetentionPeriod", Some(RETENTION_S))?,
        redrive,
    })
}

/// The resource that a `!Ref` or `!GetAtt` means.
fn referenced(value: &Value) -> Option<&str> {
    value["Ref"].as_str().or_else(|| value["Fn::GetAtt"][0].as_str())
}

/// A whole number that may stand in a mapping or a parameter; `otherwise` if nothing is said.
fn number(document: &Value, value: &Value, place: &str, otherwise: Option<u32>) -> Result<u32, TemplateError> {
    if let (Value::Null, Some(otherwise)) = (value, otherwise) {
        return Ok(otherwise);
    }
    let (parameters, resources) = (BTreeMap::new(), BTreeMap::new());
    let scope = Scope {
        document,
        parameters: &parameters,
        resources: &resources,
        stack_name: "",
    };
    let evaluated = scope.evaluate(value)?;
    evaluated
        .as_u64()
        .or_else(|| evaluated.as_str().and_then(|text| text.parse().ok()))
        .and_then(|number| u32::try_from(number).ok())
        .ok_or_else(|| TemplateError::new(format!("{place} is {evaluated}; a whole number is expected")))
}

#[cfg(test)]
mod tests;
