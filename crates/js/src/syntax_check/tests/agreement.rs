//! The same verdicts and constructs as the parser's, on the sources of the fixtures, on our modules
//! for the run time, and on both with a token changed here and there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use bundle_base::{Source, config::Target};
use swc_ecma_ast::Program;

use super::{super::Verdict, verdict};
use crate::{
    ast,
    features::{self, Feature, Support},
};

/// The tokens that replace others.
const TOKENS: &str = "( ) { } [ ] , ; = => ?. ?? || ** ... await yield async let static of in get \
                      new super class function ` / ' 0 08 1_0 #a : ? var const \"use\\x20strict\"; \
                      eval arguments delete * import export for return break extends ++ <!-- a";

/// Changes of each text, at random places that are always the same.
const CHANGES: usize = 8;

/// Longer texts are only read as they are.
const LONGEST_CHANGED: usize = 4_000;

/// What swc's parser found.
enum Parsed {
    Readable(Program),
    Unreadable,
    /// It panicked.
    Broken,
}

fn parsed(text: &str, is_module: bool) -> Parsed {
    let source = Source::new("/a.js", "a.js", text);
    match ast::guarded(&source, || features::parse_rendered(&source, is_module)) {
        Ok(Ok(program)) => Parsed::Readable(program),
        Ok(Err(_)) => Parsed::Unreadable,
        Err(_) => Parsed::Broken,
    }
}

fn constructs(program: &Program) -> Vec<Feature> {
    let is_strict = matches!(program, Program::Module(_)) || features::is_strict(program);
    let scan = features::scan(program, is_strict, Support::of(&Target::ES5));
    Feature::ALL.iter().copied().filter(|feature| scan.has(*feature)).collect()
}

/// Returns how the verdicts on a text differ, beyond what the parser is known to overlook.
pub(super) fn difference(text: &str, is_module: bool) -> Option<String> {
    match (verdict(text, is_module), parsed(text, is_module)) {
        (Verdict::Readable(found), Parsed::Readable(program)) => {
            let (found, expected) = (found.iter().collect::<Vec<_>>(), constructs(&program));
            (found != expected).then(|| format!("{found:?} instead of {expected:?}"))
        }
        (Verdict::Readable(_), Parsed::Unreadable) => Some("accepted".to_owned()),
        (Verdict::Unreadable(mistake), Parsed::Readable(_)) if !mistake.is_ours => {
            Some(format!("{mistake:?}"))
        }
        _ => None,
    }
}

/// Whether the parser refuses a module.
pub(super) fn is_refused(text: &str) -> bool {
    !matches!(parsed(text, true), Parsed::Readable(_))
}

fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    list(&root.join("runtime"), &mut files);
    list(&root.join("../../fixtures"), &mut files);
    files.sort();
    files.iter().filter_map(|file| text_of(file)).collect()
}

#[expect(clippy::disallowed_methods, reason = "a test reads the repository's files")]
fn text_of(file: &Path) -> Option<String> {
    fs::read_to_string(file).ok()
}

#[expect(clippy::disallowed_methods, reason = "a test reads the repository's files")]
fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "js") {
            files.push(path);
        }
    }
}

#[test]
fn the_sources_of_fixtures() {
    let texts = texts();
    assert!(texts.len() > 3_000, "{} texts", texts.len());
    for text in &texts {
        for is_module in [false, true] {
            if let Some(difference) = difference(text, is_module) {
                panic!("{difference}, is_module: {is_module}\n{text}");
            }
        }
    }
}

#[test]
fn with_a_token_changed() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut count = 0;
    for text in texts().iter().filter(|text| text.len() <= LONGEST_CHANGED) {
        let tokens = tokens(text);
        for _ in 0..CHANGES.min(tokens.len()) {
            let changed = changed(text, &tokens, &mut random);
            count += 1;
            let is_module = random.below(2) == 0;
            if let Some(difference) = difference(&changed, is_module) {
                panic!("{difference}, is_module: {is_module}\n{changed}");
            }
        }
    }
    assert!(count > 20_000, "{count} texts");
}

/// Deletes, repeats, swaps or replaces a token, or adds one.
fn changed(text: &str, tokens: &[(usize, usize)], random: &mut Random) -> String {
    let one = tokens[random.below(tokens.len())];
    let two = tokens[random.below(tokens.len())];
    let others: Vec<&str> = TOKENS.split(' ').collect();
    let other = others[random.below(others.len())];
    let (before, token, after) = (&text[..one.0], &text[one.0..one.1], &text[one.1..]);
    match random.below(6) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{token}{token}{after}"),
        2 => format!("{before}{}{after}", &text[two.0..two.1]),
        3 => format!("{before}{other}{after}"),
        4 => format!("{before} {other} {token}{after}"),
        _ if one == two => text.to_owned(),
        _ => {
            let (first, second) = if one.0 < two.0 { (one, two) } else { (two, one) };
            let between = &text[first.1..second.0];
            let (a, b) = (&text[first.0..first.1], &text[second.0..second.1]);
            format!("{}{b}{between}{a}{}", &text[..first.0], &text[second.1..])
        }
    }
}

/// The tokens of a text, roughly: words, strings, and single signs.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' => rest[1..].find([c, '\n']).map_or(1, |at| at + 2),
            _ if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            '=' if rest.starts_with("=>") => 2,
            '.' if rest.starts_with("...") => 3,
            _ => c.len_utf8(),
        };
        let start = text.len() - rest.len();
        if !c.is_whitespace() {
            tokens.push((start, start + length));
        }
        rest = &rest[length..];
    }
    tokens
}

/// A generator of numbers that look random.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below the limit")
    }
}
