//! OpenAPI 3.1, generated from the route table: what is not in the table does not exist.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::area::Area;
use crate::routes::{Access, Audience, RouteInfo};

/// The description of everything under `/api/v1`.
pub(crate) fn describe(app: &App, areas: &[Area]) -> Value {
    let settings = SchemaSettings::openapi3().with(|s| {
        s.meta_schema = None;
        s.definitions_path = "/components/schemas".into();
    });
    let mut schemas = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for area in areas {
        for info in area.routes.infos().filter(|info| info.audience == Audience::Both) {
            let path = paths.entry(format!("/api/v1{}", info.path)).or_insert_with(|| json!({}));
            path[info.method.to_lowercase()] = operation(area.name, &info, &mut schemas);
        }
    }
    let mut components = schemas.take_definitions(true);
    components.insert("Problem".to_owned(), problem_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("Gerai {}", app.0.city.name),
            "version": "1",
            "description": "The city's registry, catalogue and purchases for programs.",
        },
        "servers": [{ "url": app.0.city.base_url }],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn operation(area: &str, info: &RouteInfo, schemas: &mut SchemaGenerator) -> Value {
    let id = format!("{} {}", info.method, info.path);
    let id: String = id.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let mut operation = json!({
        "operationId": id,
        "tags": [area],
        "parameters": parameters(info),
        "responses": {
            (if info.method == "GET" { "200" } else { "201" }): success(info, schemas),
            "default": {
                "description": "A problem (RFC 9457) with a stable code",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            },
        },
    });
    if let Some(takes) = info.takes {
        let schema = takes(schemas);
        operation["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": schema } },
        });
    }
    operation["security"] = match info.access {
        Access::Anyone => json!([]),
        Access::Person => json!([{ "token": [] }]),
        Access::May(permission) => json!([{ "token": [permission.0] }]),
    };
    operation
}

fn success(info: &RouteInfo, schemas: &mut SchemaGenerator) -> Value {
    match info.gives {
        Some(gives) => json!({
            "description": "Done",
            "content": { "application/json": { "schema": gives(schemas) } },
        }),
        None => json!({ "description": "Done" }),
    }
}

fn parameters(info: &RouteInfo) -> Vec<Value> {
    let of_path = info.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let of_path = of_path.map(|name| {
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
    });
    let of_query = info
        .asks
        .iter()
        .map(|name| json!({ "name": name, "in": "query", "schema": { "type": "string" } }));
    let key = (info.method != "GET").then(|| {
        json!({ "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "maxLength": 128 } })
    });
    of_path.chain(of_query).chain(key).collect()
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "type": "string" },
            "fields": { "type": "object", "additionalProperties": { "type": "string" } },
            "codes": { "type": "object", "additionalProperties": { "type": "string" } },
        },
    })
}

/// Serves the description.
pub(crate) fn router(description: &Value) -> Router<App> {
    let text: Arc<str> = Arc::from(description.to_string());
    let serve = move || {
        let text = Arc::clone(&text);
        async move { ([(header::CONTENT_TYPE, "application/json")], text.to_string()).into_response() }
    };
    Router::new().route("/api/openapi.json", get(serve))
}
