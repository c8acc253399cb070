//! The Narrative: what a person reads beside the chart. Sentences are chosen by the Facts' rank and written from their values only.
//!
//! English is the one language so far. What is language lies in [`crate::english`] and in this module's `summary`, `highlights` and `analysis`;
//! Facts hold none, so another language is another set of these.

mod analysis;
mod highlights;
mod sentence;
mod summary;

use domain::series::Grain;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::amount::{Amount, Precision, written};
use crate::cell_text::{TITLE_GRAPHEMES_MAX, in_sentence, tame};
use crate::cut::{cut_at_clause, utf16_units};
use crate::english::{self, begin};
use crate::fact::{Axis, Basis, Change, Claim, Fact, Facts, Place, Reading};
use crate::message_text::Placeholders;

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
    /// BCP 47 language. English is written whatever is asked for, until there is another.
    pub locale: &'a str,
    /// Link back to where the numbers come from.
    pub link: Option<&'a str>,
}

/// The words beside one chart. Plain text without any markup; a channel's own is added by the channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrative {
    /// On one line.
    pub title: String,
    /// BCP 47 language that the texts are in.
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
    let story = Story::of(facts);
    let summary = summary::summary(&story);
    let title = tame(telling.title, TITLE_GRAPHEMES_MAX);
    Narrative {
        placeholders: story.placeholders(&title),
        title,
        locale: "en".to_owned(),
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

/// The Facts, and the ones that the texts turn around.
struct Story<'a> {
    facts: &'a Facts,
    seed: u64,
}

impl<'a> Story<'a> {
    fn of(facts: &'a Facts) -> Self {
        let mut story = Self { facts, seed: 0 };
        let latest = story
            .latest()
            .map(|(fact, reading, _)| (fact.materiality, reading.value.normalize().to_string(), story.label(reading)));
        story.seed = fnv(&format!("{} {latest:?}", facts.measure));
        story
    }

    /// One of several ways to say the same, always the same one for the same Facts.
    fn pick(&self, ways: &[&'static str]) -> &'static str {
        let index = usize::try_from(self.seed % u64::try_from(ways.len().max(1)).unwrap_or(1)).unwrap_or(0);
        ways.get(index).copied().unwrap_or_default()
    }

    /// The newest value of what the chart is about.
    fn latest(&self) -> Option<(&'a Fact, &'a Reading, bool)> {
        self.facts.items.iter().find_map(|fact| match &fact.claim {
            Claim::Latest { reading, is_running } if fact.series.is_none() => Some((fact, reading, *is_running)),
            _ => None,
        })
    }

    /// Whether the newest period is still running, so that changes and records are those of the full ones.
    fn is_running(&self) -> bool {
        self.facts
            .items
            .iter()
            .any(|fact| matches!(fact.claim, Claim::Latest { is_running: true, .. }))
    }

    /// Its change against the value before, and whether that is material.
    fn change(&self) -> Option<(&'a Fact, &'a Change, bool)> {
        self.change_of(None, |basis| basis == Basis::PreviousStep).or_else(|| {
            self.change_of(None, |basis| basis == Basis::PreviousPeriod)
                .filter(|(_, change, _)| self.is_headline(change))
        })
    }

    fn is_headline(&self, change: &Change) -> bool {
        self.latest().is_some_and(|(_, reading, _)| *reading == change.to)
    }

    fn change_of(&self, series: Option<&str>, is_basis: impl Fn(Basis) -> bool) -> Option<(&'a Fact, &'a Change, bool)> {
        self.facts
            .items
            .iter()
            .filter(|fact| fact.series.as_deref() == series)
            .find_map(|fact| match &fact.claim {
                Claim::Change(change) if is_basis(change.basis) => Some((fact, change, true)),
                Claim::NoMaterialChange(change) if is_basis(change.basis) => Some((fact, change, false)),
                _ => None,
            })
    }

    /// A value with its unit, so precisely that the high and the low of its line are told apart.
    fn value(&self, fact: &Fact, reading: &Reading) -> String {
        let amount = |value| Amount::new(value, fact.unit.as_ref());
        let extreme = |is_meant: fn(&Claim) -> Option<Decimal>| {
            self.facts
                .items
                .iter()
                .filter(|other| other.series == fact.series && other.unit == fact.unit)
                .find_map(|other| is_meant(&other.claim))
        };
        let high = extreme(|claim| {
            if let Claim::High { reading, .. } = claim {
                Some(reading.value)
            } else {
                None
            }
        });
        let low = extreme(|claim| {
            if let Claim::Low { reading, .. } = claim {
                Some(reading.value)
            } else {
                None
            }
        });
        let precision = high
            .zip(low)
            .map_or(Precision::GLANCE, |(high, low)| Precision::of_pair(&amount(low), &amount(high)));
        written(&amount(reading.value), precision)
    }

    fn label(&self, reading: &Reading) -> String {
        self.name(&reading.at)
    }

    fn name(&self, place: &Place) -> String {
        english::label(&place.label, self.facts.as_of_local)
    }

    /// "in Oct 2026"
    fn at(&self, reading: &Reading) -> String {
        english::at(&reading.at, self.facts.as_of_local)
    }

    /// A series' name as it begins or stands in a sentence; the measure's where the fact is about all of them.
    fn subject(&self, fact: &Fact) -> String {
        fact.series
            .as_deref()
            .map_or_else(|| in_sentence(&begin(&self.facts.measure)), in_sentence)
    }

    fn grain(&self) -> Option<Grain> {
        match self.facts.axis {
            Axis::Time(grain) => Some(grain),
            Axis::Categories | Axis::Points | Axis::Bins | Axis::Whole => None,
        }
    }

    fn placeholders(&self, title: &str) -> Placeholders {
        const NONE: &str = "n/a";
        let latest = self.latest();
        let (latest_text, period) = latest.map_or((NONE.to_owned(), NONE.to_owned()), |(fact, reading, is_running)| {
            let so_far = if is_running { " so far" } else { "" };
            (self.value(fact, reading), format!("{}{so_far}", self.label(reading)))
        });
        // Of a period that still runs, the change would be that of another one.
        let change = self.change().filter(|(_, change, _)| self.is_headline(change));
        let Some((fact, change, _)) = change else {
            return Placeholders {
                title: title.to_owned(),
                latest: latest_text,
                previous: NONE.to_owned(),
                change: NONE.to_owned(),
                period,
            };
        };
        let [previous, latest] = english::pair(change, fact.unit.as_ref());
        Placeholders {
            title: title.to_owned(),
            latest,
            previous,
            change: english::change(change, fact.unit.as_ref()),
            period,
        }
    }
}

/// FNV-1a, 64 bit: small, and the same on every machine and in every release.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
