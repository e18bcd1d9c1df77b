//! Converts an SVG to JSX.

use std::{fmt::Write as _, ops::Range};

use bundle_base::json::quoted;

use super::super::svg::{Svg, Tag, TagKind, UniqueNames, local};

/// Returns an SVG as JSX whose root gets all `props`. Ids and classes of its own begin with
/// `prefix`.
pub fn jsx(svg: &Svg<'_>, prefix: &str) -> String {
    let text = svg.text;
    let mut markup = Markup { svg, names: UniqueNames::of(svg, prefix), out: String::new() };
    // How many elements are open within one that is left out, and that one itself.
    let mut left_out = 0_usize;
    for (at, tag) in svg.tags.iter().enumerate() {
        let name = &text[tag.name.clone()];
        let is_left_out = at > 0 && is_left_out(name);
        match tag.kind {
            TagKind::Start if left_out > 0 || is_left_out => left_out += 1,
            TagKind::End if left_out > 0 => left_out -= 1,
            TagKind::Empty if left_out > 0 || is_left_out => {}
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
    names: UniqueNames<'t>,
    out: String,
}

impl Markup<'_> {
    fn start(&mut self, tag: &Tag, is_root: bool) {
        let text = self.svg.text;
        let _ = write!(self.out, "<{}", local(&text[tag.name.clone()]));
        for (attribute, value) in &tag.attributes {
            let (attribute, value) = (&text[attribute.clone()], &text[value.clone()]);
            let Some(property) = property(attribute) else { continue };
            let keeps_name = is_root && attribute == "id";
            let own = if keeps_name { None } else { self.names.value(attribute, value) };
            let value = own.as_deref().unwrap_or(value);
            if attribute == "style" {
                let _ = write!(self.out, " style={{{{ {} }}}}", declarations(&decoded(value)));
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
        let _ = write!(self.out, "</{}>", local(name));
    }

    /// Adds the text between two tags as a string.
    fn text(&mut self, range: Range<usize>, is_style: bool) {
        let text = plain(&self.svg.text[range]);
        if text.trim().is_empty() {
            return;
        }
        let text = if is_style { self.names.style(&text) } else { text };
        let _ = write!(self.out, "{{{}}}", quoted(&text));
    }
}

/// Returns the characters of a text between two tags: entities are decoded, except in CDATA, and
/// comments and processing instructions are left out.
fn plain(text: &str) -> String {
    const OTHERS: [(&str, &str); 3] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
    let (mut rest, mut plain) = (text, String::new());
    while let Some(at) = rest.find('<') {
        plain.push_str(&decoded(&rest[..at]));
        rest = &rest[at..];
        let Some((start, end)) = OTHERS.iter().find(|(start, _)| rest.starts_with(start)) else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        let length = rest.find(end).unwrap_or(rest.len());
        if *start == "<![CDATA[" {
            plain.push_str(&rest[start.len()..length.max(start.len())]);
        }
        rest = rest.get(length + end.len()..).unwrap_or_default();
    }
    plain + &decoded(rest)
}

/// Replaces the entities of XML and references to characters. Others stay as they are.
fn decoded(text: &str) -> String {
    let (mut rest, mut plain) = (text, String::new());
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest.find(';').map(|end| &rest[1..end]);
        if let (Some(name), Some(letter)) = (name, name.and_then(letter)) {
            plain.push(letter);
            rest = &rest[name.len() + 2..];
        } else {
            plain.push('&');
            rest = &rest[1..];
        }
    }
    plain + rest
}

/// Returns the character of an entity: `lt`, `#60`, `#x3C`.
fn letter(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// Whether components leave out elements of this name: those of drawing programs, and
/// titles, which browsers show beside the pointer.
fn is_left_out(name: &str) -> bool {
    let name = name.strip_prefix("svg:").unwrap_or(name);
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
    parts(style).into_iter().filter_map(pair).collect::<Vec<_>>().join(", ")
}

/// Splits declarations at their semicolons, which strings and parentheses may contain too.
fn parts(style: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_usize, None);
    for (at, letter) in style.char_indices() {
        match (quote, letter) {
            (Some(open), _) => quote = Some(open).filter(|open| *open != letter),
            (None, '"' | '\'') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => {
                parts.push(&style[start..at]);
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    parts.push(&style[start..]);
    parts
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
