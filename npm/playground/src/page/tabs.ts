// Tabs as the ARIA pattern has them: one tab is in the order of Tab, arrows go to the others, Home
// and End to the ends. The caller owns the panels.

import { element } from "./elements";

export interface Tab {
  id: string;
  text: string;
  /** Shown as a tooltip. */
  title?: string;
  /** A word after the text, such as a count of errors. */
  badge?: string;
  /** The badge counts errors. */
  isError?: boolean;
}

export class Tabs {
  #list: HTMLElement;
  #choose: (id: string) => void;
  #onDelete: ((id: string) => void) | undefined;
  #panel: string | ((id: string) => string);
  #chosen = "";
  #shown = "";

  /** `panel`: the id of the panel, or that of each tab's panel. */
  constructor(
    list: HTMLElement,
    panel: string | ((id: string) => string),
    choose: (id: string) => void,
    onDelete?: (id: string) => void,
  ) {
    this.#list = list;
    this.#panel = panel;
    this.#choose = choose;
    this.#onDelete = onDelete;
    list.addEventListener("keydown", (event) => this.#key(event));
  }

  get chosen() {
    return this.#chosen;
  }

  /** Shows these tabs. Tabs that stay keep the focus. */
  show(tabs: Tab[], chosen: string) {
    const wanted = JSON.stringify([tabs, chosen]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const hadFocus = this.#list.contains(document.activeElement);
    this.#chosen = chosen;
    this.#list.replaceChildren(...tabs.map((tab) => this.#tab(tab)));
    const current = this.#current();
    if (hadFocus) current?.focus();
    if (current) reveal(this.#list, current);
  }

  focus() {
    this.#current()?.focus();
  }

  #current() {
    return this.#list.querySelector<HTMLElement>('[aria-selected="true"]');
  }

  #tab({ id, text, title, badge, isError }: Tab) {
    const isChosen = id === this.#chosen;
    return element(
      "button",
      {
        type: "button",
        role: "tab",
        id: tabId(this.#list, id),
        "data-tab": id,
        title: title ?? false,
        "aria-selected": String(isChosen),
        "aria-controls": typeof this.#panel === "string" ? this.#panel : this.#panel(id),
        tabindex: isChosen ? 0 : -1,
        onclick: () => this.#choose(id),
      },
      element("span", {}, text),
      badge !== undefined && element("span", { class: isError ? "badge error" : "badge" }, badge),
    );
  }

  #key(event: KeyboardEvent) {
    const tabs = [...this.#list.querySelectorAll<HTMLElement>('[role="tab"]')];
    const at = tabs.findIndex((tab) => tab === document.activeElement);
    if (at < 0) return;
    if (event.key === "Delete" && this.#onDelete !== undefined) {
      event.preventDefault();
      this.#onDelete(tabs[at].dataset.tab ?? "");
      return;
    }
    const steps: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.focus();
    this.#choose(tab.dataset.tab ?? "");
    this.focus();
  }
}

/**
 * Scrolls a list of tabs until one is in view. With `scrollIntoView`, the Tab key would go on from
 * there.
 */
function reveal(list: HTMLElement, tab: HTMLElement) {
  const [outer, inner] = [list.getBoundingClientRect(), tab.getBoundingClientRect()];
  if (inner.left < outer.left) list.scrollLeft -= outer.left - inner.left;
  else if (inner.right > outer.right) list.scrollLeft += inner.right - outer.right;
}

/** The id of a tab's element. */
export const tabId = (list: HTMLElement, id: string) =>
  `${list.id}-tab-${id.replace(/[^\w-]/g, "_")}`;
