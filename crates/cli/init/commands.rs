//! Compilers that scripts of package.json call, alone or beside another tool: Sass, Less, Tailwind,
//! PostCSS, Parcel, browserify, Rollup and compressors, as themes of `WordPress` have them.

use indexmap::IndexSet;
use serde_json::Value as Json;

use super::{facts::Facts, plan::Plan, scripts::Command};

mod bundlers; // Parcel, browserify, Rollup, and scripts that are put together
mod call; // what a command calls, with which options and paths
mod outputs; // the outputs of calls
mod sass; // calls of Sass
mod styles; // Tailwind, PostCSS and Less

use call::{Call, Words};

/// Programs that scripts call for outputs, and that are not read.
const OTHERS: [&str; 5] = ["cleancss", "csso", "cssnano", "rtlcss", "babel"];
/// What commands build.
#[derive(Default)]
pub struct Built {
    /// The outputs.
    pub plan: Plan,
    /// The names of the programs, as messages show them.
    pub programs: IndexSet<&'static str>,
}

/// Returns what commands of scripts write.
pub fn read(facts: &Facts, commands: &[Command]) -> Built {
    let mut built = Built::default();
    let mut others = Vec::new();
    let mut right_to_left = Vec::new();
    for (at, command) in commands.iter().enumerate() {
        let Some(call) = Call::of(command) else { continue };
        let plan = &mut built.plan;
        let before = plan.outputs.len();
        let name = match call.program {
            "sass" | "node-sass" => {
                sass::read(facts, plan, call.words);
                "Sass"
            }
            "tailwindcss" => {
                styles::tailwind(facts, plan, &call, &command.script);
                "Tailwind"
            }
            "postcss" => {
                styles::postcss(facts, plan, call.words);
                "PostCSS"
            }
            "lessc" => {
                styles::less(facts, plan, call.words);
                "Less"
            }
            "parcel" => {
                bundlers::parcel(facts, plan, call.words);
                "Parcel"
            }
            "browserify" => {
                let next: Vec<&Command> = commands[at + 1..]
                    .iter()
                    .take_while(|next| next.script == command.script)
                    .collect();
                bundlers::browserify(facts, plan, call.words, &next);
                "browserify"
            }
            "rollup" => {
                bundlers::rollup(facts, plan, call.words);
                "Rollup"
            }
            "uglifyjs" | "terser" => {
                if !bundlers::joined(facts, plan, call.words) {
                    others.push((command.script.clone(), call.program.to_owned()));
                }
                if call.program == "terser" { "terser" } else { "UglifyJS" }
            }
            program => {
                if program == "rtlcss" {
                    right_to_left.push((command.script.clone(), Words::of(call.words, &[]).paths));
                } else if OTHERS.contains(&program) {
                    others.push((command.script.clone(), program.to_owned()));
                }
                continue;
            }
        };
        if built.plan.outputs.len() > before {
            built.programs.insert(name);
        }
    }
    finish(&mut built.plan, &others, right_to_left);
    built
}

/// Adds what follows from all commands.
fn finish(plan: &mut Plan, others: &[(String, String)], right_to_left: Vec<(String, Vec<String>)>) {
    if plan.outputs.is_empty() {
        return;
    }
    for (script, paths) in right_to_left {
        // `rtlcss css/style.css css/style-rtl.css`
        let suffix = match paths.as_slice() {
            [from, to] => from.strip_suffix(".css").and_then(|stem| {
                let ending = to.strip_prefix(stem)?.strip_suffix(".css")?;
                plan.outputs.contains_key(stem).then(|| ending.to_owned())
            }),
            _ => None,
        };
        match suffix.as_deref() {
            Some("-rtl") => plan.set("rtl", true),
            Some(ending) if !ending.is_empty() => plan.set("rtl", ending),
            _ => note_other(plan, &script, "rtlcss"),
        }
    }
    for (script, program) in others {
        note_other(plan, script, program);
    }
    let is_style = |path: &String| path.ends_with("ss");
    let compiles_styles = plan.outputs.values().flat_map(|sources| &sources.styles).any(is_style);
    if compiles_styles && !plan.keys.contains_key("publicPath") {
        plan.put("assets", "urls", "rebase");
        plan.comment("assets", "urls: url() stays as written, as with Sass");
    }
    let has_modules = plan.outputs.values().any(|sources| !sources.modules.is_empty());
    if plan.outputs.len() > 1 {
        let splitting: Json = if has_modules { "async".into() } else { false.into() };
        plan.set("splitting", splitting);
    }
}

fn note_other(plan: &mut Plan, script: &str, program: &str) {
    let what = format!("the script {script}, which calls {program}");
    plan.note("package.json", what, "add what it writes to \"areas\"");
}
