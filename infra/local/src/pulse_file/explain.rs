//! Errors of reading as "given ...; accepted: ...".

use serde_path_to_error::{Path, Segment};

/// Fields whose values are never shown.
const SECRET: [&str; 2] = ["/secret", "/headers/"];

/// `/destinations/0/to` as people write it: `destinations[0].to`.
pub(super) fn field(pointer: &str) -> String {
    let mut field = String::new();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if step.bytes().all(|byte| byte.is_ascii_digit()) && !field.is_empty() {
            field.push_str(&format!("[{step}]"));
        } else {
            let dot = if field.is_empty() { "" } else { "." };
            field.push_str(&format!("{dot}{step}"));
        }
    }
    if field.is_empty() { "the file".to_owned() } else { field }
}

/// Where serde stopped, as a JSON pointer, and its sentence in our form.
pub(super) fn serde(path: &Path, message: &str) -> (String, String) {
    let pointer = path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } | Segment::Enum { variant: key } => format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Unknown => pointer,
    });
    let named = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let below = |name: &str| {
        if pointer.ends_with(&format!("/{name}")) {
            pointer.clone()
        } else {
            format!("{pointer}/{name}")
        }
    };
    if let Some(rest) = message.strip_prefix("missing field ") {
        return (
            below(&named(rest)),
            "given nothing; accepted: a value, the field is required".to_owned(),
        );
    }
    if let Some((unknown, accepted)) = message.strip_prefix("unknown field ").and_then(|rest| rest.split_once(", ")) {
        let accepted = accepted.strip_prefix("expected ").unwrap_or("no field here");
        return (below(&named(unknown)), format!("there is no such field; accepted: {accepted}"));
    }
    for prefix in ["unknown variant ", "invalid type: ", "invalid value: ", "invalid length "] {
        if let Some((given, accepted)) = message.strip_prefix(prefix).and_then(|rest| rest.split_once(", expected ")) {
            let is_secret = SECRET.iter().any(|secret| format!("{pointer}/").contains(secret));
            let given = if is_secret {
                given.split(' ').next().unwrap_or_default()
            } else {
                given
            };
            return (pointer, format!("given {given}; accepted: {accepted}"));
        }
    }
    (pointer, message.to_owned())
}
