// The editor of the project's files: one CodeMirror view, and a state for each file that was open,
// so that undo, selection and scrolling belong to the file.

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import type { Diagnostic as Mark } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorSelection, EditorState, Prec } from "@codemirror/state";
import type { Extension, Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { FileChanges, Project } from "../project/project";
import { colors, languageOf } from "./languages";

/** Lines that are longer are not wrapped: breaking them takes the browser seconds. */
const LONGEST_LINE = 50_000;

/** A place in a file, from 1, in UTF-16 code units, as diagnostics have it. */
export interface Place {
  line: number;
  column: number;
  length?: number;
}

export interface EditorListener {
  /** The cursor is somewhere else. Lines and columns from 0. */
  moved(path: string, line: number, column: number): void;
  refused(sentence: string): void;
}

export class Editor {
  readonly view: EditorView;
  #project: Project;
  #listener: EditorListener;
  #states = new Map<string, EditorState>();
  #path = "";
  #marks = new Map<string, (text: Text) => Mark[]>();
  #isWriting = false;

  constructor(parent: HTMLElement, project: Project, listener: EditorListener) {
    this.#project = project;
    this.#listener = listener;
    this.view = new EditorView({ parent });
    project.onChange((changes) => this.#changed(changes));
  }

  get path() {
    return this.#path;
  }

  /** Shows a file, and selects a place of it. */
  open(path: string, place?: Place) {
    if (path !== this.#path) {
      if (this.#path !== "") this.#states.set(this.#path, this.view.state);
      this.#path = path;
      this.view.setState(this.#states.get(path) ?? this.#stateOf(path));
      this.#mark();
    }
    if (place !== undefined) {
      const selection = rangeOf(this.view.state.doc, place);
      this.view.dispatch({
        selection,
        effects: EditorView.scrollIntoView(selection.main, { y: "center" }),
      });
    }
  }

  /** Underlines for each file: a function, because they are places in the text of that moment. */
  mark(marks: Map<string, (text: Text) => Mark[]>) {
    this.#marks = marks;
    this.#mark();
  }

  #mark() {
    const marks = this.#marks.get(this.#path)?.(this.view.state.doc) ?? [];
    this.view.dispatch(setDiagnostics(this.view.state, marks));
  }

  #changed(changes: FileChanges) {
    if (this.#isWriting) return;
    for (const [path, text] of changes) {
      this.#states.delete(path);
      if (path !== this.#path || text === null) continue;
      const { doc } = this.view.state;
      if (doc.length === text.length && doc.toString() === text) continue;
      this.view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    }
    if (!this.#project.files.has(this.#path)) this.#path = "";
  }

  #stateOf(path: string): EditorState {
    const text = this.#project.text(path);
    return EditorState.create({ doc: text, extensions: this.#extensions(path, text) });
  }

  #extensions(path: string, text: string): Extension {
    const isLong = text.length > LONGEST_LINE && hasLongLine(text);
    return [
      lineNumbers(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      lintGutter(),
      colors,
      languageOf(path, text.length),
      isLong ? [] : EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      EditorView.contentAttributes.of({ "aria-label": `Editor: ${path}`, tabindex: "0" }),
      Prec.low(
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap,
          indentWithTab,
        ]),
      ),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.#write(path, update.state.doc.toString());
        if (update.selectionSet || update.docChanged) this.#moved();
      }),
    ];
  }

  #write(path: string, text: string) {
    this.#isWriting = true;
    const refused = this.#project.write(path, text);
    this.#isWriting = false;
    if (refused !== null) this.#listener.refused(refused);
  }

  #moved() {
    const { head } = this.view.state.selection.main;
    const line = this.view.state.doc.lineAt(head);
    this.#listener.moved(this.#path, line.number - 1, head - line.from);
  }
}

/** Offsets of a place. What is beyond the text is its end: the text may be newer. */
export function offsetsOf(text: Text, { line, column, length = 0 }: Place) {
  if (line > text.lines) return { from: text.length, to: text.length };
  const at = text.line(Math.max(1, line));
  const from = Math.min(at.from + Math.max(0, column - 1), at.to);
  return { from, to: Math.min(from + length, text.length) };
}

function rangeOf(text: Text, place: Place): EditorSelection {
  const { from, to } = offsetsOf(text, place);
  return EditorSelection.single(from, to);
}

export function hasLongLine(text: string): boolean {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at);
    if ((end < 0 ? text.length : end) - at > LONGEST_LINE) return true;
    if (end < 0) return false;
    at = end + 1;
  }
  return false;
}
