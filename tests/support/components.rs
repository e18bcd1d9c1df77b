//! Components of Vue as their users see them: `fixtures/vue/<case>/` is built in four forms, and
//! shown in Chromium and PhantomJS by the runtimes of Vue 2.7 and 2.6. In each of these, the
//! document in the end equals `expected.html`.
//!
//! A page of a browser shows all cases one after the other (components.js, dom.js): starting it
//! takes longer than showing them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use libtest_mimic::{Arguments, Failed, Trial};
use serde::{Deserialize, Serialize};

use super::{builds, component_pages as pages, styles, times, tree, work};

/// case.json of a component. An unknown key is a failure: a misspelt one would silently test
/// nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Settings {
    /// The point of the case where its name does not say it, or the reason for what is narrowed.
    #[serde(rename = "why")]
    _why: String,
    /// `chromium`, `phantomjs`; both where not said.
    engines: Option<Vec<String>>,
    /// The oldest Vue that knows it: `2.7`, or `2.6` where not said and nothing is composed.
    since: Option<String>,
    /// Further arguments.
    args: Vec<String>,
    /// Parts of what the build says: each must be said, and nothing else.
    says: Vec<String>,
    /// Parts of what Vue warns of: each must be warned of, and nothing else.
    warnings: Vec<String>,
    /// The same of errors.
    errors: Vec<String>,
}

/// A directory of `fixtures/vue`.
pub struct Case {
    pub name: String,
    directory: PathBuf,
    settings: Settings,
    /// What it does to the page.
    pub check: Option<String>,
}

/// How a case is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Plain,
    Minified,
    Registry,
    /// For browsers of today.
    Modern,
}

impl Form {
    const ALL: [Self; 4] = [Self::Plain, Self::Minified, Self::Registry, Self::Modern];

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &["--target", "es5"],
            Self::Minified => &["--target", "es5", "--minify"],
            Self::Registry => &["--target", "es5", "--modules", "registry"],
            Self::Modern => &["--target", "esnext"],
        }
    }
}

/// What a build wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Built {
    pub script: String,
    pub style: Option<String>,
}

/// What a page saw of a case.
#[derive(Clone, Debug, Deserialize)]
pub struct Seen {
    html: String,
    warnings: Vec<String>,
    errors: Vec<String>,
}

/// What all cases of a run share: each case is built and shown once, for the first test that needs
/// it.
struct Suite {
    cases: Vec<Case>,
    shown: OnceLock<Shown>,
}

/// By case: its builds by form, and what each page saw of it.
struct Shown {
    builds: Vec<HashMap<Form, Result<Built, String>>>,
    pages: Vec<(&'static pages::Page, pages::SeenByCase)>,
}

/// A test for each case. Only those that will run are shown, so that one alone is quick.
pub fn trials(arguments: &Arguments) -> Result<Vec<Trial>, String> {
    let directories = tree::folders(&work::root().join("fixtures/vue"));
    let cases: Vec<Case> =
        directories.iter().map(|directory| read(directory)).collect::<Result<_, _>>()?;
    let cases = cases.into_iter().filter(|case| will_run(&case.name, arguments)).collect();
    let suite = Arc::new(Suite { cases, shown: OnceLock::new() });
    let trial = |number: usize| {
        let (name, suite) = (format!("vue::{}", suite.cases[number].name), Arc::clone(&suite));
        times::test(name, move || check(&suite, number).map_err(Failed::from))
    };
    Ok((0..suite.cases.len()).map(trial).collect())
}

fn will_run(case: &str, arguments: &Arguments) -> bool {
    let name = format!("vue::{case}");
    let matches = |filter: &String| {
        if arguments.exact { name == *filter } else { name.contains(filter.as_str()) }
    };
    arguments.filter.as_ref().is_none_or(matches) && !arguments.skip.iter().any(matches)
}

fn read(directory: &Path) -> Result<Case, String> {
    let name = directory
        .file_name()
        .expect("a listed directory has a name")
        .to_string_lossy()
        .into_owned();
    let settings = match fs::read_to_string(directory.join("case.json")) {
        Ok(text) => {
            serde_json::from_str(&text).map_err(|error| format!("vue/{name}/case.json: {error}"))?
        }
        Err(_) => Settings::default(),
    };
    let check = fs::read_to_string(directory.join("check.js")).ok();
    Ok(Case { name, directory: directory.to_owned(), settings, check })
}

impl Case {
    pub fn runs_in(&self, engine: &str) -> bool {
        self.settings
            .engines
            .as_ref()
            .is_none_or(|engines| engines.iter().any(|each| each == engine))
    }

    /// Vue 2.6 has no composition API.
    pub fn runs_with(&self, vue: &str) -> bool {
        if let Some(since) = &self.settings.since {
            return vue >= since.as_str();
        }
        let texts = tree::contents(&self.directory).unwrap_or_default();
        let composes = |text: &[u8]| {
            let text = String::from_utf8_lossy(text);
            ["<script setup", " setup(", "from \"vue\"", "v-bind("]
                .iter()
                .any(|mark| text.contains(mark))
        };
        vue >= "2.7" || !texts.iter().any(|(name, text)| name != "case.json" && composes(text))
    }

    fn lay_out(&self, to: &Path) -> Result<(), String> {
        tree::copy(&self.directory, to)?;
        for not_input in ["case.json", "check.js", "expected.html"] {
            let _ = fs::remove_file(to.join(not_input));
        }
        Ok(())
    }

    fn arguments(&self, form: Form, out: &Path) -> Vec<String> {
        let out = out.join("main.js").to_string_lossy().into_owned();
        let all = ["main.js", "--out-file", &out, "--external", "vue=Vue"];
        let all = all.into_iter().chain(form.arguments().iter().copied()).map(str::to_owned);
        all.chain(self.settings.args.iter().cloned()).collect()
    }

    fn build(&self, form: Form, fresh: &Path) -> Result<Built, String> {
        let out = fresh.join(format!("{form:?}"));
        let ended = builds::bundle_or_fail(&fresh.join("input"), &self.arguments(form, &out))?;
        must_fit("the build says", &blocks(&ended.stderr), &self.settings.says)?;
        written(&out)
    }

    fn builds(&self) -> HashMap<Form, Result<Built, String>> {
        let fresh = match work::fresh_directory(&self.name).and_then(|fresh| {
            self.lay_out(&fresh.join("input"))?;
            Ok(fresh)
        }) {
            Ok(fresh) => fresh,
            Err(text) => {
                return Form::ALL.into_iter().map(|form| (form, Err(text.clone()))).collect();
            }
        };
        let builds: HashMap<_, _> =
            Form::ALL.into_iter().map(|form| (form, self.build(form, &fresh))).collect();
        if builds.values().all(Result::is_ok) {
            work::remove(&fresh);
        }
        builds
    }
}

fn written(out: &Path) -> Result<Built, String> {
    let script =
        fs::read_to_string(out.join("main.js")).map_err(|error| format!("main.js: {error}"))?;
    Ok(Built { script, style: fs::read_to_string(out.join("main.css")).ok() })
}

/// What was said, diagnostic by diagnostic.
fn blocks(said: &str) -> Vec<String> {
    said.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(str::to_owned).collect()
}

fn check(suite: &Suite, number: usize) -> Result<(), String> {
    let case = &suite.cases[number];
    let shown = suite.shown.get_or_init(|| show_all(&suite.cases));
    shown.builds[number][&Form::Plain].as_ref().map_err(Clone::clone)?;
    let mut failures = Vec::new();
    for (page, seen) in &shown.pages {
        let Some(seen) = seen.get(&case.name) else { continue };
        if let Err(text) =
            seen.as_ref().map_err(Clone::clone).and_then(|seen| check_seen(case, page, seen))
        {
            failures.push(format!("[{}] {text}", page.name));
        }
    }
    for form in [Form::Minified, Form::Registry, Form::Modern] {
        failures.extend(
            shown.builds[number][&form].as_ref().err().map(|text| format!("[{form:?}] {text}")),
        );
    }
    if failures.is_empty() {
        check_maps(case, &shown.builds[number])?;
        check_same_bytes(case, &shown.builds[number])
    } else {
        Err(failures.join("\n"))
    }
}

/// Where styles have marks, the maps of the stylesheets lead to them.
fn check_maps(case: &Case, builds: &HashMap<Form, Result<Built, String>>) -> Result<(), String> {
    let has_marks =
        |built: &Built| built.style.as_ref().is_some_and(|style| style.contains("z-index: 1"));
    if !builds[&Form::Plain].as_ref().is_ok_and(has_marks) {
        return Ok(());
    }
    let fresh = work::fresh_directory(&case.name)?;
    let input = fresh.join("input");
    case.lay_out(&input)?;
    let mut stylesheets = Vec::new();
    for form in [Form::Plain, Form::Minified, Form::Registry] {
        let out = fresh.join(format!("{form:?}"));
        let mut arguments = case.arguments(form, &out);
        arguments.extend(["--sourcemap".to_owned(), "inline".to_owned()]);
        builds::bundle_or_fail(&input, &arguments)?;
        stylesheets.push(out.join("main.css"));
    }
    styles::check_maps(&stylesheets)?;
    work::remove(&fresh);
    Ok(())
}

fn check_seen(case: &Case, page: &pages::Page, seen: &Seen) -> Result<(), String> {
    must_fit("the page has errors", &seen.errors, &case.settings.errors)?;
    must_fit("Vue warns", &seen.warnings, &case.settings.warnings)?;
    let path = case.directory.join("expected.html");
    if work::is_blessing() && page.is_first() {
        return fs::write(&path, &seen.html).map_err(|error| format!("expected.html: {error}"));
    }
    let expected = fs::read_to_string(&path)
        .map_err(|_| format!("expected.html is missing; it shows\n{}", seen.html))?;
    if expected == seen.html {
        return Ok(());
    }
    Err(format!("shows other than expected.html (`cargo xtask bless` rewrites it):\n{}", seen.html))
}

/// Each of `reported` has one of `parts` in it, and each of these is in one.
fn must_fit(what: &str, reported: &[String], parts: &[String]) -> Result<(), String> {
    let is_known = |text: &&String| parts.iter().any(|part| text.contains(part.as_str()));
    if let Some(text) = reported.iter().find(|text| !is_known(text)) {
        return Err(format!("{what}: {text}"));
    }
    match parts.iter().find(|part| !reported.iter().any(|text| text.contains(part.as_str()))) {
        Some(part) => Err(format!("{what} nothing of {part:?}")),
        None => Ok(()),
    }
}

/// The same files give the same bytes: with any number of threads, from any folder.
fn check_same_bytes(
    case: &Case,
    builds: &HashMap<Form, Result<Built, String>>,
) -> Result<(), String> {
    let elsewhere = work::fresh_directory("another place")?;
    let input = elsewhere.join("in");
    case.lay_out(&input)?;
    let jobs: &[&str] = if work::is_full() { &["1", "2", "8"] } else { &["1", "2"] };
    // Minified and as a registry modules are rendered one by one as well, but by other code.
    let others = [Form::Minified, Form::Registry].into_iter().map(|form| (form, "1"));
    for (form, count) in jobs.iter().map(|count| (Form::Plain, *count)).chain(others) {
        let out = elsewhere.join(format!("{form:?}-jobs-{count}"));
        let mut arguments = case.arguments(form, &out);
        arguments.extend(["--jobs".to_owned(), count.to_owned()]);
        builds::bundle_or_fail(&input, &arguments)?;
        let built = builds[&form].as_ref().map_err(Clone::clone)?;
        if written(&out)? != *built {
            return Err(format!(
                "[{form:?}] other bytes from another folder with --jobs {count}: {}",
                out.display()
            ));
        }
    }
    work::remove(&elsewhere);
    Ok(())
}

/// Builds all cases on all cores, and shows them on every page.
fn show_all(cases: &[Case]) -> Shown {
    let builds = on_all_cores(cases, Case::builds);
    let show = |page: &&'static pages::Page| {
        let fits = |case: &Case| case.runs_in(page.engine) && case.runs_with(page.vue);
        let built = cases.iter().zip(&builds).filter(|(case, _)| fits(case));
        let built = built
            .filter_map(|(case, forms)| Some((case, forms[&page.form].as_ref().ok()?)))
            .collect::<Vec<_>>();
        (*page, pages::show(page, &built))
    };
    let all: Vec<&'static pages::Page> = pages::ALL.iter().collect();
    let pages = on_all_cores(&all, show);
    Shown { builds, pages }
}

fn on_all_cores<T: Sync, R: Send>(items: &[T], run: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = items.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = items
            .chunks(share)
            .map(|items| scope.spawn(|| items.iter().map(&run).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a worker does not panic"))
            .collect()
    })
}
