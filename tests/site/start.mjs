// "Start in two minutes" of README.md, done as it says: its files are written, `bundle` runs, and
// the outputs and the tags that PHP prints are those that the page shows. For commands.mjs.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { read } from "./found.mjs";

/** What the page leaves to the reader. */
const OWN = {
  "src/account/index.js": `import { format } from "../money"; document.title = format(1);`,
  "src/money.js": "export const format = (amount) => `${amount.toFixed(2)} €`;",
  "src/orders/orders.scss": ".price { text-align: right; }",
};

/** What differs from what the page says. `run(line, folder)` runs a command. */
export async function startOfReadme({ repository, folder, run }) {
  const { blocks } = read(readFileSync(join(repository, "README.md"), "utf8"));
  const section = blocks.filter(({ heading }) => heading === "Start in two minutes");
  const [config, script, outputs, view, tags] = section.map(({ text }) => text);
  const files = {
    ...OWN,
    "bundle.config.json": config,
    "src/orders/index.js": script,
    "index.php": view,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const complaints = [];
  const names = (text) => text.match(/scripts\/\S+/g)?.join("\n");
  const build = await run("bundle", folder);
  if (build.code !== 0 || names(build.printed) !== names(outputs)) {
    complaints.push(`README.md: bundle prints other outputs:\n${build.printed}`);
  }
  const page = await run("php index.php", folder);
  if (!page.printed.endsWith(tags) && !page.printed.includes(tags.trim())) {
    complaints.push(`README.md: the page has other tags:\n${page.printed}`);
  }
  return complaints;
}
