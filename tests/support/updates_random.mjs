// Random edits of a program of small modules while its page runs. After each edit the page must
// show what the program says, must not have been reloaded, and must have notified the modules that
// the edit cut off. For updates.mjs.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `BUNDLE_UPDATE_EDITS` asks for more. */
const EDITS = Number(process.env.BUNDLE_UPDATE_EDITS ?? 40);
/** What a page shows is a path through the imports for each line: it stays this short. */
const LONGEST = 20_000;
const FIRST = 8;
/** What else a module may say: our runtime has functions for it. */
const EXTRAS = [
  (value) => `export const extra = ((...all) => all.join("-"))(...["${value}", "spread"]);`,
  (value) =>
    `class Holder { #held = "${value}"; get held() { return this.#held; } }\n` +
      `export const extra = new Holder().held + "-spread";`,
  (value) =>
    `const { a, ...rest } = { a: "${value}", b: "spread" };\n` +
      `export const extra = a + "-" + rest.b;`,
  (value) =>
    `function* both() { yield "${value}"; yield "spread"; }\n` +
      `export const extra = [...both()].join("-");`,
];

/**
 * `shows` waits for a text in `#state`; `seed` chooses the edits, whether another area shares
 * modules with the page's, and whether the page loads them by `import()`.
 */
export async function randomStory(page, { project, shows, seed }) {
  const random = numbers(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const folder = join(project, "src/random");
  // Each module has its own value, the modules that it imports (later ones only), and one that it
  // mentions but may import.
  const modules = Array.from({ length: FIRST }, (_, at) => ({
    at,
    version: 0,
    extra: 0,
    imports: at + 1 < FIRST ? [at + 1] : [],
    back: undefined,
  }));
  mkdirSync(folder, { recursive: true });
  modules.forEach(write);
  writeFileSync(join(folder, "main.js"), `import { view } from "./m0.js";
const state = document.body.appendChild(document.createElement("p"));
state.id = "state";
function show() { state.textContent = JSON.stringify(view()); }
show();
if (module.hot) module.hot.accept("./m0.js", show);
`);
  const isLoaded = seed % 3 === 0;
  if (seed % 3 !== 1) {
    const config = join(project, "bundle.config.json");
    writeFileSync(
      join(project, "src/other.js"),
      'import { view } from "./random/m3.js";\nconsole.log(view());\n',
    );
    writeFileSync(
      config,
      readFileSync(config, "utf8").replace(
        '"areas": {',
        `"splitting": ${isLoaded ? '"async"' : true}, "areas": { "other": "src/other.js",`,
      ),
    );
  }
  // The page has a link to the stylesheet.
  writeFileSync(
    join(project, "src/main.js"),
    `import "./shop.scss";\n${isLoaded ? 'import("./random/main.js")' : 'import "./random/main.js"'};\n`,
  );
  await shows(text());
  await page.evaluate("window.mark = 'the same'");
  const pruned = [];
  for (let number = 0; number < EDITS; number++) {
    const before = imported();
    const said = edit();
    const after = imported();
    pruned.push(...[...before].filter((at) => !after.has(at)));
    await shows(text()).catch((error) => {
      throw new Error(`seed ${seed}, edit ${number} (${said}): ${error.message}`);
    });
    const noticed = await page.evaluate("JSON.stringify(window.pruned || [])");
    const sorted = (list) => [...list].sort((a, b) => a - b).join();
    if (sorted(JSON.parse(noticed)) !== sorted(pruned))
      throw new Error(
        `seed ${seed}, edit ${number} (${said}): pruned are ${noticed}, not ${pruned}`,
      );
    const mark = await page.evaluate("window.mark");
    if (mark !== "the same")
      throw new Error(`seed ${seed}, edit ${number} (${said}): the page is another one`);
  }
  return `${EDITS} random edits`;

  function edit() {
    const module = pick(modules);
    const kind = pick(["value", "value", "extra", "import", "less", "new", "back", "several"]);
    if (kind === "several")
      modules
        .filter(() => random() < 0.4)
        .forEach((each) => {
          each.version += 1;
          write(each);
        });
    if (kind === "value") module.version += 1;
    if (kind === "extra") module.extra = Math.floor(random() * EXTRAS.length);
    if (kind === "import") importMore(module);
    if (kind === "less" && module.imports.length > 1) module.imports.pop();
    if (kind === "back")
      module.back =
        module.back === undefined && module.at ? Math.floor(random() * module.at) : undefined;
    if (kind === "new") {
      const added = { at: modules.length, version: 0, extra: 0, imports: [], back: undefined };
      modules.push(added);
      write(added);
      module.imports.push(added.at);
    }
    // Something changes in any case.
    module.version += 1;
    write(module);
    return `${kind} of m${module.at}`;
  }

  /** What is imported anew is a new text too, though an earlier edit may have cut it off. */
  function importMore(module) {
    const before = module.imports;
    const more = modules.filter(
      ({ at }) => at > module.at && random() < 0.3 && !before.includes(at),
    );
    module.imports = [...before, ...more.map(({ at }) => at)];
    if (text().length > LONGEST) module.imports = before;
    else more.forEach((each) => { each.version += 1; write(each); });
  }

  function write({ at, version, extra, imports, back }) {
    const lines = imports.map((to) => `import * as m${to} from "./m${to}.js";`);
    if (back !== undefined) lines.push(`import { own as back } from "./m${back}.js";`);
    lines.push(
      "if (import.meta.hot) import.meta.hot.prune(() => { " +
        `window.pruned = (window.pruned || []).concat(${at}); });`,
    );
    lines.push(EXTRAS[extra](`${at}.${version}`), `export const own = "${at}.${version}";`);
    const parts = [
      "own",
      "extra",
      ...(back === undefined ? [] : ["back"]),
      ...imports.map((to) => `m${to}.view()`),
    ];
    const text = `${lines.join("\n")}\nexport function view() { return [${parts.join(", ")}]; }\n`;
    // Nobody sees half a file: on a busy machine a truncated one would be taken for an empty module.
    writeFileSync(`${project}.saved`, text);
    renameSync(`${project}.saved`, join(folder, `m${at}.js`));
  }

  function imported() {
    const found = new Set();
    const visit = (at) => {
      if (found.has(at)) return;
      found.add(at);
      const { imports, back } = modules[at];
      [...imports, ...(back === undefined ? [] : [back])].forEach(visit);
    };
    visit(0);
    return found;
  }

  function text() {
    const view = ({ at, version, imports, back }) => [
      `${at}.${version}`, `${at}.${version}-spread`,
      ...(back === undefined ? [] : [`${back}.${modules[back].version}`]),
      ...imports.map((to) => view(modules[to])),
    ];
    return JSON.stringify(view(modules[0]));
  }
}

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
