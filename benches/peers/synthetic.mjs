// Programs of any number of small modules, the same on every machine. A folder holds a feature: 24
// modules, and a barrel that re-exports them. The modules use syntax that lowering changes: classes
// that extend each other, private fields, closures, templates, destructuring, spread, optional
// chaining.
//
// A module imports only earlier modules, so there are no cycles. It calls only their constructors,
// so running all modules takes milliseconds. One export of each module is unused.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { random as randomBy } from "../../tests/support/random_numbers.mjs";

/** Modules of a feature, its barrel among them. */
const FEATURE = 25;

const WORDS = [
  "amber", "basalt", "cedar", "delta", "ember", "fjord", "garnet", "harbor", "indigo", "juniper",
  "kelp", "lagoon", "marble", "nickel", "ochre", "pearl",
];

/** Writes `count` modules and a main.js that imports all features. */
export function writeSynthetic(folder, count) {
  const random = randomBy(count);
  const features = Math.ceil(count / FEATURE);
  for (let feature = 0; feature < features; feature++) {
    const place = join(folder, nameOf(feature));
    mkdirSync(place, { recursive: true });
    const own = members(feature);
    for (const at of own) writeFileSync(join(place, `m${at}.js`), moduleText(at, feature, random));
    writeFileSync(join(place, "index.js"), own.map((at) => reexport(at)).join(""));
  }
  writeFileSync(join(folder, "main.js"), mainText(features));
}

function members(feature) {
  return Array.from({ length: FEATURE - 1 }, (_, at) => feature * (FEATURE - 1) + at);
}

function nameOf(feature) {
  return `f${String(feature).padStart(3, "0")}`;
}

function reexport(at) {
  return at % 3 === 0
    ? `export * from "./m${at}.js";\n`
    : `export { Item${at}, make${at}, run${at}, unused${at} } from "./m${at}.js";\n`;
}

function mainText(features) {
  const all = Array.from({ length: features }, (_, feature) => feature);
  const imports = all.map(
    (feature) =>
      `import { ${members(feature)
        .map((at) => `run${at}`)
        .join(", ")} } from "./${nameOf(feature)}/index.js";\n`,
  );
  const sums = all.map(
    (feature) =>
      `sum = [${members(feature)
        .map((at) => `run${at}`)
        .join(", ")}].reduce((sum, run) => (sum * 31 + run(${feature})) % 1000003, sum);\n`,
  );
  return `${imports.join("")}let sum = 7;\n${sums.join("")}console.log(\`sum \${sum}\`);\n`;
}

/** Up to three earlier modules: siblings directly, others through the barrel of their feature. */
function dependencies(at, feature, random) {
  const chosen = new Set();
  for (let tries = Math.min(at, 1 + random(3)); tries > 0; tries--) {
    chosen.add(random(2) === 0 ? Math.max(0, at - 1 - random(12)) : random(at));
  }
  return [...chosen].sort((a, b) => a - b).map((other) => {
    const home = Math.floor(other / (FEATURE - 1));
    return { other, from: home === feature ? `./m${other}.js` : `../${nameOf(home)}/index.js` };
  });
}

function moduleText(at, feature, random) {
  const uses = dependencies(at, feature, random);
  const word = () => WORDS[random(WORDS.length)];
  const parent = uses.length > 0 && random(4) === 0 ? `Item${uses[0].other}` : undefined;
  const imports = uses
    .map(({ other, from }) => `import { Item${other}, make${other} } from "${from}";\n`)
    .join("");
  return `${imports}
const words = ["${word()}", "${word()}", "${word()}"];
const defaults = { size: ${1 + random(90)}, label: "${word()}", tags: ["${word()}"] };

/** An item with a label and a size. */
${classText(at, parent, random)}
/** Makes an item; what is not said is taken from the defaults. */
export const make${at} = (options) => new Item${at}({ ...defaults, ...options });

export function run${at}(seed) {
  const item = make${at}({ size: seed + ${random(50)} });
  const others = [${uses.map(({ other }) => `make${other}({ size: seed })`).join(", ")}];
  const [first, ...more] = others;
  const bonus = first?.extra?.value ?? ${random(20)};
  const counters = words.map((word, index) => () => word.length * index + bonus);
  let sum = item.weigh(...counters.map((count) => count()), more.length);
  for (const other of others) {
    // Everything has a size.
    sum += other.size;
    ${uses.map(({ other }) => `if (other instanceof Item${other}) sum += ${1 + random(9)};`).join("\n    ")}
  }
  return (sum + item.title.length) % 9973;
}

export function unused${at}({ label, tags: [tag = "${word()}"] = [] }) {
  return \`\${label}/\${tag}\`;
}
`;
}

function classText(at, parent, random) {
  const isPrivate = random(3) === 0;
  return `export class Item${at}${parent ? ` extends ${parent}` : ""} {
${isPrivate ? `  #weight = ${random(30)};\n` : ""}  static kind = "${WORDS[random(WORDS.length)]}";

  constructor(options = {}) {
${parent ? "    super(options);\n" : ""}    const { label = "${WORDS[random(WORDS.length)]}", size = ${random(9)}, ...rest } = options;
    this.label = label;
    this.size = size;
    this.rest = rest;
  }

  get title() {
    return \`\${this.label} (\${this.size}, \${Item${at}.kind})\`;
  }

  weigh(...parts) {
    return parts.reduce((sum, part) => sum + part, this.size${isPrivate ? " + this.#weight" : ""});
  }
}
`;
}
