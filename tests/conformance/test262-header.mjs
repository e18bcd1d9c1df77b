// A test of test262, and what its header says.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The test's path below DIR, its text, and its header. */
export function readTest(directory, name) {
  const text = readFileSync(join(directory, name), "utf8");
  return { name, text, meta: header(text) };
}

/** The few shapes of YAML that the headers use. */
function header(text) {
  const yaml = /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1] ?? "";
  const list = (key) => {
    const inline = new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, "m").exec(yaml);
    const lines = new RegExp(`^${key}:\\s*\\n((?:\\s+-.*\\n?)+)`, "m").exec(yaml);
    const items = inline
      ? inline[1].split(",")
      : lines
        ? lines[1].split("\n").map((line) => line.replace(/^\s*-/, ""))
        : [];
    return items.map((item) => item.trim()).filter(Boolean);
  };
  const negative = /^negative:\s*\n((?:[ \t]+.*\n?)+)/m.exec(yaml)?.[1];
  const field = (key) => new RegExp(`${key}:\\s*(\\S+)`).exec(negative)?.[1];
  return {
    flags: list("flags"),
    features: list("features"),
    includes: list("includes"),
    negative: negative ? { phase: field("phase"), type: field("type") } : undefined,
  };
}
