//! Limits of what people write, each refused by its name.

use crate::problem::Problem;

/// Longest name, in characters. Ours.
pub(crate) const NAME_CHARS_MAX: usize = 200;

/// A name: 1 to 200 characters, none of them a control character.
pub(crate) fn name(pointer: &str, given: &str) -> Result<(), Problem> {
    text(pointer, given, 1, NAME_CHARS_MAX)?;
    if given.chars().any(char::is_control) || given.trim().is_empty() {
        return Err(Problem::field_silent(pointer, "a name in one line, with something to see in it"));
    }
    Ok(())
}

/// A text of so many characters.
pub(crate) fn text(pointer: &str, given: &str, chars_min: usize, chars_max: usize) -> Result<(), Problem> {
    let chars = given.chars().count();
    if (chars_min..=chars_max).contains(&chars) {
        Ok(())
    } else {
        Err(Problem::field(
            pointer,
            format!("{chars} characters"),
            format!("{chars_min} to {chars_max} characters"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_a_length_and_something_to_see() {
        for good in ["a", &"ü".repeat(200), "Umsatz – Woche"] {
            assert!(name("/name", good).is_ok(), "{good}");
        }
        for bad in ["", " ", "\u{a0}", "a\nb", &"a".repeat(201)] {
            assert_eq!(name("/name", bad).map_err(|problem| problem.status), Err(422), "{bad:?}");
        }
    }
}
