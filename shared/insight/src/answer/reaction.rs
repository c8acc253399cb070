//! What a reaction asks for.
//!
//! | reaction | answer |
//! |---|---|
//! | 📈 📉 ❓ ❔ ⁉ 🤔 🧐 🤨 😮 😯 😲 😱 😢 😭 😟 🙁 😡 ? | why |
//! | 📊 👀 🔢 | the newest numbers |
//! | 👎 | what can be asked |
//! | 👍 ❤ 🙏 🎉 👏 😀 and everything else | nothing: it asks for nothing, and an answer would be paid for |

use super::AnswerKind;

const WHY: [char; 18] = [
    '📈', '📉', '❓', '❔', '⁉', '🤔', '🧐', '🤨', '😮', '😯', '😲', '😱', '😢', '😭', '😟', '🙁', '😡', '?',
];
const LATEST: [char; 3] = ['📊', '👀', '🔢'];

/// By its first character; skin tones and variants say nothing.
pub(super) fn kind(reaction: &str) -> AnswerKind {
    match reaction.trim().chars().next() {
        Some(c) if WHY.contains(&c) => AnswerKind::Why,
        Some('؟' | '¿' | '？') => AnswerKind::Why,
        Some(c) if LATEST.contains(&c) => AnswerKind::Latest,
        Some('👎') => AnswerKind::Help,
        _ => AnswerKind::Nothing,
    }
}

/// Whether a text is signs only, as a reaction is: "👍", "❤️❤️".
pub(super) fn is_sign(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|c| !c.is_alphanumeric() && !c.is_ascii() && !matches!(c, '؟' | '¿' | '？'))
}
