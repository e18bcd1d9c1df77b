//! Vue's lists of tags and attributes.

/// True for tags of HTML and SVG, which are never components.
pub(crate) fn is_reserved(tag: &str) -> bool {
    HTML.of_letter(tag).contains(&tag) || is_svg(tag)
}

/// Returns the namespace that a tag starts.
pub(crate) fn namespace(tag: &str) -> Option<&'static str> {
    if is_svg(tag) {
        return Some("svg");
    }
    (tag == "math").then_some("math")
}

/// Whether a binding of the attribute has to set the DOM property. `kind`: the static `type` of the
/// element.
pub(crate) fn must_be_property(tag: &str, kind: Option<&str>, attribute: &str) -> bool {
    match attribute {
        "value" => {
            matches!(tag, "input" | "textarea" | "option" | "select" | "progress")
                && kind != Some("button")
        }
        "selected" => tag == "option",
        "checked" => tag == "input",
        "muted" => tag == "video",
        _ => false,
    }
}

fn is_svg(tag: &str) -> bool {
    let is_known = |tag: &str| SVG.of_letter(tag).contains(&tag);
    is_known(tag)
        || tag.bytes().any(|byte| byte.is_ascii_uppercase()) && is_known(&tag.to_ascii_lowercase())
}

/// A list of tags with an index by first letter.
struct Tags {
    /// Sorted.
    all: &'static [&'static str],
    /// For each letter, the index of its first tag. The last entry is the end of `z`.
    starts: [u8; 27],
}

impl Tags {
    const fn new(all: &'static [&'static str]) -> Self {
        let mut starts = [0; 27];
        let (mut letter, mut at) = (0, 0);
        while letter < starts.len() {
            while at < all.len() && ((all[at].as_bytes()[0] - b'a') as usize) < letter {
                at += 1;
            }
            #[expect(clippy::cast_possible_truncation, reason = "there are not so many")]
            let start = at as u8;
            starts[letter] = start;
            letter += 1;
        }
        Self { all, starts }
    }

    /// Returns the tags that have the same first letter.
    fn of_letter(&self, tag: &str) -> &[&'static str] {
        match tag.as_bytes().first() {
            Some(first @ b'a'..=b'z') => {
                let letter = usize::from(first - b'a');
                &self.all[usize::from(self.starts[letter])..usize::from(self.starts[letter + 1])]
            }
            Some(_) | None => &[],
        }
    }
}

/// Sorted.
#[rustfmt::skip]
static HTML: Tags = Tags::new(&[
    "a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "blockquote", "body",
    "br", "button", "canvas", "caption", "cite", "code", "col", "colgroup", "content", "data", "datalist", "dd",
    "del", "details", "dfn", "dialog", "div", "dl", "dt", "element", "em", "embed", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i",
    "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark", "menu",
    "menuitem", "meta", "meter", "nav", "noscript", "object", "ol", "optgroup", "option", "output", "p", "param",
    "picture", "pre", "progress", "q", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "section", "select",
    "shadow", "small", "source", "span", "strong", "style", "sub", "summary", "sup", "table", "tbody", "td",
    "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "u", "ul", "var", "video",
    "wbr",
]);

/// The SVG elements that may contain others; sorted.
#[rustfmt::skip]
static SVG: Tags = Tags::new(&[
    "animate", "circle", "clippath", "cursor", "defs", "desc", "ellipse", "filter", "font-face", "foreignobject",
    "g", "glyph", "image", "line", "marker", "mask", "missing-glyph", "path", "pattern", "polygon", "polyline",
    "rect", "svg", "switch", "symbol", "text", "textpath", "tspan", "use", "view",
]);
