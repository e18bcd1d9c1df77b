//! The long text of a code: a section of docs/diagnostics.md, which is part of the binary.

use bundle_base::{Diagnostics, diagnostic::nearest};

use crate::{messages, report};

/// A section per code, under `## code`.
const DOCUMENT: &str = include_str!("../../docs/diagnostics.md");

/// Prints the text of a code, or all codes.
pub fn run(code: Option<&str>) -> Result<(), Diagnostics> {
    let sections = sections(DOCUMENT);
    let Some(code) = code else {
        let list: Vec<String> =
            sections.iter().map(|(code, text)| format!("{code:32} {}", first_sentence(text))).collect();
        return report::answer(&format!("{}\n", list.join("\n")));
    };
    // As it is printed, `error[missing-export]`, or alone.
    let bare = code.rsplit('[').next().unwrap_or(code).trim_end_matches([']', ':']);
    if let Some((_, text)) = sections.iter().find(|(known, _)| *known == bare) {
        return report::answer(&format!("{bare}\n\n{}\n", text.trim()));
    }
    let mut log = Diagnostics::new();
    log.push(messages::unknown_code(bare, nearest(bare, sections.iter().map(|(code, _)| *code))));
    Err(log)
}

/// All codes.
pub fn codes() -> impl Iterator<Item = &'static str> {
    sections(DOCUMENT).into_iter().map(|(code, _)| code)
}

/// Codes with their texts, in the document's order.
fn sections(document: &str) -> Vec<(&str, &str)> {
    let parts = document.split("\n## ").skip(1);
    parts.filter_map(|part| part.split_once('\n')).map(|(code, text)| (code.trim(), text)).collect()
}

fn first_sentence(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ");
    paragraph.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_says_something() {
        let sections = sections(DOCUMENT);
        assert!(sections.len() > 20);
        for (code, text) in sections {
            assert!(text.trim().len() > 40, "{code}");
            assert!(!code.contains(' '), "{code}");
        }
    }
}
