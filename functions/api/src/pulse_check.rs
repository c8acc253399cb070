//! Judging a Pulse before anything is made for it: what it says by itself, what it names, and whether the chart fits the rows.

use std::time::Duration;

use domain::chart_spec::{ChartSpec, SpecError};
use domain::fault::Fault;
use domain::ids::{DestinationId, OrgId};
use domain::pulse::{DESTINATIONS_MAX, DestinationRef, DestinationTarget, MessageSettings, Pulse, PulseSpec, PulseState};
use domain::source_spec::SourceSpec;
use insight::check_custom_text;
use sources::SourceError;

use crate::api::Api;
use crate::limits;
use crate::problem::{FieldError, Problem};

/// Longest language tag, in characters (BCP 47 advises room for 35).
const LOCALE_CHARS_MAX: usize = 35;
/// How long the rows may take that the chart is held against. Past it the chart is not checked: the first run will tell.
const CHECK_TIMEOUT: Duration = Duration::from_secs(10);

impl Api {
    /// Everything that can be judged without looking anything up.
    pub(crate) fn check_pulse(&self, spec: &PulseSpec, before: Option<&Pulse>) -> Result<(), Problem> {
        limits::name("/name", &spec.name)?;
        if before.is_none() && spec.id.as_ref().is_some_and(|id| crate::test_message::is_ours(id.as_str())) {
            return Err(Problem::field_silent(
                "/id",
                "an id that does not begin with `test_`: those are ours",
            ));
        }
        check_message(&spec.message)?;
        // A schedule that has run out may stay, but a pulse that goes on after a pause with one would be silent for ever.
        let goes_on = |before: &Pulse| before.state == PulseState::Paused && spec.state == PulseState::Active;
        let is_to_fire = before.is_none_or(|before| before.schedule != spec.schedule || goes_on(before));
        if let Some(schedule) = spec.schedule.as_ref().filter(|_| is_to_fire) {
            schedule
                .check_upcoming(self.now())
                .map_err(|error| Problem::field_silent("/schedule", error.to_string()))?;
        }
        let count = spec.destinations.len();
        if !(1..=DESTINATIONS_MAX).contains(&count) {
            return Err(Problem::field(
                "/destinations",
                format!("{count} destinations"),
                format!("1 to {DESTINATIONS_MAX}"),
            ));
        }
        for (pointer, target) in targets(&spec.destinations) {
            if let DestinationTarget::Spec(spec) = target {
                self.check_destination(&pointer, spec)?;
            }
        }
        Ok(())
    }

    /// Whether the destinations that are named exist.
    pub(crate) async fn check_ids(&self, org: &OrgId, destinations: &[DestinationRef]) -> Result<(), Problem> {
        fn named(target: &DestinationTarget) -> Option<&DestinationId> {
            match target {
                DestinationTarget::Id(id) => Some(id),
                DestinationTarget::Spec(_) => None,
            }
        }
        let ids = targets(destinations).filter_map(|(_, target)| named(target));
        let known: Vec<DestinationId> = self
            .store
            .destinations_by_id(org, ids)
            .await?
            .into_iter()
            .map(|found| found.id)
            .collect();
        let missing: Vec<FieldError> = targets(destinations)
            .filter_map(|(pointer, target)| named(target).filter(|id| !known.contains(id)).map(|id| (pointer, id)))
            .map(|(pointer, id)| {
                FieldError::new(
                    pointer,
                    format!("`{id}`, which does not exist"),
                    "the id of a destination, or a destination",
                )
            })
            .collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(Problem::invalid(missing))
        }
    }

    /// Holds the chart against the rows, where they can be had now.
    pub(crate) async fn check_chart(&self, org: &OrgId, spec: &SourceSpec, chart: &ChartSpec) -> Result<(), Problem> {
        match self.read_source(org, spec, CHECK_TIMEOUT).await? {
            Ok(dataset) => chart
                .validate(&dataset)
                .map_err(|errors| Problem::invalid(errors.into_iter().map(chart_error).collect())),
            Err(SourceError::Provider(Fault::Retry { .. } | Fault::Unknown { .. })) => Ok(()),
            Err(error) => Err(crate::sources::refused("/source", error)),
        }
    }
}

/// Every destination that is named or written out, with its pointer.
pub(crate) fn targets(destinations: &[DestinationRef]) -> impl Iterator<Item = (String, &DestinationTarget)> {
    destinations.iter().enumerate().flat_map(|(index, reference)| {
        let to = (format!("/destinations/{index}/to"), &reference.to);
        let fallback = reference
            .fallback
            .as_ref()
            .map(|fallback| (format!("/destinations/{index}/fallback"), fallback));
        std::iter::once(to).chain(fallback)
    })
}

fn check_message(message: &MessageSettings) -> Result<(), Problem> {
    if let Some(text) = &message.text {
        if text.trim().is_empty() {
            return Err(Problem::field_silent(
                "/message/text",
                "a text with something to see in it, or nothing",
            ));
        }
        check_custom_text(text).map_err(|error| Problem::field_silent("/message/text", error.to_string()))?;
    }
    if let Some(link) = message.link.as_ref().filter(|link| !matches!(link.scheme(), "http" | "https")) {
        return Err(Problem::field(
            "/message/link",
            format!("a link that begins with `{}:`", link.scheme()),
            "an http or https address",
        ));
    }
    let parts = message.locale.split('-');
    let is_tag = message.locale.len() <= LOCALE_CHARS_MAX
        && parts
            .clone()
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && parts.take(1).all(|language| (2..=3).contains(&language.len()));
    if is_tag {
        Ok(())
    } else {
        Err(Problem::field_silent(
            "/message/locale",
            "a language tag such as `en`, `de-CH` or `pt-BR`",
        ))
    }
}

fn chart_error(error: SpecError) -> FieldError {
    let path = error.path.replace('[', ".").replace(']', "");
    let pointer = path
        .split('.')
        .fold("/chart".to_owned(), |pointer, part| format!("{pointer}/{part}"));
    FieldError::new(pointer, error.given, error.accepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_error_points_into_the_body() {
        let error = |path: &str| SpecError {
            path: path.into(),
            given: "g".into(),
            accepted: "a".into(),
        };
        assert_eq!(chart_error(error("encoding.y.field")).pointer, "/chart/encoding/y/field");
        assert_eq!(chart_error(error("transform[0].fold[1]")).pointer, "/chart/transform/0/fold/1");
    }

    #[test]
    fn own_texts_are_judged_when_they_are_saved() {
        let refusal = |text: &str| {
            let message = MessageSettings {
                text: Some(text.into()),
                ..MessageSettings::default()
            };
            check_message(&message).err().map(|problem| problem.detail)
        };
        for good in ["Good morning!", "{title}: {latest}", &"x".repeat(600)] {
            assert_eq!(refusal(good), None, "{good}");
        }
        for (bad, words) in [
            ("", "something to see"),
            (" \n", "something to see"),
            ("{chnage}", "{chnage} at character 1 is not a placeholder"),
            (&"x".repeat(601), "at most 600"),
            (&"👍".repeat(301), "at most 600"),
        ] {
            assert!(
                refusal(bad).is_some_and(|detail| detail.contains(words)),
                "{bad:?}: {:?}",
                refusal(bad)
            );
        }
    }

    #[test]
    fn language_tags() {
        let with = |locale: &str| {
            check_message(&MessageSettings {
                locale: locale.into(),
                ..MessageSettings::default()
            })
        };
        for good in ["en", "de-CH", "pt-BR", "zh-Hant-TW", "fil"] {
            assert!(with(good).is_ok(), "{good}");
        }
        for bad in ["", "e", "english", "en_US", "en-", "en-verylongpart", "ü"] {
            assert!(with(bad).is_err(), "{bad}");
        }
    }
}
