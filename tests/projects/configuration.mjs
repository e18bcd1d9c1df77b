// Reads and changes bundle.config.json, which is JSON with comments and trailing commas: what a
// person changes by hand is a JSON merge patch (RFC 7396), and its lines are counted.

/** The value of JSON with comments and trailing commas. */
export function parseWithComments(text) {
  // Texts are matched too, so that nothing inside them is taken for a comment.
  const plain = text
    .replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g, (part) => (part[0] === '"' ? part : ""))
    .replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === "," ? "" : part));
  return JSON.parse(plain);
}

/** The target with the patch: `null` removes a key, objects are merged, all else replaces. */
export function mergePatch(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const isObject = target !== null && typeof target === "object" && !Array.isArray(target);
  const merged = isObject ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** How many lines a person writes for it: one for each key or element that is no object. */
export function countLines(value) {
  if (value === null || typeof value !== "object") return 1;
  if (Array.isArray(value)) return value.every(isWord) ? 1 : total(value);
  return total(Object.values(value));
}

function isWord(value) {
  return value === null || typeof value !== "object";
}

function total(values) {
  return values.reduce((sum, value) => sum + countLines(value), 0);
}
