//! Published shapes of the types that read and write themselves: what OpenAPI and the JSON Schema of pulse files say about them.

use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::chart_spec::{Sort, Stack, Title};
use crate::ids::{DeliveryId, RunId};
use crate::schedule::{Cron, HolidayRegion, LocalTime, Minute, MonthDay, Schedule, ScheduleFields, Zone};
use crate::source_spec::{RowsPath, Spreadsheet};

macro_rules! written {
    ($($type:ty => $schema:expr;)+) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.into()
            }
        }
        impl ToSchema for $type {}
    )+};
}

written! {
    RunId => text("`<pulse>~<moment>`", r"^[A-Za-z0-9_-]{1,64}~[A-Za-z0-9-]{16,24}$", "weekly-revenue~20261120T090000Z");
    DeliveryId => text(
        "`<run>~<destination>`",
        r"^[A-Za-z0-9_-]{1,64}~[A-Za-z0-9-]{16,24}~[A-Za-z0-9_-]{1,64}$",
        "weekly-revenue~20261120T090000Z~dst_01K",
    );
    RowsPath => text("Where the rows are in a JSON document: plain JSONPath or a JSON pointer.", r"^($|\$|/)", "$.data.items");
    Spreadsheet => text("The link of a Google Sheet, or the id in it.", ".", "https://docs.google.com/spreadsheets/d/<id>/edit");
    Zone => text("An IANA time zone.", "^[A-Za-z0-9_+/-]+$", "Europe/Berlin");
    LocalTime => text("A local time.", "^([01]?[0-9]|2[0-3]):[0-5][0-9]$", "09:00");
    HolidayRegion => text("A country, or one of its parts, by ISO 3166 code.", "^[A-Z]{2}(-[A-Z0-9]{1,3})?$", "DE-BY");
    Cron => text("Five fields as Vixie cron reads them, or six as EventBridge does, bare or inside `cron(..)`.", ".", "0 9 * * 1-5");
    Minute => whole_number("A minute of the hour.", 0, 59);
    MonthDay => OneOfBuilder::new()
        .description(Some("A day of the month; months that are shorter have it on their last day. `last` is the last day of each."))
        .item(whole_number("1 to 31.", 1, 31))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["last"])));
    Sort => OneOfBuilder::new()
        .description(Some("Order of categories: by name, by total (`y`, `-y`), or these values in this order."))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["ascending", "descending", "y", "-y"])))
        .item(ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String)));
    Stack => OneOfBuilder::new()
        .description(Some("Whether bars of several series stand on each other: `zero` or true, or false for side by side."))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["zero"])))
        .item(ObjectBuilder::new().schema_type(Type::Boolean));
    Title => OneOfBuilder::new()
        .description(Some("The headline, or headline and the line under it."))
        .item(ObjectBuilder::new().schema_type(Type::String))
        .item(
            ObjectBuilder::new()
                .schema_type(Type::Object)
                .property("text", ObjectBuilder::new().schema_type(Type::String))
                .property("subtitle", ObjectBuilder::new().schema_type(Type::String))
                .required("text")
                .additional_properties(Some(utoipa::openapi::schema::AdditionalProperties::<Schema>::FreeForm(false))),
        );
}

fn text(description: &str, pattern: &str, example: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .pattern(Some(pattern))
        .examples([example])
}

fn whole_number(description: &str, minimum: u8, maximum: u8) -> ObjectBuilder {
    let number = ObjectBuilder::new().schema_type(Type::Integer).description(Some(description));
    number.minimum(Some(f64::from(minimum))).maximum(Some(f64::from(maximum)))
}

/// A schedule is written as its fields.
impl PartialSchema for Schedule {
    fn schema() -> RefOr<Schema> {
        Ref::from_schema_name(ScheduleFields::name()).into()
    }
}

impl ToSchema for Schedule {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ScheduleFields::name().into_owned(), ScheduleFields::schema()));
        ScheduleFields::schemas(schemas);
    }
}
