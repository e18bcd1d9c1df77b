// The tabs of the results. Only the visible panel draws; the others draw when they are chosen.

import type { Built } from "../build/builds";
import type { Panel } from "../results/panel";
import { byId } from "./elements";
import { Tabs } from "./tabs";

const NAMES = {
  preview: "Preview",
  outputs: "Outputs",
  globals: "Globals",
  compare: "Compare",
  why: "Why",
  report: "Report",
};

type Name = keyof typeof NAMES;

export class Results {
  #panels: Record<Name, Panel>;
  #tabs: Tabs;
  #chosen: Name = "preview";
  #built: Built | null = null;
  /** Panels that have not drawn the last build. */
  #stale = new Set<Name>();

  constructor(panels: Record<Name, Panel>) {
    this.#panels = panels;
    this.#tabs = new Tabs(
      byId("result-tabs"),
      (id) => `panel-${id}`,
      (id) => this.choose(id as Name),
    );
    this.#show();
  }

  show(built: Built) {
    this.#built = built;
    this.#stale = new Set(Object.keys(NAMES) as Name[]);
    this.#draw();
  }

  choose(name: Name) {
    this.#chosen = name;
    this.#show();
    this.#draw();
  }

  focus() {
    this.#tabs.focus();
  }

  #show() {
    const names = Object.entries(NAMES) as [Name, string][];
    this.#tabs.show(
      names.map(([id, text]) => ({ id, text })),
      this.#chosen,
    );
    for (const [name] of names) byId(`panel-${name}`).hidden = name !== this.#chosen;
  }

  #draw() {
    if (this.#built === null || !this.#stale.delete(this.#chosen)) return;
    void this.#panels[this.#chosen].show(this.#built);
  }
}
