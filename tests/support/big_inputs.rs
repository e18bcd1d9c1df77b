//! Programs of thousands of modules and entries, built by the real binary and run in Node: a
//! quadratic algorithm shows as a build that does not end. Without `--full`, a tenth of the size.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{builds, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("entries-sharing-a-module", || entries(false)),
        ("entries-sharing-a-module-split", || entries(true)),
        ("chain-of-modules", || modules(chain, &[])),
        ("fan-of-modules", || modules(fan, &["--minify"])),
        ("fan-of-commonjs", || modules(commonjs, &[])),
    ]
}

fn size(full: usize) -> usize {
    if work::is_full() { full } else { full / 10 }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// A new folder with an empty one for sources.
fn project() -> Result<PathBuf, String> {
    let folder = work::fresh_directory("big")?;
    fs::create_dir(folder.join("src")).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn build(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new(work::binary());
    let words: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
    command.arg("build").args(builds::plain(folder, &words)).args(arguments);
    command.args(["--out-dir", "out", "--format", "cjs"]).current_dir(folder);
    let ended = builds::run(command, Duration::from_mins(5))?;
    if ended.code == Some(0) {
        Ok(())
    } else {
        Err(format!("{arguments:?}: {:?}\n{}", ended.code, ended.stderr))
    }
}

/// What a script of the output prints.
fn printed(folder: &Path, script: &str) -> Result<String, String> {
    let mut command = Command::new("node");
    command.arg(folder.join("out").join(script));
    let ended = builds::run(command, Duration::from_mins(2))?;
    if ended.code == Some(0) {
        Ok(ended.stdout)
    } else {
        Err(format!("{script}: {}", ended.stderr))
    }
}

fn expect(actual: &str, expected: &str) -> Result<(), String> {
    if actual == expected {
        Ok(())
    } else {
        Err(format!("printed {actual:?} instead of {expected:?}"))
    }
}

/// Entries that all import one module.
fn entries(is_split: bool) -> Result<(), String> {
    let (folder, count) = (project()?, size(3000));
    write(&folder.join("shared.js"), "let n = 1;\nexport function shared(i) { return n += i; }\n")?;
    for entry in 0..count {
        let text =
            format!("import {{ shared }} from '../shared.js';\nconsole.log(shared({entry}));\n");
        write(&folder.join(format!("src/e{entry}.js")), &text)?;
    }
    let splitting: &[&str] = if is_split { &["--splitting"] } else { &[] };
    build(&folder, &[&["src/*.js"], splitting].concat())?;
    let scripts = fs::read_dir(folder.join("out")).map_err(|error| error.to_string())?.flatten();
    let scripts = scripts.filter(|entry| entry.path().extension().is_some()).count();
    expect(&scripts.to_string(), &count.to_string())?;
    for entry in [0, count / 2, count - 1] {
        expect(&printed(&folder, &format!("e{entry}.js"))?, &format!("{}\n", entry + 1))?;
    }
    work::remove(&folder);
    Ok(())
}

/// One entry that imports many modules. `module` returns, for a number and the count, the text of
/// that module and the part of it that the entry needs.
fn modules(module: fn(usize, usize) -> (String, String), arguments: &[&str]) -> Result<(), String> {
    let (folder, count) = (project()?, size(20_000));
    let mut main = String::new();
    for number in 0..count {
        let (text, import) = module(number, count);
        write(&folder.join(format!("src/m{number}.js")), &text)?;
        main.push_str(&import);
    }
    write(&folder.join("main.js"), &format!("let sum = 0;\n{main}console.log(sum);\n"))?;
    build(&folder, &[&["main.js"], arguments].concat())?;
    expect(&printed(&folder, "main.js")?, &format!("{count}\n"))?;
    work::remove(&folder);
    Ok(())
}

/// Each imports the next, the entry the first.
fn chain(number: usize, count: usize) -> (String, String) {
    let text = if number + 1 == count {
        "export var v = 1;\n".to_owned()
    } else {
        format!("import {{ v as next }} from './m{}.js';\nexport var v = next + 1;\n", number + 1)
    };
    let import = "import { v } from './src/m0.js';\nsum += v;\n";
    (text, if number == 0 { import.to_owned() } else { String::new() })
}

/// The entry imports all of them.
fn fan(number: usize, _: usize) -> (String, String) {
    let mut import = String::new();
    let _ = writeln!(
        import,
        "import {{ one as one{number} }} from './src/m{number}.js';\nsum += one{number}();"
    );
    ("var count = 0;\nexport function one() { return ++count; }\n".to_owned(), import)
}

/// The same in CommonJS, where each has a function of its own.
fn commonjs(number: usize, count: usize) -> (String, String) {
    let (_, import) = fan(number, count);
    ("var count = 0;\nexports.one = function () { return ++count; };\n".to_owned(), import)
}
