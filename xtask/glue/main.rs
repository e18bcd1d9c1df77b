//! `wasm_glue MODULE FOLDER [--nameless]`: writes into a folder the files that JavaScript loads for
//! a module that bundle_wasm was compiled to: the module without wasm-bindgen's own sections,
//! perhaps without the names of functions, and an ES module that calls it. A program of its own,
//! because `xtask` is compiled before anything else and has no dependencies.
//!
//! wasm-bindgen's ES module holds one instance for good. But an instance that panicked is lost, and
//! its memory never shrinks. So the written ES module exports `instance()`, which returns the
//! functions of a new instance each time.

use std::{fs, path::Path, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (module, folder, is_nameless) = match arguments.as_slice() {
        [module, folder] => (module, folder, false),
        [module, folder, flag] if flag == "--nameless" => (module, folder, true),
        _ => {
            eprintln!("usage: wasm_glue MODULE FOLDER [--nameless]");
            return ExitCode::FAILURE;
        }
    };
    let mut bindgen = Bindgen::new();
    bindgen.remove_name_section(is_nameless).remove_producers_section(is_nameless);
    let bindgen = bindgen.input_path(module).typescript(false).web(true);
    let made = bindgen.and_then(|bindgen| bindgen.generate(folder));
    let made = made.map_err(|why| format!("{module}: {why:#}"));
    match made.and_then(|()| wrap(&glue_of(module, folder))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn glue_of(module: &str, folder: &str) -> std::path::PathBuf {
    let stem = Path::new(module).file_stem().unwrap_or_default();
    Path::new(folder).join(stem).with_extension("js")
}

/// Puts an ES module into a function that returns its exports.
fn wrap(glue: &Path) -> Result<(), String> {
    let shown = |error: std::io::Error| format!("{}: {error}", glue.display());
    let text = fs::read_to_string(glue).map_err(shown)?;
    let mut body = String::new();
    let mut names = Vec::new();
    for line in text.lines() {
        let declared = line.strip_prefix("export ");
        let name = declared.and_then(|rest| {
            let rest = rest.strip_prefix("class ").or_else(|| rest.strip_prefix("function "))?;
            rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()
        });
        names.extend(name);
        match (declared, name) {
            (None, _) => body.push_str(line),
            (Some(declaration), Some(_)) => body.push_str(declaration),
            (Some(list), None) if list == LIST => {}
            (Some(_), None) => return Err(format!("{}: unknown export: {line}", glue.display())),
        }
        body.push('\n');
    }
    let names = names.join(", ");
    let wrapped = format!(
        "/** Returns the functions of a new instance, which begins with `start` or `initSync`. */\n\
         export function instance() {{\n{body}return {{ initSync, start: __wbg_init, {names} }};\n\
         }}\n"
    );
    fs::write(glue, wrapped).map_err(shown)
}

/// The last line of what wasm-bindgen writes.
const LIST: &str = "{ initSync, __wbg_init as default };";
