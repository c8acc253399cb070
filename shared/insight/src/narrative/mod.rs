//! The Narrative: what a person reads beside the chart. Sentences are chosen by the Facts' rank and written from their values only.
//!
//! What to say is decided here, once ([`story`], `summary`, `highlights`, `analysis`, [`alt`]); how to say it is each language's own
//! ([`crate::language`]). Facts hold no language.

mod alt;
mod analysis;
pub(crate) mod highlights;
pub(crate) mod sentence;
pub(crate) mod story;
mod summary;

pub use alt::{ALT_CHARS_MAX, alt_text};

use serde::{Deserialize, Serialize};

use crate::cell_text::{TITLE_GRAPHEMES_MAX, tame};
use crate::cut::{cut_at_clause, utf16_units};
use crate::fact::Facts;
use crate::language::Scribe;
use crate::message_text::Placeholders;
use story::Story;

/// Longest analysis, in UTF-16 code units. Ours: WhatsApp takes 4,096, and marking up needs some.
pub const ANALYSIS_UNITS_MAX: usize = 3_500;
/// Longest summary and longest highlight, in UTF-16 code units. Ours: title, summary and two highlights then fit into every caption.
pub(crate) const SENTENCES_UNITS_MAX: usize = 420;
pub(crate) const HIGHLIGHTS_MAX: usize = 2;

/// What the texts are written for.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// The chart's title, or the pulse's name.
    pub title: &'a str,
    /// BCP 47 tag: `de-AT`. English, Spanish, Portuguese, German and Arabic are written as their country writes numbers; any other language
    /// is answered in English altogether, words and numbers.
    pub locale: &'a str,
    /// Link back to where the numbers come from.
    pub link: Option<&'a str>,
}

/// The words beside one chart. Plain text without any markup; a channel's own is added by the channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrative {
    /// On one line.
    pub title: String,
    /// BCP 47 tag of what the texts are in.
    pub locale: String,
    /// One to three sentences: the newest value and what changed.
    pub summary: String,
    /// At most two further sentences, the more material first.
    pub highlights: Vec<String>,
    /// The longer reading; at most [`ANALYSIS_UNITS_MAX`] with its headings.
    pub analysis: Vec<Section>,
    /// What the placeholders of a custom text stand for.
    pub placeholders: Placeholders,
    /// Link back to where the numbers come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// A part of the analysis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Two or three words.
    pub heading: String,
    /// Each a sentence or two on one line.
    pub lines: Vec<String>,
}

impl Narrative {
    /// All that was written from Facts, one text per line: what [`crate::prove`] is to hold against them.
    pub fn texts(&self) -> Vec<&str> {
        let own = [
            &self.summary,
            &self.placeholders.latest,
            &self.placeholders.previous,
            &self.placeholders.change,
        ];
        let lines = self.analysis.iter().flat_map(|section| &section.lines);
        own.into_iter().chain(&self.highlights).chain(lines).map(String::as_str).collect()
    }
}

/// Writes the Narrative. The same Facts give the same words; other values give other turns of phrase.
pub fn narrative(facts: &Facts, telling: Telling) -> Narrative {
    let story = Story::of(facts, Scribe::of(telling.locale, facts));
    let summary: Vec<String> = summary::summary(&story).iter().map(|sentence| story.say(sentence)).collect();
    let summary = summary.join(" ");
    let title = tame(telling.title, TITLE_GRAPHEMES_MAX);
    Narrative {
        placeholders: story.placeholders(&title),
        title,
        locale: story.scribe.locale.tag().to_owned(),
        highlights: highlights::highlights(&story)
            .into_iter()
            .take(HIGHLIGHTS_MAX)
            .map(|text| cut_at_clause(&text, SENTENCES_UNITS_MAX / 2))
            .collect(),
        summary: cut_at_clause(&summary, SENTENCES_UNITS_MAX),
        analysis: fit(analysis::analysis(&story, &summary)),
        link: telling.link.map(str::to_owned),
    }
}

/// Drops what is beyond the limit, from the end.
fn fit(sections: Vec<Section>) -> Vec<Section> {
    let mut room = ANALYSIS_UNITS_MAX;
    let mut kept: Vec<Section> = Vec::new();
    for section in sections {
        // A line costs its bullet and line break, a heading its markup and the blank line before it.
        let Some(left) = room.checked_sub(utf16_units(&section.heading) + 4) else {
            break;
        };
        let mut lines = Vec::new();
        let mut left = left;
        for line in section.lines {
            let Some(after) = left.checked_sub(utf16_units(&line) + 3) else {
                break;
            };
            left = after;
            lines.push(line);
        }
        if !lines.is_empty() {
            room = left;
            kept.push(Section {
                heading: section.heading,
                lines,
            });
        }
    }
    kept
}
