// Puts a check into each loop of the preview's own copy of a script. A script that never ends would
// otherwise hold up the preview's process for good, and in some browsers that is the process of
// this page. Outputs themselves are never changed. Only loops are guarded: a program can still
// block the preview by other means, such as promises that go on for ever.

import { javascriptLanguage } from "@codemirror/lang-javascript";

/** Larger scripts are left alone: they are libraries, and reading them takes time. */
const LONGEST = 400_000;
/** The name of the check; frame-script.ts defines it. */
export const CHECK = "__loop";

const LOOPS = new Set(["ForStatement", "WhileStatement", "DoStatement"]);

export function guarded(script: string): string {
  if (script.length > LONGEST || !/\b(?:for|while|do)\b/.test(script)) return script;
  const insertions: { at: number; text: string }[] = [];
  let isReadable = true;
  javascriptLanguage.parser.parse(script).iterate({
    enter(node) {
      if (node.type.isError) isReadable = false;
      if (!LOOPS.has(node.name)) return;
      // A `do` has its condition last; the other loops have their statement last.
      let body = node.node.lastChild;
      if (node.name === "DoStatement") {
        body = node.node.firstChild?.nextSibling ?? null;
        while (body?.name.endsWith("Comment")) body = body.nextSibling;
      }
      if (body === null) return;
      if (body.name === "Block") insertions.push({ at: body.from + 1, text: `${CHECK}();` });
      else {
        insertions.push({ at: body.from, text: `{${CHECK}();` }, { at: body.to, text: "}" });
      }
    },
  });
  return isReadable ? withInsertions(script, insertions) : script;
}

function withInsertions(script: string, insertions: { at: number; text: string }[]): string {
  const isEnd = ({ text }: { text: string }) => (text === "}" ? 0 : 1);
  insertions.sort((a, b) => a.at - b.at || isEnd(a) - isEnd(b));
  let out = "";
  let from = 0;
  for (const { at, text } of insertions) {
    out += script.slice(from, at) + text;
    from = at;
  }
  return out + script.slice(from);
}
