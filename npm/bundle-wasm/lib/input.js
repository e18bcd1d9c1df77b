// What callers pass besides files: configurations and options. Mistakes are type errors.

/** The text of a configuration; `undefined` if there is none. */
export function textOf(config) {
  if (config === undefined || config === null) return undefined;
  if (typeof config === "string") return config;
  if (typeof config === "object") return JSON.stringify(config, null, 2);
  throw new TypeError("the configuration is an object, or the text of bundle.config.json");
}

/** The options of a build that its instance needs. */
export function requestOf({ mode, metafile = true }) {
  if (mode !== undefined && typeof mode !== "string")
    throw new TypeError("mode is \"development\" or \"production\"");
  if (typeof metafile !== "boolean") throw new TypeError("metafile is true or false");
  return { mode, metafile };
}
