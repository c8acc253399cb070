//! Whole flows: from "due" to the phone, with everything that can go wrong on the way.

mod attachments;
mod crash;
mod evidence;
mod figures;
mod inbound;
mod plain;
mod secrets;
mod sheets;
mod tenants;
mod webhook_faults;
mod whatsapp_faults;
mod writer;
mod writer_connections;
