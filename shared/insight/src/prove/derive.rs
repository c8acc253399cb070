//! What follows from two facts: the difference and the ratio of two values that a sentence compares by name.

use super::check::{Ground, Said};
use super::statement::{Kind, Statement, Topics};
use crate::fact::{Label, direction};

/// Most values on one side of a comparison.
const VALUES_MAX: usize = 12;

/// "North sold 5 more than South", "5 more in October than in March": of the value that the clause is about and the one it is compared with.
pub(super) fn statements(ground: &Ground, said: &Said) -> Vec<Statement> {
    let context = said.context;
    if context.from.is_empty() && context.against.is_empty() {
        return Vec::new();
    }
    let is_dated = |label: Option<&Label>, dates: &[super::when::When]| match dates {
        [] => None,
        dates => Some(label.is_some_and(|label| dates.iter().any(|when| when.is(label, ground.now)))),
    };
    let is_of = |statement: &Statement, entities: &[usize]| {
        entities
            .iter()
            .all(|entity| statement.series == Some(*entity) || statement.category == Some(*entity))
            && [statement.series, statement.category]
                .into_iter()
                .flatten()
                .all(|entity| entities.contains(&entity))
    };
    let levels = || {
        ground
            .statements
            .iter()
            .filter(|statement| matches!(statement.kind, Kind::Level | Kind::FromLevel) && statement.needs.is_empty())
    };
    let older_entities = if context.against.is_empty() {
        &context.entities
    } else {
        &context.against
    };
    let older_dates = if context.from.is_empty() { &context.at } else { &context.from };
    let newer =
        levels().filter(|level| is_of(level, &context.entities) && is_dated(level.at.as_ref(), &context.at).unwrap_or(level.is_newest));
    let newer: Vec<&Statement> = newer.take(VALUES_MAX).collect();
    let older =
        levels().filter(|level| is_of(level, older_entities) && is_dated(level.at.as_ref(), older_dates).unwrap_or(level.is_newest));
    let older: Vec<&Statement> = older.take(VALUES_MAX).collect();
    let mut derived = Vec::new();
    for to in &newer {
        for from in &older {
            let is_pair = to.unit == from.unit && (to.at != from.at || to.series != from.series);
            // Of one step each: October against October.
            let is_same_step = context.against.is_empty() || to.category.is_some() || to.at == from.at;
            if let Some(difference) = to.value.checked_sub(from.value).filter(|_| is_pair && is_same_step) {
                let make = |kind, value| Statement {
                    kind,
                    value,
                    at: to.at.clone(),
                    from: from.at.clone(),
                    direction: direction(difference),
                    extreme: None,
                    rank: None,
                    topics: Topics::NONE.with(super::lexicon::Topic::Derived),
                    ..(*to).clone()
                };
                derived.push(make(Kind::Difference, difference));
                if from.value > rust_decimal::Decimal::ZERO {
                    derived.extend(difference.checked_div(from.value).map(|ratio| make(Kind::Ratio, ratio)));
                    derived.extend(to.value.checked_div(from.value).map(|factor| make(Kind::Factor, factor)));
                }
            }
        }
    }
    derived
}
