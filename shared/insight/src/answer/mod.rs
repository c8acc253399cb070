//! Answers to what a recipient writes or how she reacts, from the delivered chart's own rows: "why?", "compare to last week", "top 5", "by region",
//! "as a bar chart", "show the numbers".
//!
//! What is asked is found by rules over words, in five languages at once (`heard`); a question of which too many words are unknown is of another
//! topic and politely declined. Each number is a Fact's, computed from the same rows where the stored Facts do not hold it. Cells and labels are
//! data: they choose rows, never what is done.

mod compare;
mod cue;
mod desk;
mod findings;
mod fold;
mod form;
mod heard;
mod names;
mod parts;
mod reaction;
mod shape;
mod words;

use domain::chart_spec::ChartSpec;
use domain::dataset::Dataset;
use domain::locale::{Language, Locale};

use crate::cut::cut_at_clause;
use crate::fact::Facts;
use desk::{Desk, Line, Reply};
use heard::Heard;
use words::Remark;

/// Longest answer, in characters. Ours: it fits every channel's message and a phone's screen.
pub const ANSWER_CHARS_MAX: usize = 900;

/// What a recipient wrote or how she reacted, and what she was sent.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// A message's text, of which the first 1,000 characters are read; one emoji of a reaction.
    pub question: &'a str,
    /// Whether `question` is a reaction's emoji.
    pub is_reaction: bool,
    /// BCP 47 tag of the pulse. An answer is in another language only where the question clearly is.
    pub locale: &'a str,
    /// The chart's title, or the pulse's name.
    pub title: &'a str,
}

/// What was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// Why it moved: where it did.
    Why,
    /// Against an earlier period.
    Compare,
    /// The largest or smallest, in order.
    Top,
    /// Parted by a column or period.
    By,
    /// In another form.
    Form,
    /// The numbers themselves.
    Numbers,
    /// The newest value.
    Latest,
    /// Highest and lowest.
    HighLow,
    /// The sum.
    Total,
    /// The mean.
    Average,
    /// The course.
    Trend,
    /// Against the target.
    Target,
    /// What stands out.
    Anomaly,
    /// How fresh and whole the rows are, and which period they cover.
    Data,
    /// What a name stands for.
    Meaning,
    /// What can be asked.
    Help,
    /// Another topic.
    Declined,
    /// Thanks, applause: nothing is to be sent.
    Nothing,
}

/// An answer, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What was understood.
    pub kind: AnswerKind,
    /// Plain text of at most [`ANSWER_CHARS_MAX`], lines parted by `\n`; empty where nothing is to be sent.
    pub text: String,
    /// BCP 47 tag of the language that it is in.
    pub locale: String,
    /// The lines of `text` that say something of the numbers, without bullets: each is proven by [`crate::prove()`] against `facts`, by itself.
    pub told: Vec<String>,
    /// What they were written from: the chart's own Facts, or those computed for the question.
    pub facts: Option<Facts>,
    /// A picture to be drawn of the same Dataset beside the text.
    pub chart: Option<ChartSpec>,
}

/// Answers one question about one delivered chart. `facts` must be those of `spec` drawn from `dataset`.
///
/// Pure, without a model; the same question about the same chart has the same answer. Never panics, whatever is asked.
pub fn answer(asked: &Asked, facts: &Facts, dataset: &Dataset, spec: &ChartSpec) -> Answer {
    let is_sign = asked.is_reaction || reaction::is_sign(asked.question);
    let heard = Heard::of(if is_sign { "" } else { asked.question }, dataset);
    let kind = if is_sign { reaction::kind(asked.question) } else { heard.kind() };
    let pulse = Locale::of(asked.locale);
    let pulse = if pulse.language() == Language::Other {
        Locale::ENGLISH
    } else {
        pulse
    };
    let locale = heard.locale(pulse);
    if kind == AnswerKind::Nothing {
        return Answer::of(kind, locale, Reply::default(), None);
    }
    let desk = Desk::of(&heard, facts, dataset, spec, locale, asked.title);
    let reply = match kind {
        AnswerKind::Why => findings::why(&desk),
        AnswerKind::Compare => compare::compare(&desk),
        AnswerKind::Top => parts::top(&desk),
        AnswerKind::By => parts::by(&desk),
        AnswerKind::Form => form::form(&desk),
        AnswerKind::Numbers => parts::numbers(&desk),
        AnswerKind::Latest => findings::latest(&desk),
        AnswerKind::HighLow => findings::high_low(&desk),
        AnswerKind::Total => findings::total(&desk),
        AnswerKind::Average => findings::average(&desk),
        AnswerKind::Trend => findings::trend(&desk),
        AnswerKind::Target => findings::target(&desk),
        AnswerKind::Anomaly => findings::anomaly(&desk),
        AnswerKind::Data => findings::data(&desk),
        AnswerKind::Meaning => findings::meaning(&desk),
        AnswerKind::Help => help(&desk),
        AnswerKind::Declined => Reply::default().remark(desk.say(&Remark::Declined { title: &desk.title })),
        AnswerKind::Nothing => Reply::default(),
    };
    let reply = reply.proven(desk.locale);
    let reply = if reply.lines.is_empty() { help(&desk) } else { reply };
    let only = desk.only.filter(|_| reply.is_told());
    Answer::of(kind, locale, reply, only)
}

/// What can be asked, with the chart's own names.
fn help(desk: &Desk) -> Reply {
    let by = parts::first_dimension(desk);
    Reply::default().remark(desk.say(&Remark::Help {
        title: &desk.title,
        by: by.as_deref(),
    }))
}

impl Answer {
    /// Puts the lines together, as many as there is room for. `only`: whose rows they are about.
    fn of(kind: AnswerKind, locale: Locale, reply: Reply, only: Option<String>) -> Self {
        let mut answer = Self {
            kind,
            text: String::new(),
            locale: locale.tag().to_owned(),
            told: Vec::new(),
            facts: reply.facts,
            chart: reply.chart,
        };
        let heading = only.map(|only| Line::Remark(format!("{only}:")));
        for line in heading.into_iter().chain(reply.lines) {
            let text = match &line {
                Line::Remark(text) | Line::Told(text) => text.clone(),
                Line::Item(text) => format!("• {text}"),
            };
            let used = answer.text.chars().count();
            // A line that does not fit is left out; the first is cut.
            let text = if used == 0 { cut_at_clause(&text, ANSWER_CHARS_MAX) } else { text };
            if used + 1 + text.chars().count() > ANSWER_CHARS_MAX {
                break;
            }
            if used > 0 {
                answer.text.push('\n');
            }
            answer.text.push_str(&text);
            if let Line::Told(text) | Line::Item(text) = line {
                answer.told.push(text);
            }
        }
        answer.facts = answer.facts.filter(|_| !answer.told.is_empty());
        answer
    }
}
