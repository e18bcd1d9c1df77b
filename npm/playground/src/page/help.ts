// The help: what the page is, its shortcuts, and the packages that imports find.

import type { Bundler } from "../build/interface";
import { PACKAGES } from "../project/packages";
import { tell } from "./dialog";
import { element } from "./elements";
import { SHORTCUTS } from "./shortcuts";

export async function showHelp(bundler: Bundler | undefined) {
  const version = (await bundler?.version().catch(() => undefined)) ?? "";
  const rows = SHORTCUTS.map(([keys, what]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, element("kbd", {}, keys)),
      element("td", {}, what),
    ),
  );
  tell(
    "Help",
    element(
      "p",
      {},
      `This page runs the bundler ${version} as WebAssembly. Your files stay in this browser; a ` +
        "share link has them in its address.",
    ),
    element(
      "p",
      {},
      "index.html is the page of the preview. It names outputs by their paths, and runs in a " +
        "sandbox that cannot load anything. Its own scripts are classic scripts.",
    ),
    element("p", {}, `Imports find these packages: ${PACKAGES.join(", ")}.`),
    element("h3", {}, "Shortcuts"),
    element("table", { class: "shortcuts" }, element("tbody", {}, ...rows)),
  );
}
