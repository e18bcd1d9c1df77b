// The page of a folder: its documents, each with its first sentence.

import { escape } from "./highlight.mjs";
import { relative } from "./pages.mjs";

/** Contents in the form of markdown.mjs. */
export function folderPage(site, page, rendered) {
  const of = (child) => rendered.find(({ page }) => page === child).contents;
  const items = page.children.map((child) => {
    const { title, sections } = of(child);
    const [sentence] = sections[0].text.match(/^.*?[.?](?= |$)/) ?? [sections[0].text];
    const address = escape(relative(page.address, child.address));
    return `<dt><a href="${address}">${escape(title)}</a></dt>\n<dd>${escape(sentence)}</dd>`;
  });
  const title = page.label;
  const text = `These pages explain how bundle works inside, each with a worked example.`;
  return {
    html: `<h1>${escape(title)}</h1>\n<p>${text}</p>\n<dl>\n${items.join("\n")}\n</dl>\n`,
    title,
    headings: [],
    links: [],
    sections: [{ id: "", heading: title, text, names: "" }],
  };
}
