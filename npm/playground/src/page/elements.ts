// Makes elements in one expression. Text goes in as text: nothing here reads HTML.

type Child = Node | string | null | false | undefined;
type Attributes = Record<string, string | number | boolean | EventListener>;

/**
 * An element with attributes and children. An attribute that begins with `on` is a listener, `true`
 * is an empty attribute, and `false` none.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, String(value));
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

/** An element of the page, by its id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no #${id}`);
  return found as T;
}

/** A button of the page with a listener. */
export const button = (text: string, onclick: () => void, attributes: Attributes = {}) =>
  element("button", { type: "button", onclick, ...attributes }, text);

/** A select with options. `value` is chosen; it need not be among the options. */
export function fillSelect(select: HTMLSelectElement, options: [string, string][], value: string) {
  const all = options.some(([known]) => known === value)
    ? options
    : [[value, value] as [string, string], ...options];
  select.replaceChildren(...all.map(([known, text]) => element("option", { value: known }, text)));
  select.value = value;
}
