//! Logging: one JSON object per line on stdout, as CloudWatch reads it; short lines for people on a terminal.
//!
//! Settings: `LOG_LEVEL` (`error`, `warn`, `info`, `debug`, `trace`; default `info`) is for our own code; a release holds
//! nothing below `info`. Libraries stay at `warn`, because an SDK at `debug` prints bodies; `RUST_LOG` overrules everything, target by target. `LOG_FORMAT` is `json` or `compact`;
//! default: `json` in Lambda, `compact` elsewhere.

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::Env;

/// Targets that start with one of these are libraries.
const LIBRARIES: [&str; 8] = ["aws_", "h2", "hyper", "lambda_", "reqwest", "rustls", "tokio", "tower"];

/// Begins to log. A second call changes nothing.
pub fn init(env: &Env) {
    let (targets, complaint) = targets(env);
    let layer = tracing_subscriber::fmt::layer();
    let layer = if is_json(env) {
        layer
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .boxed()
    } else {
        layer.compact().with_target(false).boxed()
    };
    let is_first = tracing_subscriber::registry().with(layer.with_filter(targets)).try_init().is_ok();
    if let (true, Some(complaint)) = (is_first, complaint) {
        tracing::warn!("{complaint}");
    }
}

fn is_json(env: &Env) -> bool {
    env.get("LOG_FORMAT")
        .map_or(env.get("AWS_LAMBDA_FUNCTION_NAME").is_some(), |format| format == "json")
}

/// What is logged, and what was wrong with the settings: a wrong log level is no reason not to start.
fn targets(env: &Env) -> (Targets, Option<String>) {
    let accepted = "error, warn, info, debug or trace";
    let (level, mut complaint) = match env.parse::<Level>("LOG_LEVEL", accepted) {
        Ok(level) => (level.unwrap_or(Level::INFO), None),
        Err(error) => (Level::INFO, Some(error.to_string())),
    };
    let libraries = LIBRARIES.map(|library| (library, LevelFilter::WARN.min(LevelFilter::from_level(level))));
    let ours = Targets::new().with_default(level).with_targets(libraries);
    match env.parse::<Targets>("RUST_LOG", "a list such as info,hyper=debug") {
        Ok(chosen) => (chosen.unwrap_or(ours), complaint),
        Err(error) => {
            complaint.get_or_insert_with(|| error.to_string());
            (ours, complaint)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(values: &[(&str, &str)]) -> (Targets, Option<String>) {
        targets(&Env::from_map(values.iter().copied()))
    }

    #[test]
    fn our_level_is_not_the_libraries() {
        let (targets, complaint) = chosen(&[("LOG_LEVEL", "trace")]);
        assert_eq!(complaint, None);
        assert!(targets.would_enable("send_whatsapp", &Level::TRACE));
        for library in [
            "aws_smithy_runtime::client",
            "aws_sdk_kms",
            "hyper_util",
            "h2::codec",
            "rustls",
            "reqwest::connect",
        ] {
            assert!(
                targets.would_enable(library, &Level::WARN) && !targets.would_enable(library, &Level::INFO),
                "{library}"
            );
        }
        let (targets, _) = chosen(&[("LOG_LEVEL", "error")]);
        assert!(
            !targets.would_enable("aws_sdk_kms", &Level::WARN),
            "libraries are never louder than we are"
        );
    }

    #[test]
    fn rust_log_overrules() {
        let (targets, complaint) = chosen(&[("RUST_LOG", "warn,hyper=trace")]);
        assert_eq!(complaint, None);
        assert!(targets.would_enable("hyper_util", &Level::TRACE) && !targets.would_enable("store", &Level::INFO));
    }

    #[test]
    fn a_wrong_setting_is_told_and_survived() {
        let (targets, complaint) = chosen(&[("LOG_LEVEL", "loud")]);
        assert_eq!(
            complaint.as_deref(),
            Some("LOG_LEVEL is `loud`; error, warn, info, debug or trace is accepted")
        );
        assert!(targets.would_enable("store", &Level::INFO) && !targets.would_enable("store", &Level::DEBUG));
    }

    #[test]
    fn the_form_follows_the_host() {
        let format = |values: &[(&str, &str)]| is_json(&Env::from_map(values.iter().copied()));
        assert!(!format(&[]));
        assert!(format(&[("AWS_LAMBDA_FUNCTION_NAME", "api")]));
        assert!(!format(&[("AWS_LAMBDA_FUNCTION_NAME", "api"), ("LOG_FORMAT", "compact")]));
    }

    #[test]
    fn twice_is_once() {
        init(&Env::default());
        init(&Env::default());
    }
}
