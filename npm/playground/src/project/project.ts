// The files that one edits. Every change of a file goes through a Project, which passes it on to
// those who listen: the editor's tabs, the build, the share link.

import { mistakeOf } from "./paths";

export const CONFIG = "bundle.config.json";
export const PAGE = "index.html";

/** What a project may hold. A link may hold less: see share.ts. */
export const MOST_FILES = 200;
export const MOST_CHARACTERS = 12_000_000;

/** New contents by path; `null`: the file is gone. */
export type FileChanges = Map<string, string | null>;

type Listener = (changes: FileChanges) => void;

export class Project {
  #files = new Map<string, string>();
  #listeners: Listener[] = [];
  /** The example that the files began as. */
  example = "";
  /** The files of the example, as it was. */
  original: ReadonlyMap<string, string> = new Map();

  onChange(listener: Listener) {
    this.#listeners.push(listener);
  }

  get files(): ReadonlyMap<string, string> {
    return this.#files;
  }

  text(path: string) {
    return this.#files.get(path) ?? "";
  }

  /** Replaces all files. `edits` are laid over those of the example. */
  open(example: string, original: Map<string, string>, edits: FileChanges = new Map()) {
    const changes: FileChanges = new Map([...this.#files.keys()].map((path) => [path, null]));
    this.example = example;
    this.original = original;
    this.#files = new Map(original);
    for (const [path, text] of edits) {
      if (text === null) this.#files.delete(path);
      else this.#files.set(path, text);
    }
    for (const [path, text] of this.#files) changes.set(path, text);
    this.#tell(changes);
  }

  /** Creates or changes a file. The answer is a sentence if it cannot be. */
  write(path: string, text: string): string | null {
    const known = this.#files.get(path);
    if (known === text) return null;
    if (known === undefined) {
      const mistake = this.mistakeOfNew(path);
      if (mistake !== null) return mistake;
    }
    if (this.size() - (known?.length ?? 0) + text.length > MOST_CHARACTERS) {
      return `The files have more than ${MOST_CHARACTERS / 1e6} million characters.`;
    }
    this.#files.set(path, text);
    this.#tell(new Map([[path, text]]));
    return null;
  }

  rename(from: string, to: string): string | null {
    if (from === to) return null;
    const mistake = this.mistakeOfNew(to, true);
    if (mistake !== null) return mistake;
    const text = this.text(from);
    // The tab stays where it was.
    this.#files = new Map(
      [...this.#files].map(([path, contents]) => [path === from ? to : path, contents]),
    );
    this.#tell(
      new Map([
        [from, null],
        [to, text],
      ]),
    );
    return null;
  }

  remove(path: string) {
    if (this.#files.delete(path)) this.#tell(new Map([[path, null]]));
  }

  /** What differs from the example. */
  edits(): FileChanges {
    const edits: FileChanges = new Map();
    for (const [path, text] of this.#files) {
      if (this.original.get(path) !== text) edits.set(path, text);
    }
    for (const path of this.original.keys()) if (!this.#files.has(path)) edits.set(path, null);
    return edits;
  }

  size() {
    let size = 0;
    for (const text of this.#files.values()) size += text.length;
    return size;
  }

  mistakeOfNew(path: string, isRename = false): string | null {
    const mistake = mistakeOf(path);
    if (mistake !== null) return mistake;
    if (this.#files.has(path)) return `There is a file ${path} already.`;
    const paths = [...this.#files.keys()];
    const clash = paths.find(
      (known) => known.startsWith(`${path}/`) || path.startsWith(`${known}/`),
    );
    if (clash !== undefined) return `${path} and ${clash} cannot both exist.`;
    const isFull = !isRename && paths.length >= MOST_FILES;
    if (isFull) return `A project has at most ${MOST_FILES} files.`;
    return null;
  }

  #tell(changes: FileChanges) {
    for (const listener of this.#listeners) listener(changes);
  }
}
