//! Columns of truth values.

use domain::dataset::Values;
use rust_decimal::Decimal;

use super::{Fit, Misfits, plain};
use crate::cell::{Cell, is_missing};

/// `true`/`false`, `yes`/`no`, and `y`/`n` where both occur (one of them alone may be north); 1 and 0 only where a person says so.
pub(super) fn read(cells: &[Cell<'_>], misfits_max: usize, forced: bool) -> Option<Fit> {
    let mut values = Vec::new();
    let mut misfits = Misfits::default();
    let (mut words, mut letters) = (0_usize, [false; 2]);
    for cell in cells {
        let value = match cell {
            Cell::Boolean(value) => Some(*value),
            Cell::Text(text) => word(text).or_else(|| {
                let value = letter(text)?;
                letters[usize::from(value)] = true;
                Some(value)
            }),
            Cell::Number(number, _) if forced => digit(*number),
            _ => None,
        };
        let value = value.or_else(|| match cell {
            Cell::Text(text) if forced => text.parse().ok().and_then(digit),
            _ => None,
        });
        match value {
            Some(_) => words += 1,
            None if matches!(cell, Cell::Empty) || matches!(cell, Cell::Text(text) if is_missing(text)) => {}
            None => misfits.add(cell),
        }
        if misfits.count > misfits_max {
            return None;
        }
        values.push(value);
    }
    let one_letter_only = letters[0] != letters[1];
    if !forced && (words == 0 || one_letter_only) {
        return None;
    }
    Some(Fit {
        inferred: plain(Values::Boolean(values)),
        misfits,
    })
}

fn word(text: &str) -> Option<bool> {
    let is = |word: &str| word.eq_ignore_ascii_case(text);
    if is("true") || is("yes") {
        Some(true)
    } else if is("false") || is("no") {
        Some(false)
    } else {
        None
    }
}

fn letter(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" => Some(true),
        "n" | "N" => Some(false),
        _ => None,
    }
}

fn digit(number: Decimal) -> Option<bool> {
    if number == Decimal::ONE {
        Some(true)
    } else if number.is_zero() {
        Some(false)
    } else {
        None
    }
}
