//! The names that Node's own `import { name } from "./out.js"` finds in `cjs` output. Node reads
//! them from the text before it runs it, so every form of the output is tested.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{builds, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("cjs", || found(&[])),
        ("cjs-minified", || found(&["--minify"])),
        ("cjs-minified-whole", || found(&["--minify=chunk"])),
        ("cjs-split", || found(&["--splitting"])),
    ]
}

const SOURCES: &[(&str, &str)] = &[
    (
        "inner.js",
        "export const inner = 'inner'; export let count = 0; export function add() { \
                  count++; }",
    ),
    ("common.js", "exports.plain = 'plain'; module.exports.other = { plain: 1 };"),
    (
        "names.js",
        "export const constant = 1; export let live = 2; live++; export function call() {} export \
         class Kind {}
        export default 5; export { constant as 'a-b', constant as Object, constant as __proto__ };
        export * as all from './inner.js'; export * from './inner.js';
        export { plain, default as common } from './common.js'; export { far as renamed } from \
        'outer';
        const __filename = 'mine', exports = 'own'; export { __filename, exports };",
    ),
    ("stars.js", "export * from './names.js'; export * from 'outer'; export const mine = 1;"),
    ("of-common.js", "export * from './common.js'; export const mine = 1;"),
    ("none.js", "import './inner.js'; console.log('none ran');"),
    ("later.js", "import('./inner.js').then(inner => console.log(inner.inner));"),
    ("node_modules/outer/index.js", "exports.far = 'far';"),
    (
        "circular.js",
        "import { seen } from 'around'; export default function () { return 'default'; }
        function local() { return 'local'; } export { local as other, seen };",
    ),
    // It requires the output that requires it: functions are there, as everything that Babel or
    // TypeScript compiles.
    (
        "node_modules/around/index.js",
        "const out = require('../../out/circular.js');
        exports.seen = [out.__esModule, out.default && out.default(), out.other && \
        out.other()].join();",
    ),
    (
        "check.mjs",
        r#"import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const ofNames = ["Kind", "Object", "__filename", "a-b", "add", "all", "call", "common", "constant", "count", "exports",
  "inner", "live", "plain", "renamed"];
const expected = { names: ofNames, stars: [...ofNames, "far", "mine"].sort(), "of-common": ["mine", "other", "plain"],
  none: [], later: [], common: ["other", "plain"], circular: ["other", "seen"] };
for (const [entry, names] of Object.entries(expected)) {
  const found = await import(`./out/${entry}.js`);
  // What a module inside exports to others is found too, as in every bundle.
  const missing = names.filter(name => !(name in found));
  if (missing.length > 0) throw new Error(`${entry}: ${Object.keys(found)} lacks ${missing}`);
  const given = require(`./out/${entry}.js`);
  if (entry !== "common" && given.__esModule !== true) throw new Error(`${entry}: no __esModule`);
  for (const name of names) if (given[name] === undefined) throw new Error(`${entry}: ${name} has no value`);
  if (found.default !== given) throw new Error(`${entry}: the default import is not module.exports`);
}
const { live, add, count, __filename, exports, plain, common, renamed, default: fallback } = require("./out/names.js");
const values = [live, count, __filename, exports, plain, common.other.plain, renamed, fallback];
if (String(values) !== "3,0,mine,own,plain,1,far,5") throw new Error(String(values));
const { seen } = require("./out/circular.js");
if (seen !== "true,default,local") throw new Error(`in a cycle with an external: ${seen}`);
add();
if (require("./out/names.js").count !== 1) throw new Error("count is not live");
if (!Object.keys(require("./out/names.js")).includes("__proto__")) throw new Error("__proto__ is no name");
"#,
    ),
];

fn found(arguments: &[&str]) -> Result<(), String> {
    let folder = work::fresh_directory("node-names")?;
    for (name, text) in SOURCES {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder"))
            .map_err(|error| error.to_string())?;
        fs::write(path, text).map_err(|error| error.to_string())?;
    }
    for target in ["es5", "es2022"] {
        checked(&folder, &[arguments, &["--target", target]].concat())?;
    }
    work::remove(&folder);
    Ok(())
}

fn checked(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let mut bundle = Command::new(work::binary());
    bundle.args([
        "names.js",
        "stars.js",
        "of-common.js",
        "none.js",
        "later.js",
        "common.js",
        "circular.js",
    ]);
    bundle.args([
        "--out-dir",
        "out",
        "--format",
        "cjs",
        "--external",
        "outer",
        "--external",
        "around",
        "--no-config",
    ]);
    bundle.args(arguments).current_dir(folder);
    let built = builds::run(bundle, Duration::from_mins(1))?;
    let mut node = Command::new("node");
    node.arg("check.mjs").current_dir(folder);
    let ended = builds::run(node, Duration::from_mins(1))?;
    let is_fine = built.code == Some(0) && ended.code == Some(0);
    if is_fine { Ok(()) } else { Err(format!("{arguments:?}: {}\n{}", built.stderr, ended.stderr)) }
}
