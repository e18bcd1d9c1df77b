//! The page of `bundle report`: one HTML file that shows what is in each output and why. It needs
//! no other file, no server and no network. Its data is the metafile; names in it may contain any
//! text, and are never inserted as markup.

use serde_json::Value;

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Whether a file is such a page, or empty.
pub fn is_page(text: &[u8]) -> bool {
    let head = &PAGE[..PAGE.find("<style>").unwrap_or(0)];
    text.is_empty() || text.starts_with(head.as_bytes())
}

/// Returns the page with its data.
pub fn page(metafile: &Value) -> String {
    // Everything that ends a script element, or makes it swallow its own end, begins with this
    // character.
    let data = metafile.to_string().replace('<', "\\u003c");
    PAGE.replacen("/*STYLE*/", STYLE, 1).replacen("/*SCRIPT*/", SCRIPT, 1).replacen(
        "/*METAFILE*/",
        &data,
        1,
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::page;

    #[test]
    fn names_are_no_markup() {
        let text =
            page(&json!({ "inputs": { "</script><script>alert(1)//<!--": {} }, "outputs": {} }));
        assert_eq!(text.matches("</script>").count(), 2);
        assert!(!text.contains("<!--"));
        assert!(text.contains("\\u003c/script>\\u003cscript>alert(1)"));
    }

    #[test]
    fn data_may_look_like_a_place_for_something_else() {
        let text = page(&json!({ "inputs": { "/*SCRIPT*/ /*STYLE*/ $1": {} }, "outputs": {} }));
        assert!(text.contains("/*SCRIPT*/ /*STYLE*/ $1"));
    }
}
