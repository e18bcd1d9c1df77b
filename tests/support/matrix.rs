//! One case: built as each form for each target, checked by acorn, run on every engine that can,
//! compared with `expected/` and with builds of the same files that must give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::case::Case;
use super::engines::{self, Program, Role, Script};
use super::{builds, chunks, tree, work};

/// How small a case is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Minified {
    No,
    /// Each module by itself.
    Modules,
    /// The whole text once more.
    Chunk,
}

/// One way to build a case.
#[derive(Clone)]
struct Variant {
    format: String,
    target: String,
    minified: Minified,
    /// In shared and dynamic chunks.
    splits: bool,
    /// Its modules are functions under their keys.
    is_registry: bool,
}

impl Variant {
    fn name(&self) -> String {
        let minified = match self.minified {
            Minified::No => "",
            Minified::Modules => "-min",
            Minified::Chunk => "-min-chunk",
        };
        let ends = [(self.is_registry, "-registry"), (true, minified), (self.splits, "-split")];
        let ends = ends.map(|(is_so, end)| if is_so { end } else { "" });
        format!("{}-{}{}", self.format, self.target, ends.concat())
    }

    fn is_minified(&self) -> bool {
        self.minified != Minified::No
    }
}

/// Builds and runs a case in every variant; the failures of all of them, each under its variant's
/// name.
pub fn run(case: &Case) -> Result<(), String> {
    let fresh = work::fresh_directory("case")?;
    let input = fresh.join("input");
    case.lay_out(&input)?;
    let variants = variants(case);
    let mut failures: Vec<(String, Vec<String>)> = Vec::new();
    for variant in &variants {
        let name = variant.name();
        let Err(text) = run_variant(case, variant, &fresh) else { continue };
        // Most mistakes occur in every variant, so they are reported once, under the names of all
        // variants.
        let plain = text.replace(&name, "…");
        match failures.iter_mut().find(|(known, _)| *known == plain) {
            Some((_, names)) => names.push(name),
            None => failures.push((plain, vec![name])),
        }
    }
    if failures.is_empty() {
        let first = variants.first().ok_or("case.json leaves nothing to build")?;
        check_expected(case, first, &fresh).and_then(|()| check_same_bytes(case, first, &fresh))?;
        if let Some(minified) = variants.iter().find(|variant| variant.is_minified()) {
            check_same_bytes(case, minified, &fresh)?;
        }
        work::remove(&fresh);
        return Ok(());
    }
    let reported = failures.iter().map(|(text, names)| format!("[{}] {text}", names.join(" ")));
    Err(reported.collect::<Vec<_>>().join("\n"))
}

/// iife before cjs and esm, es5 before the rest: the first one is what `expected/` shows. Then the
/// most different two of them minified, by module and whole: they must behave the same. A program
/// that can be split, split: the same again.
fn variants(case: &Case) -> Vec<Variant> {
    let or = |chosen: &Option<Vec<String>>, all: &[&str]| {
        chosen.clone().unwrap_or_else(|| all.iter().map(|&each| each.to_owned()).collect())
    };
    let formats = or(&case.settings.formats, &["iife", "cjs", "esm"]);
    let targets = or(&case.settings.targets, &["es5", "esnext"]);
    let pair = |format: &String| {
        let format = format.clone();
        let variant = move |target: &String| Variant {
            format: format.clone(),
            target: target.clone(),
            minified: Minified::No,
            splits: false,
            is_registry: false,
        };
        targets.iter().map(variant).collect::<Vec<_>>()
    };
    let mut variants: Vec<Variant> = formats.iter().flat_map(pair).collect();
    let says_it_itself = case.settings.args.iter().any(|argument| argument.contains("minify"));
    if case.settings.not_minified.is_none() && !says_it_itself {
        let (first, last) = ((0, 0), (formats.len() - 1, targets.len() - 1));
        let ends = if first == last { vec![first] } else { vec![first, last] };
        let all = ends.iter().flat_map(|end| [(end, Minified::Modules), (end, Minified::Chunk)]);
        let all = all.filter(|(_, minified)| *minified != Minified::Chunk || case.can_be_whole());
        variants.extend(all.map(|(&(format, target), minified)| Variant {
            format: formats[format].clone(),
            target: targets[target].clone(),
            minified,
            splits: false,
            is_registry: false,
        }));
    }
    // Neither scripts that share names nor the modules of a registry are compressed as a whole.
    let by_module = |v: &&Variant| v.minified != Minified::Chunk;
    if case.settings.not_as_registry.is_none() {
        // Classic scripts alone have this form.
        let registry = |v: &Variant| Variant { is_registry: true, ..v.clone() };
        let scripts = variants.iter().filter(|v| v.format == "iife").filter(by_module);
        let scripts: Vec<Variant> = scripts.map(registry).collect();
        variants.extend(scripts);
    }
    if case.can_split() {
        let split = |v: &Variant| Variant { splits: true, ..v.clone() };
        let split: Vec<Variant> = variants.iter().filter(by_module).map(split).collect();
        if case.settings.splits == Some(true) {
            return split;
        }
        variants.extend(split);
    }
    variants
}

/// The arguments of a build into `out`: one file where one entry is named, else a folder.
fn arguments(case: &Case, variant: &Variant, out: &Path) -> Vec<String> {
    let entries = case.entries();
    let mut arguments = entries.clone();
    if let [entry] = entries.as_slice() {
        let name = Path::new(entry).with_extension("js");
        let name = name.file_name().expect("an entry is a file").to_string_lossy().into_owned();
        arguments.extend(["--out-file".to_owned(), out.join(name).to_string_lossy().into_owned()]);
    } else {
        arguments.extend(["--out-dir".to_owned(), out.to_string_lossy().into_owned()]);
    }
    arguments.extend([
        "--format".to_owned(),
        variant.format.clone(),
        "--target".to_owned(),
        variant.target.clone(),
    ]);
    let has_name = case.settings.args.iter().any(|argument| argument == "--global-name");
    if variant.format == "iife" && !has_name && case.settings.no_global_name.is_none() {
        arguments.extend(["--global-name".to_owned(), "bundle".to_owned()]);
    }
    match variant.minified {
        Minified::No => {}
        Minified::Modules => arguments.push("--minify".to_owned()),
        Minified::Chunk => arguments.push("--minify=chunk".to_owned()),
    }
    if variant.is_registry {
        arguments.extend(["--modules", "registry"].map(str::to_owned));
    }
    if variant.splits {
        arguments.extend(["--metafile", &metafile(out)].map(str::to_owned));
        let says_how = configuration(case).contains("\"splitting\"");
        arguments.extend((!says_how).then(|| "--splitting".to_owned()));
    }
    arguments.extend(case.settings.args.iter().cloned());
    arguments
}

/// The text of its configuration, if it has one.
fn configuration(case: &Case) -> String {
    fs::read_to_string(case.directory.join("bundle.config.json")).unwrap_or_default()
}

/// Beside the output folder, because it is not a script.
fn metafile(out: &Path) -> String {
    format!("{}.json", out.to_string_lossy())
}

fn run_variant(case: &Case, variant: &Variant, fresh: &Path) -> Result<(), String> {
    let out = fresh.join(variant.name());
    let ended = builds::bundle_or_fail(&fresh.join("input"), &arguments(case, variant, &out))?;
    if !ended.stderr.is_empty() && !case.is_about_diagnostics() {
        return Err(format!(
            "it builds, but says (a case about a warning has expected/diagnostics.txt):\n{}",
            ended.stderr
        ));
    }
    check_texts(case, variant, &out)?;
    let program = program(case, variant, &out)?;
    if let Some(wanted) = &case.settings.throws {
        return must_throw(&program, wanted);
    }
    engines::node(&program)?;
    let can_load = if variant.splits { variant.format == "iife" } else { variant.format != "esm" };
    if runs_in(case, "mujs")
        && variant.target == "es5"
        && can_load
        && case.settings.needs.is_empty()
    {
        engines::mujs(&program, &fresh.join(format!("{}-mujs", variant.name())))?;
    }
    Ok(())
}

fn runs_in(case: &Case, engine: &str) -> bool {
    case.settings.engines.as_ref().is_none_or(|engines| engines.iter().any(|each| each == engine))
}

/// The program's own error is the point of the case, so one engine is enough.
fn must_throw(program: &Program, wanted: &str) -> Result<(), String> {
    match engines::node(program) {
        Ok(()) => Err(format!("it runs to its end, but must throw {wanted:?}")),
        Err(text) if text.contains(wanted) => Ok(()),
        Err(text) => Err(format!("it throws something other than {wanted:?}: {text}")),
    }
}

/// `absent` and `present` of case.json. The markers are ASCII, so they survive escaping; names do
/// not survive minifying.
fn check_texts(case: &Case, variant: &Variant, out: &Path) -> Result<(), String> {
    let written = tree::contents(out)?;
    let texts: Vec<_> = written.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let holds = |marker: &&String| texts.iter().any(|text| text.contains(marker.as_str()));
    // A registry keeps code that nobody uses.
    if let Some(marker) =
        case.settings.absent.iter().find(|marker| !variant.is_registry && holds(marker))
    {
        return Err(format!("the output holds {marker:?}, which must not be in it"));
    }
    if let Some(marker) =
        case.settings.present.iter().find(|marker| !variant.is_minified() && !holds(marker))
    {
        return Err(format!("the output lacks {marker:?}"));
    }
    Ok(())
}

/// What the build wrote, as a program. Scripts load in the order of the entries, each after what it
/// imports.
fn program(case: &Case, variant: &Variant, out: &Path) -> Result<Program, String> {
    let written = tree::contents(out)?;
    let mut names: Vec<String> =
        written.keys().filter_map(|name| Some(name.strip_suffix(".js")?.to_owned())).collect();
    let entries = case.entries();
    let place = |name: &String| entries.iter().position(|entry| entry.contains(name.as_str()));
    names.sort_by_key(|name| (place(name).unwrap_or(usize::MAX), name.clone()));
    if names.is_empty() {
        return Err("nothing was written".to_owned());
    }
    let scripts = if variant.splits {
        chunks::scripts(&names, Path::new(&metafile(out)), out)?
    } else {
        let script = |name: String| {
            let role = if name.starts_with("workers/") { Role::Later } else { Role::Entry };
            Script { path: out.join(format!("{name}.js")), name, role }
        };
        names.into_iter().map(script).collect()
    };
    let is_utf8 = configuration(case).contains("\"charset\"")
        || case.settings.args.iter().any(|each| each.contains("utf8"));
    Ok(Program {
        format: variant.format.clone(),
        ecma: match variant.target.strip_prefix("es").and_then(|year| year.parse::<u64>().ok()) {
            Some(edition) => edition.into(),
            None => "latest".into(),
        },
        scripts,
        folder: variant.splits.then(|| out.to_owned()),
        before: case.file("before.js"),
        run: case.file("run.js"),
        timeout: 10_000,
        executes: runs_in(case, "node"),
        is_for_node: case.settings.args.windows(2).any(|pair| pair == ["--platform", "node"]),
        ascii: !is_utf8,
    })
}

/// `expected/` shows the first variant. It is written only where it exists: most cases are proved
/// by run.js alone.
fn check_expected(case: &Case, variant: &Variant, fresh: &Path) -> Result<(), String> {
    let expected = case.directory.join("expected");
    // A case about diagnostics expects text on standard error, and not a tree.
    if !expected.exists() || case.is_about_diagnostics() {
        return Ok(());
    }
    let written = fresh.join(variant.name());
    if work::is_blessing() {
        fs::remove_dir_all(&expected).map_err(|error| error.to_string())?;
        return tree::copy(&written, &expected);
    }
    match tree::difference(&tree::contents(&expected)?, &tree::contents(&written)?) {
        None => Ok(()),
        Some(text) => Err(format!(
            "[{}] other than expected/ (`cargo xtask bless` rewrites it): {text}",
            variant.name()
        )),
    }
}

/// The same files give the same bytes: with any number of threads, from any folder, where a build
/// leaves a cache and where it finds one. A build may differ from the first in several of these at
/// once: that they are the same bytes is what counts.
fn check_same_bytes(case: &Case, variant: &Variant, fresh: &Path) -> Result<(), String> {
    let before = tree::contents(&fresh.join(variant.name()))?;
    let jobs: &[&str] = if work::is_full() { &["1", "2", "8"] } else { &["1"] };
    for count in jobs {
        let out = fresh.join(format!("jobs-{count}"));
        let arguments = with_jobs(count, arguments(case, variant, &out));
        builds::bundle_or_fail(&fresh.join("input"), &arguments)?;
        must_equal(&before, &out, &format!("with --jobs {count}"))?;
    }
    let elsewhere = work::fresh_directory("another place")?;
    check_restored(case, variant, &elsewhere, &before)?;
    work::remove(&elsewhere);
    Ok(())
}

/// A build with more threads than cores that leaves a cache and, in yet another folder, one that
/// finds it.
fn check_restored(
    case: &Case,
    variant: &Variant,
    fresh: &Path,
    before: &BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    let kept = Path::new("node_modules/.cache");
    for (input, out) in [("first", "first-out"), ("moved/second", "second-out")] {
        let (input, out) = (fresh.join(input), fresh.join(out));
        case.lay_out(&input)?;
        fs::create_dir_all(input.join("node_modules")).map_err(|error| error.to_string())?;
        let is_second = out.ends_with("second-out");
        if is_second {
            tree::copy(&fresh.join("first").join(kept), &input.join(kept))?;
        }
        let counted = ["--log-format".to_owned(), "json".to_owned()];
        let arguments = with_jobs("3", arguments(case, variant, &out));
        let ended = builds::with_cache(&input, &[arguments.as_slice(), &counted].concat())?;
        let how = if is_second {
            "from a cache"
        } else {
            "from another folder, with --jobs 3, where a cache is written"
        };
        must_equal(before, &out, how)?;
        if is_second
            && (!ended.stdout.contains("\"restored\":") || ended.stdout.contains("\"restored\":0"))
        {
            return Err(format!(
                "nothing was taken from the cache: {}{}",
                ended.stdout, ended.stderr
            ));
        }
    }
    Ok(())
}

fn with_jobs(count: &str, mut arguments: Vec<String>) -> Vec<String> {
    arguments.extend(["--jobs", count].map(str::to_owned));
    arguments
}

fn must_equal(before: &BTreeMap<String, Vec<u8>>, out: &Path, how: &str) -> Result<(), String> {
    match tree::difference(before, &tree::contents(out)?) {
        None => Ok(()),
        Some(text) => Err(format!("other bytes {how}: {text}")),
    }
}
