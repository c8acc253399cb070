//! What we ask Google, against Google's own description of it.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use serde_json::Value;

use crate::fake_google::{Google, SHEET};
use crate::google::{Reader, now, sales};

/// Beside the repository, never in it.
fn discovery() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contracts/google-sheets/sheets.v4.discovery.json");
    match std::fs::read(&path) {
        Ok(bytes) => Some(serde_json::from_slice(&bytes).unwrap()),
        Err(_) => {
            println!("skipped: the provider's description is not at {}", path.display());
            None
        }
    }
}

#[tokio::test]
async fn paths_parameters_and_masks_are_those_of_the_discovery_document() {
    let Some(discovery) = discovery() else { return };
    let (google, url) = Google::start([sales()]).await;
    Reader::new(&url).read(None, now()).await.unwrap();
    let spreadsheets = &discovery["resources"]["spreadsheets"];
    let methods = [
        &spreadsheets["methods"]["get"],
        &spreadsheets["resources"]["values"]["methods"]["batchGet"],
    ];
    let calls = google.calls.lock().unwrap().clone();
    assert_eq!(calls.len(), 3);
    for (path, query) in calls {
        let asked = |method: &&&Value| path == format!("/{}", method["flatPath"].as_str().unwrap().replace("{spreadsheetId}", SHEET));
        let method = methods.iter().find(asked).unwrap_or_else(|| panic!("{path} is no path of the API"));
        assert_eq!(method["httpMethod"], "GET");
        let scopes = method["scopes"].as_array().unwrap();
        assert!(scopes.contains(&"https://www.googleapis.com/auth/spreadsheets.readonly".into()));
        for (name, value) in query {
            let parameter = method["parameters"].get(&name).or_else(|| discovery["parameters"].get(&name));
            let parameter = parameter.unwrap_or_else(|| panic!("{name} is no parameter of {}", method["id"]));
            assert_eq!(parameter["location"], "query");
            if let Some(accepted) = parameter["enum"].as_array() {
                assert!(accepted.contains(&value.as_str().into()), "{name}={value}");
            }
            if name == "fields" {
                check_mask(&value, &method["response"], &discovery["schemas"]);
            }
        }
    }
}

/// `a,b(c,d),e.f(g)`: every name is a property of the schema it stands in.
fn check_mask(mask: &str, schema: &Value, schemas: &Value) {
    let (mut depth, mut start) = (0, 0);
    let mut fields = Vec::new();
    for (at, c) in mask.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                fields.push(&mask[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    fields.push(&mask[start..]);
    for field in fields {
        let end = field.find(['.', '(']).unwrap_or(field.len());
        let (name, rest) = field.split_at(end);
        let properties = &schemas[schema["$ref"].as_str().unwrap()]["properties"];
        let property = properties.get(name).unwrap_or_else(|| panic!("{name} is no property of {schema}"));
        let inner = rest
            .strip_prefix('.')
            .or_else(|| rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')));
        if let Some(inner) = inner {
            check_mask(
                inner,
                if property["type"] == "array" {
                    &property["items"]
                } else {
                    property
                },
                schemas,
            );
        }
    }
}
