//! What is read to whoever cannot see the picture.

use domain::chart_spec::Mark;
use domain::series::Grain;

use super::sentence::sentence;
use super::story::Story;
use super::summary::summary;
use crate::cell_text::{POP_DIRECTIONAL_ISOLATE, tame, with_capital};
use crate::cut::{cut, utf16_units};
use crate::fact::{Basis, Claim, Facts, Label};
use crate::language::Scribe;

/// Longest alternative text, in UTF-16 code units. Ours: screen readers read it in one go, and mail programs and chats cut longer ones.
pub const ALT_CHARS_MAX: usize = 250;
/// Longest title in it, in graphemes.
const TITLE_GRAPHEMES_MAX: usize = 80;

/// The picture in words: the form of the chart, what it shows and for when, the newest value and its change, the highest and the lowest. Whole
/// sentences, as many as [`ALT_CHARS_MAX`] holds. `locale` is a BCP 47 tag, as in [`super::Telling`].
pub fn alt_text(facts: &Facts, mark: Mark, title: &str, locale: &str) -> String {
    let story = Story::of(facts, Scribe::of(locale, facts));
    let title = tame(title, TITLE_GRAPHEMES_MAX);
    let form = story.scribe.form(mark);
    let mut text = if title.is_empty() {
        format!("{form}.")
    } else {
        format!("{form}: {}", closed(&story.scribe.embed(&title)))
    };
    let period = drawn(facts).map(|(from, to)| {
        let is_this_year = |label: &Label| matches!(label, Label::Moment { at, .. } if at.year() == story.scribe.now.year());
        let [from, to] = if is_this_year(&from) && is_this_year(&to) {
            [from, to].map(|label| story.scribe.name(&label))
        } else {
            [from, to].map(|label| story.scribe.dated_name(&label))
        };
        with_capital(&format!("{from} – {to}."))
    });
    let told = summary(&story).into_iter().map(|sentence| story.say(&sentence));
    let extremes = facts.items.iter().filter(|fact| {
        let is_extreme = matches!(fact.claim, Claim::High { .. } | Claim::Low { .. });
        is_extreme && fact.series.is_none() && !story.is_named()
    });
    let extremes = extremes.filter_map(|fact| Some(story.say(&sentence(&story, fact)?)));
    for part in period.into_iter().chain(told).chain(extremes) {
        if utf16_units(&text) + 1 + utf16_units(&part) <= ALT_CHARS_MAX {
            text.push(' ');
            text.push_str(&part);
        }
    }
    cut(&text, ALT_CHARS_MAX)
}

/// A title as a sentence.
fn closed(title: &str) -> String {
    if title
        .trim_end_matches(POP_DIRECTIONAL_ISOLATE)
        .ends_with(['.', '!', '?', '…', '؟', ':'])
    {
        title.to_owned()
    } else {
        format!("{title}.")
    }
}

/// First and last period of what is drawn, where that is several.
fn drawn(facts: &Facts) -> Option<(Label, Label)> {
    facts.items.iter().find_map(|fact| match &fact.claim {
        Claim::Change(change) | Claim::NoMaterialChange(change) if change.basis == Basis::FirstShown => {
            Some((by_day(&change.from.at.label), by_day(&change.to.at.label)))
        }
        Claim::Trend { over, .. } => match over.label {
            Label::Span { from, to, grain } => Some((by_day(&Label::Moment { at: from, grain }), by_day(&Label::Moment { at: to, grain }))),
            _ => None,
        },
        _ => None,
    })
}

/// A week by its first day: short, and clear enough at the ends of a stretch.
fn by_day(label: &Label) -> Label {
    match label {
        Label::Moment { at, grain: Grain::Week } => Label::Moment {
            at: *at,
            grain: Grain::Day,
        },
        other => other.clone(),
    }
}
