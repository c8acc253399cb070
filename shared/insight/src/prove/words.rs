//! What each token claims, and what that is held against.

use rust_decimal::Decimal;

use super::check::{Ground, Said};
use super::lexicon::{Term, Topic};
use super::names::Meant;
use super::token::{Measure, Token};
use super::verdict::{Reason, What};
use crate::fact::Direction;

/// The fact that proves it, where there is one to name; or why not.
pub(super) type Found = Result<Option<usize>, Reason>;

/// What the token at that index claims; `None` where it claims nothing.
pub(super) fn claim(ground: &Ground, said: &Said, index: usize, token: &Token) -> Option<(What, Found)> {
    match token {
        Token::Number(number) => {
            let what = match number.measure {
                Measure::Percent | Measure::Points => What::Percent,
                Measure::Rank => What::Rank,
                _ => What::Number,
            };
            let found = match number.value {
                None => Err(Reason::Unreadable),
                Some(_) => by_fact(ground.number(said, index, number)),
            };
            Some((what, found))
        }
        Token::Date(when) => Some((What::Date, by_fact(ground.date(said, when)))),
        Token::Name(Meant::Entity(_)) => Some((What::Entity, Ok(None))),
        Token::Term(term) => word(ground, said, index, *term),
        Token::Name(_) | Token::Unknown { .. } | Token::Mark(_) => None,
    }
}

fn by_fact(fact: Option<usize>) -> Found {
    fact.map(Some).ok_or(Reason::NoFact)
}

fn word(ground: &Ground, said: &Said, index: usize, term: Term) -> Option<(What, Found)> {
    let way = said.clause.ways.iter().find(|way| way.at == index);
    let is_denied = said.is_denied(index);
    let is_nearly = || said.before(index).any(|token| matches!(token, Token::Term(Term::Nearly)));
    let ratio = |over: u32, under: u32| Decimal::from(over).checked_div(Decimal::from(under)).unwrap_or_default();
    // "More than half" is another claim than "half".
    let is_bound = said.clause.is_from && matches!(term, Term::Factor(..) | Term::Part(..));
    let refuse_denied = |found: Option<usize>| {
        if is_denied || is_bound {
            Err(Reason::NoFact)
        } else {
            by_fact(found)
        }
    };
    Some(match term {
        Term::Move(_) | Term::Beside(_) if ground.has_relation() && said.has_no_number() => {
            (What::Direction, by_fact(ground.relation(said)))
        }
        Term::Move(direction) => (
            What::Direction,
            by_fact(ground.direction(said, direction, way.is_some_and(|way| way.is_denied))),
        ),
        Term::Beside(direction) => {
            let is_comparing = !said.clause.has_numbers && (said.clause.topics.has(Topic::Target) || !said.context.against.is_empty());
            if !is_comparing {
                return None;
            }
            // "Grew more than South": two growths, of which values tell nothing.
            let is_of_moves = !said.context.against.is_empty() && said.clause.ways.iter().any(|way| way.is_claim);
            let found = ground.direction(said, direction, is_denied).filter(|_| !is_of_moves);
            (What::Direction, by_fact(found))
        }
        Term::Flat | Term::Same => (What::Direction, refuse_denied(ground.still(said, true))),
        Term::Little => (What::Direction, by_fact(ground.still(said, false))),
        Term::Extreme(direction) => (What::Rank, refuse_denied(ground.extreme(said, direction))),
        Term::Most => {
            let most = ground.rank(said, |rank| rank == 1).or_else(|| ground.extreme(said, Direction::Up));
            (What::Rank, refuse_denied(most))
        }
        Term::Both(terms) => {
            let found: Vec<(What, Found)> = terms.iter().filter_map(|term| word(ground, said, index, *term)).collect();
            let refused = found.iter().find(|(_, found)| found.is_err()).copied();
            return refused.or_else(|| found.first().copied());
        }
        Term::Rank(rank) => {
            let is_of_low = said.clause.extremes.iter().any(|(_, direction)| *direction == Direction::Down);
            let found = ground.rank(said, |known| known == rank).filter(|_| !is_of_low);
            (What::Rank, refuse_denied(found))
        }
        Term::Next => (What::Rank, by_fact(ground.rank(said, |known| known > 1))),
        Term::Factor(over, under) => (
            What::Number,
            refuse_denied(ground.multiple(said, ratio(over, under), false, is_nearly())),
        ),
        Term::Part(over, under) => (
            What::Number,
            refuse_denied(ground.multiple(said, ratio(over, under), true, is_nearly())),
        ),
        Term::Topic(topic) => (What::Wording, about(ground, said, topic)?),
        Term::Causal => (What::Wording, Err(Reason::Causal)),
        Term::Future => (What::Wording, Err(Reason::Speculative)),
        Term::Vague => (What::Wording, Err(Reason::NoFact)),
        _ => return None,
    })
}

/// What a topic claims by being named.
fn about(ground: &Ground, said: &Said, topic: Topic) -> Option<Found> {
    if topic == Topic::Together && said.clause.is_denied && ground.has_relation() {
        return Some(by_fact(ground.related(said, None)));
    }
    let is_claim = match topic {
        Topic::Trend | Topic::Streak | Topic::SoFar | Topic::Target | Topic::Unusual | Topic::LastYear => true,
        Topic::Missing => !said.clause.is_denied,
        Topic::Met | Topic::Missed => said.clause.topics.has(Topic::Target),
        _ => false,
    };
    is_claim.then(|| by_fact(ground.topic(said, topic)))
}
