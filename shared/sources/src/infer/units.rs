//! What a column's numbers measure, where not the cells but the header or a person says it.

use domain::dataset::{Unit, Values};
use domain::source_spec::UnitText;
use rust_decimal::Decimal;

use super::{Inferred, currency};

enum Declared {
    Unit(Unit),
    /// The cells are percentages without their sign: 12 is 12 %.
    Hundredths,
}

/// A person's word first, then the cells', then the header's: `Revenue (EUR)`, `Share [%]`.
pub(super) fn settle(header: &str, given: Option<&UnitText>, inferred: &mut Inferred) {
    let Values::Number(cells) = &mut inferred.values else {
        if let Some(given) = given {
            inferred.notes.push(format!("has no numbers, so its unit `{given}` is not shown."));
        }
        return;
    };
    let declared = match (given, &inferred.unit) {
        (Some(given), _) => declared(given.as_str()),
        (None, Some(_)) => return,
        (None, None) => match bracketed(header) {
            Some(declared) => declared,
            None => return,
        },
    };
    inferred.unit = Some(match declared {
        Declared::Unit(unit) => unit,
        Declared::Hundredths if inferred.unit == Some(Unit::Percent) => Unit::Percent,
        Declared::Hundredths => {
            for cell in cells.iter_mut().flatten() {
                *cell = cell.checked_mul(Decimal::new(1, 2)).unwrap_or(*cell);
            }
            Unit::Percent
        }
    });
}

fn declared(text: &str) -> Declared {
    match text {
        "%" => Declared::Hundredths,
        "percent" => Declared::Unit(Unit::Percent),
        "seconds" => Declared::Unit(Unit::Seconds),
        _ => Declared::Unit(match currency::sign_or_code(text).and_then(currency::code) {
            Some(code) => Unit::Currency(code.to_owned()),
            None => Unit::Other(text.to_owned()),
        }),
    }
}

/// A currency or `%` in brackets at the end of the header, or a bare `%` there. Other words in brackets may be anything, so they are none.
fn bracketed(header: &str) -> Option<Declared> {
    let inner = [('(', ')'), ('[', ']')]
        .into_iter()
        .find_map(|(open, close)| header.strip_suffix(close)?.rsplit_once(open));
    let text = match inner {
        Some((_, inner)) => inner.trim(),
        None if header.ends_with(" %") => "%",
        None => return None,
    };
    if text == "%" {
        return Some(Declared::Hundredths);
    }
    let code = currency::sign_or_code(text).and_then(currency::code)?;
    Some(Declared::Unit(Unit::Currency(code.to_owned())))
}
