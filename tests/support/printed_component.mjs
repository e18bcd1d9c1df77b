// Components that were made as trees (random_templates.mjs), as text.

/** The text of a file. */
export function printed({ script, styles, functional, layout, roots }) {
  const template =
    `<template${functional ? " functional" : ""}>\n${roots.map(printedNode).join("")}\n` +
    `</template>\n`;
  const blocks = script
    ? [...script.blocks.map(({ open, lines }) => `${open}\n${lines.join("\n")}\n</script>\n`)]
    : [];
  const text = [template, ...blocks, ...styles.map((style) => `${style}\n`)].join("\n");
  return layout ? layout(text) : text;
}

/** The text of one node. */
export function printedNode(node) {
  if (node.text !== undefined) return node.text;
  const attributes = node.attributes.map(printedAttribute).join("");
  if (node.end === "self") return `<${node.tag}${attributes} />`;
  const children = node.children.map(printedNode).join("");
  const end = node.end === "tag" ? `</${node.tag}>` : node.end === "none" ? "" : node.end;
  return `<${node.tag}${attributes}>${children}${end}`;
}

function printedAttribute({ name, value, quote = '"', before = " ", equals = "=" }) {
  if (value === null) return `${before}${name}`;
  const usable = quote !== "" || /^[^\s"'=<>`]+$/.test(value) ? quote : '"';
  const text =
    usable === '"'
      ? value.replaceAll('"', "&quot;")
      : usable === "'"
        ? value.replaceAll("'", "&#39;")
        : value;
  return `${before}${name}${equals}${usable}${text}${usable}`;
}
