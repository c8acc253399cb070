//! What can keep a chart from being drawn.

use crate::options::{SIDE_PX_MAX, SIDE_PX_MIN};
use domain::chart_spec::SpecError;

/// Why there is no picture, in words.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// A side outside the accepted range.
    #[error("a picture of {width_px} x {height_px} pixels; accepted: {SIDE_PX_MIN} to {SIDE_PX_MAX} on each side")]
    Size {
        /// As asked.
        width_px: u16,
        /// As asked.
        height_px: u16,
    },
    /// The spec does not fit the rows. Empty never.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Spec(Vec<SpecError>),
    /// A logo's file is whole but cannot be read.
    #[error("the logo cannot be read: {0}")]
    Logo(#[from] png::DecodingError),
    /// A font cannot be put into a document.
    #[error("a font cannot be embedded: {0}")]
    Font(String),
    /// The encoder failed, which says something about this crate and nothing about the chart.
    #[error("the picture could not be encoded: {0}")]
    Encode(#[from] png::EncodingError),
}
