//! `bundle report --compare`: what grew and shrank since a stored metafile, by output and by
//! module. For reviewers of a change, and for CI.

use std::fmt::Write as _;

use bundle_base::Diagnostics;
use bundle_report::{
    parsed_metafile::{Metafile, extension},
    sizes::{change, size},
};
use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::{
    args::Invocation,
    growth::{Sized, modules},
    metafile,
    report::{self, Reporter},
};

/// The most modules that each list shows.
const SHOWN: usize = 20;

/// Prints the differences.
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    old: &str,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let (now, cwd) = metafile::source::read_or_build(reporter, invocation, &mut log)?;
    let before = metafile::stored::read("--compare", old, &cwd)?;
    let read =
        |value| Metafile::of(value).expect("a metafile that was read, or made, has this form");
    let (before, now) = (read(&before), read(&now));
    let (outputs, modules) = (outputs(&before, &now), modules(&before, &now, |_, _| true));
    report::answer(&if invocation.json {
        as_json(&outputs, &modules)
    } else {
        as_text(&outputs, &modules)
    })
}

/// Returns every output, matched by name: with hashes in their names the files differ, and the
/// outputs are still the same.
fn outputs<'f>(before: &'f Metafile, now: &'f Metafile) -> Vec<Sized<'f>> {
    let mut found: IndexMap<(&str, &str), Sized<'f>> = IndexMap::new();
    for (metafile, is_now) in [(now, true), (before, false)] {
        for (path, output) in metafile.outputs.iter().filter(|(path, _)| extension(path) != "map") {
            let identity = (output.called(path), extension(path));
            let it = found.entry(identity).or_insert_with(|| Sized {
                name: path,
                before: None,
                now: None,
                gzip: (None, None),
            });
            let (bytes, gzip) = if is_now {
                (&mut it.now, &mut it.gzip.1)
            } else {
                (&mut it.before, &mut it.gzip.0)
            };
            *bytes = Some(bytes.unwrap_or(0) + output.bytes);
            *gzip = output.gzip;
        }
    }
    found.into_values().collect()
}

fn as_text(outputs: &[Sized<'_>], modules: &[Sized<'_>]) -> String {
    let mut text = String::new();
    let width = outputs.iter().map(|it| it.name.chars().count()).max().unwrap_or(0);
    let shown = |bytes: Option<u64>| bytes.map_or_else(|| "-".to_owned(), size);
    for it in outputs.iter().filter(|it| it.growth() != 0) {
        let line = format!(
            "  {:width$}  {:>9}  {:>9}  {:>9}{}",
            it.name,
            shown(it.before),
            shown(it.now),
            words(it),
            packed(it)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let same = outputs.iter().filter(|it| it.growth() == 0).count();
    if same > 0 {
        let _ = writeln!(
            text,
            "  {same} {} as large as before",
            if same == 1 { "output is" } else { "outputs are" }
        );
    }
    let _ = writeln!(text, "  {}", together(outputs));
    // The modules that shrank are listed with the largest loss first.
    let (grown, shrunk): (Vec<_>, Vec<_>) = modules.iter().partition(|it| it.growth() > 0);
    for (title, list) in
        [("modules that grew", grown), ("modules that shrank", shrunk.into_iter().rev().collect())]
    {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{title}");
        for it in list.iter().take(SHOWN) {
            let mark = if matches!(it.state(), "new" | "gone") {
                format!("  ({})", it.state())
            } else {
                String::new()
            };
            let change = change(it.before.unwrap_or(0), it.now.unwrap_or(0));
            let _ = writeln!(text, "  {change:>9}  {}{mark}", it.name);
        }
        if list.len() > SHOWN {
            let _ = writeln!(text, "  … and {} more", list.len() - SHOWN);
        }
    }
    text
}

fn words(it: &Sized<'_>) -> String {
    match (it.before, it.now) {
        (Some(before), Some(now)) => change(before, now),
        _ => it.state().to_owned(),
    }
}

fn packed(it: &Sized<'_>) -> String {
    match it.gzip {
        (Some(before), Some(now)) if before != now => format!("  gzip {}", change(before, now)),
        _ => String::new(),
    }
}

fn together(outputs: &[Sized<'_>]) -> String {
    let (before, now) = total(outputs);
    let change = change(before, now);
    let change = if change.is_empty() { "no change".to_owned() } else { change };
    format!("together {} before, {} now: {change}", size(before), size(now))
}

fn total(outputs: &[Sized<'_>]) -> (u64, u64) {
    (outputs.iter().filter_map(|it| it.before).sum(), outputs.iter().filter_map(|it| it.now).sum())
}

fn as_json(outputs: &[Sized<'_>], modules: &[Sized<'_>]) -> String {
    let output = |it: &Sized<'_>| {
        json!({ "output": it.name, "state": it.state(), "before": it.before, "now": it.now,
            "gzipBefore": it.gzip.0, "gzipNow": it.gzip.1 })
    };
    let module = |it: &Sized<'_>| {
        json!({
            "module": it.name, "state": it.state(), "before": it.before, "now": it.now,
        })
    };
    let (before, now) = total(outputs);
    let value: Value = json!({
        "total": { "before": before, "now": now },
        "outputs": outputs.iter().map(output).collect::<Vec<_>>(),
        "modules": modules.iter().map(module).collect::<Vec<_>>(),
    });
    format!("{}\n", serde_json::to_string_pretty(&value).expect("a value is printable"))
}
