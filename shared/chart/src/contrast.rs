//! How well two colours are told apart, by the numbers of WCAG 2.2.

use crate::theme::Rgb;

/// What text needs on its ground.
pub(crate) const TEXT_MIN: f64 = 4.5;

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [10, 14, 22];

/// Channels as amounts of light, 0 to 1.
pub(crate) fn linear([red, green, blue]: Rgb) -> [f64; 3] {
    [red, green, blue].map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Contrast ratio, 1 to 21.
pub(crate) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |color: Rgb| {
        let [red, green, blue] = linear(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The ink that is read on this ground: white where it will do, else near-black; `None` where neither is.
pub(crate) fn ink_on(ground: Rgb) -> Option<Rgb> {
    [WHITE, INK].into_iter().find(|ink| contrast(*ink, ground) >= TEXT_MIN)
}
