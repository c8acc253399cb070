//! Names that a model does not get to see: mail addresses, phone numbers, links. They are "item 1", "item 2" on the way there and themselves again
//! on the way back.

use crate::cell_text::is_link;
use crate::fact::Facts;

/// The names that were hidden, and what they are called meanwhile.
pub(super) struct Hidden {
    /// Longest first, so that a name within another one is not torn out of it.
    names: Vec<String>,
}

impl Hidden {
    pub(super) fn of(facts: &Facts, title: &str) -> Self {
        let mut names = super::names(facts, title);
        names.retain(|name| is_private(name));
        Self { names }
    }

    /// The text without the hidden names.
    pub(super) fn hide(&self, text: &str) -> String {
        let hidden = self.names.iter().enumerate().fold(text.to_owned(), |text, (index, name)| {
            replace_ascii_caseless(&text, name, &token(index))
        });
        // What is left over is within a name that was cut, or in a text that is no name.
        if is_private(&hidden) {
            without_private_words(&hidden)
        } else {
            hidden
        }
    }

    /// The text with the hidden names back in their places.
    pub(super) fn put_back(&self, text: &str) -> String {
        // From the last to the first: "item 12" before "item 1".
        self.names
            .iter()
            .enumerate()
            .rev()
            .fold(text.to_owned(), |text, (index, name)| replace_token(&text, &token(index), name))
    }
}

fn token(index: usize) -> String {
    format!("item {}", index + 1)
}

/// Replaces the token wherever no letter or digit goes on before or after it.
fn replace_token(text: &str, token: &str, name: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in lower.match_indices(token) {
        let end = at + token.len();
        let continues = text[end..].starts_with(char::is_alphanumeric) || text[..at].ends_with(char::is_alphanumeric);
        if at < from || continues {
            continue;
        }
        replaced.push_str(&text[from..at]);
        replaced.push_str(name);
        from = end;
    }
    replaced.push_str(&text[from..]);
    replaced
}

/// ASCII case aside, since a sentence may begin with the name. Lowering ASCII moves no byte.
pub(super) fn replace_ascii_caseless(text: &str, name: &str, with: &str) -> String {
    let (lower, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in lower.match_indices(&name) {
        replaced.push_str(&text[from..at]);
        replaced.push_str(with);
        from = at + name.len();
    }
    replaced.push_str(&text[from..]);
    replaced
}

fn without_private_words(text: &str) -> String {
    let words = text.split(' ').map(|word| if is_private(word) { "…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text holds something by which somebody can be reached: a mail address or a mention, a link, a phone number.
pub(super) fn is_private(text: &str) -> bool {
    text.contains(['@', '＠']) || is_link(text) || has_phone_number(text)
}

/// Seven digits and more behind a plus, or nine and more with what people write between them, unless they begin as a date does.
fn has_phone_number(text: &str) -> bool {
    let is_part = |c: char| {
        c.is_numeric()
            || matches!(
                c,
                '+' | '＋' | ' ' | '(' | ')' | '-' | '.' | '/' | '\u{a0}' | '\u{2011}' | '\u{2013}'
            )
    };
    text.split(|c| !is_part(c)).any(|run| {
        let run = run.trim();
        let digits = run.chars().filter(|c| c.is_numeric()).count();
        let date = run.get(..10).is_some_and(|start| start.parse::<jiff::civil::Date>().is_ok());
        // A number of our own, "1.234.567,8" or "12.345.678": groups of three between dots.
        let grouped = run.contains('.') && run.split('.').skip(1).all(|group| group.len() == 3);
        (run.starts_with(['+', '＋']) && digits >= 7) || (digits >= 9 && !date && !grouped)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_somebody_is_private() {
        for private in [
            "anna@example.com",
            "Anna <anna@example.com>",
            "@everyone",
            "+49 30 901820",
            "(030) 9018-20111",
            "0049 171 1234567",
            "555.010.0123 4",
            "https://evil.example/x",
            "evil.example",
            "Visit evil.example/pay now",
            "www.evil",
            "wa.me/123",
            "tel:123",
            "пример.рф",
            "＠admin",
        ] {
            assert!(is_private(private), "{private}");
        }
        for public in [
            "EMEA",
            "Q3 2026",
            "2026-11-20",
            "2026-11-20 10:00",
            "2024-2025",
            "$1.2M",
            "1.234.567",
            "12.345.678.901",
            "e.g. this",
            "U.S. sales",
            "St. Pauli",
            "rose 7.1%.",
            "Inc. Berlin",
            "1,234,567,890 visits",
            "up 5 of 12",
        ] {
            assert!(!is_private(public), "{public}");
        }
    }

    #[test]
    fn tokens_are_whole_words() {
        let hidden = Hidden {
            names: (0..12).map(|index| format!("p{index}@example.com")).collect(),
        };
        let text = "p0@example.com sold more than P11@example.com.";
        assert_eq!(hidden.hide(text), "item 1 sold more than item 12.");
        assert_eq!(
            hidden.put_back("Item 1 sold more than item 12."),
            "p0@example.com sold more than p11@example.com."
        );
        assert_eq!(hidden.put_back("item 123 and items 1"), "item 123 and items 1");
        assert_eq!(hidden.hide("ask someone@else.example now"), "ask … now");
    }
}
