//! What the API says about itself: the OpenAPI document and the JSON Schema of a pulse file, both generated from the code.

use std::collections::BTreeMap;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::chart_spec::ChartSpec;
use domain::pulse::PulseSpec;
use serde_json::{Value, json};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{Components, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoParams, IntoResponses, PartialSchema, ToSchema};

use crate::problem::Problem;

const ABOUT: &str = "A chart that arrives by itself: data is read, drawn, put into words and delivered, on a schedule or when something \
happens. Every route is scoped to the organisation of the key. Errors are problems (RFC 9457). A POST with an `Idempotency-Key` is done \
once. Lists come in pages.";

const TAGS: [(&str, &str); 10] = [
    (
        "connections",
        "Accounts at providers, verified before they are kept; credentials are sealed and never shown",
    ),
    ("sources", "What to read"),
    ("destinations", "Where to deliver"),
    ("pulses", "Charts that arrive by themselves"),
    ("schedules", "When that is, in dates"),
    ("hooks", "Addresses that make a pulse due when something happens"),
    ("runs", "What was sent, to whom, and how it went"),
    ("branding", "An organisation's own colours and logo on its charts"),
    ("keys", "Who may use the API, and who changed what; owners only"),
    ("pictures", "Pictures behind the links that leave us"),
];

/// The header that makes a POST safe to repeat.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documents a header; `OnceKey` reads it")]
pub(crate) struct IdempotencyKey {
    /// 1 to 255 characters of your choice. The same key with the same request within 24 hours gets the same answer.
    #[param(rename = "Idempotency-Key")]
    idempotency_key: Option<String>,
}

/// The headers that name an event, so that a hook called twice for it sends once.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "documents headers; `hooks::EventName` reads them")]
pub(crate) struct EventName {
    /// The event's id as Standard Webhooks has it: 1 to 255 characters.
    #[param(rename = "webhook-id")]
    webhook_id: Option<String>,
    /// The same for callers without one; `webhook-id` goes first.
    #[param(rename = "Idempotency-Key")]
    idempotency_key: Option<String>,
}

/// What any route may answer instead.
pub(crate) struct Refusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::response::Response>> {
        let refusals = [
            ("400", "The request cannot be read"),
            ("401", "An API key is needed"),
            ("403", "The key's role is not enough"),
            ("404", "Not there, or another organisation's"),
            ("409", "It cannot be done as things stand"),
            ("413", "The body is too large"),
            ("415", "The body is not JSON"),
            ("422", "The content, or what a provider says of it, is not accepted"),
            ("500", "Something failed on our side"),
            ("502", "A provider does not answer"),
            ("503", "Try again in a few seconds"),
        ];
        let problem = || ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
        let response = |words: &str| {
            ResponseBuilder::new()
                .description(words)
                .content("application/problem+json", problem())
                .build()
        };
        refusals
            .into_iter()
            .map(|(status, words)| (status.to_owned(), response(words).into()))
            .collect()
    }
}

/// The document without its paths.
pub(crate) fn document() -> OpenApi {
    let mut schemas = Vec::new();
    Problem::schemas(&mut schemas);
    schemas.push((Problem::name().into_owned(), Problem::schema()));
    let mut components = Components::new();
    components.schemas.extend(schemas);
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("ck_…").build();
    components.add_security_scheme("api_key", SecurityScheme::Http(bearer));
    let info = InfoBuilder::new()
        .title("Chartcastr")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT))
        .license(Some(
            LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build(),
        ));
    let tags = TAGS.map(|(name, words)| TagBuilder::new().name(name).description(Some(words)).build());
    OpenApiBuilder::new()
        .info(info.build())
        .components(Some(components))
        .tags(Some(tags))
        .security(Some([SecurityRequirement::new("api_key", Vec::<String>::new())]))
        .build()
}

/// The JSON Schema of a pulse file, from the very types that read one.
pub(crate) fn pulse_schema() -> Value {
    json_schema::<PulseSpec>("Chartcastr pulse file")
}

/// The same of a chart alone.
pub(crate) fn chart_schema() -> Value {
    json_schema::<ChartSpec>("Chartcastr chart")
}

fn json_schema<T: ToSchema>(title: &str) -> Value {
    let mut schemas = Vec::new();
    T::schemas(&mut schemas);
    let defs: serde_json::Map<String, Value> = schemas
        .into_iter()
        .map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default()))
        .collect();
    let mut schema = serde_json::to_value(T::schema()).unwrap_or_default();
    if let Value::Object(members) = &mut schema {
        members.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        members.insert("title".to_owned(), json!(title));
        members.insert("$defs".to_owned(), Value::Object(defs));
    }
    point_at_defs(&mut schema);
    close(&mut schema);
    schema
}

/// A JSON Schema keeps its parts elsewhere than an OpenAPI document does.
fn point_at_defs(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match member {
                    Value::String(target) if name == "$ref" => *target = target.replace("#/components/schemas/", "#/$defs/"),
                    other => point_at_defs(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(point_at_defs),
        _ => {}
    }
}

/// Every type of a pulse file refuses fields it does not know; of enums' variants the derived schema does not say so.
fn close(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("type") == Some(&json!("object")) && members.get("properties").is_some_and(Value::is_object) {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn as_json(content_type: &'static str, body: String) -> Response {
    (
        [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "public, max-age=300")],
        body,
    )
        .into_response()
}

/// This document
#[utoipa::path(get, path = "/openapi.json", security(()), responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")))]
pub(crate) async fn openapi() -> Response {
    let document = crate::routes::documented().into_openapi();
    as_json("application/json", serde_json::to_string(&document).unwrap_or_default())
}

/// The JSON Schema of a pulse file
#[utoipa::path(get, path = "/v1/pulse.schema.json", tag = "pulses", security(()),
    responses((status = 200, description = "JSON Schema 2020-12", content_type = "application/schema+json")))]
pub(crate) async fn schema() -> Response {
    as_json("application/schema+json", pulse_schema().to_string())
}

/// The JSON Schema of a chart
#[utoipa::path(get, path = "/v1/chart-spec.schema.json", tag = "pulses", security(()),
    responses((status = 200, description = "JSON Schema 2020-12; explained in docs/charts.md", content_type = "application/schema+json")))]
pub(crate) async fn chart_spec_schema() -> Response {
    as_json("application/schema+json", chart_schema().to_string())
}

/// Whether the API answers
#[utoipa::path(get, path = "/healthz", security(()), responses((status = 200, description = "It does")))]
pub(crate) async fn health() -> Response {
    axum::Json(json!({"status": "ok", "version": env!("CARGO_PKG_VERSION")})).into_response()
}

/// Where everything is
#[utoipa::path(get, path = "/", security(()), responses((status = 200, description = "Links")))]
pub(crate) async fn home() -> Response {
    let links = json!({
        "name": "Chartcastr",
        "version": env!("CARGO_PKG_VERSION"),
        "openapi": "/openapi.json",
        "pulse_schema": "/v1/pulse.schema.json",
        "chart_schema": "/v1/chart-spec.schema.json",
        "health": "/healthz",
    });
    axum::Json(links).into_response()
}
