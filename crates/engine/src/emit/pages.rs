//! Pages of the key `html`: a template with the tags of entries. Templates are those of
//! html-webpack-plugin, Vue CLI and Vite: `<%= BASE_URL %>`, `<%= htmlWebpackPlugin.options.title
//! %>`, `<%= process.env.NAME %>`, `%BASE_URL%` and `%NAME%` get their values. Without a public
//! path, addresses are relative to the page.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostics, Source, Span,
    config::{Format, Page},
};
use serde_json::Value;

use super::{
    manifests::ManifestInput,
    output::{OutputFile, OutputKind},
};
use crate::{messages, scan::Copy};

/// Returns the pages. Reports entries that do not exist, and expressions that have no value.
pub(super) fn pages(input: &ManifestInput<'_, '_, '_>, log: &mut Diagnostics) -> Vec<OutputFile> {
    let mut pages =
        input.scan.copies.iter().filter_map(|copy| Some((copy, copy.page.as_ref()?))).peekable();
    if pages.peek().is_none() {
        return Vec::new();
    }
    let entries = input.entrypoints()["entrypoints"].take();
    let made = pages.map(|(copy, page)| {
        let template = String::from_utf8_lossy(&copy.asset.bytes);
        let to_outputs = to_outputs(&copy.path, input.config);
        let context = PageContext { page, config: input.config, copy, to_outputs };
        let (text, unknown) = context.filled(&template);
        if !unknown.is_empty() {
            let name = copy.asset.name.to_string();
            let text = template.into_owned();
            let source = Arc::new(Source { path: (&name).into(), name, text });
            let spans = unknown.into_iter();
            log.extend(spans.map(|span| messages::template_expression(&source, span)));
        }
        let tags = context.tags(&entries, log);
        OutputFile {
            path: copy.path.clone(),
            bytes: with_tags(&text, &tags).into_bytes().into(),
            kind: OutputKind::Manifest,
        }
    });
    made.collect()
}

/// Returns what leads from a page to the outputs: `../` for each folder that the page is in;
/// nothing if the public path does.
fn to_outputs(page: &str, config: &Config) -> String {
    let is_relative = ["", "./"].contains(&config.output.public_path.as_str());
    let folders = if is_relative { page.matches('/').count() } else { 0 };
    "../".repeat(folders)
}

/// What the expressions of a template may name.
struct PageContext<'a> {
    page: &'a Page,
    config: &'a Config,
    /// The template.
    copy: &'a Copy,
    /// What leads from the page to the outputs.
    to_outputs: String,
}

impl PageContext<'_> {
    /// Replaces the expressions of a template. Returns the text, and where in the template the
    /// expressions are that have no value.
    fn filled(&self, template: &str) -> (String, Vec<Span>) {
        let (mut text, mut unknown) = (String::new(), Vec::new());
        let mut rest = template;
        while let Some(start) = rest.find("<%") {
            let Some(length) = rest[start..].find("%>") else { break };
            let code = &rest[start + 2..start + length];
            text.push_str(&rest[..start]);
            let shown = code.strip_prefix(['=', '-']);
            if let Some(value) = shown.and_then(|expression| self.value(expression.trim())) {
                text.push_str(&value);
            } else {
                let at = template.len() - rest.len() + start;
                let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                unknown.push(Span::new(offset(at), offset(at + length + 2)));
            }
            rest = &rest[start + length + 2..];
        }
        text.push_str(rest);
        (self.with_variables(&text), unknown)
    }

    /// Replaces variables as Vite and Create React App write them: `%BASE_URL%`,
    /// `%REACT_APP_NAME%`. What has no value stays as it is.
    fn with_variables(&self, text: &str) -> String {
        let mut replaced = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('%') {
            let (before, inner) = (&rest[..start], &rest[start + 1..]);
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let end = inner.find(|c| !is_part(c)).unwrap_or(inner.len());
            replaced.push_str(before);
            let value = inner[end..].starts_with('%').then(|| self.variable(&inner[..end]));
            if let Some(value) = value.flatten() {
                replaced.push_str(&value);
                rest = &inner[end + 1..];
            } else {
                replaced.push('%');
                rest = inner;
            }
        }
        replaced + rest
    }

    /// Returns the value of `%NAME%`.
    fn variable(&self, name: &str) -> Option<String> {
        match name {
            "" => None,
            "BASE_URL" => Some(self.base_url()),
            "PUBLIC_URL" => Some(match self.base_url().as_str() {
                "" => ".".to_owned(),
                base => base.trim_end_matches('/').to_owned(),
            }),
            name => defined(&format!("process.env.{name}"), self.config),
        }
    }

    /// Returns where the outputs are, seen from a page.
    fn base_url(&self) -> String {
        format!("{}{}", self.to_outputs, self.config.output.public_path)
    }

    /// Returns the value of an expression in a template; `None` if it has none.
    fn value(&self, expression: &str) -> Option<String> {
        match expression {
            "BASE_URL" | "process.env.BASE_URL" | "webpackConfig.output.publicPath" => {
                Some(self.base_url())
            }
            "htmlWebpackPlugin.options.title" | "title" => Some(self.page.title.clone()),
            name => defined(name, self.config)
                .or_else(|| defined(&format!("process.env.{name}"), self.config)),
        }
    }

    /// Returns the tags of the page's entries. Reports entries that do not exist.
    fn tags(&self, entries: &Value, log: &mut Diagnostics) -> Tags {
        let known: Vec<&str> = entries
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
            .map(String::as_str)
            .collect();
        let wanted: Vec<&str> = match &self.page.entries {
            Some(names) => names.iter().map(String::as_str).collect(),
            None => known.clone(),
        };
        let kind = if self.config.output.format == Format::Esm { " type=\"module\"" } else { "" };
        let mut tags = Tags::default();
        for name in wanted {
            if !known.contains(&name) {
                let (template, place) = (&self.copy.asset.name, self.copy.place.as_ref());
                log.push(messages::unknown_page_entry(template, place, name, &known));
            }
            let addresses = |group: &str| -> Vec<String> {
                let addresses = entries[name][group].as_array().into_iter().flatten();
                let address = |one: &Value| Some(format!("{}{}", self.to_outputs, one.as_str()?));
                addresses.filter_map(address).map(|one| one.replace('"', "&quot;")).collect()
            };
            let style = |href: String| format!("<link rel=\"stylesheet\" href=\"{href}\">");
            let script = |src: String| format!("<script{kind} src=\"{src}\"></script>");
            tags.head.extend(addresses("css").into_iter().map(style));
            tags.body.extend(addresses("js").into_iter().map(script));
        }
        let mut seen = std::collections::HashSet::new();
        tags.head.retain(|tag| seen.insert(tag.clone()));
        tags.body.retain(|tag| seen.insert(tag.clone()));
        tags
    }
}

/// Returns the text of a defined value.
fn defined(name: &str, config: &Config) -> Option<String> {
    let own = config.script.define.get(name)?;
    serde_json::from_str::<String>(own).ok().or_else(|| Some(own.clone()))
}

/// The tags of a page: those of the head, and those of the end of the body.
#[derive(Default)]
struct Tags {
    head: Vec<String>,
    body: Vec<String>,
}

/// Puts the tags of stylesheets before the end of the head, and those of scripts before the end of
/// the body. Vite's tags of sources go.
fn with_tags(text: &str, tags: &Tags) -> String {
    let text = without_sources(text);
    let find = |end: &str| text.to_ascii_lowercase().rfind(end);
    let body = find("</body>").or_else(|| find("</html>")).unwrap_or(text.len());
    let head = find("</head>").filter(|head| *head <= body).unwrap_or(0);
    format!(
        "{}{}{}{}{}",
        &text[..head],
        tags.head.concat(),
        &text[head..body],
        tags.body.concat(),
        &text[body..]
    )
}

/// Removes `<script type="module" src="/src/main.js"></script>`: the entry's own tag is written.
fn without_sources(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("<script") {
        let Some(end) = rest[start..].find("</script>").map(|end| start + end + 9) else { break };
        let tag = rest[start..end].split('>').next().unwrap_or_default();
        let is_source = tag.replace(['"', '\''], "").contains("type=module")
            && tag.contains("src=")
            && !tag.contains("//");
        kept.push_str(&rest[..start]);
        if !is_source {
            kept.push_str(&rest[start..end]);
        }
        rest = &rest[end..];
    }
    kept + rest
}
