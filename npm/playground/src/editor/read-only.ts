// A view of code that one reads but does not edit: outputs, and what compares them. Pieces of it
// can be highlighted.

import { EditorState, StateEffect, StateField } from "@codemirror/state";
import type { Extension } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import type { DecorationSet } from "@codemirror/view";
import { defaultKeymap } from "@codemirror/commands";
import { searchKeymap } from "@codemirror/search";
import { hasLongLine } from "./editor";
import { colors, languageOf } from "./languages";

export interface Piece {
  from: number;
  to: number;
}

const setPieces = StateEffect.define<Piece[]>();

const pieces = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { effects }) {
    for (const effect of effects) {
      if (!effect.is(setPieces)) continue;
      const mark = Decoration.mark({ class: "piece" });
      shown = Decoration.set(
        effect.value
          .filter(({ from, to }) => from < to)
          .map(({ from, to }) => mark.range(from, to)),
        true,
      );
    }
    return shown;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function readOnly(path: string, text: string, label: string): Extension {
  return [
    lineNumbers(),
    drawSelection(),
    colors,
    languageOf(path, text.length),
    pieces,
    hasLongLine(text) ? [] : EditorView.lineWrapping,
    EditorState.readOnly.of(true),
    // Not editable: a phone shows no keyboard. The keys that move the cursor work all the same.
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-readonly": "true",
      tabindex: "0",
    }),
    keymap.of([...defaultKeymap, ...searchKeymap]),
  ];
}

export function highlight(view: EditorView, found: Piece[], isScrolled: boolean) {
  const effects: StateEffect<unknown>[] = [setPieces.of(found)];
  if (isScrolled && found.length > 0) {
    effects.push(EditorView.scrollIntoView(found[0].from, { y: "center" }));
  }
  view.dispatch({ effects });
}
