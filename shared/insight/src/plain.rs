//! The Narrative as plain text: for webhooks, mail's text part, and logs of what was said.

use crate::message_text::fill;
use crate::narrative::Narrative;

/// Title, own words, summary, highlights and link, without any markup. At most a few thousand characters; no channel's limit is applied.
pub fn plain_text(narrative: &Narrative, custom_text: Option<&str>) -> String {
    let mut parts = vec![narrative.title.clone()];
    parts.extend(custom_text.map(|words| fill(words.trim(), &narrative.placeholders, str::to_owned)));
    parts.push(narrative.summary.clone());
    parts.push(
        narrative
            .highlights
            .iter()
            .map(|highlight| format!("- {highlight}"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    parts.extend(narrative.link.clone());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// The analysis as plain text, a heading and its lines per section.
pub fn plain_analysis(narrative: &Narrative) -> String {
    let section = |section: &crate::narrative::Section| {
        std::iter::once(section.heading.clone())
            .chain(section.lines.iter().map(|line| format!("- {line}")))
            .collect::<Vec<_>>()
            .join("\n")
    };
    narrative.analysis.iter().map(section).collect::<Vec<_>>().join("\n\n")
}
