//! Sass's own specification, case by case: what this compiler makes of a stylesheet is what the
//! specification says, and what it calls an error is refused. `sass_spec -- DIR [--count N] [--seed
//! N] [--full] [--show NAME]`, where DIR is a checkout of sass-spec; what is known to differ is in
//! sass_spec.json, by reasons.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use bundle_base::Config;
use bundle_base::fs::MemoryFs;
use camino::{Utf8Path, Utf8PathBuf};

#[path = "../support/sass.rs"]
mod sass;

/// At least so many of a hundred cases must pass.
const GOAL: usize = 99;

/// Compiling is recursive.
const STACK: usize = 256 << 20;

/// What is expected of a stylesheet.
enum Expected {
    Css(String),
    Error,
}

/// A stylesheet of the specification.
struct Case {
    /// Its folder, from `spec/`.
    name: String,
    input: Utf8PathBuf,
    expected: Expected,
}

/// Which cases are run.
struct Options {
    directory: String,
    count: usize,
    seed: u64,
    is_full: bool,
    shown: Option<String>,
}

fn main() -> ExitCode {
    let outcome = options().and_then(|options| run(&options));
    outcome.unwrap_or_else(|text| {
        eprintln!("{text}");
        ExitCode::FAILURE
    })
}

fn options() -> Result<Options, String> {
    let mut options =
        Options { directory: String::new(), count: 1000, seed: 1, is_full: false, shown: None };
    let mut arguments = env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--count" => options.count = value()?.parse().map_err(|_| "--count takes a number")?,
            "--seed" => options.seed = value()?.parse().map_err(|_| "--seed takes a number")?,
            "--show" => options.shown = Some(value()?),
            "--full" => options.is_full = true,
            _ if options.directory.is_empty() => options.directory = argument,
            _ => return Err(format!("what is {argument}?")),
        }
    }
    if Path::new(&options.directory).join("spec").is_dir() {
        Ok(options)
    } else {
        Err(format!("{:?} is not a checkout of sass-spec: it has no spec/", options.directory))
    }
}

fn run(options: &Options) -> Result<ExitCode, String> {
    let mut files = BTreeMap::new();
    read(&Path::new(&options.directory).join("spec"), Utf8Path::new("/spec"), &mut files)?;
    let (cases, left_out) = cases(&files);
    let all = cases.len();
    let cases = match &options.shown {
        Some(name) => cases.into_iter().filter(|case| case.name == *name).collect(),
        None if options.is_full => cases,
        None => sample(cases, options.count, options.seed),
    };
    let disk =
        files.iter().fold(MemoryFs::new(), |disk, (path, text)| disk.with(path, text.as_str()));
    let disk = disk.with("/spec/entry.js", "");
    let config = sass::config(Utf8Path::new("/spec"), "/spec", "entry.js", &disk)?;
    let failures = failures(&cases, &disk, &config, options.shown.is_some());
    let known: BTreeMap<String, Vec<String>> = serde_json::from_str(include_str!("sass_spec.json"))
        .map_err(|error| format!("sass_spec.json: {error}"))?;
    let known: BTreeSet<&str> = known.values().flatten().map(String::as_str).collect();
    let ran: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    let new: Vec<&str> =
        failures.iter().map(String::as_str).filter(|name| !known.contains(name)).collect();
    let mended: Vec<&&str> =
        known.iter().filter(|name| ran.contains(**name) && !failures.contains(**name)).collect();
    new.iter().for_each(|name| println!("fails, and is not known to: {name}"));
    mended.iter().for_each(|name| println!("is known to fail, and passes: {name}"));
    let passed = cases.len() - failures.len();
    println!(
        "{passed} of {} cases pass; {all} there are, {left_out} left out because the specification \
         says so",
        cases.len()
    );
    let is_good = new.is_empty() && mended.is_empty() && passed * 100 >= cases.len() * GOAL;
    Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads a folder: archives are folders too.
fn read(
    folder: &Path,
    at: &Utf8Path,
    files: &mut BTreeMap<Utf8PathBuf, String>,
) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.filter_map(Result::ok) {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            read(&path, &at.join(&name), files)?;
        } else if let Ok(text) = fs::read_to_string(&path) {
            match name.strip_suffix(".hrx") {
                Some(stem) => files
                    .extend(archived(&text).map(|(file, text)| (at.join(stem).join(file), text))),
                None => drop(files.insert(at.join(&name), text)),
            }
        }
    }
    Ok(())
}

/// The files of an archive (HRX): each behind a line with its name, which begins as the first line
/// does.
fn archived(text: &str) -> impl Iterator<Item = (&str, String)> {
    let length = text.bytes().skip(1).take_while(|byte| *byte == b'=').count();
    let boundary = format!("<{}>", "=".repeat(length));
    let mut found: Vec<(Option<&str>, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix(boundary.as_str()) {
            Some(rest) if rest.starts_with([' ', '\n']) || rest.is_empty() => {
                // The line break before a boundary is part of it.
                if let Some((_, body)) = found.last_mut() {
                    body.truncate(body.len().saturating_sub(1));
                }
                let name = rest.trim();
                found.push(((!name.is_empty()).then_some(name), String::new()));
            }
            Some(_) | None => {
                found.last_mut().into_iter().for_each(|(_, body)| body.push_str(line))
            }
        }
    }
    found.into_iter().filter_map(|(name, body)| Some((name?, body)))
}

/// The cases, and how many are not for this kind of compiler.
fn cases(files: &BTreeMap<Utf8PathBuf, String>) -> (Vec<Case>, usize) {
    let mut cases = Vec::new();
    let mut left_out = 0;
    for path in files.keys() {
        let Some(folder) =
            path.parent().filter(|_| matches!(path.file_name(), Some("input.scss" | "input.sass")))
        else {
            continue;
        };
        let own = |name: &str| {
            files
                .get(&folder.join(format!("{name}-dart-sass")))
                .or_else(|| files.get(&folder.join(name)))
        };
        let css = files
            .get(&folder.join("output-dart-sass.css"))
            .or_else(|| files.get(&folder.join("output.css")));
        let expected = match (own("error"), css) {
            (Some(_), None) => Expected::Error,
            (_, Some(css)) => Expected::Css(normal(css)),
            (None, None) => continue,
        };
        if is_left_out(folder, files) {
            left_out += 1;
            continue;
        }
        let name = folder.strip_prefix("/spec").unwrap_or(folder).to_string();
        cases.push(Case { name, input: path.clone(), expected });
    }
    (cases, left_out)
}

/// What the reference compiler is not asked for either, or does not do yet.
fn is_left_out(folder: &Utf8Path, files: &BTreeMap<Utf8PathBuf, String>) -> bool {
    folder.ancestors().filter_map(|folder| files.get(&folder.join("options.yml"))).any(|options| {
        let mut is_about = false;
        options.lines().any(|line| {
            if line.starts_with(':') {
                is_about = line.starts_with(":todo") || line.starts_with(":ignore_for");
            }
            is_about && line.trim_start_matches(['-', ' ']).starts_with("dart-sass")
        })
    })
}

/// Some of the cases, the same for a seed.
fn sample(mut cases: Vec<Case>, count: usize, seed: u64) -> Vec<Case> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap_or(0)
    };
    let count = count.min(cases.len());
    for index in 0..count {
        let other = index + below(cases.len() - index);
        cases.swap(index, other);
    }
    cases.truncate(count);
    cases
}

/// The names of the cases that fail.
fn failures(cases: &[Case], disk: &MemoryFs, config: &Config, is_shown: bool) -> BTreeSet<String> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(BTreeSet::new());
    let work = || {
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let made = sass::compiled(&case.input, disk, config);
            let is_right = match (&case.expected, &made) {
                (Expected::Css(css), Ok(made)) => *css == normal(made),
                (Expected::Error, Err(_)) => true,
                (Expected::Css(_), Err(_)) | (Expected::Error, Ok(_)) => false,
            };
            if is_shown {
                let expected = if let Expected::Css(css) = &case.expected {
                    css.as_str()
                } else {
                    "(an error)"
                };
                println!("expected:\n{expected}\nis:\n{}", made.unwrap_or_else(|said| said));
            }
            if !is_right {
                failed.lock().expect("nobody panics with it").insert(case.name.clone());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)
                .expect("there are threads");
        }
    });
    failed.into_inner().expect("nobody panics with it")
}

/// As the specification's own runner compares: blank lines do not count. Whether a stylesheet says its
/// encoding is decided where it is written.
fn normal(css: &str) -> String {
    css.strip_prefix("@charset \"UTF-8\";\n")
        .unwrap_or(css)
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
