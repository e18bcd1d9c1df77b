// The part of a text that a query found, with its words marked.

/** At most `length` characters around the first of the terms, as text and `<mark>`. */
export function excerpt(text: string, terms: string[], length = Infinity): (string | Node)[] {
  const names = [...terms].sort((one, other) => other.length - one.length).map(escape);
  const pattern = new RegExp(names.join("|") || "$^", "gi");
  const part = cut(text, Math.max(text.search(pattern), 0), length);
  const pieces: (string | Node)[] = [];
  let end = 0;
  for (const match of part.matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    pieces.push(part.slice(end, match.index), mark);
    end = match.index! + match[0].length;
  }
  return [...pieces, part.slice(end)];
}

/** `length` characters around a place, from one word's beginning to another's end. */
function cut(text: string, at: number, length: number): string {
  if (text.length <= length) return text;
  const from = at < length / 2 ? 0 : text.indexOf(" ", at - length / 3) + 1;
  const to = text.lastIndexOf(" ", from + length);
  const end = to > from ? to : from + length;
  return `${from > 0 ? "… " : ""}${text.slice(from, end)}${end < text.length ? " …" : ""}`;
}

const escape = (term: string) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
