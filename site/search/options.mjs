// How texts become words of the search, and what counts how much: for the index, which
// build/search.mjs makes, and for queries in the page. Both have to agree.

/**
 * The words of a text, in small letters. A name of parts (`publicPath`, `missing-export`,
 * `bundle_tags`) counts as a whole and by its parts.
 */
export function words(text) {
  const found = [];
  for (const [name] of text.matchAll(/[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*/gu)) {
    const parts = name.split(/[-_.]|(?<=\p{Ll})(?=\p{Lu})/u).filter(Boolean);
    if (parts.length > 1) found.push(...parts);
    found.push(name);
  }
  return found;
}

/** Options of the index. */
export const OPTIONS = {
  fields: ["heading", "title", "names", "text"],
  storeFields: ["heading", "title", "group", "text"],
  tokenize: words,
  processTerm: (term) => term.toLowerCase(),
};

/** How much an entry counts by the group of its page: what is about the inside comes last. */
const WEIGHTS = { Reference: 1.3, Inside: 0.6 };

/** Options of a query. */
export const QUERY = {
  boost: { heading: 6, title: 3, names: 2 },
  combineWith: "AND",
  prefix: (term) => term.length > 1,
  fuzzy: (term) => (term.length > 4 ? 0.2 : false),
  boostDocument: (id, term, stored) => WEIGHTS[stored.group] ?? 1,
};
