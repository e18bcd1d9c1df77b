//! `bundle report`: one page that shows what is in each output and why. It needs nothing beside
//! itself: no server, no network. What it shows is the metafile, as data; names in it are
//! anybody's, and never become markup.

use std::fs;

use bundle_base::{Diagnostics, config::absolute};
use serde_json::Value;

use crate::{
    args::Invocation,
    messages, metafile,
    report::{self, Reporter},
};

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Writes the page. What lies there already and is none is somebody's work.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line reads and writes what it is told to"
)]
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    out: &str,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let (metafile, cwd) = metafile::asked_for(reporter, invocation, &mut log)?;
    let path = absolute(&cwd, out);
    if fs::read(&path).is_ok_and(|found| !is_page(&found)) {
        log.push(messages::page_over_file(out));
    } else if let Err(error) = fs::write(&path, page(&metafile)) {
        log.push(messages::page_not_written(out, &error));
    }
    log.stop_on_error()?;
    report::answer(&format!("  {out}\n"))
}

/// The page's text, for whoever has a place for it.
pub fn text(reporter: Reporter, invocation: &Invocation) -> Result<String, Diagnostics> {
    let mut log = Diagnostics::new();
    let (metafile, _) = metafile::asked_for(reporter, invocation, &mut log)?;
    log.stop_on_error()?;
    Ok(page(&metafile))
}

fn is_page(text: &[u8]) -> bool {
    let head = &PAGE[..PAGE.find("<style>").unwrap_or(0)];
    text.is_empty() || text.starts_with(head.as_bytes())
}

/// The page with its data.
fn page(metafile: &Value) -> String {
    // The only text in a script element that ends it, or makes it swallow its end, begins with
    // this.
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
