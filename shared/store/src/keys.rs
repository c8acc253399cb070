//! The only place that formats keys, of the table and of the bucket.

use domain::attachment::Attachment;
use domain::delivery::Picture;
use domain::destination::DestinationKind;
use domain::ids::{ConnectionId, DeliveryId, DestinationId, HookId, KeyId, OrgId, PulseId, RunId, SourceId, UploadId};
use jiff::Timestamp;
use jiff::civil::Date;

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

fn key(pk: impl Into<String>, sk: impl Into<String>) -> Key {
    Key {
        pk: pk.into(),
        sk: sk.into(),
    }
}

/// The partition of what an organisation has set up.
pub(crate) fn org_pk(org: &OrgId) -> String {
    format!("ORG#{org}#")
}

/// The organisation itself: its wrapped data key.
pub(crate) fn org(org: &OrgId) -> Key {
    key(org_pk(org), "ORG")
}

/// The organisation's own look, without its logo.
pub(crate) fn branding(org: &OrgId) -> Key {
    key(org_pk(org), "BRANDING")
}

/// The organisation's logo.
pub(crate) fn logo(org: &OrgId) -> Key {
    key(org_pk(org), "LOGO")
}

pub(crate) const CONNECTION: &str = "CONN#";
pub(crate) const SOURCE: &str = "SOURCE#";
pub(crate) const DESTINATION: &str = "DEST#";
pub(crate) const PULSE: &str = "PULSE#";
pub(crate) const API_KEY: &str = "APIKEY#";
pub(crate) const AUDIT: &str = "AUDIT#";

pub(crate) fn connection(org: &OrgId, id: &ConnectionId) -> Key {
    key(org_pk(org), format!("{CONNECTION}{id}"))
}

pub(crate) fn source(org: &OrgId, id: &SourceId) -> Key {
    key(org_pk(org), format!("{SOURCE}{id}"))
}

pub(crate) fn destination(org: &OrgId, id: &DestinationId) -> Key {
    key(org_pk(org), format!("{DESTINATION}{id}"))
}

pub(crate) fn pulse(org: &OrgId, id: &PulseId) -> Key {
    key(org_pk(org), format!("{PULSE}{id}"))
}

/// One frozen version of a pulse.
pub(crate) fn pulse_version(org: &OrgId, id: &PulseId, version: u32) -> Key {
    key(pulse_pk(org, id), format!("VERSION#{version:08}"))
}

/// Deliveries that wait for a Connection to be mended.
pub(crate) fn waiting_connection_pk(org: &OrgId, connection: &ConnectionId) -> String {
    format!("ORG#{org}#WAITING#CONN#{connection}")
}

/// Deliveries that wait for a person to write.
pub(crate) fn waiting_person_pk(org: &OrgId, address_sha256_hex: &str) -> String {
    format!("ORG#{org}#WAITING#ADDR#{address_sha256_hex}")
}

pub(crate) fn waiting(list_pk: String, delivery: &DeliveryId) -> Key {
    key(list_pk, format!("{DELIVERY}{delivery}"))
}

/// An API key as it is listed.
pub(crate) fn api_key(org: &OrgId, id: &KeyId) -> Key {
    key(org_pk(org), format!("{API_KEY}{id}"))
}

/// One change that somebody made.
pub(crate) fn audit(org: &OrgId, at: Timestamp, action: &str, subject: &str) -> Key {
    key(org_pk(org), format!("{AUDIT}{at:.3}#{action}#{subject}"))
}

/// The Destination at an address; `hash` is the address's SHA-256 in hex.
pub(crate) fn address(org: &OrgId, kind: DestinationKind, hash: &str) -> Key {
    key(format!("ORG#{org}#ADDR#{kind}#{hash}"), "DESTINATION")
}

/// A request that must not be done twice; `hash` is the SHA-256 in hex of what names it.
pub(crate) fn once(org: &OrgId, hash: &str) -> Key {
    key(format!("ORG#{org}#ONCE#{hash}"), "ONCE")
}

/// The partition of a pulse's runs.
pub(crate) fn pulse_pk(org: &OrgId, pulse: &PulseId) -> String {
    format!("ORG#{org}#PULSE#{pulse}")
}

pub(crate) const RUN: &str = "RUN#";

pub(crate) fn run(org: &OrgId, id: &RunId) -> Key {
    key(pulse_pk(org, id.pulse()), format!("{RUN}{}", id.moment()))
}

/// The partition of a run's deliveries and their attempts.
pub(crate) fn run_pk(org: &OrgId, run: &RunId) -> String {
    format!("ORG#{org}#RUN#{run}")
}

pub(crate) const HOOK: &str = "HOOK#";

/// A hook address as it is listed.
pub(crate) fn hook(org: &OrgId, pulse: &PulseId, id: &HookId) -> Key {
    key(pulse_pk(org, pulse), format!("{HOOK}{id}"))
}

pub(crate) const DELIVERY: &str = "DELIVERY#";
pub(crate) const ATTEMPT: &str = "#ATTEMPT#";

pub(crate) fn delivery(org: &OrgId, id: &DeliveryId) -> Key {
    key(run_pk(org, &id.run), format!("{DELIVERY}{}", id.destination))
}

/// One provider call of a delivery. `order` keeps the calls of one try apart.
pub(crate) fn attempt(org: &OrgId, id: &DeliveryId, number: u32, order: u32) -> Key {
    key(
        run_pk(org, &id.run),
        format!("{DELIVERY}{}{ATTEMPT}{number:02}#{order:02}", id.destination),
    )
}

/// Deliveries of a day, in order of creation.
pub(crate) fn day_pk(org: &OrgId, day: Date) -> String {
    format!("ORG#{org}#DAY#{day}")
}

pub(crate) fn day_sk(created_at: Timestamp, id: &DeliveryId) -> String {
    format!("{created_at:.3}#{id}")
}

/// From a provider's message id to the Delivery.
pub(crate) fn message(kind: DestinationKind, provider_id: &str) -> Key {
    let pk = format!("MSG#{kind}#{provider_id}");
    key(pk, "MSG")
}

/// From the SHA-256 (hex) of an API key to whose it is.
pub(crate) fn api_key_pointer(hash: &str) -> Key {
    key(format!("KEY#{hash}"), "KEY")
}

/// From the SHA-256 (hex) of a hook's token to what it makes due.
pub(crate) fn hook_pointer(hash: &str) -> Key {
    key(format!("HOOK#{hash}"), "HOOK")
}

/// From a provider's id of an account to the Connection that holds it.
pub(crate) fn account(kind: &str, external: &str) -> Key {
    key(format!("ACCOUNT#{kind}#{external}"), "ACCOUNT")
}

// ---- the bucket ----

fn run_prefix(org: &OrgId, run: &RunId) -> String {
    format!("runs/{org}/{run}")
}

/// The rows as read.
pub(crate) fn dataset_object(org: &OrgId, run: &RunId) -> String {
    format!("{}/dataset.json", run_prefix(org, run))
}

/// What is true of them.
pub(crate) fn facts_object(org: &OrgId, run: &RunId) -> String {
    format!("{}/facts.json", run_prefix(org, run))
}

/// The words about them.
pub(crate) fn reading_object(org: &OrgId, run: &RunId) -> String {
    format!("{}/reading.json", run_prefix(org, run))
}

/// A picture of the run.
pub(crate) fn picture_object(org: &OrgId, run: &RunId, picture: Picture) -> String {
    format!("{}/{}.png", run_prefix(org, run), picture.slug())
}

/// A file that goes along with the pictures.
pub(crate) fn attachment_object(org: &OrgId, run: &RunId, attachment: Attachment) -> String {
    format!("{}/attachment.{}", run_prefix(org, run), attachment.extension())
}

/// A file on its way in.
pub(crate) fn upload_object(org: &OrgId, upload: &UploadId) -> String {
    format!("uploads/{org}/{upload}")
}

/// A webhook body too large for a queue. Named by its own hash: the same body twice is one object.
pub(crate) fn inbound_object(sha256_hex: &str) -> String {
    format!("inbound/{sha256_hex}.json")
}
