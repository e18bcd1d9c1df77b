// The written files with their sizes, and the text of one. With a source map, the output and the
// editor lead to each other: a place in one selects or highlights its place in the other.

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Built } from "../build/builds";
import type { Output } from "../build/interface";
import { highlight, readOnly } from "../editor/read-only";
import { button, byId, element } from "../page/elements";
import type { Project } from "../project/project";
import type { Place } from "../editor/editor";
import { NOTHING_BUILT } from "./panel";
import type { Panel } from "./panel";
import { gzipped, inWords } from "./sizes";
import { atOutput, atSource, pathOf, read } from "./source-map";
import type { SourceMap } from "./source-map";

/** Larger outputs are cut in the view: the browser would be slow. */
const LONGEST = 3_000_000;

interface Hooks {
  /** Shows a place of a file in the editor. */
  openSource(path: string, place: Place): void;
  turnOnMaps(): void;
}

export class OutputsPanel implements Panel {
  #project: Project;
  #hooks: Hooks;
  #view: EditorView;
  #outputs: Output[] = [];
  #chosen = "";
  #map: { path: string; map: SourceMap } | null = null;
  /** Where the source of the cursor's place is. */
  #source: { path: string; place: Place } | null = null;
  #isFollowing = false;

  constructor(project: Project, hooks: Hooks) {
    this.#project = project;
    this.#hooks = hooks;
    this.#view = new EditorView({ parent: byId("output-text") });
    this.#view.dom.addEventListener("mouseup", () => this.#goToSource(false));
    this.#view.dom.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#goToSource(true);
    });
  }

  show({ outputs }: Built) {
    this.#outputs = outputs;
    const isThere = outputs.some(({ path }) => path === this.#chosen);
    if (!isThere) this.#chosen = firstOf(outputs)?.path ?? "";
    this.#list();
    this.#open(this.#chosen);
  }

  /** The cursor of the editor moved: highlights what became of the place. */
  follow(path: string, line: number, column: number) {
    if (this.#isFollowing || this.#map === null) return;
    const { map } = this.#map;
    const source = map.sources.findIndex((each) => pathOf(this.#map?.path ?? "", each) === path);
    if (source < 0) {
      highlight(this.#view, [], false);
      return;
    }
    const found = atSource(map, source, line, column);
    const pieces = found.map((mapping) => this.#pieceOf(mapping.line, mapping.column));
    highlight(this.#view, pieces.slice(0, 200), true);
  }

  #list() {
    const rows = this.#outputs.map((output) => this.#row(output));
    byId("outputs-list").replaceChildren(...rows);
    byId("outputs-empty").hidden = rows.length > 0;
    byId("outputs-empty").textContent = NOTHING_BUILT;
    byId("outputs-table").hidden = rows.length === 0;
    byId("output-view").hidden = rows.length === 0;
  }

  #row(output: Output) {
    const { path, contents, changed } = output;
    const size = element("td", { class: "number" }, "…");
    void gzipped(contents).then((bytes) => {
      size.textContent = bytes === null ? "–" : inWords(bytes);
    });
    const open = button(path, () => this.#choose(path), {
      class: "link",
      "aria-current": path === this.#chosen ? "true" : "false",
    });
    return element(
      "tr",
      { class: path === this.#chosen ? "is-chosen" : "" },
      element("th", { scope: "row" }, open),
      element("td", { class: "number" }, inWords(contents.length)),
      size,
      element("td", { class: "state" }, changed ? "changed" : ""),
    );
  }

  #choose(path: string) {
    this.#chosen = path;
    this.#list();
    this.#open(path);
    byId("outputs-list").querySelector<HTMLElement>('[aria-current="true"]')?.focus();
  }

  #open(path: string) {
    const output = this.#outputs.find((each) => each.path === path);
    this.#map = null;
    this.#source = null;
    if (output === undefined) return;
    const text = output.text.slice(0, LONGEST);
    const isSame = this.#view.state.doc.toString() === text;
    const top = this.#view.scrollDOM.scrollTop;
    if (!isSame) {
      this.#view.setState(
        EditorState.create({
          doc: text,
          extensions: [
            readOnly(path, text, `Output: ${path}`),
            EditorView.updateListener.of(({ selectionSet }) => selectionSet && this.#moved()),
          ],
        }),
      );
      this.#view.scrollDOM.scrollTop = top;
    }
    this.#readMap(output);
    this.#describe();
  }

  #readMap({ path }: Output) {
    const map = this.#outputs.find((each) => each.path === `${path}.map`);
    if (map === undefined) return;
    try {
      this.#map = { path: map.path, map: read(map.text) };
    } catch {
      this.#map = null;
    }
  }

  #moved() {
    if (this.#map === null) return;
    const { head } = this.#view.state.selection.main;
    const line = this.#view.state.doc.lineAt(head);
    const found = atOutput(this.#map.map, line.number - 1, head - line.from);
    this.#source = null;
    if (found !== undefined) {
      const { mapping, end } = found;
      const from = line.from + mapping.column;
      const to = end === undefined ? line.to : line.from + end;
      highlight(this.#view, [{ from, to }], false);
      this.#source = {
        path: pathOf(this.#map.path, this.#map.map.sources[mapping.source]),
        place: { line: mapping.sourceLine + 1, column: mapping.sourceColumn + 1 },
      };
    }
    this.#describe();
  }

  #goToSource(isFocused: boolean) {
    const source = this.#source;
    if (source === null || !this.#project.files.has(source.path)) return;
    this.#isFollowing = true;
    this.#hooks.openSource(source.path, { ...source.place, length: this.#lengthAt(source) });
    this.#isFollowing = false;
    if (!isFocused) this.#view.focus();
  }

  /** To the next mapped place of the same source line, or a word. */
  #lengthAt({ path, place }: { path: string; place: Place }): number {
    const line = this.#project.text(path).split("\n")[place.line - 1] ?? "";
    const next = (this.#map?.map.mappings ?? [])
      .filter(
        ({ source, sourceLine }) =>
          sourceLine === place.line - 1 &&
          pathOf(this.#map?.path ?? "", this.#map?.map.sources[source] ?? "") === path,
      )
      .map(({ sourceColumn }) => sourceColumn)
      .filter((column) => column >= place.column)
      .sort((a, b) => a - b)[0];
    return (next ?? line.length) - place.column + 1;
  }

  #pieceOf(line: number, column: number) {
    const { doc } = this.#view.state;
    if (line + 1 > doc.lines) return { from: 0, to: 0 };
    const at = doc.line(line + 1);
    const end = this.#map && atOutput(this.#map.map, line, column)?.end;
    return {
      from: Math.min(at.from + column, at.to),
      to: end === undefined || end === null ? at.to : Math.min(at.from + end, at.to),
    };
  }

  /** What the line below the text says about source maps. */
  #describe() {
    const place = byId("output-source");
    if (this.#source !== null) {
      const { path, place: at } = this.#source;
      const text = `${path}:${at.line}:${at.column}`;
      const isOurs = this.#project.files.has(path);
      place.replaceChildren(
        "From ",
        isOurs ? button(text, () => this.#goToSource(true), { class: "link" }) : text,
        isOurs ? "" : ", which is not a file of the project",
      );
    } else if (this.#map !== null) {
      place.replaceChildren("Click into the output to see where a piece comes from.");
    } else if (/\.(?:js|css)$/.test(this.#chosen)) {
      place.replaceChildren(
        "This output has no source map file. ",
        button("Turn on source maps", () => this.#hooks.turnOnMaps(), { class: "link" }),
      );
    } else place.replaceChildren();
  }
}

const firstOf = (outputs: Output[]) =>
  outputs.find(({ path }) => path.endsWith(".js")) ?? outputs[0];
