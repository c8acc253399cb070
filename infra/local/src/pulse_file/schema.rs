//! The published shape of a pulse file: the API's, and what only a file can say.

use serde_json::{Value, json};

/// From `/v1/pulse.schema.json`, which is made from the types that read a pulse.
#[must_use]
pub fn schema(of_api: Value) -> Value {
    let mut schema = of_api;
    schema["title"] = json!("Chartcastr pulse file");
    let path = json!({ "type": "string", "minLength": 1, "description": "A file beside this one, which is uploaded: in place of `upload` and `url`." });
    for source in ["CsvSource", "JsonSource"] {
        schema["$defs"][source]["properties"]["path"] = path.clone();
    }
    let sheets = &mut schema["$defs"]["GoogleSheetsSource"];
    sheets["properties"]["service_account"] = json!({ "type": "string", "minLength": 1, "description": "The key file of a Google service account, which is connected: in place of `connection`." });
    either(sheets, "connection", "service_account");
    let targets = schema["$defs"]["DestinationSpec"]["oneOf"].as_array_mut().into_iter().flatten();
    for webhook in targets.filter_map(|target| target.pointer_mut("/properties/webhook")) {
        webhook["properties"]["receiver"] = json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$", "description": "An endpoint of the receiver that `cargo local` runs: in place of `url`." });
        either(webhook, "url", "receiver");
    }
    schema
}

/// What needed the one field now needs one of the two.
fn either(object: &mut Value, field: &str, other: &str) {
    if let Some(required) = object["required"].as_array_mut() {
        required.retain(|name| name != field);
    }
    object["oneOf"] = json!([{ "required": [field] }, { "required": [other] }]);
}
