//! A pulse as a file: what `POST /v1/pulses` takes, written in YAML, plus what only a file can say.
//!
//! ```yaml
//! source:
//!   csv: { path: sales.csv }            # a file beside this one, which is uploaded; `json` likewise
//!                                       # or: google_sheets: { service_account: key.json, spreadsheet: ... }, which is connected
//! destinations:
//!   - to: { webhook: { receiver: demo } } # the webhook receiver that `cargo local` runs, and shows in its outbox
//! ```
//!
//! The whole shape is published as `infra/local/pulse-file.schema.json`.
//!
//! Every error names file, line and field, what was given and what is accepted; the API's own errors are led back to their lines.
//!
//! Knows: YAML, and the published shape of a pulse. Must never know: how it is sent (`cli` does).

mod explain;
mod extras;
mod node;
mod schema;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::{Path, PathBuf};

use domain::pulse::PulseSpec;
use serde_json::Value;

use node::Node;

pub use extras::{DataFile, Extras, Filled, ServiceAccount};
pub use schema::schema;

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
    /// What only a file can say; to be filled in for the API.
    pub extras: Extras,
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
        let extras = Extras::find(&body, path.parent().unwrap_or(Path::new("")))
            .map_err(|(pointer, words)| FileError(vec![line(path, &root, &pointer, &words)]))?;
        let file = Self {
            path: path.to_owned(),
            root,
            body,
            extras,
        };
        let judged = file.request(&Filled::placeholders(&file.extras));
        match serde_path_to_error::deserialize::<_, PulseSpec>(judged) {
            Ok(_) => Ok(file),
            Err(error) => {
                let (pointer, words) = explain::serde(error.path(), &error.inner().to_string());
                Err(FileError(vec![line(path, &file.root, &pointer, &words)]))
            }
        }
    }

    /// The pulse's own id, where the file gives one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.body["id"].as_str()
    }

    /// Changes with the file and with the data it names.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        let mut bytes = self.body.to_string().into_bytes();
        bytes.extend(self.extras.data.iter().flat_map(|data| &data.bytes));
        store::registry::sha256_hex(&bytes)
    }

    /// The API's request body.
    #[must_use]
    pub fn request(&self, filled: &Filled) -> Value {
        let mut body = self.body.clone();
        filled.fill(&mut body);
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
                line(&self.path, &self.root, pointer, &words)
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
}

fn line(path: &Path, root: &Node, pointer: &str, words: &str) -> String {
    format!("{}:{}: {}: {words}", path.display(), root.line_of(pointer), explain::field(pointer))
}
