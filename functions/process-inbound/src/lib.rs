//! process-inbound
