//! From rows to words.

use domain::dataset::Dataset;
use domain::fault::Why;
use domain::pulse::Pulse;
use domain::reading::{Proofread, Reading};
use domain::series::plot;
use domain::source::Source;
use insight::{Facts, Telling, facts, narrative, plain_analysis, whatsapp_analysis, whatsapp_caption};
use jiff::Timestamp;

/// What is true of the rows that the pulse draws, and the words about it.
///
/// # Errors
/// The chart does not fit the rows: the columns were renamed, say.
pub(crate) fn reading(pulse: &Pulse, source: &Source, dataset: &Dataset, now: Timestamp) -> Result<(Facts, Reading), Why> {
    let plotted = plot(dataset, &pulse.chart).map_err(|errors| {
        let all: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Why::new(
            "chart.spec",
            format!("The chart does not fit the data as it is now: {}", all.join("; ")),
        )
    })?;
    let facts = facts(&plotted, &pulse.chart, dataset);
    let message = &pulse.message;
    let link = message.link.as_ref().map(url::Url::as_str);
    let told = narrative(
        &facts,
        Telling {
            title: crate::title(pulse),
            locale: &message.locale,
            link,
        },
    );
    let own_words = message.text.as_deref();
    let reading = Reading {
        title: told.title.clone(),
        summary: told.summary.clone(),
        highlights: told.highlights.clone(),
        analysis: message.analysis.then(|| plain_analysis(&told)),
        whatsapp_caption: whatsapp_caption(&told, own_words),
        whatsapp_analysis: message.analysis.then(|| whatsapp_analysis(&told)),
        source_name: source.name.clone(),
        alt: format!("{}. {}", told.title, told.summary),
        link: link.map(str::to_owned),
        as_of: dataset.as_of,
        composed_at: now,
        proof: Proofread::default(),
    };
    Ok((facts, reading))
}
