//! CloudFormation's intrinsic functions, as many as the template uses.

use std::collections::BTreeMap;

use serde_json::Value;

use super::TemplateError;

/// The emulators' only account.
const ACCOUNT_ID: &str = "000000000000";
/// Where the emulators live.
pub(crate) const REGION: &str = "us-east-1";

/// A resource as it exists: what `!Ref` and `!GetAtt` give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Physical {
    /// The value of `!Ref`.
    pub reference: String,
    /// The values of `!GetAtt`, by attribute.
    pub attributes: BTreeMap<String, String>,
}

/// What names stand for while a value is evaluated.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The template in long form: parameters' defaults, mappings, conditions.
    pub document: &'a Value,
    /// Parameters that were given; the others have their defaults.
    pub parameters: &'a BTreeMap<String, String>,
    /// Resources that exist, by logical id.
    pub resources: &'a BTreeMap<String, Physical>,
    /// `AWS::StackName`.
    pub stack_name: &'a str,
}

impl Scope<'_> {
    /// The value with every intrinsic function replaced. `!Ref AWS::NoValue` becomes null.
    ///
    /// # Errors
    /// A name that stands for nothing, or a function this reader does not know.
    pub fn evaluate(&self, value: &Value) -> Result<Value, TemplateError> {
        let Some(map) = value.as_object() else {
            return match value {
                Value::Array(items) => items.iter().map(|item| self.evaluate(item)).collect(),
                scalar => Ok(scalar.clone()),
            };
        };
        let single = map.iter().next().filter(|_| map.len() == 1);
        match single.map(|(name, argument)| (name.as_str(), argument)) {
            Some(("Ref", name)) => self.reference(name.as_str().unwrap_or_default()),
            Some(("Fn::GetAtt", path)) => self.attribute(path),
            Some(("Fn::Sub", argument)) => self.substitute(argument),
            Some(("Fn::FindInMap", path)) => self.find_in_map(path),
            Some(("Fn::If", branches)) => {
                let branch = if self.condition(&branches[0])? { 1 } else { 2 };
                self.evaluate(&branches[branch])
            }
            Some((function, _)) if function.starts_with("Fn::") => {
                Err(TemplateError::new(format!("{function} is not known to the local host")))
            }
            _ => map.iter().map(|(key, inner)| Ok((key.clone(), self.evaluate(inner)?))).collect(),
        }
    }

    /// The value as text, as an environment variable has it.
    ///
    /// # Errors
    /// As for [`Scope::evaluate`], and when the value is a list or a map.
    pub fn text(&self, value: &Value) -> Result<String, TemplateError> {
        match self.evaluate(value)? {
            Value::String(text) => Ok(text),
            Value::Null => Ok(String::new()),
            scalar @ (Value::Bool(_) | Value::Number(_)) => Ok(scalar.to_string()),
            other => Err(TemplateError::new(format!("{other} stands where a text is expected"))),
        }
    }

    fn reference(&self, name: &str) -> Result<Value, TemplateError> {
        if let Some(given) = self.parameters.get(name) {
            return Ok(given.as_str().into());
        }
        if let Some(resource) = self.resources.get(name) {
            return Ok(resource.reference.as_str().into());
        }
        let pseudo = match name {
            "AWS::NoValue" => return Ok(Value::Null),
            "AWS::StackName" => Some(self.stack_name),
            "AWS::AccountId" => Some(ACCOUNT_ID),
            "AWS::Region" => Some(REGION),
            "AWS::Partition" => Some("aws"),
            "AWS::URLSuffix" => Some("amazonaws.com"),
            _ => None,
        };
        match (pseudo, &self.document["Parameters"][name]["Default"]) {
            (Some(value), _) => Ok(value.into()),
            (None, Value::Null) => Err(TemplateError::new(format!("!Ref {name} stands for nothing that exists here"))),
            (None, default) => Ok(default.clone()),
        }
    }

    fn attribute(&self, path: &Value) -> Result<Value, TemplateError> {
        let (name, attribute) = (path[0].as_str().unwrap_or_default(), path[1].as_str().unwrap_or_default());
        let found = self.resources.get(name).and_then(|resource| resource.attributes.get(attribute));
        match found {
            Some(value) => Ok(value.as_str().into()),
            None => Err(TemplateError::new(format!(
                "!GetAtt {name}.{attribute} stands for nothing that exists here"
            ))),
        }
    }

    /// `"text ${Name} ${Resource.Attribute}"`, or a list of that text and a map of further names.
    fn substitute(&self, argument: &Value) -> Result<Value, TemplateError> {
        let (text, names) = match argument {
            Value::Array(pair) => (&pair[0], &argument[1]),
            text => (text, &Value::Null),
        };
        let mut rest = text.as_str().unwrap_or_default();
        let mut result = String::new();
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after
                .split_once('}')
                .ok_or_else(|| TemplateError::new(format!("!Sub {text} has a ${{ without its }}")))?;
            result.push_str(before);
            result.push_str(&match (&names[name], name.split_once('.')) {
                (Value::Null, Some((resource, attribute))) => self.text(&serde_json::json!({"Fn::GetAtt": [resource, attribute]}))?,
                (Value::Null, None) => self.text(&serde_json::json!({ "Ref": name }))?,
                (given, _) => self.text(given)?,
            });
            rest = after;
        }
        Ok(Value::String(result + rest))
    }

    fn find_in_map(&self, path: &Value) -> Result<Value, TemplateError> {
        let mut found = &self.document["Mappings"];
        for key in path.as_array().into_iter().flatten() {
            found = &found[self.text(key)?];
        }
        match found {
            Value::Null => Err(TemplateError::new(format!("!FindInMap {path} finds nothing"))),
            value => Ok(value.clone()),
        }
    }

    fn condition(&self, name: &Value) -> Result<bool, TemplateError> {
        let name = name.as_str().unwrap_or_default();
        match &self.document["Conditions"][name] {
            Value::Null => Err(TemplateError::new(format!("the condition {name:?} is not declared"))),
            condition => self.holds(condition),
        }
    }

    fn holds(&self, condition: &Value) -> Result<bool, TemplateError> {
        if let [left, right] = condition["Fn::Equals"].as_array().map_or(&[][..], Vec::as_slice) {
            return Ok(self.text(left)? == self.text(right)?);
        }
        if let [inner] = condition["Fn::Not"].as_array().map_or(&[][..], Vec::as_slice) {
            return Ok(!self.holds(inner)?);
        }
        match &condition["Condition"] {
            Value::Null => Err(TemplateError::new(format!(
                "the condition {condition} is not known to the local host"
            ))),
            name => self.condition(name),
        }
    }
}
