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
  fields: ["heading", "title", "defined", "names", "text"],
  storeFields: ["heading", "title", "group", "text"],
  tokenize: words,
  processTerm: (term) => term.toLowerCase(),
};

/** How much an entry counts by the group of its page: what is about the inside comes last. */
const WEIGHTS = { Reference: 1.3, Inside: 0.6 };

/** There are so many diagnostics that they would hide the page that explains a feature. */
const WEIGHT_OF_DIAGNOSTICS = 0.3;

/** Options of a query. A name in it is meant as a whole. */
export const QUERY = {
  tokenize: (text) => text.split(/[^\p{L}\p{N}._-]+/u).filter(Boolean),
  boost: { heading: 6, defined: 6, title: 3, names: 2 },
  combineWith: "AND",
  prefix: (term) => term.length > 1,
  fuzzy: (term) => (term.length > 4 ? 0.2 : false),
  boostDocument(id, term, stored) {
    if (stored.heading.toLowerCase() === term) return 2;
    if (id.startsWith("diagnostics.html")) return WEIGHT_OF_DIAGNOSTICS;
    return (WEIGHTS[stored.group] ?? 1) * (id.includes("#") ? 1 : 1.5);
  },
};
