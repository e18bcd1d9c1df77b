//! HTML's facts about tags, as Vue has them. Names are compared case-sensitively where Vue does so.

/// True for tags of elements that have no content.
pub(crate) fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "isindex"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// True for tags of elements that end where the next one of the same name begins. (`options` is not
/// a tag, but Vue lists it.)
pub(super) fn may_be_left_open(tag: &str) -> bool {
    matches!(
        tag,
        "colgroup"
            | "dd"
            | "dt"
            | "li"
            | "options"
            | "p"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "source"
    )
}

/// True for tags that close an open paragraph before them.
pub(super) fn ends_paragraph(tag: &str) -> bool {
    ENDING_PARAGRAPHS.binary_search(&tag).is_ok()
}

/// Sorted.
const ENDING_PARAGRAPHS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "blockquote",
    "body",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "menuitem",
    "meta",
    "optgroup",
    "option",
    "param",
    "rp",
    "rt",
    "source",
    "style",
    "summary",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
];

/// True for tags of elements that contain only text. `tag`: in lower case.
pub(super) fn has_raw_text(tag: &str) -> bool {
    matches!(tag, "script" | "style" | "textarea")
}

/// Whether a line break right after the start tag is not content.
pub(super) fn drops_first_line_break(tag: &str) -> bool {
    tag.eq_ignore_ascii_case("pre") || tag.eq_ignore_ascii_case("textarea")
}
