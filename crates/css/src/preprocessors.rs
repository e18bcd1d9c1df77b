//! Less, Stylus and other languages: a command of the user compiles them, which reads a stylesheet
//! from its standard input and prints CSS. Its source map, if it prints one in the last line, shows
//! in which partial a rule was written.

use std::{borrow::Cow, sync::Arc};

use bundle_base::{
    Label, Source, Span,
    config::{AliasTarget, absolute},
    decode,
    fs::FileKind,
    loader::{LoadContext, StyleText},
    mapped_text::MappedText,
    place::Place,
    stylesheet::after_token,
    tools::ToolError,
};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;

use crate::{
    mapped::{Css, Offsets},
    messages,
    urls::unquoted,
};

/// Compiles a stylesheet to CSS with a command. `None`: the log has the error.
pub fn compile(
    stylesheet: &StyleText<'_>,
    command: &[String],
    cx: &mut LoadContext<'_>,
) -> Option<MappedText> {
    let folder = stylesheet.source.path.parent().unwrap_or(Utf8Path::new("/"));
    let label =
        Label::new(stylesheet.source, Span::new((stylesheet.origin)(0), (stylesheet.origin)(0)));
    let mut files = Files { folder, stylesheet, found: IndexMap::new() };
    // Before the command runs: if it fails, an edit of an imported file may repair that.
    files.follow(stylesheet.text, folder, cx);
    let text = without_tildes(stylesheet.text, folder, cx);
    match cx.tools.run(&of_file(command, stylesheet, &text), folder, &text) {
        Ok(css) => Some(files.mapped(&Css::with_its_map(css), &label, cx)),
        Err(failed) => {
            let failed = without_warnings(failed);
            let place = failed.error_output().and_then(|output| files.place(output, cx));
            let failed = without_folders(failed, [folder, &cx.config.project]);
            cx.log.push(messages::command_failed(
                place.unwrap_or(label),
                stylesheet.lang,
                command,
                &failed,
            ));
            None
        }
    }
}

/// Returns the command for a whole file: `lessc -` becomes `lessc main.less`. Of its standard
/// input, lessc does not know the folder, and writes wrong addresses for partials from `../`.
fn of_file<'c>(command: &'c [String], stylesheet: &StyleText<'_>, text: &str) -> Cow<'c, [String]> {
    let name = stylesheet.source.path.file_name();
    match (command, name) {
        ([program, .., last], Some(name))
            if Utf8Path::new(program).file_stem() == Some("lessc")
                && last == "-"
                && text == stylesheet.source.text.as_str() =>
        {
            let mut command = command.to_vec();
            command.pop();
            command.push(name.to_owned());
            command.into()
        }
        (_, _) => command.into(),
    }
}

/// Removes what a command printed before its error: Less warns of old constructs first.
fn without_warnings(failed: ToolError) -> ToolError {
    let ToolError::Failed(output) = failed else { return failed };
    let is_error = |line: &str| {
        let word = line.split(": ").next().unwrap_or_default();
        word.len() < line.len()
            && word.ends_with("Error")
            && word.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let start = output.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    let start = start.filter(|(_, line)| is_error(line.trim_end())).map(|(at, _)| at).next();
    ToolError::Failed(output[start.unwrap_or(0)..].to_owned())
}

/// Shortens the paths in the output of a command, so that it reads the same in every folder.
fn without_folders(failed: ToolError, folders: [&Utf8Path; 2]) -> ToolError {
    let ToolError::Failed(output) = failed else { return failed };
    let short = |output: String, folder: &&Utf8Path| output.replace(&format!("{folder}/"), "");
    ToolError::Failed(folders.iter().fold(output, short))
}

/// The files that a stylesheet is compiled from.
struct Files<'f> {
    folder: &'f Utf8Path,
    stylesheet: &'f StyleText<'f>,
    found: IndexMap<Utf8PathBuf, Option<Arc<Source>>>,
}

impl Files<'_> {
    /// Reads the files that a text imports, so that a change of one causes a rebuild. Files that
    /// the command finds in places of its own are not known here.
    fn follow(&mut self, text: &str, folder: &Utf8Path, cx: &LoadContext<'_>) {
        for Import { address, .. } in imports(text) {
            let path = from_package(address, folder, cx);
            let path = path.unwrap_or_else(|| absolute(folder, address));
            let ending = self
                .stylesheet
                .source
                .path
                .extension()
                .filter(|ending| *ending != "vue")
                .unwrap_or(self.stylesheet.lang);
            let ending = if ending == "stylus" { "styl" } else { ending };
            let candidates = [
                path.clone(),
                Utf8PathBuf::from(format!("{path}.{ending}")),
                path.join(format!("index.{ending}")),
            ];
            let is_file = |path: &Utf8PathBuf| cx.fs.kind(path) == Some(FileKind::File);
            let Some(path) = candidates.into_iter().find(is_file) else { continue };
            if path == self.stylesheet.source.path || self.found.contains_key(&path) {
                continue;
            }
            if let Some(source) = self.file(&path, cx) {
                self.follow(&source.text, path.parent().unwrap_or(folder), cx);
            }
        }
    }

    fn file(&mut self, path: &Utf8Path, cx: &LoadContext<'_>) -> Option<Arc<Source>> {
        let read = || {
            let bytes = cx.fs.read(path).ok()?;
            decode::source(path, &cx.resolve.name(path), &bytes, cx.config.script.source_charset)
                .ok()
        };
        self.found.entry(path.to_owned()).or_insert_with(read).clone()
    }

    /// Returns a file by the name that the command reports. `None`: it is the text from the
    /// standard input of the command.
    fn named(&mut self, name: &str, cx: &LoadContext<'_>) -> Option<Arc<Source>> {
        // Absolute paths lack their first slash in source maps.
        let candidates = [absolute(self.folder, name), absolute(Utf8Path::new("/"), name)];
        let is_file = |path: &Utf8PathBuf| cx.fs.kind(path) == Some(FileKind::File);
        let path = candidates.into_iter().find(is_file)?;
        if path == self.stylesheet.source.path { None } else { self.file(&path, cx) }
    }

    fn mapped(&mut self, css: &Css, label: &Label, cx: &LoadContext<'_>) -> MappedText {
        if css.segments.is_empty() {
            let mut mapped = MappedText::default();
            mapped.mark(&label.source, label.span.start);
            mapped.push_str(&css.text);
            return mapped;
        }
        let own = Offsets::new(self.stylesheet.text);
        let sources: Vec<Option<(Arc<Source>, Offsets)>> = css
            .sources
            .iter()
            .map(|name| {
                self.named(name, cx).map(|source| (Arc::clone(&source), Offsets::new(&source.text)))
            })
            .collect();
        css.mapped(|source, place, mapped| match sources.get(source) {
            Some(Some((source, offsets))) => {
                let at = offsets.utf16(&source.text, place);
                mapped.mark(source, u32::try_from(at).expect("texts are under 4 GiB"));
            }
            Some(None) | None => {
                mapped.mark(
                    self.stylesheet.source,
                    (self.stylesheet.origin)(own.utf16(self.stylesheet.text, place)),
                );
            }
        })
    }

    /// Returns the place that the output of a failed command reports: `in x.less on line 2, column
    /// 1`, `x.styl:3:1`.
    fn place(&mut self, output: &str, cx: &LoadContext<'_>) -> Option<Label> {
        let (file, place) = output.lines().find_map(|line| less(line).or_else(|| colons(line)))?;
        if let Some(source) = self.named(file, cx) {
            let at =
                u32::try_from(Offsets::new(&source.text).characters(&source.text, place)).ok()?;
            return Some(Label::new(&source, Span::new(at, at)));
        }
        let at = (self.stylesheet.origin)(
            Offsets::new(self.stylesheet.text).characters(self.stylesheet.text, place),
        );
        Some(Label::new(self.stylesheet.source, Span::new(at, at)))
    }
}

/// Returns a text whose imports of packages and aliases (`~package/a.less`) are paths: only
/// webpack's loaders know the `~`. Imports that the command keeps are followed in the CSS, where
/// they may have a `~`.
fn without_tildes<'t>(text: &'t str, folder: &Utf8Path, cx: &LoadContext<'_>) -> Cow<'t, str> {
    let mut done = String::new();
    let mut end = 0;
    for Import { address, is_kept } in imports(text) {
        if let Some(path) = from_package(address, folder, cx).filter(|_| !is_kept) {
            let start = address.as_ptr() as usize - text.as_ptr() as usize;
            done += &text[end..start];
            done += path.as_str();
            end = start + address.len();
        }
    }
    if end == 0 { Cow::Borrowed(text) } else { Cow::Owned(done + &text[end..]) }
}

/// Returns the path of an address that begins with `~`: under an alias, or in an installed package.
fn from_package(address: &str, folder: &Utf8Path, cx: &LoadContext<'_>) -> Option<Utf8PathBuf> {
    let rest = address.strip_prefix('~')?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let aliased = cx.config.resolve.alias.iter().find_map(|(key, target)| match target {
        AliasTarget::To(to) if to.starts_with('/') => {
            let inner = rest.strip_prefix(key.as_str())?;
            (inner.is_empty() || inner.starts_with('/')).then(|| format!("{to}{inner}").into())
        }
        AliasTarget::To(_) | AliasTarget::Ignore => None,
    });
    aliased.or_else(|| {
        let name = rest.split('/').take(if rest.starts_with('@') { 2 } else { 1 });
        let name = name.collect::<Vec<_>>().join("/");
        let mut folders = folder.ancestors().map(|folder| folder.join("node_modules"));
        let found = folders.find(|modules| cx.fs.kind(&modules.join(&name)).is_some())?;
        Some(found.join(rest))
    })
}

fn less(line: &str) -> Option<(&str, Place)> {
    let (before, after) = line.split_once(" on line ")?;
    let (line, rest) = after.split_once(", column ")?;
    let column = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    let file = before.rsplit_once(" in ").map_or(before, |(_, file)| file);
    Some((file.trim(), Place { line: number(line)?, column: number(column)? }))
}

fn colons(line: &str) -> Option<(&str, Place)> {
    let mut parts = line.split_whitespace().next_back()?.trim_end_matches(':').rsplitn(3, ':');
    let (column, line) = (parts.next()?, parts.next()?);
    Some((parts.next()?, Place { line: number(line)?, column: number(column)? }))
}

/// Reads a number that counts from one, and returns it counted from zero.
fn number(text: &str) -> Option<u32> {
    text.parse::<u32>().ok()?.checked_sub(1)
}

/// An `@import` or `@require`.
#[derive(Debug, PartialEq, Eq)]
struct Import<'t> {
    address: &'t str,
    /// The command keeps it in its CSS: it is for a stylesheet in CSS.
    is_kept: bool,
}

/// Returns the imports of a text.
fn imports(text: &str) -> Vec<Import<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['@', '/', '"', '\'']).map(|next| at + next) {
        let rest = &text[next..];
        at = after_comment(text, next).unwrap_or_else(|| after_token(text, next));
        let Some(rest) = rest.strip_prefix("@import").or_else(|| rest.strip_prefix("@require"))
        else {
            continue;
        };
        // Options of an import in Less: `(reference, optional)`.
        let (options, rest) = rest
            .trim_start()
            .strip_prefix('(')
            .map_or(Some(("", rest)), |rest| rest.split_once(')'))
            .unwrap_or_default();
        let rest = rest.trim_start();
        let string = rest.strip_prefix("url(").unwrap_or(rest).trim_start();
        if string.starts_with(['"', '\'']) {
            let end = after_token(string, 0);
            let address = unquoted(&string[..end]);
            let has = |wanted| options.split(',').any(|option| option.trim() == wanted);
            let is_css = Utf8Path::new(address).extension() == Some("css");
            let is_css = is_css && !has("less") || has("css");
            found.push(Import { address, is_kept: is_css && !has("inline") });
        }
    }
    found
}

/// Returns the place after a comment `// …`, which CSS does not have.
fn after_comment(text: &str, at: usize) -> Option<usize> {
    text[at..]
        .starts_with("//")
        .then(|| text[at..].find('\n').map_or(text.len(), |length| at + length))
}

#[cfg(test)]
mod tests;
