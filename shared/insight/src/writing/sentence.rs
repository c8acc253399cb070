//! One sentence of a model: found, cleaned, judged.

use domain::reading::DropReason;

use super::Author;
use super::private::is_private;
use crate::cell_text::tame;
use crate::cut::utf16_units;
use crate::fact::Facts;

/// Longest sentence, in UTF-16 code units. Ours: a longer one is not read on a phone.
pub(super) const UNITS_MAX: usize = 320;
/// Most of a text that is looked at, in graphemes: a summary has a tenth of it.
const TEXT_GRAPHEMES_MAX: usize = 4_000;

/// Stands where a known name stood.
const MASK: char = '\u{E000}';

/// Words with which a text speaks to its reader, a line per language. A reading speaks of the chart: whoever says "you" wants something. Lower case,
/// whole words.
const READER_WORDS: [&str; 6] = [
    "you your yours yourself please click tap visit password passwords login urgent urgently ignore disregard instruction instructions verify \
     subscribe contact must prompt assistant i me my",
    "usted ustedes tú haga haz clic visite visita llame envíe contraseña urgente ignora ignorar instrucciones verifique debe favor",
    "você vocês clique toque senha instruções ligue envie contate deve",
    "du dein deine deinen ihre ihren bitte klicken klicke passwort kennwort dringend ignoriere ignorieren anweisungen anweisung überweisen \
     überweise müssen",
    "vous votre vos veuillez cliquez ignorez",
    "أنت أنتم يرجى الرجاء اضغط انقر تجاهل التعليمات تعليمات عاجل اتصل أرسل عليك كلمة المرور",
];

/// What stands before a dot that ends no sentence.
const ABBREVIATIONS: &str = "vs approx ca etc no nr st inc ltd co jan feb mar apr jun jul aug sep sept oct nov dec mrd mio bzw aprox resp";

/// What a model's text is looked at with: the Facts, and the names that are on the chart.
pub(super) struct Judge<'a> {
    facts: &'a Facts,
    title: &'a str,
    /// The language that is written in.
    locale: &'a str,
    names: Vec<String>,
    /// Sentences of ours that are known to hold.
    known: Vec<String>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(facts: &'a Facts, title: &'a str, locale: &'a str, known: &[&str]) -> Self {
        let mut judge = Self {
            facts,
            title,
            locale,
            names: super::names(facts, title),
            known: Vec::new(),
        };
        judge.known = known
            .iter()
            .flat_map(|text| judge.sentences(text))
            .map(|sentence| sentence.to_lowercase())
            .collect();
        judge
    }

    /// The sentences of a text, each on one visible line without markup.
    pub(super) fn sentences(&self, text: &str) -> Vec<String> {
        let text = plain(&tame(text, TEXT_GRAPHEMES_MAX));
        let masked = self.masked(&text);
        let mut sentences = Vec::new();
        let (mut from, mut from_masked) = (0, 0);
        for end in ends(&masked) {
            let piece = &masked[from_masked..end];
            from_masked = end;
            let length = unmasked_len(piece, &text[from..], &self.names);
            sentences.push(text[from..from + length].trim().to_owned());
            from += length;
        }
        sentences.push(text[from..].trim().to_owned());
        sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
        sentences
    }

    /// Whether a sentence may leave. `Ok` holds how much of it a Fact stands behind: nothing perhaps, where it is one of ours, word for word.
    pub(super) fn judge(&self, sentence: &str) -> Result<usize, DropReason> {
        if utf16_units(sentence) > UNITS_MAX {
            return Err(DropReason::TooLong);
        }
        let held = super::hold(sentence, self.facts, self.title, self.locale, Author::Model);
        if self.known.contains(&sentence.to_lowercase()) {
            return Ok(held.backed);
        }
        self.is_clean(sentence)?;
        if !held.is_true {
            return Err(DropReason::Unproven);
        }
        if held.backed == 0 {
            return Err(DropReason::NothingToProve);
        }
        Ok(held.backed)
    }

    /// Whether it reaches out: a link, an address, a tag, a word to its reader. What is a name on the chart is none of these.
    fn is_clean(&self, sentence: &str) -> Result<(), DropReason> {
        let masked = self.masked(sentence);
        if is_private(&masked) || has_markup(&masked) {
            return Err(DropReason::Link);
        }
        let lower = masked.to_lowercase();
        let mut words = lower.split(|c: char| !(c.is_alphanumeric() || c == MASK));
        let is_to_the_reader = |word: &str| {
            READER_WORDS
                .iter()
                .any(|language| language.split_whitespace().any(|known| known == word))
        };
        if words.any(is_to_the_reader) {
            return Err(DropReason::Addresses);
        }
        Ok(())
    }

    /// The text with one character in place of each name on the chart.
    fn masked(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let begins = !masked.ends_with(char::is_alphanumeric);
            match name_at(rest, &self.names).filter(|_| begins) {
                Some(length) => {
                    masked.push(MASK);
                    rest = &rest[length..];
                }
                None => {
                    masked.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        masked
    }
}

/// The length of the name with which a text begins, where no letter or digit goes on after it.
fn name_at(text: &str, names: &[String]) -> Option<usize> {
    let begins = |name: &&String| {
        text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && !(name.ends_with(char::is_alphanumeric) && text[name.len()..].starts_with(char::is_alphanumeric))
    };
    names.iter().find(begins).map(String::len)
}

/// How many bytes of `text` a masked piece of it stands for.
fn unmasked_len(piece: &str, text: &str, names: &[String]) -> usize {
    let mut length = 0;
    for c in piece.chars() {
        length += match c {
            MASK => name_at(&text[length..], names).unwrap_or(c.len_utf8()),
            other => other.len_utf8(),
        };
    }
    length
}

/// Where sentences end in a masked text: behind the mark.
fn ends(masked: &str) -> Vec<usize> {
    let end_at = |(at, c): (usize, char)| {
        let end = at + c.len_utf8();
        let rest = &masked[end..];
        let is_end = match c {
            '。' | '！' | '？' | '।' => true,
            '!' | '?' | '؟' | '…' => rest.is_empty() || rest.starts_with(char::is_whitespace),
            '.' => rest.starts_with(char::is_whitespace) && !is_abbreviation(&masked[..at]) && !goes_on(rest),
            _ => false,
        };
        is_end.then_some(end)
    };
    masked.char_indices().filter_map(end_at).collect()
}

fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let is_letter = word.chars().count() == 1 && word.chars().all(|c| c.is_alphabetic() && c != MASK);
    is_letter || ABBREVIATIONS.split(' ').any(|known| known == word)
}

/// Whether what follows a dot is the middle of a sentence: it goes on in small letters.
fn goes_on(rest: &str) -> bool {
    rest.trim_start().starts_with(char::is_lowercase)
}

/// The text without the marks of Markdown and chat: emphasis, code, headings, lists, quotations.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|&c| !matches!(c, '*' | '`' | '~' | MASK)).collect();
    let text = text.replace("__", "");
    text.trim_start_matches(['#', '>', '-', '•', '–', ' ']).trim().to_owned()
}

/// Marks of HTML, Slack, Markdown and templates; a bracket in plain words is none.
fn has_markup(masked: &str) -> bool {
    masked.contains(['<', '>', '{', '}', '|', '\\']) || masked.contains("](") || masked.contains("[[") || masked.contains("$(")
}
