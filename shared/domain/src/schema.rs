//! Published shapes of the types that read and write themselves: what OpenAPI and the JSON Schema of pulse files say about them.

use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use crate::branding::{Logo, PALETTE_MAX, Palette};
use crate::chart_spec::{Aggregate, Bin, ChartLayer, ChartSpec, Encoding, Layers, Mark, RuleLayer, Sort, Stack, Title, Written};
use crate::color::Color;
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
    Color => text("A colour.", "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$", "#1d4ed8");
    Logo => text("A PNG file in base64: at most 256 KiB, 4,096 pixels on a side and 4,000,000 in all.", "^iVBORw0KGgo", "iVBORw0KGgo…");
    Palette => ArrayBuilder::new()
        .items(Ref::from_schema_name(Color::name()))
        .min_items(Some(1))
        .max_items(Some(PALETTE_MAX));
    Minute => whole_number("A minute of the hour.", 0, 59);
    MonthDay => OneOfBuilder::new()
        .description(Some("A day of the month; months that are shorter have it on their last day. `last` is the last day of each."))
        .item(whole_number("1 to 31.", 1, 31))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["last"])));
    Sort => OneOfBuilder::new()
        .description(Some("Order of categories: by name, by total (`y`, `-y`; `x`, `-x` of lying bars), or these values in this order; null keeps that of the rows."))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["ascending", "descending", "y", "-y", "x", "-x"])))
        .item(ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String)))
        .item(ObjectBuilder::new().schema_type(Type::Null));
    Stack => OneOfBuilder::new()
        .description(Some("Whether bars and areas of several series stand on each other: `zero` or true, `normalize` for shares, false or null for not."))
        .item(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(["zero", "normalize"])))
        .item(ObjectBuilder::new().schema_type(Type::Boolean))
        .item(ObjectBuilder::new().schema_type(Type::Null));
    Mark => OneOfBuilder::new()
        .description(Some("The form of the chart, by name or as `{type}`."))
        .item(one_of(Mark::ALL.map(Mark::as_str)))
        .item(closed(ObjectBuilder::new().schema_type(Type::Object).property("type", one_of(Mark::ALL.map(Mark::as_str))).required("type")))
        .item(closed(ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("type", one_of([Mark::Arc.as_str()]))
            .property("innerRadius", ObjectBuilder::new().schema_type(Type::Number).description(Some("As a donut is written; every arc is drawn as a ring.")))
            .required("type")
            .required("innerRadius")));
    Aggregate => one_of(["sum", "mean", "average", "median", "min", "max", "count"])
        .description(Some("How several rows become one number: added up, their mean (`average` is the same), the middle one, the smallest, the largest, how many."));
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
        .prefix_items([chart_layer()])
        .items(Ref::from_schema_name(RuleLayer::name()))
        .min_items(Some(1))
        .max_items(Some(1 + crate::chart_spec::TARGETS_MAX));
}

fn one_of<const N: usize>(names: [&'static str; N]) -> ObjectBuilder {
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

/// A chart is written as one chart or as layers: exactly `mark` and `encoding`, or exactly `layer`.
impl PartialSchema for ChartSpec {
    fn schema() -> RefOr<Schema> {
        let written = object(Written::schema());
        let form = |description: &str, required: &[&str], others: &[&str]| {
            let mut form = written.clone();
            form.description = Some(description.to_owned());
            form.required = required.iter().map(|&name| name.to_owned()).collect();
            others.iter().for_each(|&name| drop(form.properties.remove(name)));
            without_nulls(Schema::Object(form))
        };
        OneOfBuilder::new()
            .description(written.description.as_deref())
            .item(form("One chart.", &["mark", "encoding"], &["layer"]))
            .item(form("A chart and the rules of its targets.", &["layer"], &["mark", "encoding"]))
            .into()
    }
}

impl ToSchema for ChartSpec {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        let mut parts = vec![
            (RuleLayer::name().into_owned(), RuleLayer::schema()),
            (
                LAYER_ENCODING.to_owned(),
                RefOr::T(Schema::Object(without(object(Encoding::schema()), "facet"))),
            ),
        ];
        RuleLayer::schemas(&mut parts);
        Written::schemas(&mut parts);
        schemas.extend(parts.into_iter().map(|(name, part)| match part {
            RefOr::T(part) => (name, RefOr::T(without_nulls(part))),
            RefOr::Ref(_) => (name, part),
        }));
    }
}

/// In Vega-Lite a layer has no small charts of its own.
const LAYER_ENCODING: &str = "LayerEncoding";

fn chart_layer() -> Object {
    let mut layer = object(ChartLayer::schema());
    layer
        .properties
        .insert("encoding".to_owned(), Ref::from_schema_name(LAYER_ENCODING).into());
    layer
}

/// What a struct's derived schema is.
fn object(schema: RefOr<Schema>) -> Object {
    match schema {
        RefOr::T(Schema::Object(object)) => object,
        _ => Object::default(),
    }
}

fn without(mut object: Object, property: &str) -> Object {
    object.properties.remove(property);
    object
}

/// A spec leaves out what it does not say; only `stack` and `sort` take a null, and say so themselves.
fn without_nulls(schema: Schema) -> Schema {
    let Schema::Object(mut object) = schema else { return schema };
    for property in object.properties.values_mut() {
        match property {
            RefOr::T(Schema::Object(inner)) => {
                if let SchemaType::Array(types) = &mut inner.schema_type {
                    types.retain(|kind| *kind != Type::Null);
                    if let [only] = types.as_slice() {
                        inner.schema_type = SchemaType::Type(only.clone());
                    }
                }
            }
            RefOr::T(Schema::OneOf(choice)) => {
                let is_null = |item: &RefOr<Schema>| matches!(item, RefOr::T(Schema::Object(inner)) if inner.schema_type == SchemaType::Type(Type::Null));
                choice.items.retain(|item| !is_null(item));
                if let [RefOr::Ref(only)] = choice.items.as_slice() {
                    let mut only = only.clone();
                    only.description = choice.description.take().unwrap_or_default();
                    *property = RefOr::Ref(only);
                }
            }
            _ => {}
        }
    }
    Schema::Object(object)
}
