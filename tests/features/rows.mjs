// Reads the rows of the table in rows/. A row is a small module below a line `//# name`; it calls
// `check(value)` at least once, and every value must be true. Lines below the name may say:
//
//   //needs NAME…          globals beyond ECMAScript 5 that the lowered row needs, as the metafile
//                          names them: the row runs in Node only
//   //methods NAME…        the same of methods
//   //not LANE…: reason    the row fails there, for a reason that stays; `es5` is all lanes of it
//   //sloppy               a classic script
//   //typescript           TypeScript with its own decorators
//   //hashbang             begins with `#!`

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** All rows, in the order of the files. */
export function readRows() {
  const folder = join(import.meta.dirname, "rows");
  return readdirSync(folder)
    .sort()
    .flatMap((file) => rowsOf(file, readFileSync(join(folder, file), "utf8")));
}

function rowsOf(file, text) {
  const [, ...parts] = text.split(/^\/\/# /m);
  return parts.map((part) => rowOf(file, part));
}

function rowOf(file, part) {
  const [title, ...lines] = part.trimEnd().split("\n");
  const row = { name: title, file, needs: [], methods: [], not: new Map(), marks: new Set() };
  while (/^\/\/[a-z]/.test(lines[0])) direct(row, lines.shift().slice(2));
  row.text = (row.marks.has("hashbang") ? "#!/usr/bin/env node\n" : "") + lines.join("\n") + "\n";
  return row;
}

function direct(row, line) {
  const [, word, rest] = /^(\w+) ?(.*)$/.exec(line);
  if (word === "needs" || word === "methods") row[word] = rest.split(" ");
  else if (word === "not") notIn(row, rest);
  else if (["sloppy", "typescript", "hashbang"].includes(word)) row.marks.add(word);
  else throw new Error(`${row.file}: "${row.name}": no line of a row begins with //${word}`);
}

function notIn(row, rest) {
  const [, lanes, reason] = /^([\w -]+): (.+)$/.exec(rest);
  for (const lane of lanes.split(" ")) row.not.set(lane, reason);
}
