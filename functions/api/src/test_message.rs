//! A test message for one destination, through the normal path: a small pulse of our own, with sample data, that is never listed.

use axum::extract::State;
use domain::chart_spec::ChartSpec;
use domain::destination::{Destination, DestinationState};
use domain::ids::{DestinationId, PulseId, SourceId, UploadId};
use domain::message::Cause;
use domain::pulse::{MessageSettings, Pulse, PulseDestination, PulseState};
use domain::source::Source;
use domain::source_spec::SourceSpec;
use serde_json::json;

use crate::api::{Api, Shared};
use crate::body::At;
use crate::caller::{Caller, Editor};
use crate::once::{Answer, Making, OnceKey};
use crate::problem::Problem;
use crate::pulses::Sent;

/// Ids of our own pulses and sources begin so; people's do not.
const OURS: &str = "test_";

/// Whether an id is one of our own, which lists leave out.
pub(crate) fn is_ours(id: &str) -> bool {
    id.starts_with(OURS)
}

const SAMPLE: &str = "Day,Visitors\n2026-01-05,412\n2026-01-06,398\n2026-01-07,441\n2026-01-08,467\n2026-01-09,503\n";

/// Send a test message
///
/// A small sample chart goes to this destination the way every chart does; look at the run for what became of it.
#[utoipa::path(post, path = "/v1/destinations/{id}/test", tag = "destinations", params(("id" = DestinationId, Path), crate::openapi::IdempotencyKey),
    responses((status = 202, description = "Under way", body = Sent), crate::openapi::Refusals))]
pub(crate) async fn send(
    State(api): State<Shared>,
    Editor(caller): Editor,
    At(id): At<DestinationId>,
    key: OnceKey,
) -> Result<Answer, Problem> {
    let operation = format!("destinations.test/{id}");
    api.once(&caller, &key, &operation, b"", |making| api.send_test(&caller, &id, making))
        .await
}

impl Api {
    async fn send_test(&self, caller: &Caller, id: &DestinationId, making: Making) -> Result<Answer, Problem> {
        let destination = self.store.destination(&caller.org, id).await?.ok_or_else(Problem::not_found)?;
        if destination.state != DestinationState::Active {
            return Err(Problem::conflict(
                "This destination is not active, so nothing is sent to it. Switch it on first.",
            ));
        }
        let (upload, source, pulse) = sample(&destination, &making)?;
        // Each is the same at every test: written again, or there already.
        self.store
            .bucket
            .put_upload(&caller.org, &upload, SAMPLE.as_bytes().to_vec())
            .await?;
        self.store.create_source(&caller.org, &source).await?;
        self.store.create_pulse(&caller.org, &pulse).await?;
        self.send(caller, &pulse.id, making, Cause::Test).await
    }
}

fn sample(destination: &Destination, making: &Making) -> Result<(UploadId, Source, Pulse), Problem> {
    let upload = UploadId::parse("test_sample").map_err(Problem::internal)?;
    let spec: SourceSpec = serde_json::from_value(json!({"csv": {"upload": upload}})).map_err(Problem::internal)?;
    let source = SourceId::parse("test_sample").map_err(Problem::internal)?;
    let source = Source {
        id: source,
        name: "Sample data".to_owned(),
        spec,
        updated_at: making.at,
    };
    let chart: ChartSpec = serde_json::from_value(json!({
        "mark": "bar",
        "title": {"text": "A test from Chartcastr", "subtitle": "Sample data: if you see this, delivery works"},
        "encoding": {"x": {"field": "Day"}, "y": {"field": "Visitors"}},
    }))
    .map_err(Problem::internal)?;
    let to = PulseDestination {
        id: destination.id.clone(),
        fallback: None,
        size: None,
        theme: domain::delivery::Theme::default(),
    };
    let pulse = Pulse {
        id: PulseId::parse(&format!("{OURS}{}", destination.id)).map_err(Problem::internal)?,
        version: 1,
        state: PulseState::Active,
        name: "Test message".to_owned(),
        source: source.id.clone(),
        chart,
        schedule: None,
        message: MessageSettings {
            analysis: false,
            ..MessageSettings::default()
        },
        destinations: vec![to],
        updated_at: making.at,
    };
    Ok((upload, source, pulse))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::destination::Address;
    use domain::ids::ConnectionId;
    use sources::csv::{CsvOptions, parse_csv};

    use super::*;

    #[test]
    fn the_sample_chart_fits_the_sample_data() {
        let at = "2026-11-20T09:00:00Z".parse().unwrap();
        let destination = Destination {
            id: DestinationId::generate(at, u128::MAX),
            name: "a".into(),
            address: Address::Webhook {
                connection: ConnectionId::parse("c").unwrap(),
                url: "https://a.example".parse().unwrap(),
            },
            state: DestinationState::Active,
            why: None,
            unreachable_runs: 0,
        };
        let (_, source, pulse) = sample(&destination, &Making::for_test(at, 1)).unwrap();
        let SourceSpec::Csv(csv) = &source.spec else {
            panic!("the sample is a CSV")
        };
        let dataset = parse_csv(SAMPLE.as_bytes(), &CsvOptions::of(csv, at)).unwrap();
        pulse.chart.validate(&dataset).unwrap();
        assert!(is_ours(pulse.id.as_str()) && is_ours(source.id.as_str()));
        assert!(!is_ours(PulseId::generate(at, 1).as_str()));
    }
}
