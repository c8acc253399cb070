//! send-whatsapp
