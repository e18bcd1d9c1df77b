// Whether a file is PHP 5.6: node php56.mjs FILE

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { Engine } = createRequire(join(import.meta.dirname, "..", "package.json"))("php-parser");
const engine = new Engine({
  parser: { version: 506, php7: false, suppressErrors: false },
  ast: { withPositions: true },
});
engine.parseCode(readFileSync(process.argv[2], "utf8"), process.argv[2]);
