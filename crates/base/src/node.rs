//! The project's Node process: it evaluates configurations that are scripts, and runs plugins and
//! PostCSS. Its program is in the folder node/; what both sides write is described in main.js. A
//! host starts the process (`tools::Tools::ask`).

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
