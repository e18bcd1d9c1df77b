//! Makes diagnostics, with places in the user's files, of the errors and warnings of the compiler.

use bundle_base::{
    Diagnostic, Label, Span, config::absolute, diagnostic::nearest, fs::FileKind,
    loader::LoadContext,
};

use super::{
    compiler::{Problem, Remark, RemarkKind, RemarkedAt},
    files::Files,
    find::Missing,
    import_pattern,
    recursion::TOO_DEEP,
};
use crate::{messages, missing};

/// Returns the diagnostic for an error. `place`: where the error is, if that is not where the
/// compiler reports it.
pub(super) fn diagnostic(
    problem: &Problem,
    place: Option<Label>,
    files: &Files<'_>,
    cx: &LoadContext<'_>,
) -> Diagnostic {
    let label = place.or_else(|| problem.place.as_ref().and_then(|place| files.label(place)));
    let Some(label) = label else {
        let label = Label::new(files.stylesheet.source, Span::default());
        let found = explained(problem, label, files, cx);
        let is_before = files.before > 0 && problem.place.is_some();
        return if is_before { messages::in_additional_data(found) } else { found };
    };
    explained(problem, label, files, cx)
}

/// Returns the diagnostic for an error at a place.
fn explained(
    problem: &Problem,
    label: Label,
    files: &Files<'_>,
    cx: &LoadContext<'_>,
) -> Diagnostic {
    let first = problem.message.lines().next().unwrap_or_default().trim_end_matches('.');
    if let Some(wanted) =
        files.missing.as_ref().filter(|_| first.starts_with("Can't find stylesheet"))
    {
        let near = near(wanted, cx);
        return missing::stylesheet(&wanted.url, near.as_deref(), label, cx);
    }
    if first.ends_with("already being loaded") {
        return messages::style_import_loop(label);
    }
    if first.contains(TOO_DEEP) {
        return messages::endless_recursion(label);
    }
    if is_deep(&label) {
        return messages::no_deep_selector(label);
    }
    let near = undefined(first, &label, files);
    messages::sass_error(label, problem.message.trim_end().trim_end_matches('.'), near.as_deref())
}

/// A combinator that Vue's loader accepts, and Sass does not.
pub(super) const DEEP: &str = "/deep/";

fn is_deep(label: &Label) -> bool {
    label.source.text.get(label.span.start as usize..label.span.end as usize) == Some(DEEP)
}

/// Returns an existing address that is similar to the missing one.
fn near(missing: &Missing, cx: &LoadContext<'_>) -> Option<String> {
    let url = missing.url.trim_start_matches('~');
    let (folder, name) = url.rsplit_once('/').unwrap_or(("", url));
    let beside = missing.from.parent()?;
    let folders = std::iter::once(beside)
        .chain(cx.config.sass.load_paths.iter().map(camino::Utf8PathBuf::as_path));
    let stem = |name: &str| {
        let name = name.strip_prefix('_').unwrap_or(name);
        let is_style = |ending: &&&str| name.ends_with(**ending);
        let ending = [".scss", ".sass", ".css"].iter().find(is_style)?;
        Some(name[..name.len() - ending.len()].to_owned())
    };
    let wanted = stem(name).unwrap_or_else(|| name.to_owned());
    let names = folders.filter_map(|base| cx.fs.list(&absolute(base, folder)).ok()).flatten();
    let names: Vec<String> = names
        .filter_map(|entry| match entry.kind {
            Some(FileKind::Directory) => Some(entry.name),
            Some(FileKind::File) => stem(&entry.name),
            Some(FileKind::Other) | None => None,
        })
        .collect();
    let found = nearest(&wanted, names.iter().map(String::as_str))?;
    Some(if folder.is_empty() { found.to_owned() } else { format!("{folder}/{found}") })
}

/// Returns the text at the label with the undefined name replaced by a similar one that is
/// declared.
fn undefined(message: &str, label: &Label, files: &Files<'_>) -> Option<String> {
    let (before, is_declaration): (_, fn(&str) -> bool) = match message {
        "Undefined variable" => ("$", |rest| rest.trim_start().starts_with(':')),
        "Undefined mixin" => ("@mixin ", |_| true),
        _ => return None,
    };
    let written = label.source.text.get(label.span.start as usize..label.span.end as usize)?;
    let name = written.rsplit(['$', '.', ' ']).next()?.trim_end_matches(';');
    let name = name.split('(').next()?;
    let texts = files
        .sources
        .values()
        .map(|partial| partial.source.text.as_str())
        .chain([files.stylesheet.text]);
    let mut known: Vec<&str> =
        texts.flat_map(|text| declared(text, before, is_declaration)).collect();
    known.sort_unstable();
    if !written.contains('.')
        && let Some(namespace) = namespace(name, files, |text| {
            declared(text, before, is_declaration).any(|found| found == name)
        })
    {
        return Some(format!("{namespace}.{written}"));
    }
    let found = nearest(name, known).filter(|found| *found != name)?;
    Some(written.replace(name, found))
}

/// Returns the namespace by which the stylesheet knows the file that declares a member.
fn namespace(name: &str, files: &Files<'_>, declares: impl Fn(&str) -> bool) -> Option<String> {
    let found = files.sources.iter().filter(|(_, partial)| declares(&partial.source.text));
    let (path, _) = found.min_by_key(|(path, _)| path.as_str().to_owned())?;
    let stem = path.file_stem()?.trim_start_matches('_');
    let is_used = files.stylesheet.text.lines().any(|line| {
        line.trim_start().starts_with("@use ") && line.contains(stem) && !line.contains(" as ")
    });
    (is_used && !name.is_empty()).then(|| stem.to_owned())
}

fn declared<'t>(
    text: &'t str,
    before: &'t str,
    is_declaration: fn(&str) -> bool,
) -> impl Iterator<Item = &'t str> {
    text.match_indices(before).filter_map(move |(at, _)| {
        let rest = &text[at + before.len()..];
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        (end > 0 && is_declaration(&rest[end..])).then_some(&rest[..end])
    })
}

/// Makes diagnostics of remarks. Deprecations in packages, and in the texts of patterns, are not
/// reported, because the user cannot change them.
pub(super) fn remarks(remarks: Vec<Remark>, files: &Files<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for remark in remarks {
        let label = match &remark.at {
            RemarkedAt::Span(span) => files.label(span),
            RemarkedAt::Line { file, line } => files.line(file, *line),
        };
        let Some(label) = label else { continue };
        match remark.kind {
            RemarkKind::Deprecated(_)
                if label.source.is_of_a_package()
                    || import_pattern::folder(&label.source.path).is_some() => {}
            RemarkKind::Deprecated(name) => {
                found.push(messages::sass_deprecated(label, &name, &remark.message));
            }
            RemarkKind::Logged => found.push(messages::sass_warn(label, &remark.message)),
        }
    }
    found
}
