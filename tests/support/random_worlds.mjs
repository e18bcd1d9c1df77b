// Runs random programs: in this process, or in a context that is a page. A program logs by `log`,
// and puts what is to run later into `actions`: functions that may return a promise.

import { cpSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { openPage } from "./page.mjs";

let copies = 0;

/** What modules log if Node imports files of a folder in this order: a fresh copy, so all run. */
export async function inNode(folder, files, prepare = () => {}) {
  const copy = `${folder}-${copies++}`;
  cpSync(folder, copy, { recursive: true });
  prepare(copy);
  const world = newWorld(globalThis);
  for (const file of files) await guarded(world, () => import(pathToFileURL(join(copy, file))));
  return finished(world);
}

/** What classic scripts of a folder log if a page has their tags in this order. */
export async function onPage(folder, files) {
  const context = vm.createContext({ Promise, setTimeout });
  const world = newWorld(context);
  const page = openPage(context, folder);
  for (const file of files) {
    page.run(file);
    for (const error of page.errors.splice(0)) world.logs.push(`error: ${error.message}`);
  }
  return finished(world);
}

function newWorld(target) {
  const world = { logs: [], actions: [] };
  target.log = (...words) => world.logs.push(words.map(String).join(" "));
  target.actions = world.actions;
  return world;
}

async function guarded(world, run) {
  try {
    await run();
  } catch (error) {
    world.logs.push(`error: ${error.message}`);
  }
}

/** The line of a log after which the actions run. */
export const LATER = "later:";

/** Runs the actions one after the other. */
async function finished(world) {
  world.logs.push(LATER);
  for (let at = 0; at < world.actions.length; at++) await guarded(world, world.actions[at]);
  return world.logs.join("\n");
}
