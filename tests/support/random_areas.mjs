// The same random program in areas. Some entries get folders of their own, which pages share.
// Modules are spread over these folders and over packages, but import the same modules as before.
// If shared areas would need each other, one of them is left out. Some modules import a stylesheet
// too: a page has the stylesheets that its modules import, and without shared areas no others.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path/posix";

const FORMS = {
  iife: { splitting: { minSize: 0 }, minify: false },
  "iife-min": { minify: true },
  "iife-hash-min": { hash: true, minify: true, splitting: { minSize: 0, maxRequests: 3 } },
  registry: { modules: "registry", minify: false },
  esm: { format: "esm", minify: false },
  cjs: { format: "cjs", minify: false, splitting: { minSize: 100, minUses: 3 } },
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

/** The stylesheet that a module also imports, if it does. */
const sheetOf = (name) => `${name.replace(/\..*$/, "")}.css`;

/** What runs if a module runs, itself included. */
function running(name, sources, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, other] of sources[name].matchAll(
    /(?:from |import |require\()["']\.\/([\w.]+)["']/g,
  ))
    running(other, sources, found);
  return found;
}

/**
 * Builds a program in areas in every form. Returns for each form its folder, and its files with the
 * files that they need.
 */
export function* inAreas(binary, directory, { sources, entries, free, pick }) {
  for (let folders = Math.min(pick(3), entries.length); folders >= 0; folders--) {
    const root = join(directory, `areas${folders}`);
    const all = places(Object.keys(sources), entries, folders, pick);
    const styled = Object.keys(sources).filter(
      (name) =>
        name.startsWith("m") && name.endsWith(".mjs") && !free.includes(name) && pick(3) === 0,
    );
    for (const [name, text] of Object.entries(sources)) {
      const path = join(root, all.get(name));
      mkdirSync(dirname(path), { recursive: true });
      const sheet = styled.includes(name) ? `import "./${sheetOf(name)}";\n` : "";
      writeFileSync(path, sheet + moved(text, all.get(name), all));
      if (sheet)
        writeFileSync(
          join(dirname(path), sheetOf(name)),
          `.${sheetOf(name).replace(".css", "")} { top: 0 }\n`,
        );
    }
    const wanted = (entry) =>
      [...running(entry, sources)]
        .filter((name) => styled.includes(name))
        .map((name) => name.replace(/\..*$/, ""));
    const sheets = {
      wanted: Object.fromEntries(
        entries.map((entry) => [entry.replace(/\..*$/, ""), wanted(entry)]),
      ),
      isExact: folders === 0,
    };
    const stem = (entry) => entry.replace(/\..*$/, "");
    const area = (entry, at) => [
      stem(entry),
      { entry: all.get(entry), ...(at < folders ? { shared: true } : {}) },
    ];
    const areas = Object.fromEntries(entries.map(area));
    if ([...all.values()].some((path) => path.startsWith("node_modules/")))
      areas.libs = { packages: ["*"], shared: true };
    try {
      for (const [form, options] of Object.entries(FORMS)) {
        const built = build(binary, root, form, { areas, target: "esnext", ...options });
        yield { ...built, sheets: compared(built, sheets) };
      }
      return;
    } catch (error) {
      if (!String(error.stderr).includes("shared-in-a-cycle") || folders === 0) throw error;
      rmSync(root, { recursive: true });
    }
  }
}

/** Per entry, the sheets that its page has and is to have. */
function compared({ format, out, entrypoints }, { wanted, isExact }) {
  return Object.entries(wanted).map(([entry, names]) => {
    const files = entrypoints[entry].css.map((file) =>
      readFileSync(join(out, file.split("?")[0]), "utf8"),
    );
    const all = [...files.join("").matchAll(/\.(m\d+)\s*\{/g)].map(([, name]) => name);
    // Beside ES modules and CommonJS an entry's sheet has what may be asked for later too.
    const has = isExact && format === "iife" ? all : all.filter((name) => names.includes(name));
    return { entry, has: has.sort().join(" "), wanted: [...names].sort().join(" ") };
  });
}

function build(binary, root, form, config) {
  const out = join(root, `out-${form}`);
  const manifest = config.hash ? ["entrypoints", "mix"] : ["entrypoints"];
  writeFileSync(
    join(root, "bundle.config.json"),
    JSON.stringify({
      ...config,
      outDir: `out-${form}`,
      manifest,
      silence: ["shared-needs-private"],
    }),
  );
  execFileSync(binary, ["build", "--metafile", `${out}.json`], { cwd: root, stdio: "pipe" });
  const { outputs } = JSON.parse(readFileSync(`${out}.json`, "utf8"));
  const names = new Map();
  if (config.hash) {
    const mix = JSON.parse(readFileSync(join(out, "mix-manifest.json"), "utf8"));
    for (const [name, file] of Object.entries(mix))
      names.set(file.slice(1).split("?")[0], name.slice(1));
  }
  const inside = (path) => path.slice(`out-${form}/`.length);
  const files = new Map();
  const isScript = (path) => !path.endsWith(".css");
  for (const [path, { imports }] of Object.entries(outputs).filter(([path]) => isScript(path))) {
    const own = imports.filter(
      ({ external, kind, path }) => !external && kind === "import-statement" && isScript(path),
    );
    files.set(
      inside(path),
      own.map(({ path }) => inside(path)).filter((file) => file !== inside(path)),
    );
  }
  const { entrypoints } = JSON.parse(readFileSync(join(out, "entrypoints.json"), "utf8"));
  return { form: `areas-${form}`, format: config.format ?? "iife", out, files, names, entrypoints };
}
