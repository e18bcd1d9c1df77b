// The disk as bundle_wasm asks for it (crates/wasm/src/host.rs): synchronous, with `/` in paths,
// and only for reading.

"use strict";

const {
  lstatSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
} = require("node:fs");
const { isAbsolute } = require("node:path");

const isWindows = process.platform === "win32";

/** A path as WebAssembly knows it, which has never heard of drives: `C:\site` is `/C:/site`. */
function inner(path) {
  if (!isWindows) return path;
  const slashed = path.replace(/\\/g, "/");
  return isAbsolute(path) ? `/${slashed}` : slashed;
}

/** A path as the system knows it. */
function outer(path) {
  if (!isWindows) return path;
  const plain = path.replace(/^\//, "");
  return plain.endsWith(":") ? `${plain}/` : plain;
}

class Disk {
  /** What WebAssembly says before it ends for ever. */
  failure = null;

  /** `tools`: the thread that evaluates configurations and runs plugins. */
  constructor(tools) {
    this.tools = tools;
  }

  ask(request, back) {
    return this.tools.ask(request, back);
  }

  read(path) {
    return readFileSync(outer(path));
  }

  kind(path) {
    return kindOf(asked(statSync, path));
  }

  unfollowed(path) {
    return kindOf(asked(lstatSync, path));
  }

  list(path) {
    // Without a prototype: `__proto__` is a name like any other.
    const names = Object.create(null);
    for (const entry of readdirSync(outer(path), { withFileTypes: true })) {
      // It is no UTF-8, and nobody could ask for it.
      if (entry.name.includes("\ufffd")) continue;
      names[entry.name] =
        (entry.isSymbolicLink() ? this.kind(`${path}/${entry.name}`) : kindOf(entry)) ?? null;
    }
    return JSON.stringify(names);
  }

  canonical(path) {
    return inner(realpathSync.native(outer(path)));
  }

  readLink(path) {
    try {
      return inner(readlinkSync(outer(path)));
    } catch {
      return undefined;
    }
  }

  failed(diagnostic) {
    this.failure = JSON.parse(diagnostic);
  }
}

/** Nothing where nothing can be. */
function asked(question, path) {
  try {
    return question(outer(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function kindOf(found) {
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) return "link";
  if (found.isFile()) return "file";
  return found.isDirectory() ? "directory" : "other";
}

module.exports = { Disk, inner, outer };
