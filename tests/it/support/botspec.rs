//! The Bot API's contract, read from `shared/data/specs` beside the project: methods, fields, types, limits.
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The contract.
#[derive(Debug, Deserialize)]
pub(crate) struct Spec {
    methods: BTreeMap<String, Object>,
    types: BTreeMap<String, Object>,
}

#[derive(Debug, Deserialize)]
struct Object {
    #[serde(default)]
    fields: Vec<Field>,
    #[serde(default)]
    subtypes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Field {
    name: String,
    types: Vec<String>,
    required: bool,
}

impl Spec {
    /// Reads it from the nearest folder above the project that has it; without it nothing may pass.
    pub(crate) fn load() -> Self {
        let file = super::shared("data/specs/telegram_bot_api.json");
        serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
    }

    /// Checks one call. The method as the contract spells it, or everything that is wrong.
    pub(crate) fn check(&self, method: &str, body: &Value) -> Result<&str, Vec<String>> {
        // Telegram takes method names in any case.
        let Some((name, object)) = self.methods.iter().find(|(name, _)| name.eq_ignore_ascii_case(method)) else {
            return Err(vec![format!("no method `{method}`")]);
        };
        let mut wrong = Vec::new();
        self.object(name, object, body, &mut wrong);
        self.limits(name, body, &mut wrong);
        if wrong.is_empty() { Ok(name) } else { Err(wrong) }
    }

    fn object(&self, at: &str, object: &Object, value: &Value, wrong: &mut Vec<String>) {
        let Some(given) = value.as_object() else { return wrong.push(format!("{at}: not an object")) };
        for field in object.fields.iter().filter(|field| field.required && !given.contains_key(&field.name)) {
            wrong.push(format!("{at}: `{}` is missing", field.name));
        }
        for (name, value) in given {
            let at = format!("{at}.{name}");
            match object.fields.iter().find(|field| field.name == *name) {
                None => wrong.push(format!("{at}: no such field")),
                Some(field) => self.any_of(&at, &field.types, value, wrong),
            }
        }
    }

    /// One of `types` must take the value; where none does, what the first says is told.
    fn any_of(&self, at: &str, types: &[String], value: &Value, wrong: &mut Vec<String>) {
        let mut first = None;
        for name in types {
            let mut against = Vec::new();
            self.one(at, name, value, &mut against);
            if against.is_empty() {
                return;
            }
            first.get_or_insert(against);
        }
        wrong.extend(first.unwrap_or_else(|| vec![format!("{at}: no type")]));
    }

    fn one(&self, at: &str, name: &str, value: &Value, wrong: &mut Vec<String>) {
        let fits = match name {
            "Integer" => value.is_i64() || value.is_u64(),
            "Float" => value.is_number(),
            "Boolean" => value.is_boolean(),
            "String" => value.is_string(),
            _ => {
                if let Some(inner) = name.strip_prefix("Array of ") {
                    let Some(list) = value.as_array() else { return wrong.push(format!("{at}: not a list")) };
                    for (place, value) in list.iter().enumerate() {
                        self.one(&format!("{at}[{place}]"), inner, value, wrong);
                    }
                    return;
                }
                let object = self.types.get(name).unwrap_or_else(|| panic!("the contract has no type `{name}`"));
                if object.subtypes.is_empty() {
                    self.object(at, object, value, wrong);
                    if name == "InlineKeyboardButton" {
                        button(at, value, wrong);
                    }
                } else {
                    self.any_of(at, &object.subtypes, value, wrong);
                }
                return;
            }
        };
        if !fits {
            wrong.push(format!("{at}: not {name}"));
        }
    }

    /// Limits that the contract tells in prose.
    fn limits(&self, method: &str, body: &Value, wrong: &mut Vec<String>) {
        let mut within = |name: &str, length: Option<usize>, least: usize, most: usize| {
            if length.is_some_and(|length| !(least..=most).contains(&length)) {
                wrong.push(format!("{method}.{name}: {} is not {least} to {most}", length.unwrap_or_default()));
            }
        };
        let number = |name: &str| body[name].as_u64().and_then(|number| usize::try_from(number).ok());
        match method {
            "sendMessage" => {
                let text = body["text"].as_str().unwrap_or_default();
                match if body["parse_mode"] == "HTML" { shown(text) } else { Some(text.to_owned()) } {
                    Some(shown) => within("text", Some(shown.trim().encode_utf16().count()), 1, 4096),
                    None => wrong.push("sendMessage.text: can't parse entities".to_owned()),
                }
            }
            "sendPhoto" => match shown(body["caption"].as_str().unwrap_or_default()) {
                Some(shown) => within("caption", Some(shown.trim().encode_utf16().count()), 0, 1024),
                None => wrong.push("sendPhoto.caption: can't parse entities".to_owned()),
            },
            "getUpdates" => within("limit", number("limit"), 1, 100),
            "setWebhook" => {
                within("max_connections", number("max_connections"), 1, 100);
                let secret = body["secret_token"].as_str();
                within("secret_token", secret.map(str::len), 1, 256);
                if secret
                    .is_some_and(|secret| secret.contains(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-'))
                {
                    wrong.push("setWebhook.secret_token: a character that is not allowed".to_owned());
                }
                if !body["url"].as_str().is_some_and(|url| url.is_empty() || url.starts_with("https://")) {
                    wrong.push("setWebhook.url: not https".to_owned());
                }
            }
            "setMyCommands" => {
                for command in body["commands"].as_array().into_iter().flatten() {
                    within("command", command["command"].as_str().map(str::len), 1, 32);
                    within("description", command["description"].as_str().map(|words| words.chars().count()), 1, 256);
                }
            }
            _ => {}
        }
        let kinds = &self.types["Update"].fields;
        for kind in body["allowed_updates"].as_array().into_iter().flatten() {
            if !kinds.iter().any(|field| kind == field.name.as_str() && field.name != "update_id") {
                wrong.push(format!("{method}.allowed_updates: no kind {kind}"));
            }
        }
    }
}

/// Exactly one thing to do, and its data in 1 to 64 bytes.
fn button(at: &str, value: &Value, wrong: &mut Vec<String>) {
    let looks = ["text", "icon_custom_emoji_id", "style"];
    let does = value.as_object().into_iter().flatten().filter(|(name, _)| !looks.contains(&name.as_str())).count();
    if does != 1 {
        wrong.push(format!("{at}: does {does} things"));
    }
    if value["callback_data"].as_str().is_some_and(|data| !(1..=64).contains(&data.len())) {
        wrong.push(format!("{at}: callback_data is not 1 to 64 bytes"));
    }
    if value["text"].as_str().is_some_and(|text| text.trim().is_empty()) {
        wrong.push(format!("{at}: no words"));
    }
}

/// What HTML shows: `<b>` and `</b>` in pairs and the four named entities are all that is read. None for anything else.
pub(crate) fn shown(html: &str) -> Option<String> {
    let (mut out, mut rest, mut bold) = (String::new(), html, false);
    while let Some(place) = rest.find(['<', '&', '>']) {
        out.push_str(&rest[..place]);
        rest = &rest[place..];
        let (mark, said) = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("<b>", ""), ("</b>", "")]
            .into_iter()
            .find(|(mark, _)| rest.starts_with(mark))?;
        match mark {
            "<b>" if bold => return None,
            "</b>" if !bold => return None,
            "<b>" | "</b>" => bold = !bold,
            _ => out.push_str(said),
        }
        rest = &rest[mark.len()..];
    }
    out.push_str(rest);
    (!bold).then_some(out)
}
