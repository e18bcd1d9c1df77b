// Reads and sets one top-level key in the text of bundle.config.json, and leaves comments and
// layout as they are. The page's choices of target and form are written there, so that what one
// sees is what a project's file would say.

interface Found {
  key: string;
  /** Where the key begins. */
  from: number;
  valueFrom: number;
  valueTo: number;
}

/** The value of a top-level key; `undefined` if there is none or the text is not readable. */
export function valueOf(text: string, key: string): unknown {
  const found = members(text).find((member) => member.key === key);
  if (found === undefined) return undefined;
  try {
    return JSON.parse(text.slice(found.valueFrom, found.valueTo));
  } catch {
    return undefined;
  }
}

/** The text with a key set; the same text if it is not an object. */
export function withValue(text: string, key: string, value: unknown): string {
  const written = JSON.stringify(value);
  const found = members(text).find((member) => member.key === key);
  if (found !== undefined) {
    return text.slice(0, found.valueFrom) + written + text.slice(found.valueTo);
  }
  const open = skip(text, 0);
  if (text[open] !== "{") return text;
  const isEmpty = text[skip(text, open + 1)] === "}";
  const line = `\n  ${JSON.stringify(key)}: ${written}${isEmpty ? "\n" : ","}`;
  return text.slice(0, open + 1) + line + text.slice(open + 1);
}

/** The top-level members, as far as the text can be read. */
function members(text: string): Found[] {
  const found: Found[] = [];
  let at = skip(text, 0);
  if (text[at] !== "{") return found;
  at = skip(text, at + 1);
  while (text[at] === '"') {
    const from = at;
    const end = endOfString(text, at);
    const key = text.slice(from + 1, end - 1);
    at = skip(text, end);
    if (text[at] !== ":") break;
    const valueFrom = skip(text, at + 1);
    const valueTo = endOfValue(text, valueFrom);
    found.push({ key, from, valueFrom, valueTo });
    at = skip(text, valueTo);
    if (text[at] !== ",") break;
    at = skip(text, at + 1);
  }
  return found;
}

/** The next place that is neither space nor comment. */
function skip(text: string, at: number): number {
  const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
  blank.lastIndex = at;
  blank.test(text);
  return blank.lastIndex;
}

function endOfString(text: string, at: number): number {
  const string = /"(?:[^"\\\n]|\\.)*"?/y;
  string.lastIndex = at;
  string.test(text);
  return Math.max(string.lastIndex, at + 1);
}

function endOfValue(text: string, at: number): number {
  let depth = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (character === "/" && /[/*]/.test(text[at + 1] ?? "")) {
      if (depth === 0) return at;
      at = skip(text, at);
      continue;
    }
    if (depth === 0 && /[,}\]\s]/.test(character)) return at;
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at += 1;
  }
  return at;
}
