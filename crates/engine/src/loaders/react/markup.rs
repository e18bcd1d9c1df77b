//! Converts an SVG to JSX.

use std::{fmt::Write as _, ops::Range};

use bundle_base::stylesheet::exports::quoted;

use super::super::svg::{Names, Svg, Tag, TagKind, comments, local};

/// Returns an SVG as JSX whose root gets all `props`. Ids and classes of its own begin with
/// `prefix`.
pub fn jsx(svg: &Svg<'_>, prefix: &str) -> String {
    let text = svg.text;
    let mut markup = Markup { svg, names: Names::of(svg, prefix), out: String::new() };
    // How many elements are open within one that is left out, and that one itself.
    let mut left_out = 0_usize;
    for (at, tag) in svg.tags.iter().enumerate() {
        let name = &text[tag.name.clone()];
        match tag.kind {
            TagKind::Start if left_out > 0 || is_left_out(name) => left_out += 1,
            TagKind::End if left_out > 0 => left_out -= 1,
            TagKind::Empty if left_out > 0 || is_left_out(name) => {}
            TagKind::Start | TagKind::Empty => markup.start(tag, at == 0),
            TagKind::End => markup.end(name),
        }
        if let Some(next) = svg.tags.get(at + 1).filter(|_| left_out == 0) {
            let is_style = tag.kind == TagKind::Start && local(name) == "style";
            markup.text(tag.range.end..next.range.start, is_style);
        }
    }
    markup.out
}

/// JSX while it is written.
struct Markup<'t> {
    svg: &'t Svg<'t>,
    names: Names<'t>,
    out: String,
}

impl Markup<'_> {
    fn start(&mut self, tag: &Tag, is_root: bool) {
        let text = self.svg.text;
        let _ = write!(self.out, "<{}", &text[tag.name.clone()]);
        for (attribute, value) in &tag.attributes {
            let (attribute, value) = (&text[attribute.clone()], &text[value.clone()]);
            let Some(property) = property(attribute) else { continue };
            let own = if is_root { None } else { self.names.value(attribute, value) };
            let value = own.as_deref().unwrap_or(value);
            if attribute == "style" {
                let _ = write!(self.out, " style={{{{ {} }}}}", declarations(value));
            } else {
                let quote = if value.contains('"') { '\'' } else { '"' };
                let _ = write!(self.out, " {property}={quote}{value}{quote}");
            }
        }
        if is_root {
            self.out.push_str(" {...props}");
        }
        self.out.push_str(if tag.kind == TagKind::Empty { " />" } else { ">" });
    }

    fn end(&mut self, name: &str) {
        let _ = write!(self.out, "</{name}>");
    }

    /// Adds the text between two tags, without comments.
    fn text(&mut self, range: Range<usize>, is_style: bool) {
        let mut rest = range.clone();
        let mut text = String::new();
        for comment in comments(self.svg.text, range) {
            text.push_str(&self.svg.text[rest.start..comment.start]);
            rest.start = comment.end;
        }
        text.push_str(&self.svg.text[rest]);
        let text = text.replace("<![CDATA[", "").replace("]]>", "");
        if text.trim().is_empty() {
            return;
        }
        if is_style {
            let _ = write!(self.out, "{{{}}}", quoted(&self.names.style(&text)));
        } else {
            // JSX knows entities, and reads braces as expressions.
            let text = text.replace('{', "&#123;").replace('}', "&#125;").replace('>', "&gt;");
            self.out.push_str(&text);
        }
    }
}

/// Returns whether components do not have such elements: those of drawing programs, and texts that
/// browsers show beside the pointer.
fn is_left_out(name: &str) -> bool {
    ["title", "metadata", "script"].contains(&name) || name.contains(':')
}

/// Returns the property of React for an attribute; `None`: it has none.
fn property(attribute: &str) -> Option<String> {
    match attribute {
        "class" => Some("className".to_owned()),
        "tabindex" => Some("tabIndex".to_owned()),
        "xlink:href" | "xlink:title" | "xml:space" | "xml:lang" => Some(camel_case(attribute)),
        _ if attribute.contains(':') || attribute.starts_with("on") => None,
        _ if attribute.starts_with("data-") || attribute.starts_with("aria-") => {
            Some(attribute.to_owned())
        }
        _ => Some(camel_case(attribute)),
    }
}

/// Returns the declarations of `style` as properties of an object.
fn declarations(style: &str) -> String {
    let pair = |declaration: &str| {
        let (property, value) = declaration.split_once(':')?;
        let property = property.trim();
        // `-ms-transform` is `msTransform`, and `-webkit-transform` is `WebkitTransform`.
        let property = match property.strip_prefix("-ms-") {
            _ if property.starts_with("--") => property.to_owned(),
            Some(rest) => camel_case(&format!("ms-{rest}")),
            None => camel_case(property),
        };
        Some(format!("{}: {}", quoted(&property), quoted(value.trim())))
    };
    style.split(';').filter_map(pair).collect::<Vec<_>>().join(", ")
}

fn camel_case(text: &str) -> String {
    let mut is_next_large = false;
    let mut name = String::new();
    for letter in text.chars() {
        if [':', '-'].contains(&letter) {
            is_next_large = true;
        } else if std::mem::take(&mut is_next_large) {
            name.extend(letter.to_uppercase());
        } else {
            name.push(letter);
        }
    }
    name
}

#[cfg(test)]
mod tests;
