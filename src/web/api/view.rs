//! The document cut into what the page shows.
use serde_json::Value;
use std::fmt::Write as _;

/// A call.
pub(super) struct Call {
    pub(super) id: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) scope: String,
    pub(super) parameters: Vec<Field>,
    pub(super) body: Option<String>,
    pub(super) answers: Vec<Answer>,
}

/// A parameter, or a field of a shape.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) needed: bool,
    /// The shape it has, where that has a name.
    pub(super) shape: Option<String>,
    /// What it holds, else.
    pub(super) kind: String,
    pub(super) description: String,
}

/// What a call may be answered.
pub(super) struct Answer {
    pub(super) status: String,
    pub(super) description: String,
    pub(super) shape: Option<String>,
}

/// A shape with a name.
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) kind: String,
    pub(super) fields: Vec<Field>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The calls of a document, in the order of their addresses.
pub(super) fn calls(document: &Value) -> Vec<Call> {
    let of_path = |(path, methods): (&String, &Value)| {
        let path = path.clone();
        entries(methods).map(|(method, call)| one(document, &path, method, call)).collect::<Vec<_>>()
    };
    entries(&document["paths"]).flat_map(of_path).collect()
}

fn one(document: &Value, path: &str, method: &str, call: &Value) -> Call {
    let answer = |(status, answer): (&String, &Value)| {
        let answer = resolved(document, answer);
        let content = entries(&answer["content"]).next().map(|(_, content)| &content["schema"]);
        Answer {
            status: status.clone(),
            description: text(&answer["description"]),
            shape: content.and_then(|schema| shape_of(schema).0),
        }
    };
    let parameter = |parameter: &Value| {
        let (shape, kind) = shape_of(&parameter["schema"]);
        Field {
            name: text(&parameter["name"]),
            needed: parameter["required"] == true,
            shape,
            kind,
            description: text(&parameter["description"]),
        }
    };
    Call {
        id: text(&call["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(&call["summary"]),
        description: text(&call["description"]),
        scope: list(&call["security"]).flat_map(|key| list(&key["key"])).map(text).collect::<Vec<_>>().join(" "),
        parameters: list(&call["parameters"]).map(parameter).collect(),
        body: shape_of(&call["requestBody"]["content"]["application/json"]["schema"]).0,
        answers: entries(&call["responses"]).map(answer).collect(),
    }
}

/// What a reference within the document stands for.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let place = value["$ref"].as_str().and_then(|place| place.strip_prefix('#'));
    place.and_then(|place| document.pointer(place)).unwrap_or(value)
}

/// The shapes of a document, by name.
pub(super) fn shapes(document: &Value) -> Vec<Shape> {
    let shape = |(name, schema): (&String, &Value)| {
        let parts: Vec<&Value> = list(&schema["allOf"]).map(|part| resolved(document, part)).collect();
        let parts = if parts.is_empty() { vec![schema] } else { parts };
        let fields: Vec<Field> = parts.iter().flat_map(|part| fields(part)).collect();
        let kind = if fields.is_empty() { shape_of(schema).1 } else { String::new() };
        Shape { name: name.clone(), description: text(&schema["description"]), kind, fields }
    };
    entries(&document["components"]["schemas"]).map(shape).collect()
}

fn fields(schema: &Value) -> Vec<Field> {
    let needed: Vec<&str> = list(&schema["required"]).filter_map(Value::as_str).collect();
    let field = |(name, schema): (&String, &Value)| {
        let (shape, kind) = shape_of(schema);
        let needed = needed.contains(&name.as_str());
        Field { name: name.clone(), needed, shape, kind, description: text(&schema["description"]) }
    };
    entries(&schema["properties"]).map(field).collect()
}

/// The name of the shape that a schema refers to, alone, or null, or in a list; and what it holds, in words.
fn shape_of(schema: &Value) -> (Option<String>, String) {
    if let Some(place) = schema["$ref"].as_str() {
        return (place.rsplit('/').next().map(str::to_owned), String::new());
    }
    if let Some(part) = list(&schema["oneOf"]).find(|part| part["type"] != "null") {
        return shape_of(part);
    }
    let words = |value: &Value| match value {
        Value::Array(types) => types.iter().filter(|kind| *kind != "null").map(text).collect::<Vec<_>>().join(", "),
        one => text(one),
    };
    let mut kind = words(&schema["type"]);
    if kind == "array" {
        let (shape, of) = shape_of(&schema["items"]);
        let most = schema["maxItems"].as_u64().map(|most| format!(", at most {most}")).unwrap_or_default();
        return (shape, format!("list{}{most}.", if of.is_empty() { of } else { format!(" of {of}") }));
    }
    let values: Vec<String> = list(&schema["enum"]).map(|value| format!("`{}`", text(value))).collect();
    if !values.is_empty() {
        kind = values.join(", ");
    }
    let rules =
        [("format", "as"), ("pattern", "like"), ("maxLength", "at most"), ("minimum", "from"), ("maximum", "to")];
    for (name, of) in rules {
        let _ = match &schema[name] {
            Value::Null => Ok(()),
            Value::String(value) => write!(kind, ", {of} `{value}`"),
            value => write!(kind, ", {of} {value}"),
        };
    }
    if !kind.is_empty() {
        kind.push('.');
    }
    (None, kind)
}
