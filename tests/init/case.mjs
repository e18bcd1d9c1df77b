// A configuration of another tool, and what is expected of it: `cases/NAME/expected.json`. Both
// run.mjs and own.mjs build a copy of the folder and look at it in the same way.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { load, withoutHash } from "./page.mjs";

const folder = fileURLToPath(new URL("cases/", import.meta.url));
export const EXPECTED = "expected.json";

/** The names of all cases. */
export function names() {
  return readdirSync(folder).filter((name) => !name.startsWith(".")).sort();
}

/** Reads a case, or returns undefined where there is none of this name. */
export function read(name) {
  const path = join(folder, name);
  return { name, path, ...JSON.parse(readFileSync(join(path, EXPECTED), "utf8")) };
}

/** Copies the project of a case. `isKept(path)` leaves files out. */
export function copy({ path }, to, isKept = () => true) {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  const filter = (from) => basename(from) !== EXPECTED && isKept(relative(path, from));
  cpSync(path, to, { recursive: true, filter });
}

/** Every file of a project with the time of its last change. */
export function snapshot(root) {
  const all = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)));
  const kept = paths.filter((path) => !/(^|\/)(node_modules|\.cache)\//.test(path));
  return new Map(kept.map((path) => [path, statSync(join(root, path)).mtimeMs]));
}

/** The files that were written between two snapshots. */
export function written(before, after) {
  return [...after].filter(([path, time]) => before.get(path) !== time).map(([path]) => path);
}

/** Names of outputs without hashes; maps and our default manifest do not count. */
export function outputs(files) {
  const isOutput = (path) =>
    !/\.map$|\.LICENSE(\.txt)?$|(^|\/)entrypoints\.json$/.test(path) && !path.startsWith("bundle.");
  return [...new Set(files.filter(isOutput).map(withoutHash))].sort();
}

/** What each page logs, with its styles as the last line. */
export async function pages({ pages: list = [] }, root, files) {
  const results = [];
  for (const page of list) {
    const { logs, styles } = await load(root, page, files.filter((file) => !file.endsWith(".map")));
    results.push(styles ? [...logs, `styles ${styles}`] : logs);
  }
  return results;
}

/** Lines that say how two values differ; none if they do not. */
export function differences(what, expected, found) {
  const [a, b] = [JSON.stringify(expected, null, 1), JSON.stringify(found, null, 1)];
  return a === b ? [] : [`${what}: expected ${a}`, `${what}: found ${b}`];
}
