//! What a model's sentence is about, where that is no name of the data.

use super::check::Said;
use super::lexicon::Term;
use super::token::{Placed, Token};

/// Whether the word at that index is told of something unknown: "profit rose", "every region grew", "East came to 5". What is left unsaid, or said by a
/// sentence before, is not unknown.
pub(super) fn is_unknown(said: &Said, index: usize) -> bool {
    let Some(sentence) = said.tokens.get(said.sentence.clone()) else {
        return false;
    };
    let at = index.saturating_sub(said.sentence.start);
    let (before, after) = sentence.split_at(at.min(sentence.len()));
    let is_name = |placed: &Placed| matches!(placed.token, Token::Name(_));
    let is_plain = |placed: &&Placed| matches!(placed.token, Token::Term(Term::Plain | Term::Not));
    let is_named = before.iter().any(is_name) || !said.clause.entities.is_empty() || said.clause.names_measure;
    match after.first().map(|placed| &placed.token) {
        Some(Token::Term(Term::Move(_))) if !is_named => {
            let subject = before.iter().rev().find(|placed| !is_plain(placed));
            // "Im Oktober stieg der Gewinn".
            let behind = after.iter().skip(1).find(|placed| !is_plain(placed));
            let is_noun = |placed: &Placed| matches!(placed.token, Token::Unknown { is_capital: true });
            subject.is_some_and(|placed| matches!(placed.token, Token::Unknown { .. })) || behind.is_some_and(is_noun)
        }
        Some(Token::Number(_)) if !sentence.iter().any(is_name) => {
            let mut words = sentence
                .iter()
                .skip_while(|placed| matches!(placed.token, Token::Term(Term::Plain)));
            let is_subject = words.next().is_some_and(|placed| matches!(placed.token, Token::Unknown { .. }));
            is_subject
                && words
                    .next()
                    .is_some_and(|placed| matches!(placed.token, Token::Term(Term::Plain | Term::To)))
        }
        _ => false,
    }
}
