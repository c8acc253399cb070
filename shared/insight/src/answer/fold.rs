//! Words as they are compared: in small letters, without accents, widths and vowel signs, punctuation gone.

/// Words of this many letters and more may be mistyped by one.
pub(super) const TYPO_LETTERS_MIN: usize = 5;
/// What stands before an Arabic noun: "with the", "and the", "for the", "the".
const ARABIC_ARTICLES: [&str; 6] = ["بال", "وال", "كال", "فال", "لل", "ال"];
/// An Arabic word keeps so many letters behind its article.
const ARABIC_LETTERS_MIN: usize = 3;

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        folded(c, &mut line);
    }
    line.split_whitespace().map(without_article).collect()
}

/// The words with one space between.
pub(super) fn joined(text: &str) -> String {
    words(text).join(" ")
}

/// Whether one letter is missing, too many, wrong, or has changed its place with its neighbour. The first one is right.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < TYPO_LETTERS_MIN || long.len() - short.len() > 1 || short[0] != long[0] {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    if short.len() < long.len() {
        return *short == long[1..];
    }
    match (short, long) {
        ([], []) => true,
        ([a, b, rest @ ..], [c, d, tail @ ..]) if a == d && b == c && rest == tail => true,
        _ => short[1..] == long[1..],
    }
}

fn without_article(word: &str) -> String {
    let bare = ARABIC_ARTICLES
        .iter()
        .find_map(|article| word.strip_prefix(article).filter(|rest| rest.chars().count() >= ARABIC_LETTERS_MIN));
    bare.unwrap_or(word).to_owned()
}

/// Adds what a character is compared as.
fn folded(c: char, line: &mut String) {
    // Full-width forms stand in the order of ASCII.
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(' '),
        c => c,
    };
    match c {
        '٠'..='٩' => line.extend(char::from_digit(u32::from(c) - u32::from('٠'), 10)),
        '۰'..='۹' => line.extend(char::from_digit(u32::from(c) - u32::from('۰'), 10)),
        // Combining marks, Arabic vowel signs and stretching, invisible ones.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => line.push('ا'),
        'ى' => line.push('ي'),
        'ة' => line.push('ه'),
        'ؤ' => line.push('و'),
        'ئ' => line.push('ي'),
        c if c.is_alphanumeric() => c.to_lowercase().for_each(|c| unaccented(c, line)),
        _ => line.push(' '),
    }
}

fn unaccented(c: char, line: &mut String) {
    let plain = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ś' | 'š' | 'ş' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        'ß' => return line.push_str("ss"),
        '\u{300}'..='\u{36f}' => return,
        c => c,
    };
    line.push(plain);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_otherwise_is_the_same() {
        for (text, expected) in [
            ("¿Por qué?", "por que"),
            ("POR QUE\u{301}", "por que"),
            ("Ｗｈｙ？", "why"),
            ("Größe", "grosse"),
            ("مُقارَنَةً بالأسبوع", "مقارنه اسبوع"),
            ("أفضل ٥", "افضل 5"),
            ("top-5, please!", "top 5 please"),
            ("👍🏽", ""),
        ] {
            assert_eq!(joined(text), expected, "{text}");
        }
    }

    #[test]
    fn one_slip_is_forgiven_in_a_longer_word() {
        for (one, other, near) in [
            ("comapre", "compare", true),
            ("compre", "compare", true),
            ("comparre", "compare", true),
            ("conpare", "compare", true),
            ("trend", "trend", true),
            ("tend", "trend", false),
            ("compair", "compare", false),
            ("bar", "bat", false),
            ("warum", "darum", false),
            ("months", "month", true),
        ] {
            assert_eq!(is_near(one, other), near, "{one} {other}");
        }
    }
}
