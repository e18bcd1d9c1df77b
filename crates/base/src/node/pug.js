// Pug, which templates of components may be written in: the project's own package compiles them.

/** Compiles a template to HTML. Answers with `html` and the files that it includes. */
function runPug({ file, code, project: folder }) {
  const { compile } = load("pug", createRequire(join(folder, "package.json")));
  try {
    const template = compile(code, { filename: file, doctype: "html" });
    const watched = [
      ...new Set((template.dependencies || []).map((path) => resolve(folder, path))),
    ];
    return { html: template(), watched };
  } catch (error) {
    const { line, column, msg, filename = file, path } = error;
    const watched = includedBy(file, code, new Set(path ? [resolve(folder, path)] : []));
    // Places in other files have their names.
    if (resolve(folder, filename) !== file && msg) {
      const place = `${relative(folder, filename)}:${line}${column ? `:${column}` : ""}`;
      return refuse(`${msg} (${place})`, { plugin: "pug", watched });
    }
    const place = { line, column: column && column - 1 };
    return refuse(msg || messageOf(error), { plugin: "pug", ...place, watched });
  }
}

/** The files that a template includes and extends, and those that they do; missing ones too. */
function includedBy(file, code, seen) {
  for (const [, name] of code.matchAll(/^\s*(?:include(?::\S+)?|extends)\s+(\S+)/gm)) {
    const path = resolve(dirname(file), extname(name) ? name : `${name}.pug`);
    if (seen.has(path)) continue;
    seen.add(path);
    if (existsSync(path)) includedBy(path, readFileSync(path, "utf8"), seen);
  }
  return [...seen];
}
