// The search: a dialog with a field and a list of headings, by keyboard. This module and the index
// are a script of their own, which is loaded when the search is first opened; so it works without
// a server too.

import MiniSearch, { type SearchResult } from "minisearch";
import text from "search-index?raw";
import { OPTIONS, QUERY, words } from "../search/options.mjs";
import { excerpt } from "./excerpt";

const MOST_RESULTS = 20;
const index = MiniSearch.loadJSON(text, OPTIONS);
let dialog: HTMLDialogElement | undefined;

/** Opens the search. Addresses of results start at `home`. */
export function open(home: string): void {
  dialog ??= make(home);
  if (dialog.open) return;
  dialog.showModal();
  const input = dialog.querySelector("input")!;
  input.select();
}

function make(home: string): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "search";
  dialog.setAttribute("aria-label", "Search");
  dialog.innerHTML = `
    <div class="search-field"><input type="text" role="combobox"
      aria-label="Search the documentation"
      placeholder="Search the documentation" aria-expanded="false" aria-controls="search-results"
      aria-autocomplete="list" autocomplete="off" autocapitalize="off" spellcheck="false"
      enterkeyhint="go"><button type="button" class="search-close">Close</button></div>
    <ul id="search-results" role="listbox" aria-label="Results"></ul>
    <p class="search-state" role="status"></p>`;
  const input = dialog.querySelector("input")!;
  const list = dialog.querySelector("ul")!;
  const state = dialog.querySelector<HTMLElement>(".search-state")!;
  let chosen = 0;

  const choose = (at: number) => {
    const options = [...list.children];
    if (!options.length) return input.removeAttribute("aria-activedescendant");
    chosen = (at + options.length) % options.length;
    options.forEach((option, each) =>
      option.setAttribute("aria-selected", String(each === chosen)),
    );
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  };
  const show = () => {
    const query = input.value.trim();
    const results = query ? find(query) : [];
    list.replaceChildren(...results.map((result, at) => option(result, at, home)));
    input.setAttribute("aria-expanded", String(results.length > 0));
    state.textContent = query && !results.length ? `Nothing found for “${query}”` : "";
    choose(0);
  };
  const go = (link: HTMLAnchorElement) => {
    dialog.close();
    location.href = link.href;
  };
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(chosen + step);
    const link = list.children[chosen]?.querySelector("a");
    if (event.key === "Enter" && link && !event.isComposing) go(link);
    if (step || event.key === "Enter") event.preventDefault();
  });
  dialog.addEventListener("click", ({ target }) => {
    const element = target as Element;
    if (element === dialog || element.matches(".search-close")) dialog.close();
    if (element.closest("li a")) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

/** Ways to read a query, the strictest first. The first that finds something counts. */
const READINGS = [QUERY, { ...QUERY, tokenize: words }, { ...QUERY, combineWith: "OR" }];

/** The results of a query. */
function find(query: string): SearchResult[] {
  const lower = query.toLowerCase();
  const tries = READINGS.map((options) => () => index.search(query, options));
  let results: SearchResult[] = [];
  while (!results.length && tries.length) results = tries.shift()!();
  // Who types a heading exactly means it.
  const isMeant = ({ heading }: SearchResult) => Number(heading.toLowerCase() === lower);
  results.sort((one, other) => isMeant(other) - isMeant(one) || other.score - one.score);
  return results.slice(0, MOST_RESULTS);
}

function option(result: SearchResult, at: number, home: string): HTMLElement {
  const item = document.createElement("li");
  item.id = `result-${at}`;
  item.setAttribute("role", "option");
  const link = document.createElement("a");
  link.href = new URL(result.id, home).href;
  link.tabIndex = -1;
  const heading = document.createElement("strong");
  heading.append(...excerpt(result.heading, result.terms));
  const place = document.createElement("span");
  place.className = "place";
  place.textContent = result.heading === result.title ? result.group : result.title;
  const text = document.createElement("span");
  text.className = "excerpt";
  text.append(...excerpt(result.text, result.terms, 160));
  link.append(heading, place, text);
  item.append(link);
  return item;
}
