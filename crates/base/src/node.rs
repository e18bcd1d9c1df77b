//! The project's Node process: it evaluates configurations that are scripts, and runs plugins and
//! PostCSS. Its program is in the folder node/; what both sides write is described in main.js. A
//! host starts the process (`tools::Tools::ask`).

use camino::{Utf8Path, Utf8PathBuf};

use crate::{FileSystem, asset::ContentHash, config::absolute, decode::decode_lossy, fs::FileKind};

/// The text that `node -e` runs: it reads the program from the first line of its input, because a
/// command line has no room for it on Windows. `import` comes from a module, because Node 14
/// crashes when the text of `-e` imports something later. `-e` has globals that only CommonJS
/// modules have otherwise: without them, an ES module that mentions `module` throws, as plugins
/// expect.
pub const BOOT: &str = "import('data:text/javascript,export default (url) => import(url)')
  .then(({ default: importModule }) => {
    const load = require;
    for (const name of ['module', 'exports', 'require', '__filename', '__dirname'])
      delete globalThis[name];
    let text = '';
    const input = process.stdin.setEncoding('utf8');
    input.on('data', function take(part) {
      text += part;
      const end = text.indexOf('\\n');
      if (end < 0) return;
      input.removeListener('data', take);
      const program = JSON.parse(text.slice(0, end));
      const run = new Function('require', 'importModule', 'unread', program);
      run(load, importModule, text.slice(end + 1));
    });
  });";

/// The program.
pub const PROGRAM: &str = concat!(
    "\"use strict\";\n",
    include_str!("node/babel.js"),
    include_str!("node/evaluate.js"),
    include_str!("node/maps.js"),
    include_str!("node/plugins.js"),
    include_str!("node/postcss.js"),
    include_str!("node/pug.js"),
    include_str!("node/template.js"),
    include_str!("node/main.js"),
);

/// Returns a digest by which a configuration of Babel, PostCSS or Vue's compiler differs from an
/// earlier one: a hash of it, of its plugins that are files, such as `plugins: ["./own.js"]`, and
/// of what all these import by a path. The file system records that they are read.
pub fn configuration_digest(script: &Utf8Path, fs: &dyn FileSystem) -> ContentHash {
    digest(script, true, fs)
}

/// Returns a digest by which a script differs from an earlier one: a hash of it, and of the files
/// that it imports by a path. The file system records that they are read.
pub fn script_digest(script: &Utf8Path, fs: &dyn FileSystem) -> ContentHash {
    digest(script, false, fs)
}

fn digest(script: &Utf8Path, or_names: bool, fs: &dyn FileSystem) -> ContentHash {
    let mut files = vec![script.to_owned()];
    let mut hashes = Vec::new();
    while let Some(file) = files.get(hashes.len()).cloned() {
        let text = fs.read(&file).unwrap_or_default();
        let folder = file.parent().unwrap_or(&file);
        // Only the key of the tool counts in package.json.
        let has_requests = file.file_name() != Some("package.json");
        for (request, is_import) in requests(&decode_lossy(&text)).filter(|_| has_requests) {
            if is_import || or_names && hashes.is_empty() {
                let found = file_of(&absolute(folder, request), is_import, fs);
                files.extend(found.filter(|found| !files.contains(found)));
            }
        }
        hashes.push(ContentHash::of(&text));
    }
    ContentHash::of_value(&hashes)
}

/// Returns the paths in a script that it imports, `from "./a"`, `import("../b")`, `require("./c")`,
/// with true, and those of plugins with false. Other paths are most likely sources of the project:
/// `alias: { "@": "./src/app.js" }`.
fn requests(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.match_indices(['"', '\'']).filter_map(move |(at, quote)| {
        let before = text[..at].trim_end();
        let word = before.strip_suffix('(').unwrap_or(before).trim_end();
        let request = text[at + 1..].split(quote).next()?;
        let is_path = request.starts_with("./") || request.starts_with("../");
        let is_import = ["from", "import", "require"].iter().any(|one| word.ends_with(one));
        let is_request = is_path && !request.contains('\n') && (is_import || is_plugin(before));
        is_request.then_some((request, is_import))
    })
}

/// Whether a text ends where a plugin or preset is named: in a list, at the beginning of a
/// list in it, or as a key.
fn is_plugin(before: &str) -> bool {
    let keys = ["plugins", "presets"];
    let found = keys.iter().filter_map(|key| Some(before.rfind(key)? + key.len())).max();
    let Some(begin) = found.filter(|_| before.ends_with(['[', ',', '{'])) else { return false };
    let mut open = Vec::new();
    for byte in before[begin..].bytes() {
        match byte {
            b'[' | b'{' | b'(' => open.push(byte),
            // Where its value ends, another key begins.
            b']' | b'}' | b')' if open.pop().is_none() || open.is_empty() => return false,
            _ => {}
        }
    }
    let is_first = before.ends_with('[');
    matches!(open.as_slice(), b"[" | b"{") || is_first && open == b"[["
}

/// Returns the script that a path leads to. `may_be_folder`: or its index.
fn file_of(path: &Utf8Path, may_be_folder: bool, fs: &dyn FileSystem) -> Option<Utf8PathBuf> {
    let ends = ["", ".js", ".cjs", ".mjs", ".json", ".ts", ".mts", ".cts"];
    let index = may_be_folder.then_some("/index.js");
    let ends = ends.into_iter().chain(index);
    let mut files = ends.map(|end| Utf8PathBuf::from(format!("{path}{end}")));
    files.find(|file| fs.kind(file) == Some(FileKind::File))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_of_scripts() {
        let text = "import a from './a'; const b = require(\"../b\"), c = require('c');\n\
                    import('./d'); export * from\n\"./e.mjs\"; f('./f')
                    plugins: ['./g', ['./h', { alias: { x: './i' }, root: ['./j'] }]], \
                    content: ['./k'], presets: [['./l'], purge({ content: ['./m'] })], \
                    plugins: { './n': {}, 'x': { from: './o' } }";
        let of = |is_import| {
            requests(text).filter(move |found| found.1 == is_import).map(|found| found.0)
        };
        assert_eq!(of(true).collect::<Vec<_>>(), ["./a", "../b", "./d", "./e.mjs"]);
        assert_eq!(of(false).collect::<Vec<_>>(), ["./g", "./h", "./l", "./n"]);
    }
}
