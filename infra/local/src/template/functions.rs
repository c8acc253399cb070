//! Functions with what starts them: a queue, or routes of the HTTP API.

use serde_json::{Map, Value};

use super::{TemplateError, number, of_type, referenced};

/// A function as declared.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionSpec {
    /// The folder under `functions/`, which is also the binary's name.
    pub folder: String,
    /// The template's name for it, such as `SendWhatsappFunction`.
    pub logical_id: String,
    /// The platform ends a call after so many seconds.
    pub timeout_s: u32,
    /// Memory, and with it the share of a processor.
    pub memory_mb: u32,
    /// Environment variables with their intrinsic functions unresolved, in long form.
    pub environment: Map<String, Value>,
    /// The queue that feeds it.
    pub trigger: Option<TriggerSpec>,
    /// The HTTP routes that lead to it.
    pub routes: Vec<RouteSpec>,
}

/// How a queue feeds a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerSpec {
    /// Logical id of the queue.
    pub queue: String,
    /// At most so many records in one call.
    pub batch_size: u32,
    /// How long a batch is gathered, in seconds.
    pub batching_window_s: u32,
    /// At most so many calls at once. `None`: as many as the account has.
    pub concurrency_max: Option<u32>,
    /// Whether the answer names the records that failed.
    pub reports_item_failures: bool,
}

/// One route of the HTTP API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteSpec {
    /// `GET`, `POST`, ... or `ANY`.
    pub method: String,
    /// As API Gateway spells it, such as `/v1/{proxy+}`.
    pub path: String,
}

impl RouteSpec {
    /// Whether a request goes this way. `{proxy+}` at the end stands for one segment or more.
    #[must_use]
    pub fn matches(&self, method: &str, path: &str) -> bool {
        let path_matches = match self.path.strip_suffix("{proxy+}") {
            Some(prefix) => path.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()),
            None => path == self.path,
        };
        path_matches && (self.method == "ANY" || self.method == method)
    }
}

pub(super) fn read(document: &Value) -> Result<Vec<FunctionSpec>, TemplateError> {
    of_type(document, "AWS::Serverless::Function")
        .map(|(id, properties)| function(document, id, properties))
        .collect()
}

fn function(document: &Value, id: &str, properties: &Value) -> Result<FunctionSpec, TemplateError> {
    let globals = &document["Globals"]["Function"];
    let setting = |field: &str| match &properties[field] {
        Value::Null => &globals[field],
        own => own,
    };
    let code_uri = properties["CodeUri"].as_str().unwrap_or_default();
    let folder = code_uri
        .strip_prefix("functions/")
        .ok_or_else(|| TemplateError::new(format!("{id}.CodeUri is {code_uri:?}; functions/<folder> is expected")))?;
    let mut environment = Map::new();
    for variables in [globals, properties].map(|of| of["Environment"]["Variables"].as_object()) {
        environment.extend(variables.cloned().unwrap_or_default());
    }
    Ok(FunctionSpec {
        folder: folder.to_owned(),
        logical_id: id.to_owned(),
        // What Lambda takes when nothing is said.
        timeout_s: number(document, setting("Timeout"), &format!("{id}.Timeout"), Some(3))?,
        memory_mb: number(document, setting("MemorySize"), &format!("{id}.MemorySize"), Some(128))?,
        environment,
        trigger: trigger(document, id, properties)?,
        routes: routes(document, id)?,
    })
}

fn trigger(document: &Value, id: &str, properties: &Value) -> Result<Option<TriggerSpec>, TemplateError> {
    let mut events = properties["Events"].as_object().into_iter().flat_map(Map::iter);
    let Some((name, event)) = events.next() else { return Ok(None) };
    if events.next().is_some() || event["Type"] != "SQS" {
        return Err(TemplateError::new(format!(
            "{id}.Events.{name}: the local host knows one event of type SQS per function; HTTP routes are resources of their own"
        )));
    }
    let event = &event["Properties"];
    let queue = referenced(&event["Queue"]).ok_or_else(|| {
        TemplateError::new(format!(
            "{id}.Events.{name}.Queue is {}; !GetAtt <queue>.Arn is expected",
            event["Queue"]
        ))
    })?;
    let number = |value: &Value, field: &str, otherwise| number(document, value, &format!("{id}.{field}"), Some(otherwise));
    let concurrency_max = number(&event["ScalingConfig"]["MaximumConcurrency"], "MaximumConcurrency", 0)?;
    Ok(Some(TriggerSpec {
        queue: queue.to_owned(),
        // What Lambda takes when nothing is said.
        batch_size: number(&event["BatchSize"], "BatchSize", 10)?,
        batching_window_s: number(&event["MaximumBatchingWindowInSeconds"], "MaximumBatchingWindowInSeconds", 0)?,
        concurrency_max: (concurrency_max > 0).then_some(concurrency_max),
        reports_item_failures: event["FunctionResponseTypes"]
            .as_array()
            .is_some_and(|types| types.iter().any(|t| t == "ReportBatchItemFailures")),
    }))
}

/// Route → integration → function, as API Gateway follows them.
fn routes(document: &Value, function: &str) -> Result<Vec<RouteSpec>, TemplateError> {
    let leads_here = |route: &Value| {
        let target = route["Target"]["Fn::Sub"].as_str()?;
        let integration = target.strip_prefix("integrations/${")?.strip_suffix('}')?;
        let uri = &document["Resources"][integration]["Properties"]["IntegrationUri"];
        Some(referenced(uri)? == function)
    };
    of_type(document, "AWS::ApiGatewayV2::Route")
        .filter(|(_, route)| leads_here(route).unwrap_or(false))
        .map(|(id, route)| {
            let key = route["RouteKey"].as_str().unwrap_or_default();
            let (method, path) = key
                .split_once(' ')
                .ok_or_else(|| TemplateError::new(format!("{id}.RouteKey is {key:?}; \"<METHOD> <path>\" is expected")))?;
            Ok(RouteSpec {
                method: method.to_owned(),
                path: path.to_owned(),
            })
        })
        .collect()
}
