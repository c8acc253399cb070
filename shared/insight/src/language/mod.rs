//! The languages: what is to be said ([`sentence`]) goes in, a sentence as a native speaker would write it comes out.
//!
//! Each language has a file of its own with its [`Calendar`] and its ways to say each [`Sentence`]; there are no templates that another language
//! is pressed into. All avoid agreement with names out of the data, whose gender and number nobody knows: "Ingresos en octubre: 124,3 mil $, …".
//! A language that is none of these is answered in English altogether, numbers too: half of one and half of another helps nobody.

mod arabic;
pub(crate) mod calendar;
mod english;
mod german;
mod portuguese;
pub(crate) mod sentence;
mod spanish;

use domain::chart_spec::Mark;
use domain::locale::{Language, Locale};
use domain::series::Grain;
use jiff::civil::DateTime;

use crate::amount::{Amount, Precision, written};
use crate::cell_text::{begin, embedded, with_capital};
use crate::fact::{Facts, Label};
use crate::scale::ordinal;
use calendar::Calendar;
use sentence::{Delta, Heading, Measure, Phrase, Sentence};

/// Writes for one reader about one chart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scribe {
    /// Of the languages that we write; English where another was asked for.
    pub locale: Locale,
    /// The wall clock of the data when its rows were read.
    pub now: DateTime,
    /// Whether that clock has a zone that its reader knows to be hers; otherwise times are marked as UTC.
    pub is_zoned: bool,
}

impl Scribe {
    /// By BCP 47 tag.
    pub fn of(tag: &str, facts: &Facts) -> Self {
        let locale = Locale::of(tag);
        Self {
            locale: if locale.language() == Language::Other {
                Locale::ENGLISH
            } else {
                locale
            },
            now: facts.as_of_local,
            is_zoned: facts.time_zone.is_some(),
        }
    }

    /// One or more sentences on one line.
    pub fn say(&self, sentence: &Sentence) -> String {
        let mut text = match self.locale.language() {
            Language::Spanish => spanish::say(self, sentence),
            Language::Portuguese => portuguese::say(self, sentence),
            Language::German => german::say(self, sentence),
            Language::Arabic => arabic::say(self, sentence),
            Language::English | Language::Other => english::say(self, sentence),
        };
        // "32 Sek." ends the sentence as well.
        if text.ends_with("..") {
            text.pop();
        }
        match sentence.series() {
            Some(series) => format!("{}: {text}", self.embed(series)),
            None if sentence.begins_with_a_word() => with_capital(&text),
            None => text,
        }
    }

    /// The size and direction of a change, by itself.
    pub fn change(&self, delta: &Delta) -> String {
        match self.locale.language() {
            Language::Spanish => spanish::change(delta),
            Language::Portuguese => portuguese::change(delta),
            Language::German => german::change(delta),
            Language::Arabic => arabic::change(delta),
            Language::English | Language::Other => english::change(delta),
        }
    }

    /// What the chart measures, as it begins a sentence.
    pub fn measure(&self, measure: &Measure) -> String {
        let named = |name: &str| self.embed(&begin(name));
        if let Measure::Named(name) = measure {
            return named(name);
        }
        match self.locale.language() {
            Language::Spanish => spanish::measure(measure, named),
            Language::Portuguese => portuguese::measure(measure, named),
            Language::German => german::measure(measure, named),
            Language::Arabic => arabic::measure(measure, |name| self.embed(name)),
            Language::English | Language::Other => english::measure(measure, |name| self.embed(name)),
        }
    }

    pub fn heading(&self, heading: Heading) -> &'static str {
        let headings = match self.locale.language() {
            Language::Spanish => spanish::HEADINGS,
            Language::Portuguese => portuguese::HEADINGS,
            Language::German => german::HEADINGS,
            Language::Arabic => arabic::HEADINGS,
            Language::English | Language::Other => english::HEADINGS,
        };
        headings[heading as usize]
    }

    /// What the form of a chart is called: "Bar chart".
    pub fn form(&self, mark: Mark) -> &'static str {
        let forms = match self.locale.language() {
            Language::Spanish => spanish::FORMS,
            Language::Portuguese => portuguese::FORMS,
            Language::German => german::FORMS,
            Language::Arabic => arabic::FORMS,
            Language::English | Language::Other => english::FORMS,
        };
        let place = Mark::ALL.iter().position(|known| *known == mark).unwrap_or(0);
        forms.get(place).copied().unwrap_or_default()
    }

    pub fn phrase(&self, phrase: Phrase) -> &'static str {
        let phrases = match self.locale.language() {
            Language::Spanish => spanish::PHRASES,
            Language::Portuguese => portuguese::PHRASES,
            Language::German => german::PHRASES,
            Language::Arabic => arabic::PHRASES,
            Language::English | Language::Other => english::PHRASES,
        };
        phrases[phrase as usize]
    }

    /// "Oct 2026 so far".
    pub fn so_far(&self, period: &str) -> String {
        match self.locale.language() {
            Language::Spanish => format!("{period} (hasta ahora)"),
            Language::Portuguese => format!("{period} (até agora)"),
            Language::German => format!("{period} (bisher)"),
            Language::Arabic => format!("{period} (حتى الآن)"),
            Language::English | Language::Other => format!("{period} so far"),
        }
    }

    /// A place's name by itself, in a sentence.
    pub fn name(&self, label: &Label) -> String {
        let calendar = self.calendar();
        match label {
            Label::Moment { at, grain } => calendar.name(self.locale, *at, *grain, self.now),
            Label::Span { .. } => self.span(label),
            Label::Name { name } => self.embed(name),
            Label::Range { from, to, unit } => {
                let ends = [from, to].map(|value| Amount::new(*value, unit.as_ref()));
                let precision = Precision::of_pair(&ends[0], &ends[1], self.locale);
                let [from, to] = ends.map(|end| self.figure(&end, precision));
                format!("{from}–{to}")
            }
            Label::Whole => String::new(),
        }
    }

    /// The same where nothing around it says the year.
    pub fn dated_name(&self, label: &Label) -> String {
        Self {
            now: DateTime::MIN,
            ..*self
        }
        .name(label)
    }

    /// "in October", "on Fri 20 Nov"; empty for a name, which has no preposition that fits all.
    pub fn at(&self, label: &Label) -> String {
        match label {
            Label::Moment { at, grain } => self.calendar().at(self.locale, *at, *grain, self.now),
            Label::Span { .. } => match self.locale.language() {
                Language::Spanish => spanish::in_span(self, label),
                Language::Portuguese => portuguese::in_span(self, label),
                Language::German => german::in_span(self, label),
                Language::Arabic => arabic::in_span(self, label),
                Language::English | Language::Other => format!("in the {}", self.span(label)),
            },
            Label::Name { .. } | Label::Range { .. } | Label::Whole => String::new(),
        }
    }

    /// A value and where it stands: "$124k in October", "$68.9k (APAC)".
    pub fn value_at(&self, value: &str, label: &Label) -> String {
        match label {
            Label::Moment { .. } | Label::Span { .. } => format!("{value} {}", self.at(label)),
            Label::Name { .. } if self.locale.language() == Language::English => format!("{value} for {}", self.name(label)),
            Label::Name { .. } | Label::Range { .. } => format!("{value} ({})", self.name(label)),
            Label::Whole => value.to_owned(),
        }
    }

    /// "at 14:00", on a day that was just named.
    pub fn same_day(&self, label: &Label) -> String {
        match label {
            Label::Moment { at, .. } => self.calendar().same_day(self.locale, *at),
            other => self.name(other),
        }
    }

    /// What follows on "since".
    pub fn since(&self, label: &Label) -> String {
        match label {
            Label::Moment { at, grain } => self.calendar().since(self.locale, *at, *grain, self.now),
            other => self.name(other),
        }
    }

    /// What follows on "to", as the end of a stretch of time.
    pub fn until(&self, label: &Label) -> String {
        match label {
            Label::Moment { at, grain } | Label::Span { to: at, grain, .. } => self.calendar().until(self.locale, *at, *grain, self.now),
            other => self.name(other),
        }
    }

    /// A data name in a sentence: kept apart where its letters run the other way.
    pub fn embed(&self, name: &str) -> String {
        embedded(name, self.locale.is_right_to_left())
    }

    /// A number with its unit.
    pub fn figure(&self, amount: &Amount, precision: Precision) -> String {
        written(amount, precision, self.locale)
    }

    /// A count, in full.
    pub fn count(&self, things: usize) -> String {
        self.figure(&Amount::count(things), Precision::FULL)
    }

    /// The day on which the rows were read, and its time.
    pub fn read_at(&self) -> [String; 2] {
        let day = self.calendar().full_day(self.locale, self.now);
        let time = self.now.strftime("%H:%M").to_string();
        let zone = if self.is_zoned { "" } else { "UTC" };
        [
            day,
            if zone.is_empty() {
                time
            } else {
                format!("{time}\u{a0}{}", self.embed(zone))
            },
        ]
    }

    pub fn calendar(&self) -> &'static Calendar {
        match self.locale.language() {
            Language::Spanish => &spanish::CALENDAR,
            Language::Portuguese => &portuguese::CALENDAR,
            Language::German => &german::CALENDAR,
            Language::Arabic => &arabic::CALENDAR,
            Language::English | Language::Other => &english::CALENDAR,
        }
    }

    fn span(&self, label: &Label) -> String {
        match self.locale.language() {
            Language::Spanish => spanish::span(self, label),
            Language::Portuguese => portuguese::span(self, label),
            Language::German => german::span(self, label),
            Language::Arabic => arabic::span(self, label),
            Language::English | Language::Other => english::span(self, label),
        }
    }
}

/// How many periods a stretch of time has, and how long each is; one where it is none.
pub(crate) fn periods(label: &Label) -> (usize, Grain) {
    match label {
        Label::Span { from, to, grain } => (
            usize::try_from(ordinal(*to, *grain) - ordinal(*from, *grain) + 1).unwrap_or(1),
            *grain,
        ),
        Label::Moment { grain, .. } => (1, *grain),
        Label::Name { .. } | Label::Range { .. } | Label::Whole => (1, Grain::Day),
    }
}

/// What the difference of two percentages is counted in, by the number as it is written, without its sign.
pub(crate) fn percentage_points(locale: Locale, size: rust_decimal::Decimal) -> &'static str {
    let is_one = size == rust_decimal::Decimal::ONE;
    match locale.language() {
        Language::Spanish if is_one => "punto porcentual",
        Language::Spanish => "puntos porcentuales",
        // What is not yet two is one in Brazil, and one alone is in Portugal.
        Language::Portuguese if is_one || (locale.tag() == "pt-BR" && size < rust_decimal::Decimal::TWO) => "ponto percentual",
        Language::Portuguese => "pontos percentuais",
        Language::German if is_one => "Prozentpunkt",
        Language::German => "Prozentpunkte",
        Language::Arabic => arabic::percentage_points(size),
        Language::English | Language::Other if is_one => "percentage point",
        Language::English | Language::Other => "percentage points",
    }
}
