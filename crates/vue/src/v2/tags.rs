//! The tags that browsers know. Every other tag is a component.

/// HTML's tags, and SVG's that can have children, except those whose case does not count.
pub(super) fn is_reserved(tag: &str) -> bool {
    is_html(tag) || is_svg(tag)
}

fn is_html(tag: &str) -> bool {
    match tag {
        "html" | "body" | "base" | "head" | "link" | "meta" | "style" | "title" => true,
        "address" | "article" | "aside" | "footer" | "header" | "hgroup" | "nav" | "section" => true,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "div" | "dd" | "dl" | "dt" | "figcaption" | "figure" => true,
        "picture" | "hr" | "img" | "li" | "main" | "ol" | "p" | "pre" | "ul" => true,
        "a" | "b" | "abbr" | "bdi" | "bdo" | "br" | "cite" | "code" | "data" | "dfn" | "em" | "i" | "kbd" => true,
        "mark" | "q" | "rp" | "rt" | "rtc" | "ruby" | "s" | "samp" | "small" | "span" | "strong" | "sub" => true,
        "sup" | "time" | "u" | "var" | "wbr" | "area" | "audio" | "map" | "track" | "video" => true,
        "embed" | "object" | "param" | "source" | "canvas" | "script" | "noscript" | "del" | "ins" => true,
        "caption" | "col" | "colgroup" | "table" | "thead" | "tbody" | "td" | "th" | "tr" | "tfoot" => true,
        "button" | "datalist" | "fieldset" | "form" | "input" | "label" | "legend" | "meter" => true,
        "optgroup" | "option" | "output" | "progress" | "select" | "textarea" => true,
        "details" | "dialog" | "menu" | "menuitem" | "summary" => true,
        "content" | "element" | "shadow" | "template" | "blockquote" | "iframe" => true,
        _ => false,
    }
}

/// In any case: `foreignObject`, `clipPath`.
fn is_svg(tag: &str) -> bool {
    const TAGS: &[&str] = &[
        "svg",
        "animate",
        "circle",
        "clippath",
        "cursor",
        "defs",
        "desc",
        "ellipse",
        "filter",
        "font-face",
        "foreignobject",
        "g",
        "glyph",
        "image",
        "line",
        "marker",
        "mask",
        "missing-glyph",
        "path",
        "pattern",
        "polygon",
        "polyline",
        "rect",
        "switch",
        "symbol",
        "text",
        "textpath",
        "tspan",
        "use",
        "view",
    ];
    TAGS.iter().any(|known| known.eq_ignore_ascii_case(tag))
}
