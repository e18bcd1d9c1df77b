// The same random program in areas: some entries get folders of their own, which pages share, modules are spread over these and over
// packages, and what imports what stays. Where shared areas would need each other there is one of them less.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path/posix";

const FORMS = {
  iife: { splitting: { minSize: 0 } },
  "iife-min": { minify: true },
  "iife-hash": { hash: true, minify: true, splitting: { minSize: 0, maxRequests: 3 } },
  registry: { modules: "registry" },
  esm: { format: "esm" },
  cjs: { format: "cjs", splitting: { minSize: 100, minUses: 3 } },
};

/** Where every module is: in the folder of an entry, in a package, or in none. */
function places(names, entries, folders, pick) {
  const places = new Map();
  for (const name of names) {
    const own = entries.indexOf(name);
    const [letter, number] = [name[0], Number(name.match(/\d+/)[0])];
    const isLeaf = letter === "c" && !entries.some((entry) => entry.startsWith(`m${number}.`));
    if (own >= 0) places.set(name, own < folders ? `area${own}/${name}` : name);
    else if (isLeaf && pick(4) === 0) places.set(name, `node_modules/p${number}/${name}`);
    else if (folders > 0 && pick(2) === 0) places.set(name, `area${pick(folders)}/${name}`);
    else places.set(name, name);
  }
  return places;
}

function moved(text, from, places) {
  return text.replace(/(["'])\.\/([\w.]+)\1/g, (whole, quote, name) => {
    const to = places.get(name);
    if (!to) return whole;
    if (to.startsWith("node_modules/")) return quote + to.slice("node_modules/".length) + quote;
    const way = relative(dirname(from), to);
    return quote + (way.startsWith(".") ? way : `./${way}`) + quote;
  });
}

/** Builds a program in areas in every form; gives per form its folder, and its files with the files they need. */
export function* inAreas(binary, directory, { sources, entries, pick }) {
  for (let folders = Math.min(1 + pick(2), entries.length); folders >= 0; folders--) {
    const root = join(directory, `areas${folders}`);
    const all = places(Object.keys(sources), entries, folders, pick);
    for (const [name, text] of Object.entries(sources)) {
      const path = join(root, all.get(name));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, moved(text, all.get(name), all));
    }
    const stem = (entry) => entry.replace(/\..*$/, "");
    const area = (entry, at) => [stem(entry), { entry: all.get(entry), ...(at < folders ? { shared: true } : {}) }];
    const areas = Object.fromEntries(entries.map(area));
    if ([...all.values()].some((path) => path.startsWith("node_modules/"))) areas.libs = { packages: ["*"], shared: true };
    try {
      for (const [form, options] of Object.entries(FORMS)) yield build(binary, root, form, { areas, target: "esnext", ...options });
      return;
    } catch (error) {
      if (!String(error.stderr).includes("shared-in-a-circle") || folders === 0) throw error;
      rmSync(root, { recursive: true });
    }
  }
}

function build(binary, root, form, config) {
  const out = join(root, `out-${form}`);
  const manifest = config.hash ? ["entrypoints", "mix"] : ["entrypoints"];
  writeFileSync(join(root, "bundle.config.json"), JSON.stringify({ ...config, outDir: `out-${form}`, manifest, silence: ["shared-needs-private"] }));
  execFileSync(binary, ["build", "--metafile", `${out}.json`], { cwd: root, stdio: "pipe" });
  const { outputs } = JSON.parse(readFileSync(`${out}.json`, "utf8"));
  const names = new Map();
  if (config.hash) {
    const mix = JSON.parse(readFileSync(join(out, "mix-manifest.json"), "utf8"));
    for (const [name, file] of Object.entries(mix)) names.set(file.slice(1).split("?")[0], name.slice(1));
  }
  const inside = (path) => path.slice(`out-${form}/`.length);
  const files = new Map();
  for (const [path, { imports }] of Object.entries(outputs)) {
    const own = imports.filter(({ external, kind }) => !external && kind === "import-statement");
    files.set(inside(path), own.map(({ path }) => inside(path)).filter((file) => file !== inside(path)));
  }
  const { entrypoints } = JSON.parse(readFileSync(join(out, "entrypoints.json"), "utf8"));
  return { form: `areas-${form}`, format: config.format ?? "iife", out, files, names, entrypoints };
}
