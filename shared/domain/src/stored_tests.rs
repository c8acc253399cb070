//! What was stored once must be readable for ever: pulses and their versions live for years, and a run may be half-way across a release.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::chart_spec::ChartSpec;
use crate::connection::Connection;
use crate::dataset::Dataset;
use crate::destination::Destination;
use crate::pulse::Pulse;
use crate::reading::Reading;
use crate::run::Run;
use crate::source::Source;

/// Every file of `fixtures/stored` was written by the release of its number. None is ever changed or removed; a new shape is a new file.
#[test]
fn every_stored_shape_is_read_without_loss() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/stored");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 17, "{files:?}");
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let read = match name.split('-').next().unwrap() {
            "chart" => again::<ChartSpec>(&text),
            "connection" => again::<Connection>(&text),
            "dataset" => again::<Dataset>(&text),
            "destination" => again::<Destination>(&text),
            "pulse" => again::<Pulse>(&text),
            "reading" => again::<Reading>(&text),
            "run" => again::<Run>(&text),
            "source" => again::<Source>(&text),
            other => panic!("what is a {other}?"),
        };
        let read = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        holds(&read, &serde_json::from_str(&text).unwrap(), &name);
    }
}

fn again<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_str::<T>(text)?)
}

/// What was there is there; more may be.
fn holds(read: &Value, stored: &Value, at: &str) {
    match (read, stored) {
        (Value::Object(read), Value::Object(stored)) => {
            for (name, value) in stored {
                holds(read.get(name).unwrap_or(&Value::Null), value, &format!("{at}/{name}"));
            }
        }
        (Value::Array(read), Value::Array(stored)) => {
            assert_eq!(read.len(), stored.len(), "{at}");
            for (i, (read, stored)) in read.iter().zip(stored).enumerate() {
                holds(read, stored, &format!("{at}/{i}"));
            }
        }
        _ => assert_eq!(read, stored, "{at}"),
    }
}
