// The index of the search: one entry for each heading of each page, in the form that
// src/search.ts loads.

import MiniSearch from "minisearch";
import { OPTIONS } from "../search/options.mjs";

/** The index as text. `rendered` are pages with their contents. */
export function indexOf(rendered) {
  const index = new MiniSearch(OPTIONS);
  for (const { page, contents } of rendered) {
    for (const { id, heading, ...texts } of contents.sections) {
      const address = id ? `${page.address}#${id}` : page.address;
      index.add({ id: address, title: contents.title, group: page.group, heading, ...texts });
    }
  }
  return JSON.stringify(index);
}
