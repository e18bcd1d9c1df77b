//! Converts an SVG to a `<symbol>`. Attributes of the root that affect looks are kept, and those
//! that affect its size are dropped.

use std::{fmt::Write, ops::Range, sync::Arc};

use bundle_base::{Diagnostic, Source};

use super::super::svg::{Svg, Tag, TagKind, UniqueNames, comments};

/// An SVG as a symbol.
pub struct Symbol {
    /// The view box: `0 0 24 24`. Empty: unknown.
    pub view_box: String,
    /// `<symbol …>…</symbol>`.
    pub markup: String,
}

/// Converts an SVG to a symbol with this id. `Err`: the diagnostic of the first mistake in it.
pub fn symbol(source: &Arc<Source>, id: &str) -> Result<Symbol, Box<Diagnostic>> {
    let svg = Svg::parse(source)?;
    let (text, tags, root) = (svg.text, &svg.tags, svg.root());
    let end =
        if root.kind == TagKind::Empty { root.range.end } else { tags[tags.len() - 1].range.start };
    let names = UniqueNames::of(&svg, id);
    let inner = renamed(&svg, root.range.end..end.max(root.range.end), &names);
    let (view_box, looks) = root_attributes(text, root, &names);
    let mut markup = format!("<symbol id=\"{id}\"");
    if !view_box.is_empty() {
        write!(markup, " viewBox=\"{view_box}\"").expect("strings can be written");
    }
    write!(markup, "{looks}>{}</symbol>", plain(&inner)).expect("strings can be written");
    Ok(Symbol { view_box, markup })
}

/// Returns the view box of the root, and its attributes that affect looks, each with a blank before
/// it.
fn root_attributes(text: &str, root: &Tag, names: &UniqueNames<'_>) -> (String, String) {
    let mut looks = String::new();
    let mut view_box = String::new();
    let mut size = [None, None];
    for (name, value) in &root.attributes {
        let (name, value) = (&text[name.clone()], &text[value.clone()]);
        match name {
            "viewBox" => value.clone_into(&mut view_box),
            "width" | "height" => {
                size[usize::from(name == "height")] =
                    value.trim_end_matches("px").parse::<f64>().ok();
            }
            "id" | "x" | "y" | "version" | "style" | "enable-background" | "baseProfile" => {}
            _ if name.starts_with("xmlns")
                || name.starts_with("xml:")
                || name.starts_with("on") => {}
            _ if name.starts_with("sketch:")
                || name.starts_with("sodipodi:")
                || name.starts_with("inkscape:") => {}
            _ => {
                let own = names.value(name, value).filter(|_| name == "class");
                let value = own.as_deref().unwrap_or(value).replace('"', "&quot;");
                write!(looks, " {name}=\"{value}\"").expect("strings can be written");
            }
        }
    }
    if let [Some(width), Some(height)] = size
        && view_box.is_empty()
    {
        view_box = format!("0 0 {width} {height}");
    }
    (view_box, looks)
}

/// Returns the contents of the root, with unique ids and classes and without comments.
fn renamed(svg: &Svg<'_>, range: Range<usize>, names: &UniqueNames<'_>) -> String {
    let text = svg.text;
    let mut edits: Vec<(Range<usize>, String)> =
        comments(text, range.clone()).map(|comment| (comment, String::new())).collect();
    for (name, value) in svg.tags[1..].iter().flat_map(|tag| &tag.attributes) {
        if let Some(new) = names.value(&text[name.clone()], &text[value.clone()]) {
            edits.push((value.clone(), new));
        }
    }
    edits.extend(svg.style_texts().map(|style| (style.clone(), names.style(&text[style]))));
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut done) = (String::new(), range.start);
    for (edit, new) in edits.into_iter().filter(|(edit, _)| edit.end <= range.end) {
        if edit.start >= done {
            out.push_str(&text[done..edit.start]);
            out.push_str(&new);
            done = edit.end;
        }
    }
    out.push_str(&text[done..range.end]);
    out
}

/// Removes white space that is not visible.
fn plain(inner: &str) -> String {
    let keeps_space =
        ["<text", "<foreignObject", "<style", "xml:space"].iter().any(|tag| inner.contains(tag));
    if keeps_space {
        return inner.trim().to_owned();
    }
    inner.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><")
}

#[cfg(test)]
mod tests;
