//! `wasm_glue MODULE FOLDER [--nameless]`: writes into a folder what JavaScript loads of a module
//! that bundle_wasm was compiled to: the module without wasm-bindgen's own sections, perhaps
//! without the names of functions, and an ES module that calls it. A program of its own, because
//! `xtask` is compiled before anything else and has no dependencies.

use std::process::ExitCode;

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
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{module}: {why:#}");
            ExitCode::FAILURE
        }
    }
}
