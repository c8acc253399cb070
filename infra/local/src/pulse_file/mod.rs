//! A pulse as a file: what `POST /v1/pulses` takes, written in YAML, plus what only a file can say.
//!
//! ```yaml
//! source:
//!   csv: { path: sales.csv }            # a file beside this one, which is uploaded; `json` likewise
//! destinations:
//!   - to: { webhook: { receiver: demo } } # the webhook receiver that `cargo local` runs, and shows in its outbox
//! ```
//!
//! Every error names file, line and field, what was given and what is accepted; the API's own errors are led back to their lines.
//!
//! Knows: YAML, and the published shape of a pulse. Must never know: how it is sent (`cli` does).

mod explain;
mod node;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};

use domain::pulse::PulseSpec;
use serde_json::{Map, Value, json};

use node::Node;

/// Largest file of data, in bytes; the API's own limit.
const DATA_BYTES_MAX: u64 = 10 * 1024 * 1024;
/// Stands for an upload while the file is judged.
const SOME_UPLOAD: &str = "upl_00000000000000000000000000";
/// Stands for the receiver's address while the file is judged.
const SOME_URL: &str = "https://receiver.example/hooks/";

/// What is wrong with a file, one line for each: `demo.yaml:12: schedule.daily.at: given "25:00"; accepted: ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError(Vec<String>);

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for FileError {}

/// A file that was read and judged, as far as it can be without the API.
#[derive(Clone, Debug, PartialEq)]
pub struct PulseFile {
    path: PathBuf,
    root: Node,
    body: Value,
    /// The file that its source reads, where it names one.
    pub data: Option<DataFile>,
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

impl PulseFile {
    /// Reads a file, and the data that it names.
    ///
    /// # Errors
    /// Everything that the file's reader can mend, by line and field.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            FileError(vec![format!(
                "{}: the file cannot be read ({error}); give the path of a pulse file such as infra/local/demo.yaml",
                path.display()
            )])
        })?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self, FileError> {
        let root = node::parse(text).map_err(|(line, said)| FileError(vec![format!("{}:{line}: {said}", path.display())]))?;
        let body = root.to_json();
        let mut file = Self {
            path: path.to_owned(),
            root,
            body,
            data: None,
            receivers: Vec::new(),
        };
        file.take_data()?;
        file.take_receivers()?;
        let judged = file.request(Some(SOME_UPLOAD), |name| (format!("{SOME_URL}{name}"), None));
        match serde_path_to_error::deserialize::<_, PulseSpec>(judged) {
            Ok(_) => Ok(file),
            Err(error) => {
                let (pointer, words) = explain::serde(error.path(), &error.inner().to_string());
                Err(file.wrong(&pointer, &words))
            }
        }
    }

    /// The pulse's own id, where the file gives one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.body["id"].as_str()
    }

    /// Changes with the file and with its data.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        let mut bytes = self.body.to_string().into_bytes();
        bytes.extend(self.data.iter().flat_map(|data| &data.bytes));
        store::registry::sha256_hex(&bytes)
    }

    /// The API's request body: `upload` in place of the file, and `receiver` told the address and the secret of each named endpoint.
    #[must_use]
    pub fn request(&self, upload: Option<&str>, receiver: impl Fn(&str) -> (String, Option<String>)) -> Value {
        let mut body = self.body.clone();
        if let (Some(upload), Some(source)) = (upload, source_with_path(&mut body)) {
            source.remove("path");
            source.insert("upload".to_owned(), upload.into());
        }
        for (_, webhook) in webhooks(&mut body) {
            if let Some(Value::String(name)) = webhook.remove("receiver") {
                let (url, secret) = receiver(&name);
                webhook.insert("url".to_owned(), url.into());
                if let Some(secret) = secret {
                    webhook.insert("secret".to_owned(), secret.into());
                }
                webhook.entry("name").or_insert_with(|| json!(name));
            }
        }
        body
    }

    /// The API's refusal (RFC 9457) with the file's lines.
    #[must_use]
    pub fn refused(&self, problem: &Value) -> FileError {
        let errors = problem["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let lines: Vec<String> = errors
            .iter()
            .map(|error| {
                let pointer = error["pointer"].as_str().unwrap_or_default();
                let accepted = error["accepted"].as_str().unwrap_or_default();
                let words = match error["given"].as_str() {
                    Some(given) => format!("given {given}; accepted: {accepted}"),
                    None => accepted.to_owned(),
                };
                self.line(pointer, &words)
            })
            .collect();
        if lines.is_empty() {
            let detail = problem["detail"]
                .as_str()
                .or(problem["title"].as_str())
                .unwrap_or("the API refused it without a reason");
            return FileError(vec![format!("{}: {detail}", self.path.display())]);
        }
        FileError(lines)
    }

    fn line(&self, pointer: &str, words: &str) -> String {
        format!(
            "{}:{}: {}: {words}",
            self.path.display(),
            self.root.line_of(pointer),
            explain::field(pointer)
        )
    }

    fn wrong(&self, pointer: &str, words: &str) -> FileError {
        FileError(vec![self.line(pointer, words)])
    }

    fn take_data(&mut self) -> Result<(), FileError> {
        let Some(source) = source_with_path(&mut self.body) else {
            return Ok(());
        };
        let given = source["path"].clone();
        let kind = if self.body["source"].get("csv").is_some() { "csv" } else { "json" };
        let pointer = format!("/source/{kind}/path");
        let Value::String(given) = given else {
            return Err(self.wrong(
                &pointer,
                &format!("given {given}; accepted: the path of a file, relative to this one"),
            ));
        };
        let path = self.path.parent().unwrap_or(Path::new("")).join(&given);
        let read = std::fs::metadata(&path).and_then(|about| {
            if about.len() > DATA_BYTES_MAX {
                Ok(None)
            } else {
                std::fs::read(&path).map(Some)
            }
        });
        match read {
            Ok(Some(bytes)) if !bytes.is_empty() => self.data = Some(DataFile { path, bytes }),
            Ok(Some(_)) => {
                return Err(self.wrong(
                    &pointer,
                    &format!("given an empty file, {}; accepted: a file with rows", path.display()),
                ));
            }
            Ok(None) => {
                return Err(self.wrong(
                    &pointer,
                    &format!("given a file larger than 10 MB, {}; accepted: at most 10 MB", path.display()),
                ));
            }
            Err(error) => {
                return Err(self.wrong(
                    &pointer,
                    &format!(
                        "{} cannot be read ({error}); accepted: the path of a file, relative to this one",
                        path.display()
                    ),
                ));
            }
        }
        Ok(())
    }

    fn take_receivers(&mut self) -> Result<(), FileError> {
        let mut names = Vec::new();
        let mut refused = None;
        for (pointer, webhook) in webhooks(&mut self.body) {
            let plain = |name: &&str| {
                (1..=64).contains(&name.len())
                    && name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            };
            match webhook.get("receiver") {
                Some(Value::String(name)) if plain(&name.as_str()) => names.push(name.clone()),
                Some(other) => refused = Some((pointer, other.to_string())),
                None => {}
            }
        }
        names.sort();
        names.dedup();
        self.receivers = names;
        match refused {
            Some((pointer, given)) => Err(self.wrong(
                &format!("{pointer}/receiver"),
                &format!("given {given}; accepted: a name of 1 to 64 letters, digits, `-` or `_`"),
            )),
            None => Ok(()),
        }
    }
}

/// The source's fields, where they name a file.
fn source_with_path(body: &mut Value) -> Option<&mut Map<String, Value>> {
    let source = body.get_mut("source")?.as_object_mut()?;
    let kind = ["csv", "json"]
        .into_iter()
        .find(|kind| source.get(*kind).is_some_and(|fields| fields.get("path").is_some()))?;
    source.get_mut(kind)?.as_object_mut()
}

/// Each webhook that is written out, with its pointer.
fn webhooks(body: &mut Value) -> Vec<(String, &mut Map<String, Value>)> {
    let destinations = body
        .get_mut("destinations")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
        .enumerate();
    let targets = destinations.flat_map(|(index, destination)| {
        let targets = destination.as_object_mut().into_iter().flat_map(Map::iter_mut);
        targets
            .filter(|(role, _)| *role == "to" || *role == "fallback")
            .map(move |(role, target)| (format!("/destinations/{index}/{role}/webhook"), target))
    });
    targets
        .filter_map(|(pointer, target)| Some((pointer, target.get_mut("webhook")?.as_object_mut()?)))
        .collect()
}
