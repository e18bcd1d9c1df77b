// The tabs of the project's files, and the buttons that add, rename and delete them.

import { ask, confirm } from "../page/dialog";
import { button, byId } from "../page/elements";
import { Tabs } from "../page/tabs";
import { nameOf } from "../project/paths";
import { CONFIG } from "../project/project";
import type { Project } from "../project/project";
import type { Editor, Place } from "./editor";

/** Diagnostics of a file. */
export interface Count {
  all: number;
  hasErrors: boolean;
}

export class FileTabs {
  #project: Project;
  #editor: Editor;
  #tabs: Tabs;
  #counts = new Map<string, Count>();

  constructor(project: Project, editor: Editor) {
    this.#project = project;
    this.#editor = editor;
    this.#tabs = new Tabs(
      byId("files"),
      "editor",
      (path) => this.open(path),
      (path) => void this.remove(path),
    );
    byId("file-actions").append(
      button("New", () => void this.add(), { title: "New file (Alt+N)" }),
      button("Rename", () => void this.rename(), { title: "Rename this file (F2)" }),
      button("Delete", () => void this.remove(this.#editor.path), { title: "Delete this file" }),
    );
    project.onChange(() => this.show());
  }

  open(path: string, place?: Place) {
    this.#editor.open(path, place);
    this.show();
  }

  focus() {
    this.#tabs.focus();
  }

  /** How many diagnostics each file has. */
  count(counts: Map<string, Count>) {
    this.#counts = counts;
    this.show();
  }

  show() {
    const paths = this.#paths();
    if (this.#editor.path === "" && paths.length > 0) this.#editor.open(paths[0]);
    const names = paths.map(nameOf);
    const tabs = paths.map((path) => {
      const isUnique = names.filter((name) => name === nameOf(path)).length === 1;
      const count = this.#counts.get(path);
      return {
        id: path,
        text: isUnique ? nameOf(path) : path.split("/").slice(-2).join("/"),
        title: path,
        ...(count !== undefined && { badge: String(count.all), isError: count.hasErrors }),
      };
    });
    this.#tabs.show(tabs, this.#editor.path);
    const current = byId("editor");
    current.setAttribute("aria-label", this.#editor.path || "Editor");
  }

  async add() {
    const folder = this.#editor.path.slice(0, this.#editor.path.lastIndexOf("/") + 1);
    const path = await ask({
      title: "New file",
      label: "Path in the project",
      value: `${folder}new.js`,
      action: "Create",
      mistake: (value) => this.#project.mistakeOfNew(value),
    });
    if (path === null) return;
    this.#project.write(path, "");
    this.open(path);
    this.#editor.view.focus();
  }

  async rename() {
    const from = this.#editor.path;
    const to = await ask({
      title: "Rename",
      label: "Path in the project",
      value: from,
      action: "Rename",
      mistake: (value) => (value === from ? null : this.#project.mistakeOfNew(value, true)),
    });
    if (to === null || to === from) return;
    this.#project.rename(from, to);
    this.open(to);
  }

  async remove(path: string) {
    if (path === "") return;
    if (!(await confirm("Delete", `Delete ${path}?`, "Delete"))) return;
    const paths = this.#paths();
    const at = paths.indexOf(path);
    const next = paths[at + 1] ?? paths[at - 1];
    if (path === this.#editor.path && next !== undefined) this.#editor.open(next);
    this.#project.remove(path);
    this.show();
    this.#tabs.focus();
  }

  /** The configuration is last: it concerns all others. */
  #paths() {
    const paths = [...this.#project.files.keys()];
    const rank = (path: string) => (path === CONFIG ? 2 : path.includes("/") ? 0 : 1);
    return paths.sort((a, b) => rank(a) - rank(b));
  }
}
