//! From tokens to clauses: what is said together, and what a clause takes over from the ones around it.

use std::ops::Range;

use super::lexicon::{Term, Topic};
use super::names::Meant;
use super::statement::Topics;
use super::token::{Number, Placed, Token};
use super::when::When;
use crate::fact::Direction;

/// A word that tells a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// The index of its token.
    pub at: usize,
    pub direction: Direction,
    /// Whether it claims something by itself: "rose" does, "more" only beside a number.
    pub is_claim: bool,
    /// "did not rise".
    pub is_denied: bool,
}

/// What stands between two commas, conjunctions or "from"s.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub tokens: Range<usize>,
    /// What follows on "from", "than", "since".
    pub is_from: bool,
    /// Another statement begins here: after "and", "while", a semicolon.
    pub is_fresh: bool,
    pub is_bracket: bool,
    pub entities: Vec<usize>,
    pub names_measure: bool,
    pub dates: Vec<When>,
    pub ways: Vec<Way>,
    pub extremes: Vec<(usize, Direction)>,
    pub topics: Topics,
    pub has_numbers: bool,
    /// Numbers that count no things: values and moves.
    pub values: Vec<Number>,
    pub is_denied: bool,
    pub is_most: bool,
}

/// What is meant in a clause, its own words and those around it taken together.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    pub entities: Vec<usize>,
    /// The first that the sentence names.
    pub first: Option<usize>,
    /// Whether all series together may be meant, although one was named before.
    pub may_be_whole: bool,
    pub at: Vec<When>,
    /// Whether the date is that of a sentence before, so that the newest value may be meant as well.
    pub is_at_earlier: bool,
    pub from: Vec<When>,
    /// What the entity is compared with.
    pub against: Vec<usize>,
    /// What the comparison is about: "than a year before".
    pub from_topics: Topics,
    /// The older values that are written.
    pub older: Vec<Number>,
    pub direction: Option<Way>,
}

/// How far away what is compared with is looked for. Bounds the time that a long sentence takes.
const REACH_CLAUSES: usize = 8;
/// How far behind a number "more" is still said of it, a bracket included.
const BESIDE_TOKENS: usize = 6;
/// How far back a "not" reaches, in tokens.
pub(super) const DENIAL_TOKENS: usize = 4;

/// The clauses of one sentence, given as indices into all tokens. `is_denied_behind`: "not" stands behind what it denies.
pub(super) fn clauses(tokens: &[Placed], sentence: Range<usize>, is_denied_behind: bool) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = vec![Clause {
        tokens: sentence.start..sentence.start,
        ..Clause::default()
    }];
    let mut denial: Option<usize> = None;
    for index in sentence.clone() {
        let Some(Placed { token, .. }) = tokens.get(index) else { break };
        let begins = match token {
            // "5 below the target" is one statement.
            Token::Term(Term::From | Term::Of) if is_before_target(tokens, index) => false,
            Token::Mark(',' | ';' | '(' | ')' | '[' | ']' | '–') | Token::Term(Term::And | Term::From) => true,
            Token::Mark(':') => clauses
                .last()
                .is_some_and(|clause| !clause.values.is_empty() || !clause.dates.is_empty()),
            Token::Term(Term::Of) => is_after_more(tokens, index, sentence.start) || is_from_before_to(tokens, index, sentence.end),
            Token::Term(Term::To) => clauses
                .last()
                .is_some_and(|clause| clause.is_from && (clause.has_numbers || !clause.dates.is_empty())),
            _ => false,
        };
        let is_after_same =
            index > sentence.start && matches!(tokens.get(index - 1).map(|before| &before.token), Some(Token::Term(Term::Same)));
        if begins || is_after_same {
            let is_bracket = matches!(token, Token::Mark('(' | '['));
            // "since 1 November (5)": the value there.
            let goes_on = is_bracket && clauses.last().is_some_and(|clause| clause.is_from && clause.values.is_empty());
            clauses.push(Clause {
                tokens: index..index,
                is_from: goes_on || is_after_same || matches!(token, Token::Term(Term::From | Term::Of)),
                is_fresh: matches!(token, Token::Term(Term::And) | Token::Mark(';' | '–')),
                is_bracket,
                // What a bracket adds is about the same, and "between 3 and 5" are the two ends of it.
                topics: clauses
                    .last()
                    .filter(|clause| is_bracket || is_other_end(clause, token))
                    .map_or(Topics::NONE, |clause| clause.topics),
                ..Clause::default()
            });
        }
        if matches!(token, Token::Term(Term::Not)) {
            denial = Some(index);
        }
        let is_denied = denial.is_some_and(|denial| index - denial <= DENIAL_TOKENS);
        if let Some(clause) = clauses.last_mut() {
            clause.tokens.end = index + 1;
            clause.add(index, token, is_denied);
        }
    }
    clauses.retain(|clause| !clause.tokens.is_empty());
    for clause in clauses.iter_mut().filter(|clause| is_denied_behind && clause.is_denied) {
        clause.ways.iter_mut().for_each(|way| way.is_denied = true);
    }
    join_around_brackets(&mut clauses);
    clauses
}

/// "5 (8 %) more": the word behind the bracket is said of both numbers.
fn join_around_brackets(clauses: &mut [Clause]) {
    for at in 1..clauses.len().saturating_sub(1) {
        let Some([before, bracket, after]) = clauses.get_mut(at - 1..=at + 1) else {
            continue;
        };
        let is_behind =
            bracket.is_bracket && before.has_numbers && after.ways.first().is_some_and(|way| before.ways.is_empty() || !way.is_claim);
        let Some(way) = after.ways.first().filter(|_| is_behind).copied() else {
            continue;
        };
        before.ways.push(way);
        if bracket.ways.is_empty() {
            bracket.ways.push(way);
        }
    }
}

/// Whether the next word is the target.
fn is_before_target(tokens: &[Placed], index: usize) -> bool {
    let next = tokens.get(index + 1).map(|placed| &placed.token);
    matches!(next, Some(Token::Term(Term::Topic(Topic::Target))))
}

/// Whether "and" stands between the ends of the middle half.
fn is_other_end(before: &Clause, token: &Token) -> bool {
    matches!(token, Token::Term(Term::And)) && before.topics.has(Topic::Middle) && before.values.len() == 1
}

/// Whether it is the "than" of "more than".
fn is_after_more(tokens: &[Placed], index: usize, start: usize) -> bool {
    index > start
        && matches!(
            tokens.get(index - 1).map(|placed| &placed.token),
            Some(Token::Term(Term::Beside(_)))
        )
}

/// Whether "de", "von" begins "from 3 to 5".
fn is_from_before_to(tokens: &[Placed], index: usize, end: usize) -> bool {
    const REACH_TOKENS: usize = 9;
    let ahead = tokens.get(index + 1..end).unwrap_or_default().iter().take(REACH_TOKENS);
    let mut has_value = false;
    for Placed { token, .. } in ahead {
        match token {
            Token::Number(_) | Token::Date(_) => has_value = true,
            Token::Term(Term::To) => return has_value,
            Token::Mark(',' | ';' | '(') | Token::Term(Term::And | Term::Of | Term::Move(_)) => return false,
            _ => {}
        }
    }
    false
}

impl Clause {
    fn add(&mut self, index: usize, token: &Token, is_denied: bool) {
        let way = |direction, is_claim| Way {
            at: index,
            direction,
            is_claim,
            is_denied,
        };
        match token {
            Token::Name(Meant::Entity(entity)) => self.entities.push(*entity),
            Token::Name(Meant::Measure) => self.names_measure = true,
            Token::Date(when) => self.dates.push(*when),
            Token::Number(number) => {
                self.has_numbers = true;
                if number.noun.is_none() {
                    self.values.push(number.clone());
                }
            }
            Token::Term(term) => match term {
                Term::Move(direction) => self.ways.push(way(*direction, true)),
                Term::Beside(direction) => self.ways.push(way(*direction, false)),
                Term::Extreme(direction) => self.extremes.push((index, *direction)),
                Term::Topic(topic) => self.topics = self.topics.with(*topic),
                Term::Factor(over, under) => {
                    let direction = if over > under { Direction::Up } else { Direction::Down };
                    self.ways.push(way(direction, false));
                }
                Term::Both(terms) => terms.iter().for_each(|term| self.add(index, &Token::Term(*term), is_denied)),
                Term::Not => self.is_denied = true,
                Term::Most => self.is_most = true,
                _ => {}
            },
            _ => {}
        }
    }

    /// Whether it says anything of what it names.
    pub fn claims(&self) -> bool {
        self.has_numbers || self.ways.iter().any(|way| way.is_claim) || !self.extremes.is_empty()
    }
}

/// What each clause means: its own names and dates, or those before it, or else those after it. `earlier` is what the sentences before left.
pub(super) fn contexts(clauses: &[Clause], earlier: &Context) -> Vec<Context> {
    let mut current = Context {
        entities: earlier.entities.clone(),
        at: earlier.at.clone(),
        is_at_earlier: true,
        may_be_whole: true,
        ..Context::default()
    };
    let first_at = clauses
        .iter()
        .find(|clause| !clause.is_from && !clause.is_reading() && !clause.dates.is_empty());
    let first_entities = clauses.iter().find(|clause| !clause.is_from && !clause.entities.is_empty());
    if let Some(clause) = first_at {
        current.at.clone_from(&clause.dates);
        current.is_at_earlier = false;
    }
    if let Some(clause) = first_entities {
        current.entities.clone_from(&clause.entities);
        current.first = clause.entities.first().copied();
        current.may_be_whole = false;
    }
    let mut contexts: Vec<Context> = Vec::with_capacity(clauses.len());
    let mut pending: Vec<usize> = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        current.may_be_whole = clause.names_measure && clause.entities.is_empty() || (current.may_be_whole && clause.entities.is_empty());
        if clause.topics.has(Topic::Total) {
            current.may_be_whole = true;
        }
        if !clause.is_from {
            if !clause.entities.is_empty() {
                current.entities.clone_from(&clause.entities);
                // "North and South rose": true of both.
                current.entities.append(&mut pending);
                if !clause.claims()
                    && !clause.topics.meets(Topics::EVERY)
                    && clauses
                        .get(index + 1)
                        .is_some_and(|next| !next.entities.is_empty() && !next.is_from)
                {
                    pending.clone_from(&current.entities);
                }
            }
            if !clause.dates.is_empty() && !clause.is_reading() {
                current.at.clone_from(&clause.dates);
            }
        }
        if let Some(way) = clause.ways.last() {
            current.direction = Some(*way);
        } else if clause.is_fresh {
            current.direction = None;
        }
        let mut context = current.clone();
        // "the lowest, that of North": of what is named next.
        let next = clauses
            .get(index + 1)
            .filter(|next| !next.is_from && !next.entities.is_empty() && next.extremes.is_empty());
        if let Some(next) =
            next.filter(|_| !clause.extremes.is_empty() && clause.entities.is_empty() && !clause.has_numbers && !clause.is_from)
        {
            context.entities.clone_from(&next.entities);
        }
        // "highest 5 (North)": whose it is.
        let bracket = clauses
            .get(index + 1)
            .filter(|next| next.is_bracket && !next.claims() && next.dates.is_empty());
        context
            .entities
            .extend(bracket.iter().flat_map(|bracket| bracket.entities.iter().copied()));
        let mut compared = compared_with(clauses, index);
        // What stands in a bracket is compared as what it stands behind.
        if compared.is_empty() && clause.is_bracket && index > 0 {
            compared = compared_with(clauses, index - 1);
        }
        context.from = compared.iter().flat_map(|clause| clause.dates.iter().copied()).collect();
        context.against = compared.iter().flat_map(|clause| clause.entities.iter().copied()).collect();
        context.from_topics = compared.iter().fold(Topics::NONE, |topics, clause| topics.or(clause.topics));
        context.older = compared.iter().flat_map(|clause| clause.values.iter().cloned()).collect();
        contexts.push(context);
    }
    contexts
}

/// The "from" clauses that belong to a clause: itself, or those that follow on it up to the next statement, or those that begin the sentence.
fn compared_with(clauses: &[Clause], index: usize) -> Vec<&Clause> {
    let Some(clause) = clauses.get(index) else { return Vec::new() };
    let is_next = |clause: &&Clause| !clause.is_from && (clause.is_fresh || clause.ways.iter().any(|way| way.is_claim));
    let mut found: Vec<&Clause> = Vec::new();
    if clause.is_from {
        found.push(clause);
    }
    for later in clauses.iter().skip(index + 1).take(REACH_CLAUSES) {
        if is_next(&later) {
            break;
        }
        if later.is_from {
            found.push(later);
        }
    }
    if found.iter().all(|clause| clause.dates.is_empty() && clause.entities.is_empty()) {
        for before in clauses.iter().take(index).rev().take(REACH_CLAUSES) {
            if before.is_from {
                found.push(before);
            }
            if is_next(&before) {
                break;
            }
        }
    }
    found
}

impl Clause {
    /// Whether its date is that of the reading of the rows.
    pub fn is_reading(&self) -> bool {
        self.topics.has(Topic::Read)
    }
}

/// The direction that is told of the number at that token: the nearest word before it in its clause, else after it, else the one before the clause.
pub(super) fn direction_of(clause: &Clause, context: &Context, at: usize, number: &Number) -> Option<Way> {
    // "over" a stretch of time tells no direction; "over 5" does.
    let is_said_of = |way: &&Way| way.at < at && (way.is_claim || at - way.at <= 2);
    let before = clause.ways.iter().rev().find(is_said_of);
    let after = clause.ways.iter().find(|way| way.at > at);
    let own = match (before, after) {
        // "8 % more than", "rose 8 %": what claims by itself goes first.
        (Some(before), Some(after)) if !before.is_claim && after.is_claim => Some(after),
        (Some(before), _) => Some(before),
        (None, after) => after,
    };
    let is_contradicted = |way: &&Way| {
        clause
            .ways
            .iter()
            .any(|other| !other.is_claim && other.at > at && other.at - at <= BESIDE_TOKENS && other.direction != way.direction)
    };
    if own.as_ref().is_some_and(is_contradicted) {
        return None;
    }
    let sign = match (number.is_positive, number.is_negative) {
        (true, _) => Some(Direction::Up),
        (_, true) => Some(Direction::Down),
        _ => None,
    };
    let signed = sign.map(|direction| Way {
        at,
        direction,
        is_claim: false,
        is_denied: false,
    });
    match (own, signed) {
        // "fell −8 %" says less than nothing.
        (Some(_), Some(sign)) if sign.direction == Direction::Down => None,
        (Some(own), _) => Some(*own),
        // "fell most, by −8" neither; "fell 5 (−8 %)" and "North rose, South −8 %" do.
        (None, Some(sign))
            if !clause.is_bracket && clause.entities.is_empty() && context.direction.is_some() && sign.direction == Direction::Down =>
        {
            None
        }
        (None, signed) => signed.or(context.direction),
    }
}
