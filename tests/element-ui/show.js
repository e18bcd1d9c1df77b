// What a page looks like to its user, as lines that can be compared: each element, text and comment, with what its
// attributes do not tell.

/** The lines of what is on the page. */
export function lines() {
  const written = [];
  for (const child of document.body.children) {
    if (child.tagName !== "SCRIPT") element(child, "", written);
  }
  const active = document.activeElement;
  if (active && active !== document.body) written.push(`focus: ${brief(active)}`);
  return written;
}

/** An element in a few words. */
export function brief(element) {
  const classes = element.getAttribute("class");
  return `<${element.tagName.toLowerCase()}${classes ? ` class="${classes}"` : ""}>`;
}

function element(node, indentation, written) {
  written.push(`${indentation}<${node.tagName.toLowerCase()}${attributes(node)}>${state(node)}`);
  let space = "";
  for (const child of node.childNodes) {
    // White space between two nodes takes no line of its own.
    const isSpace = child.data === " " && child.nodeType === Node.TEXT_NODE;
    if (isSpace && child.nextSibling) space += "_";
    else {
      other(child, `${indentation} ${space}`, written);
      space = "";
    }
  }
}

function other(node, indentation, written) {
  if (node.nodeType === Node.ELEMENT_NODE) element(node, indentation, written);
  else written.push(indentation + (node.nodeType === Node.COMMENT_NODE ? `<!--${node.data}-->` : JSON.stringify(node.data)));
}

function attributes(node) {
  return [...node.attributes].map(({ name, value }) => ` ${name}="${name === "style" ? style(value) : value}"`).join("");
}

// Sizes and places of text depend on the machine's fonts; zero is never measured by chance.
const MEASURED = /(?:top|left|right|bottom|width|height|transform|transform-origin): [^;]*px/g;
function style(value) {
  return value.replace(MEASURED, (text) => text.replace(/-?[\d.]+(e-\d+)?px/g, (length) => (parseFloat(length) === 0 ? "0px" : "?px")));
}

function state(node) {
  const shown = [];
  if (["INPUT", "TEXTAREA", "SELECT"].includes(node.tagName)) shown.push(` value=${JSON.stringify(node.value)}`);
  if (node.checked) shown.push(" is checked");
  if (node.indeterminate) shown.push(" is indeterminate");
  return shown.join("");
}

/** What changed between two pages: the lines that went (`-`) and came (`+`). */
export function difference(before, after) {
  let first = 0;
  while (first < before.length && before[first] === after[first]) first++;
  let [end, afterEnd] = [before.length, after.length];
  while (end > first && afterEnd > first && before[end - 1] === after[afterEnd - 1]) [end, afterEnd] = [end - 1, afterEnd - 1];
  return inMiddle(before.slice(first, end), after.slice(first, afterEnd));
}

/** By the longest common subsequence. */
function inMiddle(before, after) {
  const common = before.map(() => []).concat([[]]);
  for (let i = before.length; i >= 0; i--) {
    for (let j = after.length; j >= 0; j--) {
      if (i === before.length || j === after.length) common[i][j] = 0;
      else if (before[i] === after[j]) common[i][j] = common[i + 1][j + 1] + 1;
      else common[i][j] = Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const changes = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) [i, j] = [i + 1, j + 1];
    else if (j === after.length || (i < before.length && common[i + 1][j] >= common[i][j + 1])) changes.push(`- ${before[i++]}`);
    else changes.push(`+ ${after[j++]}`);
  }
  return changes;
}
