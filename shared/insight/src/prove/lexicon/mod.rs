//! The words that claim something, per language, as data. A word that stands nowhere here claims nothing.

mod arabic;
mod english;
mod german;
mod portuguese;
mod spanish;

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::series::Grain;

use crate::fact::Direction;

/// What a word or phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term {
    /// "rose", "up", "more", "above".
    Move(Direction),
    /// "more", "above": tells the direction of a number beside it, and claims nothing alone.
    Beside(Direction),
    /// "unchanged", "flat".
    Flat,
    /// "the same as": unchanged from what follows.
    Same,
    /// "little changed": lost in the usual movement.
    Little,
    /// "highest", "best", "record low".
    Extreme(Direction),
    /// "most": of all that moved.
    Most,
    /// Several at once: "downtrend".
    Both(&'static [Term]),
    /// "second", "third-largest".
    Rank(usize),
    /// "next": a rank that another one goes before.
    Next,
    /// "doubled": so many times, over so many.
    Factor(u32, u32),
    /// "a third": a part of the whole.
    Part(u32, u32),
    /// "did not".
    Not,
    /// "from", "since", "than": what follows is what is compared with.
    From,
    /// "de", "von": the same where "to" follows, else nothing.
    Of,
    /// "to", "auf": what follows is where it came.
    To,
    /// "and", "while": another statement begins.
    And,
    /// What a statement is about beyond its number.
    Topic(Topic),
    /// The name of counted things.
    Noun(Noun),
    /// "full", "drawn": may stand between a number and its noun, or after it.
    Filler,
    /// "yesterday", "last month": a period so many before the one in which the rows were read.
    Ago(i64, Grain),
    /// "the last", "the past", before a number of periods.
    Past,
    /// "before", after a number of periods: those that went before.
    Earlier,
    /// A month by its number.
    Month(i8),
    /// A weekday, Monday is 0.
    Weekday(i8),
    /// "quarter" beside a number.
    Quarter(i8),
    /// "week of".
    WeekOf,
    /// A number in letters.
    Count(u32),
    /// "minus".
    Minus,
    /// "percent".
    Percent,
    /// "percentage points".
    Points,
    /// "hours", in seconds.
    Time(u32),
    /// "dollars": the codes that it may mean.
    Currency(&'static [&'static str]),
    /// "times" after a factor.
    Times,
    /// "nearly": a factor or part that is not quite reached.
    Nearly,
    /// Why it is so.
    Causal,
    /// What will be, or may be.
    Future,
    /// Says more than is computed: "the majority", "accelerated", "collapsed".
    Vague,
    /// Claims nothing: articles, prepositions, verbs like "came".
    Plain,
}

/// What a statement is about beyond its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    /// "of the total".
    Share,
    /// "of the change": a part of the sum's.
    Contribution,
    /// "of the rise".
    OfRise,
    /// "of the fall".
    OfFall,
    /// "in total".
    Total,
    /// "trend".
    Trend,
    /// "usual", "typically".
    Usual,
    /// "unusually".
    Unusual,
    /// "in a row".
    Streak,
    /// "so far".
    SoFar,
    /// "missing".
    Missing,
    /// "data ends", "data through".
    Newest,
    /// "read at", "nothing newer was there on".
    Read,
    /// "target", "goal".
    Target,
    /// "met", "reached".
    Met,
    /// "missed".
    Missed,
    /// "the middle half of the values".
    Middle,
    /// "together".
    Together,
    /// "than a year before".
    LastYear,
    /// "old", "ago": an age.
    Age,
    /// Of no word: what follows from two facts.
    Derived,
    /// "the other way".
    Against,
}

/// Counted things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    /// Periods of time.
    Period(Grain),
    /// "values", "points".
    Values,
    /// "categories".
    Categories,
    /// "times in a row".
    Moves,
    /// "series", "lines".
    Series,
}

/// One language's phrases.
pub(crate) struct Lexicon {
    /// By their first word, longest first.
    phrases: HashMap<&'static str, Vec<(Vec<&'static str>, Term)>>,
    /// Whether prepositions and conjunctions are written onto the next word.
    pub is_arabic: bool,
    /// German: nouns begin with a capital, so that a capital does not tell a name; "not" stands behind the verb.
    pub is_german: bool,
}

/// A group of phrases with one meaning, parted by `|`, in small letters.
pub(crate) type Entry = (Term, &'static str);

/// What is written alike everywhere.
const COMMON: &[Entry] = &[(Term::Plain, "utc|gmt")];

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(english::WORDS));
static SPANISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(spanish::WORDS));
static PORTUGUESE: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(portuguese::WORDS));
static GERMAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    is_german: true,
    ..Lexicon::new(german::WORDS)
});
static ARABIC: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    is_arabic: true,
    ..Lexicon::new(arabic::WORDS)
});

/// The words of a BCP 47 tag's language; English where there are none.
pub(crate) fn of(tag: &str) -> &'static Lexicon {
    match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "es" => &SPANISH,
        "pt" => &PORTUGUESE,
        "de" => &GERMAN,
        "ar" => &ARABIC,
        _ => &ENGLISH,
    }
}

impl Lexicon {
    fn new(entries: &'static [Entry]) -> Self {
        let mut phrases: HashMap<&'static str, Vec<(Vec<&'static str>, Term)>> = HashMap::new();
        for (term, group) in COMMON.iter().chain(entries) {
            for phrase in group.split('|') {
                let words: Vec<&str> = phrase.split(' ').collect();
                if let Some(first) = words.first() {
                    phrases.entry(first).or_default().push((words, *term));
                }
            }
        }
        for group in phrases.values_mut() {
            group.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self {
            phrases,
            is_arabic: false,
            is_german: false,
        }
    }

    /// The longest phrase that these words (in small letters) begin with: its meaning and how many words it takes.
    pub fn read(&self, words: &[&str]) -> Option<(Term, usize)> {
        let first = words.first()?;
        self.read_from(first, words).or_else(|| {
            let bare = if self.is_arabic { without_clitic(first) } else { None };
            bare.and_then(|bare| self.read_from(bare, words))
        })
    }

    fn read_from(&self, first: &str, words: &[&str]) -> Option<(Term, usize)> {
        let group = self.phrases.get(first)?;
        let is_here =
            |phrase: &[&str]| phrase.len() <= words.len() && phrase.iter().zip(words).skip(1).all(|(phrase, word)| phrase == word);
        group
            .iter()
            .find(|(phrase, _)| is_here(phrase))
            .map(|(phrase, term)| (*term, phrase.len()))
    }
}

/// An Arabic word without "and", "so", "by", "for" or "as" written onto it.
fn without_clitic(word: &str) -> Option<&str> {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let bare = bare
        .strip_prefix("لل")
        .or_else(|| bare.strip_prefix(['ب', 'ل', 'ك']))
        .unwrap_or(bare);
    (bare.len() < word.len() && bare.chars().count() > 1).then_some(bare)
}
