//! What providers ask of a schema for structured output: the rules that all three share.

use serde_json::Value;

/// Keywords that are taken by all of them. Limits on lengths, counts and numbers are not.
const KEYWORDS: [&str; 8] = [
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "description",
    "anyOf",
];

/// Whether a schema may be asked for.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(schema: &Value) -> Result<(), String> {
    let Some(members) = schema.as_object() else {
        return Err(format!("{schema} is no schema"));
    };
    if let Some(unknown) = members.keys().find(|keyword| !KEYWORDS.contains(&keyword.as_str())) {
        return Err(format!("'{unknown}' is not permitted"));
    }
    if schema["type"] == "object" {
        if schema["additionalProperties"] != false {
            return Err("'additionalProperties' is required to be supplied and to be false".to_owned());
        }
        let properties = schema["properties"].as_object().ok_or("an object has 'properties'")?;
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if let Some(optional) = properties.keys().find(|name| !required.contains(&name.as_str())) {
            return Err(format!("'required' must include every key in properties. Missing '{optional}'."));
        }
        properties.values().try_for_each(check)?;
    }
    if schema["type"] == "array" {
        check(&schema["items"])?;
    }
    Ok(())
}
