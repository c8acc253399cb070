//! What only a file can say: files beside it, and the receiver that runs here. Each becomes what the API takes.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// Largest file of data, in bytes; the API's own limit.
const DATA_BYTES_MAX: u64 = 10 * 1024 * 1024;

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// The file that its source reads, to be uploaded.
    pub data: Option<DataFile>,
    /// The key file of a Google service account, to be connected.
    pub service_account: Option<ServiceAccount>,
    /// The names of the receiver's endpoints that it sends to.
    pub receivers: Vec<String>,
}

/// A file to be uploaded.
#[derive(Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Where it is.
    pub path: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for DataFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataFile")
            .field("path", &self.path)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// A key file as Google hands it out. It holds a private key: it is never printed.
#[derive(Clone, PartialEq)]
pub struct ServiceAccount(pub Value);

impl fmt::Debug for ServiceAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServiceAccount(…)")
    }
}

/// What stands in their place in the API's request.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The upload's id.
    pub upload: Option<String>,
    /// The Google connection's id.
    pub connection: Option<String>,
    /// Each endpoint's address by its name.
    pub receivers: BTreeMap<String, String>,
    /// The secret that signs what goes to the receiver.
    pub secret: Option<String>,
}

/// A field's JSON pointer, and what is wrong with it.
type Wrong = (String, String);

impl Extras {
    /// Reads what the body names; paths are relative to `dir`.
    pub(super) fn find(body: &Value, dir: &Path) -> Result<Self, Wrong> {
        let mut extras = Self::default();
        for kind in ["csv", "json"] {
            let pointer = format!("/source/{kind}/path");
            if let Some(given) = body.pointer(&pointer) {
                let (path, bytes) = read(dir, given).map_err(|words| (pointer, words))?;
                extras.data = Some(DataFile { path, bytes });
            }
        }
        let pointer = "/source/google_sheets/service_account";
        if let Some(given) = body.pointer(pointer) {
            let wrong = |words: String| (pointer.to_owned(), words);
            let (path, bytes) = read(dir, given).map_err(wrong)?;
            let key = serde_json::from_slice(&bytes);
            let no_key = |_| {
                wrong(format!(
                    "{} is not JSON; accepted: the key file of a Google service account",
                    path.display()
                ))
            };
            extras.service_account = Some(ServiceAccount(key.map_err(no_key)?));
        }
        extras.receivers = receivers(body)?;
        Ok(extras)
    }
}

/// The file that a field names.
fn read(dir: &Path, given: &Value) -> Result<(PathBuf, Vec<u8>), String> {
    const ACCEPTED: &str = "accepted: the path of a file, relative to this one";
    let Value::String(name) = given else {
        return Err(format!("given {given}; {ACCEPTED}"));
    };
    let path = dir.join(name);
    let unreadable = |error: std::io::Error| format!("{} cannot be read ({error}); {ACCEPTED}", path.display());
    let bytes_len = std::fs::metadata(&path).map_err(unreadable)?.len();
    if !(1..=DATA_BYTES_MAX).contains(&bytes_len) {
        return Err(format!("{} has {bytes_len} bytes; accepted: 1 byte to 10 MB", path.display()));
    }
    let bytes = std::fs::read(&path).map_err(unreadable)?;
    Ok((path, bytes))
}

fn receivers(body: &Value) -> Result<Vec<String>, Wrong> {
    let mut names = Vec::new();
    let is_plain =
        |name: &str| (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    for pointer in webhooks(body) {
        match body.pointer(&pointer).map(|webhook| &webhook["receiver"]) {
            Some(Value::String(name)) if is_plain(name) => names.push(name.clone()),
            None | Some(Value::Null) => {}
            Some(other) => {
                let words = format!("given {other}; accepted: a name of 1 to 64 letters, digits, `-` or `_`");
                return Err((format!("{pointer}/receiver"), words));
            }
        }
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// The pointer of each webhook that is written out.
fn webhooks(body: &Value) -> Vec<String> {
    let count = body["destinations"].as_array().map_or(0, Vec::len);
    let targets = (0..count).flat_map(|index| ["to", "fallback"].map(|role| format!("/destinations/{index}/{role}/webhook")));
    targets
        .filter(|pointer| body.pointer(pointer).is_some_and(Value::is_object))
        .collect()
}

impl Filled {
    /// Stands in while the file is judged.
    pub(super) fn placeholders(extras: &Extras) -> Self {
        Self {
            upload: Some("upl_00000000000000000000000000".to_owned()),
            connection: Some("con_00000000000000000000000000".to_owned()),
            receivers: extras
                .receivers
                .iter()
                .map(|name| (name.clone(), format!("https://receiver.example/hooks/{name}")))
                .collect(),
            secret: None,
        }
    }

    pub(super) fn fill(&self, body: &mut Value) {
        for (pointer, field, filled_field, filled) in [
            ("/source/csv", "path", "upload", &self.upload),
            ("/source/json", "path", "upload", &self.upload),
            ("/source/google_sheets", "service_account", "connection", &self.connection),
        ] {
            let fields = body.pointer_mut(pointer).and_then(Value::as_object_mut);
            if let (Some(fields), Some(filled)) = (fields.filter(|fields| fields.contains_key(field)), filled) {
                fields.shift_remove(field);
                fields.insert(filled_field.to_owned(), filled.clone().into());
            }
        }
        for pointer in webhooks(body) {
            if let Some(webhook) = body.pointer_mut(&pointer).and_then(Value::as_object_mut) {
                self.fill_webhook(webhook);
            }
        }
    }

    fn fill_webhook(&self, webhook: &mut Map<String, Value>) {
        let Some(Value::String(name)) = webhook.shift_remove("receiver") else {
            return;
        };
        webhook.insert("url".to_owned(), json!(self.receivers.get(&name)));
        if let Some(secret) = &self.secret {
            webhook.entry("secret").or_insert_with(|| json!(secret));
        }
        webhook.entry("name").or_insert_with(|| json!(name));
    }
}
