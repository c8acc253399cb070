//! A change in the few characters that stand beside a number: `▲ 8.0%`.

use crate::theme::{Colors, Rgb};
use crate::value_labels::ValueLabels;
use domain::chart_spec::{NumberFormat, NumberStyle};
use domain::series::change_ratio;
use rust_decimal::Decimal;

/// A change as it is written, and the colours it is written in: ink, and the ground of a pill.
pub(crate) struct Change {
    pub text: String,
    pub colors: (Rgb, Rgb),
}

impl Change {
    /// In percent where a share has a meaning, otherwise the difference itself; `level` where there is none. An arrow tells the way beside the
    /// colour.
    pub fn of(value: Decimal, previous: Decimal, values: &ValueLabels, style: &NumberStyle, colors: &Colors, level: &str) -> Self {
        let difference = value.saturating_sub(previous);
        if difference.is_zero() {
            return Self {
                text: level.to_owned(),
                colors: colors.level,
            };
        }
        let (arrow, colors) = if difference.is_sign_negative() {
            ("▼", colors.fall)
        } else {
            ("▲", colors.rise)
        };
        let size = match change_ratio(value, previous) {
            Some(ratio) => percent(ratio.abs(), style),
            None => values.value(difference.abs()),
        };
        Self {
            text: format!("{arrow}\u{a0}{size}"),
            colors,
        }
    }
}

/// One decimal below a hundred percent, none from there on; never "0.0 %" for something that is there.
pub(crate) fn percent(ratio: Decimal, style: &NumberStyle) -> String {
    let format = if ratio >= Decimal::ONE { ",.0%" } else { ".1%" };
    let smallest = Decimal::new(1, 3);
    let text = format
        .parse::<NumberFormat>()
        .map(|format| format.write(ratio.max(smallest), None, style))
        .unwrap_or_default();
    if ratio < smallest { format!("<{text}") } else { text }
}
