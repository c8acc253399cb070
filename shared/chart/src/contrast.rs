//! What is written on a colour.

use crate::theme::Rgb;
use domain::color::{TEXT_MIN, contrast};

const WHITE: Rgb = [255, 255, 255];
const INK: Rgb = [10, 14, 22];

/// The ink that is read on this ground: white where it will do, else near-black; `None` where neither is.
pub(crate) fn ink_on(ground: Rgb) -> Option<Rgb> {
    [WHITE, INK].into_iter().find(|ink| contrast(*ink, ground) >= TEXT_MIN)
}
