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
    const { line, column, msg } = error;
    return refuse(msg || messageOf(error), { plugin: "pug", line, column: column && column - 1 });
  }
}
