// Keyboard shortcuts of the page; help.ts lists them. They use Alt, because browsers and editors
// leave most of these combinations free, and F2. `event.code`: on a Mac, Option changes the letter.

import type { Editor } from "../editor/editor";
import type { FileTabs } from "../editor/file-tabs";
import type { Results } from "./results";
import type { Views } from "./views";

interface Parts {
  editor: Editor;
  tabs: FileTabs;
  results: Results;
  views: Views;
  share: () => void;
}

export const SHORTCUTS: [keys: string, what: string][] = [
  ["Alt+1", "Editor"],
  ["Alt+2", "Tabs of the files"],
  ["Alt+3", "Tabs of the results"],
  ["Alt+N", "New file"],
  ["F2", "Rename the file"],
  ["Delete", "Delete the file, while its tab has the focus"],
  ["Alt+S", "Share link"],
  ["Ctrl+F", "Search in the editor"],
  ["F8", "Next diagnostic of the file"],
  ["Ctrl+Shift+M", "Diagnostics of the file, in the editor"],
  ["Enter", "In an output: go to the source of the place"],
  ["Escape, then Tab", "Leave the editor; Tab alone indents"],
  ["← → Home End", "Between tabs"],
];

export function onShortcuts({ editor, tabs, results, views, share }: Parts) {
  const actions: Record<string, () => void> = {
    Digit1() {
      views.show("code");
      editor.view.focus();
    },
    Digit2() {
      views.show("code");
      tabs.focus();
    },
    Digit3() {
      views.show("results");
      results.focus();
    },
    KeyN: () => void tabs.add(),
    KeyS: share,
  };
  addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") !== null) return;
    const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const action = isAlt ? actions[event.code] : undefined;
    if (action !== undefined) {
      event.preventDefault();
      action();
    } else if (event.key === "F2") {
      event.preventDefault();
      void tabs.rename();
    }
  });
}
