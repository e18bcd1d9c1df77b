// A fixture for a host without a command line: its files, and a bundle.config.json that replaces
// its arguments. fixtures/README.md says what a case may hold; tests/support/case.rs and matrix.rs
// are the drivers of the command line.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, posix, resolve } from "node:path";

/** Why a case cannot be asked of a Session over files in memory. */
export const RULES = {
  links:
    "links, pipes, devices, unreadable files or empty folders: files in memory are text or bytes " +
      "under a path",
  outside:
    "entries outside the project's folder, imports by absolute paths: in memory that folder is " +
      "the root",
  flags: "arguments that are no configuration",
  rephrased: "said in bundle.config.json instead of as a flag, it is another mistake, or none",
  "command-line":
    "a diagnostic that only the command line has: about its flags, or about writing files",
};

/** A case that is left out by one of the rules. */
export class LeftOut extends Error {
  constructor(rule) {
    super(RULES[rule]);
    this.rule = rule;
  }
}

const isFolder = (path) => lstatSync(path).isDirectory();

/** Every case's directory, sorted. The example projects have a driver of their own. */
export function directories(fixtures) {
  const folders = (path) =>
    readdirSync(path)
      .filter((name) => !/^[_.]/.test(name) && isFolder(join(path, name)))
      .sort()
      .map((name) => join(path, name));
  return folders(fixtures)
    .filter((area) => basename(area) !== "examples")
    .flatMap(folders);
}

/** What a case says of itself. */
export function read(directory) {
  const text = (name) =>
    existsSync(join(directory, name)) ? readFileSync(join(directory, name)) : null;
  const said = text("expected/diagnostics.txt");
  const area = basename(join(directory, ".."));
  const settings = settingsOf(area, JSON.parse(text("case.json") ?? "{}"));
  const config = text("bundle.config.json");
  return {
    directory,
    area,
    settings,
    /** As every host decodes it. */
    config: config === null ? null : new TextDecoder().decode(config),
    /** What the build says of a component that is shown is for the driver that shows it. */
    maySay: (settings.says ?? []).length > 0,
    isAboutDiagnostics: said !== null || settings.expect !== undefined,
    /** The codes it must say, sorted. */
    expectedCodes:
      said &&
      [...said.toString().matchAll(/^(?:error|warning)\[([a-z0-9-]+)\]/gm)].map((m) => m[1]).sort(),
  };
}

/** Components that are shown are scripts on a page that has Vue. */
function settingsOf(area, settings) {
  return area === "vue"
    ? { ...settings, formats: ["iife"], args: ["--external", "vue=Vue", ...(settings.args ?? [])] }
    : settings;
}

/** Copies the input files into a new folder `to`, and makes there what setup.mjs makes. */
export function layOut(fixture, to) {
  const isShown = fixture.area === "vue";
  const ofDriver = [
    "case.json",
    ...(isShown ? ["check.js", "expected.html"] : ["expected", "run.js", "before.js"]),
  ];
  const isInput = (path) => !ofDriver.some((name) => path === join(fixture.directory, name));
  cpSync(fixture.directory, to, { recursive: true, verbatimSymlinks: true, filter: isInput });
  for (const shared of fixture.settings.shares ?? [])
    cpSync(join(fixture.directory, "..", shared), join(to, basename(shared)));
  if (!existsSync(join(to, "setup.mjs"))) return;
  const made = spawnSync(process.execPath, ["setup.mjs"], {
    cwd: to,
    encoding: "utf8",
    env: { ...process.env, REPOSITORY: resolve(fixture.directory, "../../..") },
  });
  if (made.status !== 0) throw new Error(`setup.mjs: ${made.stderr}`);
  rmSync(join(to, "setup.mjs"));
}

/** Every file below a folder, by its path with `/`. */
export function files(folder, prefix = "", found = new Map()) {
  const names = readdirSync(folder);
  if (names.length === 0) throw new LeftOut("links");
  for (const name of names.sort()) {
    const path = join(folder, name);
    const state = lstatSync(path);
    if (state.isDirectory()) files(path, `${prefix}${name}/`, found);
    else if (!state.isFile() || (state.mode & 0o400) === 0) throw new LeftOut("links");
    else found.set(prefix + name, readFileSync(path));
  }
  return found;
}

/**
 * The texts of bundle.config.json that the case is built with, each with the name of its variant.
 */
export function configurations(fixture, input) {
  const absolute = /\b(?:import|from|require\()\s*["']\/(?!\/)/;
  if ([...input.values()].some((bytes) => absolute.test(bytes))) throw new LeftOut("outside");
  const own = fixture.config === null ? {} : parseWithComments(fixture.config);
  const { settings } = fixture;
  const given = settings.command
    ? translated(settings.command)
    : { entries: entriesOf(fixture), ...translatedFlags(settings.args ?? []) };
  // Nothing can be added to a configuration that cannot be read. One whose mistakes are the case
  // stays as it is written.
  const isWhole =
    own === null ||
    (fixture.isAboutDiagnostics &&
      given.entries.length === 0 &&
      Object.keys(given.said).length === 0);
  if (isWhole && fixture.config !== null) return [{ name: "as-written", text: fixture.config }];
  const merged = (name, chosen) => {
    const added = { ...chosen, ...given.said };
    const maps = ["define", "externals", "alias"].filter(
      (key) => isMap(own[key]) && isMap(added[key]),
    );
    // What neither says is what can be read and compared, as for the other drivers.
    const config = {
      minify: false,
      sourcemap: "none",
      ...own,
      ...added,
      ...Object.fromEntries(maps.map((key) => [key, { ...own[key], ...added[key] }])),
    };
    if (given.entries.length > 0) config.areas = areas(given.entries, own);
    return { name, text: JSON.stringify(config, null, 2) };
  };
  if (fixture.isAboutDiagnostics) {
    const [format] = settings.formats ?? [];
    const [target] = settings.targets ?? [];
    return [merged("once", { ...(format && { format }), ...(target && { target }) })];
  }
  return variants(fixture, input).map(({ name, ...chosen }) => merged(name, chosen));
}

const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The first and the last form and target. Then, of the first one, the minified, the registry and
 * the split variant, if the case allows them.
 */
function variants(fixture, input) {
  const { settings } = fixture;
  const formats = settings.formats ?? ["iife", "cjs", "esm"];
  const targets = settings.targets ?? ["es5", "esnext"];
  const base = (format, target) => ({
    format,
    target,
    ...(format === "iife" && settings.noGlobalName === undefined && { globalName: "bundle" }),
    ...(fixture.area === "sourcemap" && { sourcemap: "file" }),
  });
  const first = base(formats[0], targets[0]);
  const plain = [{ name: "first", ...first }];
  if (formats.length * targets.length > 1)
    plain.push({ name: "last", ...base(formats.at(-1), targets.at(-1)) });
  const minifies = (settings.args ?? []).some((each) => each.includes("minify"));
  const more = [];
  if (settings.notMinified === undefined && !minifies)
    more.push({ name: "minified", ...first, minify: true });
  if (settings.notAsRegistry === undefined && formats.includes("iife")) {
    more.push({ name: "registry", ...base("iife", targets[0]), modules: "registry" });
  }
  const split = { name: "split", ...first, splitting: true };
  if (settings.splits === true)
    return [split, ...more.map((variant) => ({ ...variant, splitting: true }))];
  return [...plain, ...more, ...(canSplit(fixture, input) ? [split] : [])];
}

function canSplit(fixture, input) {
  if (fixture.settings.splits === false) return false;
  const hasSeveral = entriesOf(fixture).length > 1 || (fixture.config ?? "").includes('"areas"');
  return hasSeveral || [...input.values()].some((bytes) => bytes.includes("import("));
}

function entriesOf({ settings, config }) {
  if (settings.entries) return settings.entries;
  return /"(areas|entry)"/.test(config ?? "") ? [] : ["main.js"];
}

/** Entries as areas: named by their files if these have different names, else by their paths. */
function areas(entries, own) {
  const named = entries.map((entry) => {
    if (own.areas?.[entry] !== undefined) return [entry, own.areas[entry]];
    const [, name, path] = /^(?:([^=]*)=)?(.*)$/s.exec(entry);
    if (path === "" || name === "") throw new LeftOut("flags");
    const normal = posix.normalize(path);
    if (normal.startsWith("/") || normal.startsWith("../")) throw new LeftOut("outside");
    const fromRoot = own.root === undefined ? path : posix.relative(own.root, path);
    return [name ?? posix.parse(path).name, fromRoot, normal];
  });
  const isUnique = new Set(named.map(([name]) => name)).size === named.length;
  const pairs = named.map(([name, value, path]) => [
    isUnique ? name : path.replace(/\.\w+$/, ""),
    value,
  ]);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new LeftOut("flags");
  return Object.fromEntries(pairs);
}

function translated(command) {
  const flagsWithValues = /^--(?!minify|no-minify|splitting)[a-z-]+$/;
  const entries = [];
  const flags = [];
  for (let at = 0; at < command.length; at++) {
    if (!command[at].startsWith("--")) entries.push(command[at]);
    else if (flagsWithValues.test(command[at])) flags.push(command[at], command[++at]);
    else flags.push(command[at]);
  }
  return { entries, ...translatedFlags(flags) };
}

/** Flags as keys of the configuration. */
function translatedFlags(flags) {
  const config = {};
  const texts = {
    mode: "mode",
    platform: "platform",
    format: "format",
    target: "target",
    modules: "modules",
    sourcemap: "sourcemap",
    "global-name": "globalName",
  };
  const maps = { define: "define", alias: "alias", external: "externals" };
  const rest = [...flags];
  while (rest.length > 0) {
    const flag = rest.shift().slice(2);
    if (flag === "minify" || flag === "splitting") config[flag] = true;
    else if (flag === "no-minify") config.minify = false;
    else if (texts[flag] && rest.length > 0) config[texts[flag]] = rest.shift();
    else if (maps[flag] && rest.length > 0) {
      const [, key, value] = /^([^=]+)(?:=(.*))?$/s.exec(rest.shift()) ?? [];
      if (key === undefined || (value === undefined && flag !== "external"))
        throw new LeftOut("flags");
      config[maps[flag]] = { ...config[maps[flag]], [key]: value ?? true };
    } else if (/^out-(file|dir)$/.test(flag) && /^(out|dist)(\/main\.js)?$/.test(rest[0]))
      rest.shift();
    else throw new LeftOut("flags");
  }
  return { said: config };
}

/** JSON with comments and trailing commas; null where it is none. */
function parseWithComments(text) {
  const plain = text.replace(
    /("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[^]*?\*\//g,
    (_, string) => string ?? "",
  );
  const bare = plain.replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string) => string ?? "");
  try {
    const value = JSON.parse(bare);
    return isMap(value) ? value : null;
  } catch {
    return null;
  }
}
