// What pages do beyond being read: the menu of narrow screens, copy buttons, the place in
// "On this page", the playground in place, and the search, which is loaded when it is first used.

import "../styles/site.scss";
import { addCopyButtons } from "./copy";
import { openInPlace } from "./playground";
import { addMenu } from "./menu";
import { followHeadings } from "./toc";

addMenu();
addCopyButtons();
followHeadings();
openInPlace();
addSearch();

/** Opens the search with its button and with `/`. */
function addSearch(): void {
  const button = document.querySelector<HTMLButtonElement>(".search-button")!;
  const open = () => import("./search").then((search) => search.open(home()));
  button.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    const isShortcut = event.key === "/" || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!isShortcut || isTyping(event.target as Element)) return;
    event.preventDefault();
    open();
  });
}

/** The site's folder, from which addresses in the index start. */
const home = () => new URL("./", document.querySelector<HTMLAnchorElement>(".home")!.href).href;

/** Whether keys go into a field. The one of the closed search keeps them for a moment. */
const isTyping = (element: Element) =>
  element.matches("input, textarea, select, [contenteditable]") &&
  element.getClientRects().length > 0;
