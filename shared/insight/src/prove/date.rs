//! From words to a date: "12", "October" and "2026" are one.

use domain::series::Grain;

use super::digits::Digits;
use super::lexicon::{Noun, Term};
use super::token::{Said, Word};
use super::when::When;

/// Most pieces that a date is made of.
const DATE_PIECES_MAX: usize = 12;

/// "12 months to October 2026", "the last 7 days".
pub(super) fn span_of_periods(words: &[Word]) -> Option<(When, usize)> {
    let is_past = matches!(words.first()?.said, Said::Term(Term::Past));
    let mut at = usize::from(is_past);
    let count = match &words.get(at)?.said {
        Said::Digits(digits) => digits.plain?,
        Said::Term(Term::Count(count)) => *count,
        _ => return None,
    };
    at += 1;
    while matches!(words.get(at)?.said, Said::Term(Term::Filler)) {
        at += 1;
    }
    let Said::Term(Term::Noun(Noun::Period(grain))) = words.get(at)?.said else {
        return None;
    };
    at += 1;
    let periods = Some((count, grain));
    let rest = words.get(at..).unwrap_or_default();
    let is_small = |word: &&Word| matches!(word.said, Said::Term(Term::To | Term::Noun(Noun::Period(Grain::Day)))) || word.is_glue;
    let glue = rest.iter().take_while(is_small).count();
    let is_until = rest.iter().take(glue).any(|word| matches!(word.said, Said::Term(Term::To)));
    if is_until && let Some((when, taken)) = date(rest.get(glue..).unwrap_or_default()) {
        return Some((When { periods, ..when }, at + glue + taken));
    }
    let is_before = matches!(rest.first().map(|word| &word.said), Some(Said::Term(Term::Earlier)));
    at += usize::from(is_before);
    (is_past || is_before).then_some((
        When {
            periods,
            ..When::default()
        },
        at,
    ))
}

/// Whether what can be read as a date is meant as one: a year alone is, where years stand along x or where a preposition says so.
pub(super) fn is_date(when: &When, rest: &[Word], before: Option<&Word>, axis: Option<Grain>) -> bool {
    let is_year_alone = when.grain() == Some(Grain::Year) && when.ago.is_none();
    if !is_year_alone {
        return true;
    }
    let begins = !matches!(rest.first().map(|word| &word.said), Some(Said::Digits(_)));
    let follows = before.is_some_and(|word| word.is_glue || matches!(word.said, Said::Term(Term::From) | Said::Mark(',' | '(')));
    let is_alone = rest.len() == 1 && before.is_none();
    begins || follows || (before.is_none() && !is_alone) || axis == Some(Grain::Year)
}

/// The longest date that begins here.
pub(super) fn date(words: &[Word]) -> Option<(When, usize)> {
    let mut when = When::default();
    let mut taken = 0;
    let mut at = 0;
    let begins_with_noun = matches!(words.first()?.said, Said::Term(Term::Noun(_)));
    // "1942 on Tuesday" is no date.
    let is_year_first = matches!(&words.first()?.said, Said::Digits(digits) if digits.plain.is_some_and(|plain| plain >= 1900));
    if is_year_first
        && !matches!(
            words.get(1).map(|word| &word.said),
            Some(Said::Term(Term::Month(_) | Term::Quarter(_)))
        )
    {
        let (mut year, mut none) = (When::default(), None);
        let Said::Digits(digits) = &words.first()?.said else { return None };
        return digit_part(&mut year, digits, &mut none)
            .filter(|_| year.year.is_some())
            .map(|_| (year, 1));
    }
    let mut day_candidate: Option<i8> = None;
    let is_ordinal = matches!(&words.first()?.said, Said::Digits(digits) if digits.is_ordinal);
    while at < words.len().min(DATE_PIECES_MAX) {
        let word = words.get(at)?;
        let next = words.get(at + 1).map(|word| &word.said);
        let is_new = match &word.said {
            Said::Term(Term::Ago(ago, grain)) if taken == 0 => {
                return Some((
                    When {
                        ago: Some((*ago, *grain)),
                        ..when
                    },
                    1,
                ));
            }
            Said::Term(Term::Weekday(weekday)) if when.weekday.is_none() => set(&mut when.weekday, *weekday),
            Said::Term(Term::Month(month)) if when.month.is_none() && when.quarter.is_none() => {
                if let Some(day) = day_candidate.take() {
                    when.day = Some(day);
                }
                set(&mut when.month, *month)
            }
            Said::Term(Term::Quarter(quarter)) if when.quarter.is_none() && when.month.is_none() => set(&mut when.quarter, *quarter),
            Said::Term(Term::WeekOf | Term::Noun(Noun::Period(Grain::Week))) if taken == 0 && at == 0 => {
                when.is_week = true;
                false
            }
            Said::Term(Term::Noun(Noun::Period(Grain::Quarter)))
                if day_candidate.is_some_and(|quarter| quarter <= 4) && is_ordinal && when.month.is_none() =>
            {
                let quarter = day_candidate.take();
                quarter.is_some_and(|quarter| set(&mut when.quarter, quarter))
            }
            Said::Term(Term::Noun(Noun::Period(Grain::Quarter))) if at == 0 => match next {
                Some(Said::Term(Term::Rank(quarter))) if *quarter <= 4 => {
                    at += 1;
                    set(&mut when.quarter, i8::try_from(*quarter).unwrap_or(0))
                }
                _ => break,
            },
            // "the year 2026"
            Said::Term(Term::Noun(Noun::Period(Grain::Year))) if at == 0 => false,
            // "in October, 21 more": no day.
            Said::Digits(digits) if is_after_comma(words, at) && digits.plain.is_some_and(|plain| plain < 1900) => break,
            Said::Digits(digits) => match digit_part(&mut when, digits, &mut day_candidate) {
                Some(is_new) => is_new,
                None => break,
            },
            Said::Term(Term::Noun(Noun::Period(Grain::Year)))
                if taken > 0 && when.year.is_none() && matches!(next, Some(Said::Digits(_))) =>
            {
                false
            }
            Said::Mark(',') if taken > 0 || day_candidate.is_some() => false,
            // "5 of March", but not "5 in March".
            _ if day_candidate.is_some() && when.month.is_none() => {
                if !word.is_of {
                    break;
                }
                false
            }
            _ if word.is_glue && (taken > 0 || when.is_week || begins_with_noun) => false,
            _ => break,
        };
        at += 1;
        if is_new {
            taken = at;
        }
    }
    let is_telling = !when.is_week || when.day.is_some();
    (taken > 0 && when.grain().is_some() && is_telling).then_some((when, taken))
}

fn is_after_comma(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let is_weekday = at == 2 && matches!(words.first().map(|word| &word.said), Some(Said::Term(Term::Weekday(_))));
    !is_weekday && matches!(before.map(|word| &word.said), Some(Said::Mark(',')))
}

/// What digits add to a date; `None` where they cannot belong to it.
fn digit_part(when: &mut When, digits: &Digits, day_candidate: &mut Option<i8>) -> Option<bool> {
    if let Some((year, month, day)) = digits.date {
        let is_first = when.month.is_none() && when.year.is_none();
        (when.year, when.month, when.day) = (Some(year), Some(month), Some(day));
        return is_first.then_some(true);
    }
    if let Some(time) = digits.time.filter(|_| when.time.is_none()) {
        return Some(set(&mut when.time, time));
    }
    let plain = digits
        .plain
        .filter(|_| digits.currency.is_none() && !digits.is_negative && !digits.is_positive)?;
    if (1900..2200).contains(&plain) && when.year.is_none() && !digits.is_ordinal {
        let year = i16::try_from(plain).ok()?;
        return Some(set(&mut when.year, year));
    }
    let day = i8::try_from(plain).ok().filter(|day| (1..=31).contains(day))?;
    if when.month.is_some() && when.day.is_none() && day_candidate.is_none() && when.year.is_none() {
        return Some(set(&mut when.day, day));
    }
    if when.month.is_none() && day_candidate.is_none() && when.year.is_none() && when.quarter.is_none() {
        *day_candidate = Some(day);
        return Some(false);
    }
    None
}

fn set<T>(field: &mut Option<T>, value: T) -> bool {
    *field = Some(value);
    true
}
