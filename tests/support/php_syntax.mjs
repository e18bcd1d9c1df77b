// Whether files are PHP of a version: node php_syntax.mjs VERSION FILE…, where 506 is 5.6

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { Engine } = createRequire(join(import.meta.dirname, "..", "package.json"))("php-parser");
const [version, ...files] = process.argv.slice(2);
const engine = new Engine({
  parser: { version: Number(version), php7: Number(version) >= 700, suppressErrors: false },
  ast: { withPositions: true },
});
for (const file of files) {
  engine.parseCode(readFileSync(file, "utf8"), file);
}
