//! Compilers that scripts of package.json call, alone or beside another tool: Sass, Less, Tailwind,
//! PostCSS, Parcel, browserify, Rollup, kirbyup and compressors, as themes of WordPress have
//! them.

use indexmap::IndexSet;
use serde_json::Value as Json;

use super::{facts::ProjectFacts, plan::Plan, scripts::Command};

mod bundlers; // browserify, Rollup, and scripts that are put together
mod call; // what a command calls, with which options and paths
mod kirbyup; // plugins of Kirby's panel
mod outputs; // the outputs of calls
mod parcel; // calls of Parcel
mod sass; // calls of Sass
mod styles; // Tailwind, PostCSS and Less
pub mod unread; // programs that are not read
pub mod webpack; // calls of webpack without a configuration

use call::{COMPILERS, Call, Words};

/// What commands build.
#[derive(Default)]
pub struct Built {
    /// The outputs.
    pub plan: Plan,
    /// The names of the programs, as messages show them.
    pub programs: IndexSet<&'static str>,
}

/// Returns what commands of scripts write.
pub fn read(facts: &ProjectFacts, commands: &[Command]) -> Built {
    let mut built = Built::default();
    let mut rest = Rest::default();
    for (at, command) in commands.iter().enumerate() {
        let Some(call) = Call::of(command) else { continue };
        let of_script = |next: &&Command| next.script == command.script;
        let next: Vec<&Command> = commands[at + 1..].iter().take_while(of_script).collect();
        // A loop of the shell: `for f in js/*.js; do uglifyjs $f -o $f.min.js; done`
        if is_of_variables(&call) {
            let pair = (command.script.clone(), call.program.to_owned());
            if !rest.others.contains(&pair) {
                rest.others.push(pair);
            }
            continue;
        }
        let before = built.plan.outputs.len();
        let Some(name) = read_call(facts, &mut built.plan, command, &call, &next, &mut rest) else {
            continue;
        };
        if built.plan.outputs.len() > before {
            built.programs.insert(name);
        }
    }
    finish(&mut built.plan, &rest);
    built
}

/// Whether a call of a program that reads the files of its arguments names all of them by variables
/// of the shell.
fn is_of_variables(call: &Call<'_>) -> bool {
    let reads_arguments = COMPILERS.contains(&call.program)
        || ["browserify", "uglifyjs", "terser"].contains(&call.program);
    let mut named = call.words.iter().filter(|word| !word.starts_with(['-', '>'])).peekable();
    reads_arguments && named.peek().is_some() && named.all(|word| word.contains('$'))
}

/// Calls that are read once all outputs are known, and what needs to be known then.
#[derive(Default)]
struct Rest {
    /// Scripts, and the programs that they call.
    others: Vec<(String, String)>,
    /// Scripts that call rtlcss, with its paths.
    right_to_left: Vec<(String, Vec<String>)>,
    /// Whether compilers of stylesheets leave `url()` as it is.
    keeps_urls: bool,
}

/// Reads one call. Returns the name of its program; `None` if it is not read.
fn read_call(
    facts: &ProjectFacts,
    plan: &mut Plan,
    command: &Command,
    call: &Call<'_>,
    next: &[&Command],
    rest: &mut Rest,
) -> Option<&'static str> {
    let (script, words) = (command.script.as_str(), call.words);
    rest.keeps_urls |= COMPILERS.contains(&call.program);
    Some(match call.program {
        "sass" | "node-sass" => {
            sass::read(facts, plan, words);
            "Sass"
        }
        "tailwindcss" => {
            styles::tailwind(facts, plan, call, script);
            "Tailwind"
        }
        "postcss" => {
            styles::postcss(facts, plan, words, script);
            "PostCSS"
        }
        "lessc" => {
            styles::less(facts, plan, words);
            "Less"
        }
        "parcel" => {
            parcel::read(facts, plan, words);
            "Parcel"
        }
        "kirbyup" => {
            kirbyup::read(facts, plan, words);
            "kirbyup"
        }
        "browserify" => {
            bundlers::browserify(facts, plan, words, next);
            "browserify"
        }
        "rollup" => {
            bundlers::rollup(facts, plan, words, script);
            "Rollup"
        }
        "uglifyjs" | "terser" => {
            if !bundlers::joined(facts, plan, words) {
                rest.others.push((script.to_owned(), call.program.to_owned()));
            }
            if call.program == "terser" { "terser" } else { "UglifyJS" }
        }
        "rtlcss" => {
            let paths = Words::of(words, &["-e", "--ext", "-c", "--config"]).local(facts);
            // Several scripts may have one call.
            if rest.right_to_left.iter().all(|(_, known)| *known != paths) {
                rest.right_to_left.push((script.to_owned(), paths));
            }
            return None;
        }
        _ => return None,
    })
}

/// Adds what follows from all commands.
fn finish(plan: &mut Plan, rest: &Rest) {
    for (script, paths) in &rest.right_to_left {
        // `rtlcss css/style.css css/style-rtl.css`
        let ending = match paths.as_slice() {
            [from, to] => from
                .strip_suffix(".css")
                .and_then(|stem| to.strip_prefix(stem)?.strip_suffix(".css"))
                .filter(|ending| !ending.is_empty()),
            _ => None,
        };
        match ending {
            Some("-rtl") => plan.set("rtl", true),
            Some(ending) => plan.set("rtl", ending),
            None => {
                let what = format!("the script {script}, which calls rtlcss");
                let remedy = "write the ending of what it makes into \"rtl\", and its stylesheets \
                              into \"areas\": docs/styles.md#pages-from-right-to-left";
                plan.note("package.json", what, remedy);
            }
        }
    }
    for (script, program) in &rest.others {
        unread::add(plan, script, &format!("calls {program}"));
    }
    if plan.outputs.is_empty() {
        return;
    }
    let has_styles = plan.outputs.values().any(|sources| !sources.styles.is_empty());
    if has_styles && rest.keeps_urls {
        plan.put("assets", "urls", "rebase");
        plan.comment("assets", "urls: url() stays as written, as with compilers of stylesheets");
    }
    let has_modules = plan.outputs.values().any(|sources| !sources.modules.is_empty());
    if plan.outputs.len() > 1 {
        let splitting: Json = if has_modules { "async".into() } else { false.into() };
        plan.set("splitting", splitting);
    }
}
