// `bundle why`: the imports because of which something is in an output.

import type { Built } from "../build/builds";
import type { Builds } from "../build/builds";
import { byId, element } from "../page/elements";
import { NOTHING_BUILT } from "./panel";
import type { Panel } from "./panel";

export class WhyPanel implements Panel {
  #builds: () => Builds | undefined;

  constructor(builds: () => Builds | undefined) {
    this.#builds = builds;
    byId("why-form").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask();
    });
  }

  async show({ metafile }: Built) {
    const suggestions = metafile === null ? [] : namesIn(metafile);
    byId("why-names").replaceChildren(...suggestions.map((value) => element("option", { value })));
    const input = byId<HTMLInputElement>("why-what");
    if (input.value === "") input.value = suggestions.find((name) => !name.includes(":")) ?? "";
    await this.#ask();
  }

  async #ask() {
    const what = byId<HTMLInputElement>("why-what").value.trim();
    const answer = byId("why-answer");
    const session = this.#builds()?.session;
    if (what === "" || !session) {
      answer.textContent = "Type the name of a module, a package or an output.";
      return;
    }
    try {
      answer.textContent = await session.why(what);
    } catch (error) {
      answer.textContent = error instanceof Error ? error.message : NOTHING_BUILT;
    }
  }
}

/** Modules, packages and outputs. */
function namesIn(metafile: Record<string, any>): string[] {
  const modules = Object.keys(metafile.inputs ?? {});
  const outputs = Object.keys(metafile.outputs ?? {}).filter((path) => !path.endsWith(".map"));
  const packages = Object.keys(metafile.packages ?? {});
  const own = modules.filter((path) => !path.startsWith("node_modules/"));
  return [...own, ...packages, ...outputs].slice(0, 300);
}
