//! Methods of strings.

use super::{
    literals::number,
    operators::{index, text_of},
    script::Script,
    value::Value,
};

impl Script<'_> {
    /// Calls a method of a string; `None` if it is not known.
    pub(super) fn text_method(
        &mut self,
        text: &str,
        name: &str,
        arguments: &[Value],
    ) -> Option<Value> {
        let first = arguments.first().and_then(text_of);
        let pattern = match arguments.first() {
            Some(Value::Pattern(source, flags)) => Some((source.clone(), flags.contains('g'))),
            _ => None,
        };
        Some(match name {
            "replace" | "replaceAll" => return self.replaced(text, name, pattern, arguments),
            "match" | "search" => {
                let source = pattern.map(|(source, _)| source).or(first)?;
                let pattern = regress::Regex::new(&source).ok()?;
                let found = pattern.find(text);
                if name == "search" {
                    return Some(Value::Number(found.map_or(-1.0, |found| number(found.start()))));
                }
                let Some(found) = found else { return Some(Value::Null) };
                let groups = (0..=found.captures.len()).map(|at| {
                    found.group(at).map_or(Value::Undefined, |range| Value::text(&text[range]))
                });
                Value::list(groups.collect())
            }
            "split" => match first {
                Some(separator) if separator.is_empty() => {
                    Value::list(text.chars().map(|c| Value::text(c.to_string())).collect())
                }
                Some(separator) => {
                    Value::list(text.split(separator.as_str()).map(Value::text).collect())
                }
                None => return None,
            },
            "startsWith" => Value::Boolean(text.starts_with(first?.as_str())),
            "endsWith" => Value::Boolean(text.ends_with(first?.as_str())),
            "includes" => Value::Boolean(text.contains(first?.as_str())),
            "indexOf" => Value::Number(text.find(first?.as_str()).map_or(-1.0, number)),
            "lastIndexOf" => Value::Number(text.rfind(first?.as_str()).map_or(-1.0, number)),
            "trim" => Value::text(text.trim()),
            "toLowerCase" => Value::Text(text.to_lowercase()),
            "toUpperCase" => Value::Text(text.to_uppercase()),
            "toString" | "valueOf" | "normalize" => Value::text(text),
            "charAt" => {
                let characters: Vec<char> = text.chars().collect();
                let at = index(arguments.first(), characters.len(), 0);
                Value::Text(characters.get(at).map(ToString::to_string).unwrap_or_default())
            }
            "concat" => {
                let more: Option<Vec<String>> = arguments.iter().map(text_of).collect();
                Value::Text(text.to_owned() + &more?.concat())
            }
            "slice" | "substring" | "substr" => {
                let characters: Vec<char> = text.chars().collect();
                let start = index(arguments.first(), characters.len(), 0);
                let end = if name == "substr" {
                    let count = index(arguments.get(1), characters.len(), characters.len());
                    (start + count).min(characters.len())
                } else {
                    index(arguments.get(1), characters.len(), characters.len())
                };
                Value::Text(characters.get(start..end).unwrap_or_default().iter().collect())
            }
            _ => return None,
        })
    }

    fn replaced(
        &mut self,
        text: &str,
        name: &str,
        pattern: Option<(String, bool)>,
        arguments: &[Value],
    ) -> Option<Value> {
        // A function gets what was found, and its groups.
        let by = |found: Vec<Value>, script: &mut Self| match arguments.get(1)? {
            Value::Text(by) => Some(by.clone()),
            function @ Value::Function(_) => text_of(&script.call(function, found)),
            _ => None,
        };
        let Some((source, is_global)) = pattern else {
            let old = arguments.first().and_then(text_of)?;
            let by = by(vec![Value::text(&*old)], self)?;
            let is_all = name == "replaceAll";
            let all = if is_all { text.replace(&old, &by) } else { text.replacen(&old, &by, 1) };
            return Some(Value::Text(all));
        };
        let expression = regress::Regex::new(&source).ok()?;
        let (mut result, mut end) = (String::new(), 0);
        for found in expression.find_iter(text) {
            let range = found.range();
            result.push_str(&text[end..range.start]);
            let groups = (1..=found.captures.len())
                .map(|at| found.group(at).map_or("", |range| &text[range]))
                .collect::<Vec<_>>();
            let matched = std::iter::once(&text[range.clone()]).chain(groups.iter().copied());
            let mut with = by(matched.map(Value::text).collect(), self)?;
            for (at, group) in groups.iter().enumerate() {
                with = with.replace(&format!("${}", at + 1), group);
            }
            result.push_str(&with);
            end = range.end;
            if !is_global {
                break;
            }
        }
        result.push_str(&text[end..]);
        Some(Value::Text(result))
    }
}
