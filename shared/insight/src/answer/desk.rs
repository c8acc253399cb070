//! What an answer is written from: the rows that are asked about, the chart's shape, what is true of them, and the language.

use std::borrow::Cow;

use domain::chart_spec::{ChartSpec, Mark, Position};
use domain::dataset::{Column, Dataset, Values};
use domain::locale::Locale;
use domain::series::Plotted;
use rust_decimal::Decimal;

use super::heard::Heard;
use super::shape::{Shape, drawn, is_time};
use super::words::{self, Remark};
use crate::cell_text::{TITLE_GRAPHEMES_MAX, tame, tame_name};
use crate::fact::{Claim, Fact, Facts, Label, Place, Reading};
use crate::language::Scribe;
use crate::narrative::sentence::sentence;
use crate::narrative::story::Story;
use crate::narrative::{Telling, narrative};
use crate::prove::{Strictness, prove};

/// A line of an answer.
#[derive(Debug, Clone)]
pub(super) enum Line {
    /// Says nothing of the numbers.
    Remark(String),
    /// Written from Facts.
    Told(String),
    /// The same, one of a list.
    Item(String),
}

/// An answer in the making.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub lines: Vec<Line>,
    /// What its told lines were written from.
    pub facts: Option<Facts>,
    pub chart: Option<ChartSpec>,
}

impl Reply {
    pub fn of(facts: &Facts) -> Self {
        Self {
            facts: Some(facts.clone()),
            ..Self::default()
        }
    }

    pub fn remark(mut self, text: String) -> Self {
        self.lines.push(Line::Remark(text));
        self
    }

    /// Each once.
    pub fn told(mut self, texts: impl IntoIterator<Item = String>) -> Self {
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            let is_same = |line: &Line| matches!(line, Line::Told(told) if *told == text);
            if !self.lines.iter().any(is_same) {
                self.lines.push(Line::Told(text));
            }
        }
        self
    }

    pub fn listed(mut self, texts: impl IntoIterator<Item = String>) -> Self {
        self.lines.extend(texts.into_iter().map(Line::Item));
        self
    }

    pub fn drawn_as(mut self, chart: Option<ChartSpec>) -> Self {
        self.chart = chart;
        self
    }

    /// Leaves out what the proof does not follow: a line that cannot be shown to be so is not sent.
    pub fn proven(mut self, locale: Locale) -> Self {
        let facts = self.facts.as_ref();
        let is_proven = |text: &str| facts.is_some_and(|facts| prove(text, facts, &[], locale.tag(), Strictness::Ours).is_proven());
        self.lines.retain(|line| match line {
            Line::Remark(_) => true,
            Line::Told(text) | Line::Item(text) => is_proven(text),
        });
        self
    }

    pub fn is_told(&self) -> bool {
        self.lines.iter().any(|line| matches!(line, Line::Told(_) | Line::Item(_)))
    }
}

pub(super) struct Desk<'a> {
    pub heard: &'a Heard<'a>,
    /// The rows that are asked about.
    pub dataset: Cow<'a, Dataset>,
    pub spec: ChartSpec,
    pub shape: Shape,
    pub facts: Facts,
    pub locale: Locale,
    /// Whose rows they are, where not all: set apart where its letters run the other way.
    pub only: Option<String>,
    pub title: String,
}

impl<'a> Desk<'a> {
    pub fn of(heard: &'a Heard<'a>, facts: &Facts, dataset: &'a Dataset, spec: &ChartSpec, locale: Locale, title: &str) -> Self {
        let locale = Scribe::of(locale.tag(), facts).locale;
        let title = match tame(title, TITLE_GRAPHEMES_MAX) {
            title if title.is_empty() => facts.measure.clone(),
            title => title,
        };
        let mut desk = Self {
            heard,
            dataset: Cow::Borrowed(dataset),
            spec: spec.clone(),
            shape: Shape::of(spec).dated(dataset),
            facts: facts.clone(),
            locale,
            only: None,
            title,
        };
        desk.title = desk.scribe(facts).embed(&desk.title);
        if let Some((narrowed, shape, only)) = desk.narrowed(dataset) {
            let mark = if shape.rest.mark == Mark::Arc && shape.color.is_none() {
                Mark::Bar
            } else {
                spec.mark
            };
            if let Some((spec, plotted)) = shape.drawn(mark, &narrowed) {
                desk.facts = crate::facts(&plotted, &spec, &narrowed);
                desk.only = only;
                (desk.spec, desk.shape, desk.dataset) = (spec, shape, narrowed);
            }
        }
        desk
    }

    /// The rows of the names in the question, and the numbers of a column that it names.
    fn narrowed(&self, dataset: &'a Dataset) -> Option<(Cow<'a, Dataset>, Shape, Option<String>)> {
        let mut shape = self.shape.clone();
        let mut is_changed = false;
        let mut keep = vec![true; dataset.row_count()];
        let mut only: Vec<String> = Vec::new();
        let mut columns: Vec<&str> = Vec::new();
        for name in &self.heard.names {
            let Some(column) = dataset.column(name.column) else { continue };
            match (name.value, &column.values) {
                (Some(value), Values::Text(_)) => {
                    only.push(tame_name(value));
                    if !columns.contains(&name.column) {
                        columns.push(name.column);
                    }
                }
                (None, Values::Number(_)) if shape.measure.field.as_deref() != Some(name.column) => {
                    is_changed = true;
                    shape = shape.measuring(name.column);
                }
                _ => {}
            }
        }
        for field in columns {
            let values: Vec<&str> = self
                .heard
                .names
                .iter()
                .filter(|name| name.column == field)
                .filter_map(|name| name.value)
                .collect();
            if let Some(Values::Text(cells)) = dataset.column(field).map(|column| &column.values) {
                for (keep, cell) in keep.iter_mut().zip(cells) {
                    *keep &= cell.as_deref().is_some_and(|cell| values.contains(&cell));
                }
            }
            if values.len() == 1 && shape.color.as_ref().is_some_and(|color| color.field == field) {
                shape.color = None;
                shape.is_side_by_side = false;
                if shape.rest.mark == Mark::Arc {
                    shape.steps = Some(named_steps(field));
                }
            }
        }
        if only.is_empty() {
            return is_changed.then_some((Cow::Borrowed(dataset), shape, None));
        }
        let only = self.scribe(&self.facts).embed(&only.join(", "));
        Some((Cow::Owned(some_of(dataset, &keep)), shape, Some(only)))
    }

    pub fn scribe(&self, facts: &Facts) -> Scribe {
        Scribe::of(self.locale.tag(), facts)
    }

    pub fn say(&self, remark: &Remark) -> String {
        words::say(self.locale, remark)
    }

    pub fn summary(&self, facts: &Facts) -> String {
        let telling = Telling {
            title: "",
            locale: self.locale.tag(),
            link: None,
        };
        narrative(facts, telling).summary
    }

    /// The sentences of the facts that are meant, most material first.
    pub fn sentences(&self, facts: &Facts, is_meant: impl Fn(&Fact) -> bool) -> Vec<String> {
        let story = Story::of(facts, self.scribe(facts));
        let meant = facts.items.iter().filter(|fact| is_meant(fact));
        meant.filter_map(|fact| Some(story.say(&sentence(&story, fact)?))).collect()
    }

    /// What is measured, as it begins a sentence.
    pub fn measure(&self, facts: &Facts) -> String {
        let scribe = self.scribe(facts);
        scribe.measure(&Story::of(facts, scribe).measure)
    }

    /// A name of a column in a sentence.
    pub fn name(&self, column: &str) -> String {
        self.scribe(&self.facts).embed(&tame_name(column))
    }

    /// A picture beside the text, where it is another than the delivered one.
    pub fn chart(&self, spec: ChartSpec) -> Option<ChartSpec> {
        let is_other = spec != self.spec && spec != self.shape.spec(self.spec.mark);
        // Rows that the words leave out may hold what cannot be drawn.
        self.picture(spec).filter(|spec| is_other && drawn(&self.dataset, spec).is_some())
    }

    /// A picture that was asked for. Only one of all rows can be drawn: a spec leaves none out.
    pub fn picture(&self, spec: ChartSpec) -> Option<ChartSpec> {
        Some(spec).filter(|_| self.only.is_none())
    }

    /// The columns that may part the numbers, those on the chart first.
    pub fn dimensions(&self) -> Vec<&str> {
        let drawn = [
            self.shape.color.as_ref().map(|color| color.field.as_str()),
            self.shape.steps.as_ref().and_then(|steps| steps.field.as_deref()),
        ];
        let is_text = |column: &&Column| matches!(column.values, Values::Text(_) | Values::Boolean(_));
        let columns = || self.dataset.columns.iter().filter(is_text).map(|column| column.name.as_str());
        let mut names: Vec<&str> = columns().filter(|name| drawn.contains(&Some(name))).collect();
        names.extend(columns().filter(|name| !drawn.contains(&Some(name))));
        names
    }

    /// The column by which the question wants the numbers parted.
    pub fn asked_dimension(&self) -> Option<&str> {
        let named = self.heard.names.iter().filter(|name| name.value.is_none()).map(|name| name.column);
        let mut named = named.filter(|name| self.dimensions().contains(name));
        named.next()
    }

    /// The column of dates of the chart, or of the rows.
    pub fn dates(&self) -> Option<&Column> {
        let shape = &self.shape;
        let steps = shape
            .steps
            .as_ref()
            .filter(|_| shape.is_dated())
            .and_then(|steps| steps.field.as_deref());
        let period = shape.rest.period.as_ref().map(|period| period.field.as_str());
        let named = steps.or(period).and_then(|name| self.dataset.column(name));
        named.or_else(|| self.dataset.columns.iter().find(|column| is_time(column)))
    }

    pub fn read(&self, spec: &ChartSpec) -> Option<(Plotted, Facts)> {
        let plotted = drawn(&self.dataset, spec)?;
        let facts = crate::facts(&plotted, spec, &self.dataset);
        Some((plotted, facts))
    }
}

pub(super) fn named_steps(field: &str) -> Position {
    Position {
        field: Some(field.to_owned()),
        ..Position::default()
    }
}

/// A value that was asked for.
pub(super) fn value(facts: &Facts, series: Option<&str>, value: Decimal, step: usize, label: Label) -> Fact {
    Fact {
        series: series.map(str::to_owned),
        unit: facts.unit.clone(),
        claim: Claim::Value {
            reading: Reading {
                value,
                at: Place {
                    first: step,
                    last: step,
                    in_previous: false,
                    label,
                },
            },
        },
        materiality: 0,
        rows: None,
    }
}

pub(super) fn some_of(dataset: &Dataset, keep: &[bool]) -> Dataset {
    fn pick<T: Clone>(cells: &[Option<T>], keep: &[bool]) -> Vec<Option<T>> {
        cells
            .iter()
            .zip(keep)
            .filter(|(_, keep)| **keep)
            .map(|(cell, _)| cell.clone())
            .collect()
    }
    let columns = dataset.columns.iter().map(|column| Column {
        values: match &column.values {
            Values::Number(cells) => Values::Number(pick(cells, keep)),
            Values::Text(cells) => Values::Text(pick(cells, keep)),
            Values::Date(cells) => Values::Date(pick(cells, keep)),
            Values::DateTime(cells) => Values::DateTime(pick(cells, keep)),
            Values::Boolean(cells) => Values::Boolean(pick(cells, keep)),
        },
        name: column.name.clone(),
        unit: column.unit.clone(),
    });
    Dataset {
        as_of: dataset.as_of,
        time_zone: dataset.time_zone.clone(),
        columns: columns.collect(),
        notes: Vec::new(),
    }
}
