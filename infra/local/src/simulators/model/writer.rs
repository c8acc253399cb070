//! What a modest model writes: it says again what it was told. The one place of the simulators that knows what our question looks like.

use serde_json::{Map, Value, json};

/// Whether the question is one for a reading.
pub(super) fn is_a_reading(user: &str) -> bool {
    statements(user).is_some()
}

/// An answer to any question: a reading out of the statements it holds, otherwise whatever fits the schema.
pub(super) fn write(user: &str, schema: Option<&Value>) -> String {
    let Some(statements) = statements(user) else {
        return schema.map_or(json!({}), fitting).to_string();
    };
    let of = |part: &str| {
        statements
            .iter()
            .filter(|(of, _)| of == part)
            .map(|(_, text)| text.clone())
            .collect::<Vec<_>>()
    };
    let summary: Vec<String> = of("summary").into_iter().map(|text| format!("In short: {text}")).collect();
    let mut headings: Vec<&String> = statements.iter().map(|(part, _)| part).collect();
    headings.dedup();
    headings.retain(|part| !["summary", "highlight"].contains(&part.as_str()));
    let sections: Vec<Value> = headings
        .into_iter()
        .map(|heading| json!({"heading": heading, "lines": of(heading)}))
        .collect();
    json!({"summary": summary.join(" "), "highlights": of("highlight"), "analysis": sections}).to_string()
}

/// Part and text of each statement.
fn statements(user: &str) -> Option<Vec<(String, String)>> {
    let question: Value = serde_json::from_str(user).ok()?;
    let statements = question["statements"].as_array()?.iter();
    let read = |statement: &Value| Some((statement["part"].as_str()?.to_owned(), statement["text"].as_str()?.to_owned()));
    statements.map(read).collect()
}

/// The least that fits a schema.
fn fitting(schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            Value::Object(properties.map(|(name, of)| (name.clone(), fitting(of))).collect::<Map<_, _>>())
        }
        Some("array") => json!([]),
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(1),
        _ => json!("ok"),
    }
}
