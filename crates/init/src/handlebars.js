// Templates of Handlebars as functions, as handlebars-loader makes them. A template finds its
// partials beside it or in PARTIALS, and its helpers beside it or in HELPERS.
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";

const ROOT = dirname(fileURLToPath(import.meta.url));

/** The helpers and partials that a template may use, by name. */
class Names extends Handlebars.Visitor {
  helpers = new Set();
  partials = new Set();

  PartialStatement(node) {
    this.partials.add(node.name.original);
    super.PartialStatement(node);
  }

  PartialBlockStatement(node) {
    this.partials.add(node.name.original);
    super.PartialBlockStatement(node);
  }

  PathExpression({ original }) {
    this.helpers.add(original);
  }
}

export default () => ({
  name: "handlebars",
  transform(code, id) {
    if (!EXTENSIONS.some((extension) => id.endsWith(extension))) return null;
    const find = (name, folders, extensions) =>
      [dirname(id), ...folders.map((folder) => resolve(ROOT, folder))]
        .flatMap((folder) => extensions.map((extension) => resolve(folder, name + extension)))
        .find((file) => existsSync(file));
    const tree = Handlebars.parse(code);
    const names = new Names();
    names.accept(tree);
    const registered = [
      ["Partial", names.partials, PARTIALS, [...EXTENSIONS, ""]],
      ["Helper", names.helpers, HELPERS, [".js", ".ts"]],
    ].flatMap(([kind, all, folders, extensions]) =>
      [...all]
        .filter((name) => typeof name === "string" && !name.startsWith("@"))
        .map((name) => [name, find(name, folders, extensions)])
        .filter(([, file]) => file && file !== id)
        .map(([name, file]) => `register("${kind}", ${JSON.stringify(name)}, require(${JSON.stringify(file)}));`),
    );
    return `const Handlebars = require("handlebars/runtime");
function register(kind, name, value) {
  Handlebars["register" + kind](name, value.default || value);
}
${registered.join("\n")}
module.exports = Handlebars.template(${Handlebars.precompile(tree, OPTIONS)});
`;
  },
});
