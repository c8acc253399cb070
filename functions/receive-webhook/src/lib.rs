//! receive-webhook
