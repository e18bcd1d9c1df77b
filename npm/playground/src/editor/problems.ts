// Diagnostics: underlines in the editor, counts on the tabs, and the list below the editor.

import type { Diagnostic as Mark } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { Bundler, Diagnostic } from "../build/interface";
import { tell } from "../page/dialog";
import { button, byId, element } from "../page/elements";
import type { Project } from "../project/project";
import { offsetsOf } from "./editor";
import type { Editor } from "./editor";
import type { FileTabs } from "./file-tabs";

/** More are counted, not listed. */
const MOST_LISTED = 100;

export class Problems {
  #project: Project;
  #editor: Editor;
  #tabs: FileTabs;
  #bundler: () => Bundler | undefined;

  constructor(
    project: Project,
    editor: Editor,
    tabs: FileTabs,
    bundler: () => Bundler | undefined,
  ) {
    this.#project = project;
    this.#editor = editor;
    this.#tabs = tabs;
    this.#bundler = bundler;
  }

  show(diagnostics: Diagnostic[]) {
    const byFile = new Map<string, Diagnostic[]>();
    for (const diagnostic of diagnostics) {
      if (diagnostic.file === null) continue;
      byFile.set(diagnostic.file, [...(byFile.get(diagnostic.file) ?? []), diagnostic]);
    }
    this.#editor.mark(new Map([...byFile].map(([path, found]) => [path, marksOf(found)])));
    this.#tabs.count(new Map([...byFile].map(([path, found]) => [path, countOf(found)])));
    this.#list(diagnostics);
  }

  #list(diagnostics: Diagnostic[]) {
    const list = byId("problems-list");
    const count = (severity: string) =>
      diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    byId("problems-count").textContent = countsInWords(count("error"), count("warning"));
    byId("problems").classList.toggle("is-empty", diagnostics.length === 0);
    const listed = diagnostics.slice(0, MOST_LISTED);
    list.replaceChildren(...listed.map((diagnostic) => this.#item(diagnostic)));
    const more = diagnostics.length - listed.length;
    if (more > 0) list.append(element("li", { class: "quiet" }, `and ${more} more`));
  }

  #item(diagnostic: Diagnostic) {
    const { severity, message, file, line, column, code, notes, fix } = diagnostic;
    const isOpenable = file !== null && this.#project.files.has(file);
    const place = file === null ? "" : `${file}${line === undefined ? "" : `:${line}:${column}`}`;
    return element(
      "li",
      { class: severity },
      element("span", { class: "severity" }, severity),
      element(
        "div",
        {},
        element("span", { class: "said" }, message),
        ...notes.map((note) => element("span", { class: "note" }, noteText(note))),
        fix !== null && element("span", { class: "note" }, `Fix: ${fix.message}`),
        element(
          "span",
          { class: "where" },
          isOpenable ? button(place, () => this.#goTo(diagnostic), { class: "link" }) : place,
          button(code, () => void this.#explain(code), {
            class: "link",
            "aria-label": `Explain ${code}`,
          }),
        ),
      ),
    );
  }

  #goTo({ file, line, column, length }: Diagnostic) {
    if (file === null) return;
    this.#tabs.open(file, { line: line ?? 1, column: column ?? 1, length });
    this.#editor.view.focus();
  }

  async #explain(code: string) {
    const text = await this.#bundler()?.explain(code);
    tell(
      code,
      element("pre", { class: "explained", tabindex: 0 }, text ?? "There is no more to say."),
    );
  }
}

const countOf = (diagnostics: Diagnostic[]) => ({
  all: diagnostics.length,
  hasErrors: diagnostics.some(({ severity }) => severity === "error"),
});

function noteText({
  message,
  file,
  line,
}: {
  message: string;
  file: string | null;
  line?: number;
}) {
  return file === null ? message : `${message} (${file}${line === undefined ? "" : `:${line}`})`;
}

function countsInWords(errors: number, warnings: number): string {
  const counted = (count: number, word: string) =>
    count === 0 ? [] : [`${count} ${word}${count === 1 ? "" : "s"}`];
  const words = [...counted(errors, "error"), ...counted(warnings, "warning")];
  return words.length === 0 ? "No errors or warnings" : words.join(", ");
}

function marksOf(diagnostics: Diagnostic[]) {
  return (text: Text): Mark[] =>
    diagnostics.map(({ severity, message, code, notes, fix, line, column, length }) => {
      const range = offsetsOf(text, { line: line ?? 1, column: column ?? 1, length: length ?? 1 });
      const lines = [
        message,
        ...notes.map(noteText),
        ...(fix === null ? [] : [`Fix: ${fix.message}`]),
      ];
      return { ...range, severity, message: lines.join("\n"), source: code };
    });
}
