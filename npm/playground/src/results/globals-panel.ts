// What each output needs of the engine and the page, from the metafile: docs/targets.md.

import type { Built } from "../build/builds";
import { button, byId, element } from "../page/elements";
import type { Project } from "../project/project";
import type { Place } from "../editor/editor";
import { NOTHING_BUILT } from "./panel";
import type { Panel } from "./panel";

interface Use {
  input: string;
  line: number;
  column: number;
  by?: string;
  optional?: boolean;
  polyfilled?: boolean;
}

type Ledger = Record<string, Use[]>;

/** What the metafile says of an output. */
interface Ledgers {
  globals?: Ledger;
  methods?: Ledger;
}

export class GlobalsPanel implements Panel {
  #project: Project;
  #openSource: (path: string, place: Place) => void;

  constructor(project: Project, openSource: (path: string, place: Place) => void) {
    this.#project = project;
    this.#openSource = openSource;
  }

  show({ metafile }: Built) {
    const place = byId("globals");
    if (metafile === null) {
      place.replaceChildren(element("p", { class: "quiet" }, NOTHING_BUILT));
      return;
    }
    const outputs = Object.entries(metafile.outputs as Record<string, Ledgers>);
    const sections = outputs
      .filter(([, { globals, methods }]) => globals !== undefined || methods !== undefined)
      .map(([path, { globals = {}, methods = {} }]) => this.#section(path, globals, methods));
    place.replaceChildren(
      element(
        "p",
        { class: "quiet" },
        "What an ECMAScript 5 engine without a page lacks, and where each file first needs it.",
      ),
      ...sections,
    );
  }

  #section(path: string, globals: Ledger, methods: Ledger) {
    const rows = [
      ...Object.entries(globals).map(([name, uses]) => this.#row(name, "global", uses)),
      ...Object.entries(methods).map(([name, uses]) => this.#row(`.${name}()`, "method", uses)),
    ];
    const table = element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["Name", "Kind", "Where", "Notes"].map((text) =>
            element("th", { scope: "col" }, text),
          ),
        ),
      ),
      element("tbody", {}, ...rows),
    );
    return element(
      "section",
      {},
      element("h3", {}, path),
      rows.length === 0 ? element("p", { class: "quiet" }, "Needs nothing of the page.") : table,
    );
  }

  #row(name: string, kind: string, uses: Use[]) {
    const notes = new Set<string>();
    for (const { by, optional, polyfilled } of uses) {
      if (by !== undefined) notes.add(by === "import" ? "external" : `for ${by}`);
      if (optional) notes.add("checked first");
      if (polyfilled) notes.add("polyfilled");
    }
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, element("code", {}, name)),
      element("td", {}, kind),
      element(
        "td",
        {},
        ...uses.slice(0, 5).map((use) => this.#place(use)),
        uses.length > 5 && element("span", { class: "quiet" }, ` and ${uses.length - 5} more`),
      ),
      element("td", {}, [...notes].join(", ")),
    );
  }

  #place({ input, line, column }: Use) {
    const text = `${input}:${line}`;
    if (!this.#project.files.has(input)) return element("span", { class: "place" }, text);
    return button(text, () => this.#openSource(input, { line, column }), { class: "link place" });
  }
}
