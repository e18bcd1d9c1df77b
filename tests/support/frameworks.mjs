// Compiles stylesheets with npm's `sass`: each argument is one. Prints a JSON array with the CSS of
// each, in order; null for one that fails.

import { createRequire } from "node:module";
import { join } from "node:path";

const tests = join(import.meta.dirname, "..");
const sass = createRequire(join(tests, "package.json"))("sass");
const options = {
  loadPaths: [join(tests, "node_modules")],
  charset: false,
  logger: sass.Logger.silent,
  quietDeps: true,
};
const made = process.argv.slice(2).map((sheet) => {
  try {
    return sass.compile(sheet, options).css;
  } catch (error) {
    console.error(`${sheet}: ${error.message}`);
    return null;
  }
});
process.stdout.write(JSON.stringify(made));
