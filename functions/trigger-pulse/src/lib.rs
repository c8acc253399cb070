//! trigger-pulse
