// Which paths a file of the playground may have. Paths come from share links too, so this is where
// hostile ones end: a path is a key of objects and a name in messages, and nothing else.

const LONGEST = 160;
/** Keys that mean something to every object. */
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

/** Why a path cannot be used; `null` if it can. */
export function mistakeOf(path: string): string | null {
  if (path === "") return "A file needs a name.";
  if (path.length > LONGEST) return `A path has at most ${LONGEST} characters.`;
  if (!/^[\w@.,+~()\- \/\u00a1-\uffff]+$/.test(path)) {
    return "A path has letters, digits, spaces, and . - _ @ + ~ ( ) only.";
  }
  const parts = path.split("/");
  if (parts.some((part) => part === "")) return "A path neither begins nor ends with a slash.";
  if (parts.some((part) => part === "." || part === "..")) {
    return "A path stays in the project: “.” and “..” are not allowed.";
  }
  if (parts.some((part) => part.trim() !== part)) return "A name has no spaces at its ends.";
  if (parts.some((part) => RESERVED.has(part))) return "This name is reserved.";
  if (parts.includes("node_modules")) return "Packages come with the page: use other folders.";
  return null;
}

/** The last part of a path. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** What is after the last dot of the name. */
export const extensionOf = (path: string) => /\.([^./]+)$/.exec(path)?.[1].toLowerCase() ?? "";
