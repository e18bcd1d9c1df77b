// What callers pass: files, changes and configurations. Mistakes are type errors.

/** The text of a configuration; `undefined` if there is none. */
export function textOf(config) {
  if (config === undefined || config === null) return undefined;
  if (typeof config === "string") return config;
  if (typeof config === "object") return JSON.stringify(config, null, 2);
  throw new TypeError("the configuration is an object, or the text of bundle.config.json");
}

/** The files or changes that a caller passed: paths and contents. */
export function entriesOf(files) {
  if (typeof files !== "object" || files === null)
    throw new TypeError("files are an object: contents by path");
  const entries = Object.entries(files);
  for (const [path, contents] of entries) {
    if (contents !== null && typeof contents !== "string" && !(contents instanceof Uint8Array))
      throw new TypeError(`${path}: the contents of a file are a string or a Uint8Array`);
  }
  return entries;
}

/** The options of a build that its instance needs. */
export function requestOf({ mode, metafile = true }) {
  if (mode !== undefined && typeof mode !== "string")
    throw new TypeError("mode is \"development\" or \"production\"");
  if (typeof metafile !== "boolean") throw new TypeError("metafile is true or false");
  return { mode, metafile };
}

/** Notes changes that are to be made later, in their order: the last one of a path counts. */
export function note(changes, noted) {
  for (const [path, contents] of entriesOf(changes)) {
    noted.delete(path);
    noted.set(path, contents);
  }
}

/** Makes changes in a map of files by path. */
export function apply(changes, files) {
  for (const [path, contents] of entriesOf(changes)) {
    if (contents !== null) files.set(path, contents);
    else for (const known of below(path, files.keys())) files.delete(known);
  }
}

function below(path, all) {
  return [...all].filter((known) => known === path || known.startsWith(`${path}/`));
}
