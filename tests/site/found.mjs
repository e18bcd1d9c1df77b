// What a document says that can be tried: its commands, its flags, and its configurations, each
// with the heading above it. For commands.mjs.

import MarkdownIt from "../../site/node_modules/markdown-it/dist/markdown-it.mjs";

const PROGRAM = /^(bundle|npx|npm|cargo|php|node|composer|kill|sudo|iconv|cd) ./;
const markdown = new MarkdownIt({ html: true });

/**
 * The contents of a document: `{ commands, flags, blocks }`. A command is `{ text, heading, line,
 * printed }`; `printed` are the lines below a command with a prompt. A block of code is
 * `{ text, language, heading, line, file }`.
 */
export function read(source) {
  const found = { commands: [], flags: [], blocks: [] };
  const tokens = markdown.parse(source, {});
  let heading = "";
  let file;
  let line = 0;
  tokens.forEach((token, at) => {
    if (token.type === "heading_open") heading = tokens[at + 1].content;
    // Rows of tables have lines, their cells have none.
    line = token.map?.[0] ?? line;
    const place = { heading, line: line + 1 };
    if (token.type === "fence" || token.type === "code_block") {
      const language = token.info.trim().split(" ")[0];
      found.blocks.push({ text: token.content, language, file, ...place });
      found.commands.push(...commandsIn(token.content).map((each) => ({ ...each, ...place })));
      file = undefined;
    }
    if (token.type !== "inline") return;
    file = /^\*\*`([^`]+)`\*\*$/.exec(token.content)?.[1];
    for (const { content } of token.children.filter(({ type }) => type === "code_inline")) {
      if (PROGRAM.test(content) && !isText(content))
        found.commands.push({ text: content, ...place });
      const flags = content.match(/^(--[a-z][a-z-]*)/);
      if (flags) found.flags.push({ text: flags[1], ...place });
    }
  });
  for (const { text, ...place } of found.commands.filter(({ text }) => isOurs(text))) {
    const flags = [...text.matchAll(/(?<=\s|\[)--[a-z][a-z-]*/g)];
    found.flags.push(...flags.map(([flag]) => ({ text: flag, ...place })));
  }
  return found;
}

/** Whether a command is one of the bundler. */
export const isOurs = (text) => /^(npx )?bundle /.test(text) || text === "npx bundle";

/** Code that begins like a command: a word of a sentence, a line of a script. */
const isText = (text) => /^bundle (=|\()/.test(text);

/** The commands of a block: lines with a prompt, or those that begin with a known program. */
function commandsIn(block) {
  const lines = block.replace(/ \\\n\s*/g, " ").split("\n");
  const hasPrompts = lines.some((line) => line.startsWith("$ "));
  const commands = [];
  for (const line of lines) {
    const text = withoutComment(hasPrompts ? line.replace(/^\$ /, "") : line);
    const isCommand = hasPrompts ? line.startsWith("$ ") : PROGRAM.test(text);
    if (isCommand) commands.push({ text, printed: hasPrompts ? [] : undefined });
    else if (hasPrompts) commands.at(-1)?.printed.push(line);
  }
  return commands;
}

const withoutComment = (line) => line.replace(/\s{2,}(#|\/\/) .*$/, "").trim();

/** JSON with comments and trailing commas, as an object; fragments get their braces. */
export function parseJson(text) {
  const plain = text
    .replace(/("(?:[^"\\]|\\.)*")|\/\/.*|\/\*[^]*?\*\//g, (_, string) => string ?? "")
    .replace(/("(?:[^"\\]|\\.)*")|,(\s*[}\]])/g, (_, string, end) => string ?? end)
    .trim();
  return JSON.parse(plain.startsWith('"') ? `{${plain.replace(/,$/, "")}}` : plain);
}
