// The choices at the top: example, target, minifying, and the share link. Target and minifying are
// keys of bundle.config.json, and are written there.

import { CONFIG } from "../project/project";
import type { Project } from "../project/project";
import { valueOf } from "../project/config-text";
import { EXAMPLES } from "../project/examples";
import { encode } from "../project/share";
import { optionsOf, TARGETS, targetOf } from "../project/targets";
import { compareWith } from "../results/compare-panel";
import { confirm, tell } from "./dialog";
import { byId, element, fillSelect } from "./elements";

interface Hooks {
  setConfig(key: string, value: unknown): void;
  open(example: string): Promise<void>;
  complain(sentence: string): void;
}

export class Choices {
  #project: Project;
  #hooks: Hooks;
  #example = byId<HTMLSelectElement>("example");
  #target = byId<HTMLSelectElement>("target");
  #minify = byId<HTMLInputElement>("minify");

  constructor(project: Project, hooks: Hooks) {
    this.#project = project;
    this.#hooks = hooks;
    this.#example.addEventListener("change", () => void this.#open(this.#example.value));
    this.#target.addEventListener("change", () => this.#set("target", this.#target.value));
    this.#minify.addEventListener("change", () => this.#set("minify", this.#minify.checked));
    byId("share").addEventListener("click", () => void this.share());
    project.onChange((changes) => {
      if (changes.has(CONFIG)) this.#show();
    });
    this.#show();
  }

  #set(key: string, value: unknown) {
    this.#hooks.setConfig(key, value);
    // The choice is what the file says; a file with a mistake in it may not take the key.
    this.#show();
  }

  /** Keeps the changes in the address, so that loading the page again brings them back. */
  async keep() {
    // An address without a fragment stays as short as it is until something changes.
    const before = location.hash;
    if (before === "" && this.#project.edits().size === 0) return;
    try {
      const fragment = await this.#fragment();
      // A link that was opened meanwhile stays.
      if (location.hash !== before) return;
      history.replaceState(null, "", `#${fragment}`);
    } catch {
      // Too large for an address, which must not lead to older files then.
      history.replaceState(null, "", `#example=${this.#project.example}`);
    }
  }

  async #fragment() {
    const { example } = this.#project;
    const edits = this.#project.edits();
    return edits.size === 0 ? `example=${example}` : encode({ example, edits });
  }

  /** Puts the link into the address bar, and shows it. */
  async share() {
    try {
      history.replaceState(null, "", `#${await this.#fragment()}`);
      this.#showLink(location.href);
    } catch (error) {
      this.#hooks.complain((error as Error).message);
    }
  }

  #showLink(link: string) {
    const input = element("input", { id: "link", readonly: true, value: link });
    const state = element(
      "p",
      { class: "quiet", role: "status" },
      "The link has the changed files in it. They are not sent to a server.",
    );
    tell("Share this project", element("label", { for: "link" }, "Link"), input, state);
    input.focus();
    input.select();
    navigator.clipboard?.writeText(link).then(
      () => (state.textContent = "The link is in the clipboard. It has the changed files in it."),
      () => {},
    );
  }

  #show() {
    const config = this.#project.text(CONFIG);
    fillSelect(
      this.#example,
      EXAMPLES.map(({ id, title }) => [id, title]),
      this.#project.example || "admin",
    );
    fillSelect(this.#target, optionsOf(TARGETS), targetOf(config));
    this.#minify.checked = valueOf(config, "minify") !== false;
    compareWith(config);
  }

  async #open(id: string) {
    const isChanged = this.#project.edits().size > 0;
    const text = "Your changes to this example will be lost. Share first to keep a link to them.";
    if (isChanged && !(await confirm("Open another example?", text, "Open"))) {
      this.#example.value = this.#project.example;
      return;
    }
    try {
      await this.#hooks.open(id);
      this.#hooks.complain("");
      history.replaceState(null, "", `#example=${id}`);
    } catch (error) {
      this.#hooks.complain((error as Error).message);
    }
  }
}
