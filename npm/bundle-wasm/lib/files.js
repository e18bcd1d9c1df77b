// The files of a project, and what changed since an instance or a worker was last told.

export class Files {
  #all = new Map();
  #changes = new Map();

  constructor(files) {
    this.change(files);
  }

  /** Changes files by path; `null` removes a file or a folder. */
  change(changes) {
    for (const [path, contents] of entriesOf(changes)) {
      // In the order of the changes: a file may be written after its folder was removed.
      this.#changes.delete(path);
      this.#changes.set(path, contents);
      if (contents !== null) this.#all.set(path, contents);
      else for (const known of below(path, this.#all.keys())) this.#all.delete(known);
    }
  }

  /** Returns the changes since the last call. */
  take() {
    const changes = this.#changes;
    this.#changes = new Map();
    return changes;
  }

  /** Makes the next `take` return all files: whoever knew them is gone. */
  restart() {
    this.#changes = new Map(this.#all);
  }
}

/** The paths and contents that a caller passed. */
function entriesOf(files) {
  if (typeof files !== "object" || files === null)
    throw new TypeError("files are an object: contents by path");
  const entries = Object.entries(files);
  for (const [path, contents] of entries) {
    if (contents !== null && typeof contents !== "string" && !(contents instanceof Uint8Array))
      throw new TypeError(`${path}: the contents of a file are a string or a Uint8Array`);
  }
  return entries;
}

function below(path, all) {
  return [...all].filter((known) => known === path || known.startsWith(`${path}/`));
}
