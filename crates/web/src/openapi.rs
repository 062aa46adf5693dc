//! OpenAPI 3.1, generated from the route table: what is not in the table does not exist.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use base::idempotency::KEY_CHARS_MAX;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::area::Area;
use crate::routes::{Access, Audience, RouteInfo};

/// The schemas of what comes in and of what goes out: the same type may read a missing field and
/// always write it, so each direction has its own. What comes in is spelled out where it is taken.
struct Schemas {
    taken: SchemaGenerator,
    given: SchemaGenerator,
}

impl Schemas {
    fn new() -> Schemas {
        let settings = || {
            SchemaSettings::draft2020_12().with(|s| {
                s.meta_schema = None;
                s.definitions_path = "/components/schemas".into();
            })
        };
        let taken = settings().for_deserialize().with(|s| s.inline_subschemas = true);
        Schemas {
            taken: taken.into_generator(),
            given: settings().for_serialize().into_generator(),
        }
    }
}

/// The description of everything under `/api/v1`, and of the raw routes that say what they give.
pub(crate) fn describe(app: &App, areas: &[Area]) -> Value {
    let mut schemas = Schemas::new();
    let mut paths: Map<String, Value> = Map::new();
    for area in areas {
        for info in area.routes.infos() {
            let at = match info.audience {
                Audience::Both => format!("/api/v1{}", info.path),
                Audience::Raw if info.gives.is_some() => info.path.to_owned(),
                Audience::Raw | Audience::People => continue,
            };
            let path = paths.entry(at).or_insert_with(|| json!({}));
            path[info.method.to_lowercase()] = operation(area.name, &info, &mut schemas);
        }
    }
    let mut components = schemas.given.take_definitions(true);
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

fn operation(area: &str, info: &RouteInfo, schemas: &mut Schemas) -> Value {
    let id = format!("{} {}", info.method, info.path);
    let id: String = id.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let mut operation = json!({
        "operationId": id,
        "tags": [area],
        "parameters": parameters(info),
        "responses": responses(info, schemas),
    });
    if let Some(takes) = info.takes {
        let mut schema = takes(&mut schemas.taken).to_value();
        spell_out(&mut schema, info);
        let media = if info.takes_files() { "multipart/form-data" } else { "application/json" };
        operation["requestBody"] = json!({
            "required": true,
            "content": { media: { "schema": schema } },
        });
    }
    operation["security"] = match info.access {
        Access::Anyone | Access::Signed => json!([]),
        Access::Person => json!([{ "token": [] }]),
        Access::May(permission) => json!([{ "token": [permission.0] }]),
    };
    operation
}

/// Forms are texts and leave out nothing by themselves: the row says what they cannot go without, and
/// what may come as a number.
fn spell_out(schema: &mut Value, info: &RouteInfo) {
    for name in info.files {
        schema["properties"][name] = json!({ "contentMediaType": "application/octet-stream" });
    }
    for name in info.needs.iter().chain(info.counts) {
        assert!(schema["properties"].get(name).is_some(), "{} has no field {name}", info.path);
    }
    if !info.needs.is_empty() {
        schema["required"] = json!(info.needs);
    }
    for name in info.counts {
        let mut field = &mut schema["properties"][name];
        if field["type"] == "array" {
            field = &mut field["items"];
        }
        field["type"] = json!(["integer", "string"]);
    }
}

/// Every status the route answers with.
fn responses(info: &RouteInfo, schemas: &mut Schemas) -> Value {
    let reads = info.method == "GET";
    let mut responses = json!({ (if reads { "200" } else { "201" }): success(info, schemas) });
    if reads && info.audience == Audience::Both {
        responses["304"] = json!({ "description": "What `If-None-Match` names is still so" });
    }
    let problems = [
        ("401", true, "No token, or one that opens nothing"),
        ("403", info.access != Access::Anyone, "The token does not allow this"),
        ("404", info.path.contains('{') || info.gone, "It is not there, or not for this token"),
        ("409", !reads, "A rule says no"),
        ("412", info.versioned, "It has changed since it was read"),
        ("422", true, "The input is wrong: which fields, and how to mend them"),
        ("503", true, "Busy: try again after `Retry-After` seconds, with the same key"),
        ("5XX", true, "Our fault"),
    ];
    for (status, _, why) in problems.into_iter().filter(|(_, answers, _)| *answers) {
        responses[status] = json!({
            "description": why,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
    }
    responses
}

fn success(info: &RouteInfo, schemas: &mut Schemas) -> Value {
    let mut success = json!({ "description": "Done", "headers": {} });
    let headers = if info.method == "GET" { "ETag" } else { "Location" };
    success["headers"][headers] = json!({ "schema": { "type": "string" } });
    if let Some(gives) = info.gives {
        let schema = gives(&mut schemas.given);
        success["content"] = json!({ "application/json": { "schema": schema } });
    }
    success
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
    let header = |name: &str, more: Value| json!({ "name": name, "in": "header", "schema": { "type": "string" }, "description": more });
    let key = (info.method != "GET").then(|| {
        json!({ "name": "Idempotency-Key", "in": "header",
                "schema": { "type": "string", "minLength": 1, "maxLength": KEY_CHARS_MAX } })
    });
    let known = (info.method == "GET").then(|| header("If-None-Match", json!("An `ETag`")));
    let seen = info.versioned.then(|| {
        header("If-Match", json!("The `ETag` of what was read, instead of the field `version`"))
    });
    of_path.chain(of_query).chain(key).chain(known).chain(seen).collect()
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code", "fields", "codes"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string", "minLength": 1 },
            "status": { "type": "integer" },
            "code": { "type": "string", "pattern": "^[a-z][a-z0-9-]*$" },
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
