//! The project's Node process: it evaluates configurations that are scripts, and runs plugins and
//! PostCSS. Its program is in the folder node/; what both sides write is described in main.js. A
//! host starts the process (`tools::Tools::ask`).

use camino::{Utf8Path, Utf8PathBuf};

use crate::{FileSystem, asset::ContentHash, config::absolute, decode::decode_lossy, fs::FileKind};

/// What `node -e` runs: it reads the program from the first line of its input, because a command
/// line has no room for it on Windows. `import` is that of a module, because Node 14 crashes when
/// the text of `-e` imports something later. `-e` has globals that only CommonJS modules have
/// otherwise: without them, an ES module that mentions `module` throws, as plugins expect.
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

/// Returns what tells a configuration of Babel, PostCSS or Vue's compiler from an earlier one: a
/// hash of it, of the files that it names, such as `plugins: ["./own.js"]`, and of those that all
/// these import by a path. The file system records that they are read.
pub fn configuration_digest(script: &Utf8Path, fs: &dyn FileSystem) -> ContentHash {
    digest(script, true, fs)
}

/// Returns what tells a script from an earlier one: a hash of it, and of the files that it imports
/// by a path. The file system records that they are read.
pub fn script_digest(script: &Utf8Path, fs: &dyn FileSystem) -> ContentHash {
    digest(script, false, fs)
}

fn digest(script: &Utf8Path, or_names: bool, fs: &dyn FileSystem) -> ContentHash {
    let mut files = vec![script.to_owned()];
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(file) = files.get(at).cloned() {
        let text = fs.read(&file).unwrap_or_default();
        let folder = file.parent().unwrap_or(&file);
        for request in requests(&decode_lossy(&text), or_names && at == 0) {
            let found = file_of(&absolute(folder, request), fs);
            files.extend(found.filter(|found| !files.contains(found)));
        }
        all.extend_from_slice(ContentHash::of(&text).to_string().as_bytes());
        at += 1;
    }
    // A script without imports has the hash of its text.
    if at == 1 {
        ContentHash::of(&fs.read(script).unwrap_or_default())
    } else {
        ContentHash::of(&all)
    }
}

/// Returns the paths that a script imports: `from "./a"`, `import("../b")`, `require("./c")`.
/// `or_names`: and all others.
fn requests(text: &str, or_names: bool) -> impl Iterator<Item = &str> {
    text.match_indices(['"', '\'']).filter_map(move |(at, quote)| {
        let before = text[..at].trim_end();
        let before = before.strip_suffix('(').unwrap_or(before).trim_end();
        let request = text[at + 1..].split(quote).next()?;
        let is_path = request.starts_with("./") || request.starts_with("../");
        let is_imported = ["from", "import", "require"].iter().any(|word| before.ends_with(word));
        (is_path && (is_imported || or_names) && !request.contains('\n')).then_some(request)
    })
}

fn file_of(path: &Utf8Path, fs: &dyn FileSystem) -> Option<Utf8PathBuf> {
    let ends = ["", ".js", ".cjs", ".mjs", ".json", ".ts", ".mts", ".cts", "/index.js"];
    let mut files = ends.iter().map(|end| Utf8PathBuf::from(format!("{path}{end}")));
    files.find(|file| fs.kind(file) == Some(FileKind::File))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_of_scripts() {
        let text = "import a from './a'; const b = require(\"../b\"), c = require('c');\n\
                    import('./d'); export * from\n\"./e.mjs\"; f('./g')";
        let found = |or_names| requests(text, or_names).collect::<Vec<_>>();
        assert_eq!(found(false), ["./a", "../b", "./d", "./e.mjs"]);
        assert_eq!(found(true), ["./a", "../b", "./d", "./e.mjs", "./g"]);
    }
}
