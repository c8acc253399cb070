//! From rows to Facts, and from what is told of them to what every channel will send.

use domain::dataset::Dataset;
use domain::fault::Why;
use domain::pulse::Pulse;
use domain::reading::Reading;
use domain::series::plot;
use domain::source::Source;
use insight::writing::Told;
use insight::{Facts, alt_text, facts, plain_analysis, whatsapp_analysis, whatsapp_caption};
use jiff::Timestamp;

/// What is true of the rows that the pulse draws.
///
/// # Errors
/// The chart does not fit the rows: the columns were renamed, say.
pub(crate) fn facts_of(pulse: &Pulse, dataset: &Dataset) -> Result<Facts, Why> {
    let plotted = plot(dataset, &pulse.chart).map_err(|errors| {
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Why::new(
            "chart.spec",
            format!("The chart does not fit the data as it is now: {}", all.join("; ")),
        )
    })?;
    Ok(facts(&plotted, &pulse.chart, dataset))
}

/// The words as the channels want them.
pub(crate) fn reading(pulse: &Pulse, source: &Source, dataset: &Dataset, facts: &Facts, told: Told, now: Timestamp) -> Reading {
    let message = &pulse.message;
    let Told { narrative, proof } = told;
    let own_words = message.text.as_deref();
    Reading {
        analysis: message.analysis.then(|| plain_analysis(&narrative)),
        whatsapp_caption: whatsapp_caption(&narrative, own_words),
        whatsapp_analysis: message.analysis.then(|| whatsapp_analysis(&narrative)),
        source_name: source.name.clone(),
        alt: alt_text(facts, pulse.chart.mark, &narrative.title, &message.locale),
        link: narrative.link,
        title: narrative.title,
        summary: narrative.summary,
        highlights: narrative.highlights,
        as_of: dataset.as_of,
        composed_at: now,
        proof,
    }
}
