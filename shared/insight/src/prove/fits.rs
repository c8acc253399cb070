//! Whether a statement of the Facts is about what a clause is about: its entity, its date, what it is compared with, its topic.

use super::check::{Ground, Said};
use super::lexicon::Topic;
use super::statement::{Kind, Statement, Topics};
use super::when::When;
use crate::fact::Label;

/// Topics that a statement must share with the clause that it is said in: a slope is not a rise.
const FILTERS: [Topic; 7] = [
    Topic::Trend,
    Topic::Usual,
    Topic::Streak,
    Topic::Missing,
    Topic::Target,
    Topic::LastYear,
    Topic::SoFar,
];

/// Of these, the ones that a plain value must share too.
const LEVEL_FILTERS: [Topic; 3] = [Topic::Usual, Topic::SoFar, Topic::Missing];

impl Ground<'_> {
    /// Whether a statement is about what the clause is about: entity, date, comparison, topic.
    pub(super) fn fits(&self, statement: &Statement, said: &Said) -> bool {
        let topics = said.clause.topics.or(said.context.from_topics.and(Topics::of(&[Topic::LastYear])));
        let filters = if statement.kind == Kind::Level {
            Topics::of(&LEVEL_FILTERS)
        } else {
            Topics::of(&FILTERS)
        };
        let is_on_topic = topics.and(filters).is_empty() || statement.topics.meets(topics.and(filters));
        let is_needed = statement.needs.is_empty() || statement.needs.meets(topics);
        // "54 % of the increase" is no part of the total.
        let of_change = topics.and(Topics::of(&[Topic::Contribution, Topic::OfRise, Topic::OfFall]));
        let is_of_whole = statement.kind != Kind::Share || of_change.is_empty() || statement.topics.meets(of_change);
        is_on_topic
            && is_needed
            && is_of_whole
            && self.is_entity(statement, said)
            && self.is_at(statement, said)
            && self.is_from(statement, said)
    }

    pub(super) fn is_entity(&self, statement: &Statement, said: &Said) -> bool {
        let context = said.context;
        let named: &[usize] = if said.clause.is_from && !said.clause.entities.is_empty() {
            &said.clause.entities
        } else {
            &context.entities
        };
        let is_whole = statement.series.is_none() && statement.category.is_none();
        if named.is_empty() {
            return statement.series.is_none() && (statement.category.is_none() || !said.clause.extremes.is_empty());
        }
        let is_named = named
            .iter()
            .all(|entity| statement.series == Some(*entity) || statement.category == Some(*entity));
        // A series of several and a category: both must be named, the series at least where the sentence begins.
        let is_of_sentence =
            |entity: usize| statement.category.is_some() && statement.series == Some(entity) && context.first == Some(entity);
        let has_all = [statement.series, statement.category]
            .into_iter()
            .flatten()
            .all(|entity| named.contains(&entity) || is_of_sentence(entity));
        let is_both = !is_whole
            && has_all
            && named
                .iter()
                .any(|entity| statement.series == Some(*entity) || statement.category == Some(*entity))
            && named.len() <= 2
            && statement.series.is_some()
            && statement.category.is_some();
        (is_named && has_all) || is_both || (is_whole && context.may_be_whole) || matches!(statement.kind, Kind::Count(_)) && is_whole
    }

    pub(super) fn is_at(&self, statement: &Statement, said: &Said) -> bool {
        let own = &said.clause.dates;
        // The date behind "from" is that of an older value; of a move it is what it is compared with.
        let is_compared = said.clause.is_from && statement.kind != Kind::Level;
        if statement.kind == Kind::FromLevel {
            let dates = if own.is_empty() { &said.context.from } else { own };
            return dates.is_empty() || self.is_dated(statement.at.as_ref(), dates);
        }
        let dates = if own.is_empty() || is_compared || said.clause.is_reading() {
            &said.context.at
        } else {
            own
        };
        let is_count = matches!(statement.kind, Kind::Count(_)) && statement.at.is_none();
        if dates.is_empty() || is_count {
            let is_telling = statement.extreme.is_some() && !said.clause.extremes.is_empty() && !said.clause.values.is_empty();
            return statement.is_newest || is_telling || statement.topics.meets(said.clause.topics) || is_count;
        }
        let is_there = |label: Option<&Label>| self.is_dated(label, dates);
        is_there(statement.at.as_ref())
            || is_there(statement.over.as_ref())
            || (matches!(statement.kind, Kind::Usual) && own.is_empty())
            || self.is_stretch(statement, said)
            || (said.context.is_at_earlier && statement.is_newest)
            || (matches!(statement.kind, Kind::Count(_)) && statement.topics.meets(said.clause.topics))
            || (matches!(statement.kind, Kind::Count(_)) && statement.extreme.is_some())
    }

    /// "from October to December": the stretch by its two ends.
    fn is_stretch(&self, statement: &Statement, said: &Said) -> bool {
        let Some(Label::Span { from, to, grain }) = statement.at else {
            return false;
        };
        let is = |dates: &[When], at| dates.iter().any(|when| when.is_moment(at, grain, self.now));
        (is(&said.context.from, from) && is(&said.context.at, to)) || (is(&said.clause.dates, from) && is(&said.clause.dates, to))
    }

    fn is_from(&self, statement: &Statement, said: &Said) -> bool {
        if matches!(
            statement.kind,
            Kind::FromLevel | Kind::Level | Kind::Count(_) | Kind::Share | Kind::Usual
        ) && statement.extreme.is_none()
        {
            return true;
        }
        let context = said.context;
        let is_move = matches!(statement.kind, Kind::Difference | Kind::Ratio | Kind::Factor | Kind::Still { .. });
        if let Some(older) = statement.older.filter(|_| is_move)
            && !context
                .older
                .iter()
                .all(|number| self.is_value(older, statement.unit.as_ref(), number))
        {
            return false;
        }
        if !context.from.is_empty() && !said.clause.is_reading() {
            return match &statement.from {
                Some(from) => self.is_dated(Some(from), &context.from),
                // A slope, a distance: compared with nothing that has a date.
                None => is_move && !statement.topics.is_empty() || !is_move && !said.clause.is_from && context.from.is_empty(),
            };
        }
        if is_move && !context.against.is_empty() && statement.topics.is_empty() {
            return false;
        }
        if !is_move && statement.from.is_some() && statement.extreme.is_some() {
            // "the highest since June" is less than "the highest".
            return false;
        }
        let is_named = is_move && !context.older.is_empty() && statement.older.is_some();
        !statement.needs_from || is_named || statement.topics.meets(said.clause.topics.or(context.from_topics))
    }

    pub(super) fn is_dated(&self, label: Option<&Label>, dates: &[When]) -> bool {
        label.is_some_and(|label| !dates.is_empty() && dates.iter().all(|when| when.is(label, self.now)))
    }
}
