// Failures of a run as Markdown for whoever mends them: by message, the most frequent first.

import { dirname } from "node:path";

/** How many names stand below a group. */
const EXAMPLES = 12;

/** `lanes`: target → failures of `ours` and of `babel`, name → words. */
export function groups(lanes, count) {
  const lines = [];
  for (const [target, { ours, babel }] of Object.entries(lanes)) {
    const onlyOurs = [...ours.keys()].filter((name) => !babel.has(name)).length;
    lines.push(
      `# ${target}`, "",
      `${count} tests: ours fail ${ours.size} (Babel passes ${onlyOurs} of these), Babel fails ` +
        `${babel.size}.`, "",
    );
    for (const group of grouped(ours)) lines.push(...section(group, babel));
  }
  return lines.join("\n") + "\n";
}

function grouped(failed) {
  const found = new Map();
  for (const [name, words] of failed) {
    const key = normalised(words);
    found.set(key, [...(found.get(key) ?? []), { name, words }]);
  }
  return [...found].sort(([, a], [, b]) => b.length - a.length);
}

/** The message without what differs between tests of one kind. */
function normalised(words) {
  return words
    .split("\n")[0]
    .replace(/\s+--> .*/, "")
    .replace(/«"[^"»]+"»/g, "«text»")
    .replace(/«-?\d+»/g, "«number»")
    .replace(/Test262:AsyncTestFailure:(Test262Error: )?/, "")
    .replace(/"[^"]+"|'[^']+'/g, "…")
    .replace(/(should be) \S+/g, "$1 …")
    .replace(/\b_?\$?[\w$]+ is not defined/g, "… is not defined")
    .replace(/\d+/g, "N")
    .slice(0, 160);
}

function section([key, failures], babel) {
  const folders = new Map();
  for (const { name } of failures) {
    const folder = dirname(name).replace("test/language/", "").split("/").slice(0, 3).join("/");
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const where = [...folders].sort(([, a], [, b]) => b - a).slice(0, 8);
  // What Babel passes comes first: it can be done.
  const examples = failures.toSorted((a, b) => babel.has(a.name) - babel.has(b.name));
  return [
    `## ${failures.length} × ${key}`, "",
    where.map(([folder, number]) => `${folder} (${number})`).join(", "), "",
    ...examples.slice(0, EXAMPLES).map(({ name, words }) =>
      `- ${babel.has(name) ? "(Babel fails too) " : ""}${name}: ${words.split("\n")[0].slice(0, 200)}`),
    "",
  ];
}
