//! Published shapes of the types that read and write themselves: what OpenAPI and the JSON Schema of pulse files say about them.

use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::chart_spec::{Bin, ChartLayer, ChartSpec, Layers, Mark, RuleLayer, Sort, Stack, Title, Written};
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
        .description(Some("Order of categories: by name, by total (`y`, `-y`; `x`, `-x` of lying bars), or these values in this order."))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["ascending", "descending", "y", "-y", "x", "-x"])))
        .item(ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String)));
    Stack => OneOfBuilder::new()
        .description(Some("Whether bars and areas of several series stand on each other: `zero` or true, `normalize` for shares, false or null for not."))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["zero", "normalize"])))
        .item(ObjectBuilder::new().schema_type(Type::Boolean))
        .item(ObjectBuilder::new().schema_type(Type::Null));
    Mark => OneOfBuilder::new()
        .description(Some("The form of the chart, by name or as `{type}`."))
        .item(mark_name())
        .item(closed(ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("type", mark_name())
            .property("innerRadius", ObjectBuilder::new().schema_type(Type::Number).description(Some("Of arc; every arc is drawn as a ring.")))
            .required("type")));
    Bin => OneOfBuilder::new()
        .description(Some("Numbers along x joined to ranges: about 10 (true), at most `maxbins`, or of the width `step`."))
        .item(ObjectBuilder::new().schema_type(Type::Boolean).enum_values(Some([true])))
        .item(closed(ObjectBuilder::new().schema_type(Type::Object).property("maxbins", whole_number("2 to 100.", 2, 100)).required("maxbins")))
        .item(closed(ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("step", ObjectBuilder::new().schema_type(Type::Number).exclusive_minimum(Some(0.0)))
            .required("step")));
    Title => OneOfBuilder::new()
        .description(Some("The headline, or headline and the line under it."))
        .item(ObjectBuilder::new().schema_type(Type::String))
        .item(closed(ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("text", ObjectBuilder::new().schema_type(Type::String))
            .property("subtitle", ObjectBuilder::new().schema_type(Type::String))
            .required("text")));
    Layers => ArrayBuilder::new()
        .description(Some("The chart's layer first, then a rule's for each target."))
        .items(OneOfBuilder::new().item(Ref::from_schema_name(ChartLayer::name())).item(Ref::from_schema_name(RuleLayer::name())))
        .min_items(Some(1))
        .max_items(Some(1 + crate::chart_spec::TARGETS_MAX));
}

fn mark_name() -> ObjectBuilder {
    let names = Mark::ALL.map(Mark::as_str);
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names))
}

/// An object without any other property.
fn closed(object: ObjectBuilder) -> ObjectBuilder {
    object.additional_properties(Some(utoipa::openapi::schema::AdditionalProperties::<Schema>::FreeForm(false)))
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

/// A chart is written as one chart or as layers.
impl PartialSchema for ChartSpec {
    fn schema() -> RefOr<Schema> {
        Written::schema()
    }
}

impl ToSchema for ChartSpec {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        for (name, schema) in [(ChartLayer::name(), ChartLayer::schema()), (RuleLayer::name(), RuleLayer::schema())] {
            schemas.push((name.into_owned(), schema));
        }
        ChartLayer::schemas(schemas);
        RuleLayer::schemas(schemas);
        Written::schemas(schemas);
    }
}
