// Makes a component with a difference smaller, as long as it shows one of the same kind. Elements
// are removed, or replaced by their children; attributes and blocks are removed; texts are
// shortened.

import { printed } from "./printed_component.mjs";

/** Attempts that are made at once. */
const TOGETHER = 60;
/** Rounds, for what never ends to get smaller. */
const ROUNDS = 400;

/** `kindsOf(texts)`: the kind of difference that each shows, or null. */
export function smallest(file, kind, kindsOf) {
  let current = file;
  for (let round = 0; round < ROUNDS; round++) {
    const smaller = firstThatShows(attempts(current), kind, kindsOf);
    if (!smaller) return printed(current);
    current = smaller;
  }
  return printed(current);
}

/** The same for a text that nobody made from a tree. */
export function smallestText(text, kind, kindsOf) {
  let current = text;
  for (let round = 0; round < ROUNDS; round++) {
    const [smaller] = firstOf(cuts(current), (each) => each, kind, kindsOf);
    if (smaller === undefined) return current;
    current = smaller;
  }
  return current;
}

function firstThatShows(changes, kind, kindsOf) {
  return firstOf(changes, printed, kind, kindsOf)[0];
}

function firstOf(candidates, textOf, kind, kindsOf) {
  const all = [...candidates];
  for (let at = 0; at < all.length; at += TOGETHER) {
    const batch = all.slice(at, at + TOGETHER);
    const found = kindsOf(batch.map(textOf)).indexOf(kind);
    if (found >= 0) return [batch[found]];
  }
  return [];
}

/** Every file that is a little smaller, the largest steps first. */
function* attempts(file) {
  if (file.script) yield { ...file, script: null };
  if (file.styles.length > 0) yield { ...file, styles: [] };
  if (file.functional) yield { ...file, functional: false };
  if (file.layout) yield { ...file, layout: null };
  for (const script of smallerScripts(file.script)) yield { ...file, script };
  for (const roots of smallerLists(file.roots)) yield { ...file, roots };
}

function* smallerScripts(script) {
  if (!script) return;
  for (const [at, block] of script.blocks.entries()) {
    for (const lines of without(block.lines))
      yield { ...script, blocks: script.blocks.with(at, { ...block, lines }) };
  }
}

function* smallerLists(nodes) {
  yield* without(nodes);
  for (const [at, node] of nodes.entries()) {
    if (node.text === undefined) yield nodes.toSpliced(at, 1, ...node.children);
  }
  for (const [at, node] of nodes.entries()) {
    for (const smaller of smallerNodes(node)) yield nodes.with(at, smaller);
  }
}

function* smallerNodes(node) {
  if (node.text !== undefined) {
    for (const text of cuts(node.text)) yield { ...node, text };
    return;
  }
  for (const attributes of without(node.attributes)) yield { ...node, attributes };
  for (const children of smallerLists(node.children)) yield { ...node, children };
  for (const [at, attribute] of node.attributes.entries()) {
    for (const smaller of smallerAttributes(attribute))
      yield { ...node, attributes: node.attributes.with(at, smaller) };
  }
  if (node.tag !== "div" && node.tag !== "b") yield { ...node, tag: "b" };
}

function* smallerAttributes({ name, value, ...rest }) {
  if (Object.keys(rest).length > 0) yield { name, value };
  for (const shorter of value ? cuts(value) : []) yield { name, value: shorter };
  for (const shorter of name.includes(".") ? cuts(name) : []) yield { name: shorter, value };
}

function* without(list) {
  if (list.length > 3) {
    const half = list.length >> 1;
    yield list.slice(half);
    yield list.slice(0, half);
  }
  for (let at = 0; at < list.length; at++) yield list.toSpliced(at, 1);
}

/** A text without a part of it. */
function* cuts(text) {
  if (text.length > 1 && /^[a-z]+$/i.test(text)) yield "a";
  for (
    let size = Math.ceil(text.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size);
  }
}
