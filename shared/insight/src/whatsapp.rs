//! The Narrative as WhatsApp takes it: a caption under the picture, and the analysis as a reply to it.
//!
//! Limits are Meta's: an image's caption has at most 1,024 characters, a text message 4,096. Meta does not say what a character is; we count
//! UTF-16 code units, the largest of the usual counts, so that the limit holds for code points and graphemes too.
//!
//! Everything that may hold data is [`harmless`] before our own markup (`*bold*`) is added: a cell cannot open, close or break formatting.

use crate::cut::{cut, utf16_units};
use crate::message_text::fill;
use crate::narrative::Narrative;

/// Longest caption. Meta: Cloud API, image messages.
pub const CAPTION_UNITS_MAX: usize = 1_024;
/// Longest text message. Meta: Cloud API, text messages.
pub const ANALYSIS_MESSAGE_UNITS_MAX: usize = 4_096;
/// Longest title between its asterisks, so that a cut never falls between them. Ours.
const TITLE_UNITS_MAX: usize = 256;

/// The caption: bold title, the organisation's own words if any, summary, up to two highlights; cut with `…` at [`CAPTION_UNITS_MAX`].
///
/// Placeholders in `custom_text` are filled. Its own markup is kept: whoever wrote it meant it.
pub fn whatsapp_caption(narrative: &Narrative, custom_text: Option<&str>) -> String {
    let mut caption = title(narrative);
    if let Some(words) = custom_text.map(str::trim).filter(|words| !words.is_empty()) {
        caption.extend(["\n", &fill(words, &narrative.placeholders, harmless), "\n"]);
    }
    caption.extend(["\n", &line(&narrative.summary)]);
    if !narrative.highlights.is_empty() {
        caption.push('\n');
    }
    for highlight in narrative.highlights.iter().take(2) {
        caption.extend(["\n• ", &harmless(highlight)]);
    }
    cut(caption.trim(), CAPTION_UNITS_MAX)
}

/// The analysis as one message, with its link back if there is one; cut with `…` at [`ANALYSIS_MESSAGE_UNITS_MAX`], the link never.
pub fn whatsapp_analysis(narrative: &Narrative) -> String {
    let mut text = title(narrative);
    for section in &narrative.analysis {
        text.extend(["\n\n*", &harmless(&section.heading), "*"]);
        for sentence in &section.lines {
            text.extend(["\n• ", &harmless(sentence)]);
        }
    }
    let link = narrative
        .link
        .as_deref()
        .map(|link| format!("\n\n{link}"))
        .filter(|link| utf16_units(link) < ANALYSIS_MESSAGE_UNITS_MAX / 2);
    let link = link.unwrap_or_default();
    cut(text.trim(), ANALYSIS_MESSAGE_UNITS_MAX - utf16_units(&link)) + &link
}

fn title(narrative: &Narrative) -> String {
    let title = cut(&harmless(&narrative.title), TITLE_UNITS_MAX);
    if title.is_empty() { String::new() } else { format!("*{title}*") }
}

/// A line that begins with data: it must not begin like a quotation or a list.
fn line(text: &str) -> String {
    let text = harmless(text);
    match text.strip_prefix("> ") {
        Some(rest) => format!("› {rest}"),
        None => text.strip_prefix("- ").map(|rest| format!("– {rest}")).unwrap_or(text),
    }
}

/// The text with the characters of WhatsApp's markup replaced by ones that look alike and mean nothing. An underscore or asterisk between two
/// letters or digits marks nothing up and stays.
fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_inside = before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        safe.push(match c {
            '_' if !is_inside => '\u{2CD}',
            '*' => '∗',
            '~' => '∼',
            '`' => '\u{2CB}',
            other => other,
        });
        before = c;
    }
    safe
}

#[cfg(test)]
#[path = "whatsapp_tests.rs"]
mod tests;
