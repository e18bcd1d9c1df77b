//! A plan as the text of bundle.config.json: JSON with comments, short values on one line.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::plan::Plan;

/// The order of keys; others follow.
const ORDER: [&str; 16] = [
    "$schema",
    "root",
    "outDir",
    "publicPath",
    "target",
    "format",
    "platform",
    "areas",
    "html",
    "copy",
    "manifest",
    "splitting",
    "externals",
    "alias",
    "provide",
    "define",
];
const WIDTH: usize = 96;

/// Writes the configuration. `header` is the comment at the top.
pub fn written(plan: &Plan, header: &str) -> String {
    let mut keys = plan.keys.clone();
    let modes = [("development", &plan.modes.development), ("production", &plan.modes.production)];
    let modes: Map<String, Json> = modes
        .into_iter()
        .filter(|(_, keys)| !keys.is_empty())
        .map(|(mode, keys)| (mode.to_owned(), Json::Object(keys.clone())))
        .collect();
    if !modes.is_empty() {
        keys.insert("modes".to_owned(), Json::Object(modes));
    }
    let known = ORDER.iter().map(|key| (*key).to_owned());
    let rest = keys.keys().filter(|key| !ORDER.contains(&key.as_str())).cloned();
    let order: Vec<String> = known.chain(rest).filter(|key| keys.contains_key(key)).collect();
    let mut text = String::from("{\n");
    for line in header.lines() {
        let _ = writeln!(text, "  // {line}");
    }
    for (at, key) in order.iter().enumerate() {
        if let Some(comment) = plan.comments.get(key) {
            let _ = writeln!(text, "\n  // {comment}");
        }
        let comma = if at + 1 < order.len() { "," } else { "" };
        let value = shown(&keys[key], 2, key.len() + 6);
        let _ = writeln!(text, "  {}: {value}{comma}", Json::from(key.as_str()));
    }
    text + "}\n"
}

/// Prints a value on one line if it fits. `used`: the columns before it.
fn shown(value: &Json, indent: usize, used: usize) -> String {
    let short = one_line(value);
    let is_flat = |value: &Json| !matches!(value, Json::Object(inner) if inner.len() > 1);
    let is_short = match value {
        Json::Object(fields) => {
            fields.len() <= 1 || used < 20 && fields.len() <= 3 && fields.values().all(is_flat)
        }
        _ => true,
    };
    if used + short.len() <= WIDTH && (is_short || indent > 2) {
        return short;
    }
    let inner = " ".repeat(indent + 2);
    let (open, close, lines): (&str, &str, Vec<String>) = match value {
        Json::Object(fields) => {
            let line = |(key, value): (&String, &Json)| {
                format!(
                    "{inner}{}: {}",
                    Json::from(key.as_str()),
                    shown(value, indent + 2, indent + key.len() + 6)
                )
            };
            ("{", "}", fields.iter().map(line).collect())
        }
        Json::Array(values) => {
            let line = |value: &Json| format!("{inner}{}", shown(value, indent + 2, indent + 2));
            ("[", "]", values.iter().map(line).collect())
        }
        _ => return short,
    };
    format!("{open}\n{}\n{}{close}", lines.join(",\n"), " ".repeat(indent))
}

fn one_line(value: &Json) -> String {
    match value {
        Json::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Json::Object(fields) => {
            let pairs: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{}: {}", Json::from(key.as_str()), one_line(value)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Json::Array(values) => {
            let values: Vec<String> = values.iter().map(one_line).collect();
            format!("[{}]", values.join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_in_order_with_comments() {
        let mut plan = Plan::default();
        plan.set("alias", json!({ "@": "./src", "vue$": "vue/dist/vue.esm.js" }));
        plan.set("outDir", "public");
        plan.comment("alias", "as in webpack.config.js");
        plan.modes.production.insert("hash".to_owned(), true.into());
        assert_eq!(
            written(&plan, "From webpack.config.js."),
            "{\n  // From webpack.config.js.\n  \"outDir\": \"public\",\n\n  // as in webpack.config.js\n  \
             \"alias\": { \"@\": \"./src\", \"vue$\": \"vue/dist/vue.esm.js\" },\n  \
             \"modes\": { \"production\": { \"hash\": true } }\n}\n"
        );
    }
}
