//! compose-pulse
