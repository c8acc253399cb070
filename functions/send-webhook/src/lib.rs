//! send-webhook
