// Writes files as one set. Each is written completely next to its place; once all are written, they
// are renamed into their places, manifests last. A file that has its contents already is not
// touched. The binary does the same under a lock, which Node does not have.

"use strict";

const fs = require("node:fs");
const { dirname, join } = require("node:path");
const { outer } = require("./disk.js");

/** Why a file could not be written. */
class NotWritten extends Error {
  constructor(shown, error) {
    // The rest names files of ours that nobody knows.
    super(error.message.split(", ")[0]);
    this.shown = shown;
  }
}

/**
 * Writes all files that bundle_wasm returned (crates/wasm/src/disk.rs), or none. Returns for each
 * file whether it has changed.
 */
function write({ files, leaving, dir }) {
  const planned = files.map(plan);
  const changed = planned.filter(({ isChanged }) => isChanged);
  const made = { files: [], folders: [], replaced: [] };
  try {
    for (const file of changed) within(file, () => writeBeside(file, made));
    for (const file of changed.sort((one, other) => one.turn - other.turn))
      within(file, () => replace(file, made));
  } catch (error) {
    for (const { path, kept } of made.replaced)
      attempt(() => (kept === null ? fs.unlinkSync(path) : fs.renameSync(kept, path)));
    clear(made.files);
    for (const folder of made.folders.reverse()) attempt(() => fs.rmdirSync(folder));
    throw error;
  }
  for (const path of leaving) remove(outer(path), outer(dir));
  clear(made.files);
  return planned.map(({ shown, bytes, isChanged }) => ({
    path: shown,
    bytes: bytes.length,
    changed: isChanged,
  }));
}

function plan({ path, shown, turn, text, base64 }) {
  const bytes = text === undefined ? Buffer.from(base64, "base64") : Buffer.from(text);
  const place = outer(path);
  return {
    path: place,
    shown,
    turn,
    bytes,
    waiting: null,
    isChanged: !attempt(() => hasContents(place, bytes)),
  };
}

function hasContents(path, bytes) {
  return (
    fs.lstatSync(path).isFile() &&
    fs.statSync(path).size === bytes.length &&
    fs.readFileSync(path).equals(bytes)
  );
}

function within({ shown }, work) {
  try {
    work();
  } catch (error) {
    throw new NotWritten(shown, error);
  }
}

function writeBeside(file, made) {
  const old = fs.statSync(file.path, { throwIfNoEntry: false });
  // A rename would replace it all the same, and whoever protected it did not mean that.
  if (old !== undefined) fs.accessSync(file.path, fs.constants.W_OK);
  createFolders(dirname(file.path), made);
  file.waiting = freeName(file.path, made);
  fs.writeFileSync(file.waiting, file.bytes, { flag: "wx" });
  if (old === undefined) return;
  // Who replaces a file of somebody else, as root may, does not make it their own.
  attempt(() => fs.chownSync(file.waiting, old.uid, old.gid));
  fs.chmodSync(file.waiting, old.mode);
}

/** Renames a file into its place. What stood there keeps a second name until all are there. */
function replace({ path, waiting }, made) {
  const other = freeName(path, made);
  const isKept =
    attempt(() => fs.linkSync(path, other)) || attempt(() => fs.copyFileSync(path, other));
  // Where the old one could not be kept, the new one stays in any case.
  const kept = isKept ? other : fs.existsSync(path) ? path : null;
  fs.renameSync(waiting, path);
  made.replaced.push({ path, kept });
}

function freeName(path, made) {
  const name = join(dirname(path), `.${process.pid}-${made.files.length}.bundle.tmp`);
  made.files.push(name);
  return name;
}

function createFolders(folder, made) {
  if (fs.existsSync(folder)) return;
  createFolders(dirname(folder), made);
  fs.mkdirSync(folder);
  made.folders.push(folder);
}

function clear(files) {
  for (const file of files) attempt(() => fs.unlinkSync(file));
}

/**
 * Removes an output that is no longer built, and the folders below the output folder that become
 * empty.
 */
function remove(path, dir) {
  if (
    !fs.lstatSync(path, { throwIfNoEntry: false })?.isFile() ||
    !attempt(() => fs.unlinkSync(path))
  )
    return;
  let folder = dirname(path);
  while (folder.length > dir.length && attempt(() => fs.rmdirSync(folder)))
    folder = dirname(folder);
}

/** What it answers, and true for nothing, if it worked; else false. */
function attempt(work) {
  try {
    return work() ?? true;
  } catch {
    return false;
  }
}

module.exports = { write, NotWritten };
