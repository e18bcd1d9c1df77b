// Checks flags and configurations in the documents: each flag is one of the bundler, and each
// configuration is JSON that the schema allows. For commands.mjs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "../../site/node_modules/ajv/dist/ajv.js";
import { parseJson } from "./found.mjs";
import { FLAGS_OF_OTHERS, NO_CONFIGURATION } from "./table.mjs";

const COMMANDS = [
  "",
  "build",
  "init",
  "inspect",
  "inspect graph",
  "inspect config",
  "inspect vue",
  "report",
  "why",
  "explain",
];

/** What is wrong with flags and configurations. */
export async function checkExamples({ repository, pages, run, scratch }) {
  const known = await flags(run, scratch);
  const schema = JSON.parse(
    readFileSync(join(repository, "npm/schema/bundle.config.schema.json"), "utf8"),
  );
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const complaints = [];
  const used = new Set();
  let count = 0;
  for (const { path, blocks, flags } of pages) {
    for (const { text, line } of flags) {
      const isOther = Object.keys(FLAGS_OF_OTHERS).includes(text);
      if (isOther) used.add(text);
      if (!known.has(text) && !isOther)
        complaints.push(`${path}:${line}: there is no flag ${text}`);
    }
    for (const block of blocks) {
      const found = configuration(schema, block);
      if (!found) continue;
      count += 1;
      const isWrong = NO_CONFIGURATION[path]?.[block.heading];
      if (isWrong) used.add(`${path} ${block.heading}`);
      const problem =
        found.problem ??
        found.values.map((value) => (validate(value) ? "" : describe(validate.errors))).join("");
      if (problem && !isWrong) complaints.push(`${path}:${block.line}: ${problem}`);
    }
  }
  const listed = Object.entries(NO_CONFIGURATION).flatMap(([path, headings]) =>
    Object.keys(headings).map((heading) => `${path} ${heading}`),
  );
  for (const each of [...Object.keys(FLAGS_OF_OTHERS), ...listed]) {
    if (!used.has(each)) complaints.push(`table.mjs: no page has ${each}`);
  }
  console.log(`${known.size} flags, ${count} configurations`);
  return complaints;
}

/** Every flag of the bundler, as its help lists them. */
async function flags(run, scratch) {
  const helps = await Promise.all(COMMANDS.map((each) => run(`bundle ${each} --help`, scratch)));
  const text = helps.map(({ printed }) => printed).join("\n");
  return new Set([...text.matchAll(/^\s+(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag));
}

/**
 * The configurations of a block: `{ values }` or `{ problem }`. Nothing, if the block is something
 * else: another file, another language, JSON whose keys are not ours.
 */
function configuration({ properties }, { text, language, file }) {
  const isFile = !file || file.endsWith("bundle.config.json");
  const isJson = language === "json" || (!language && /^\s*(\/\/.*\n\s*)*(\{\s*)?"/.test(text));
  if (!isFile || !isJson || text.includes("…")) return undefined;
  const keys = [...text.matchAll(/^\s*(?:\{\s*)?"([\w$]+)":/gm)].map(([, key]) => key);
  if (!(keys[0] in properties)) return undefined;
  // A key on several lines: each is an example of its own, unless a comment says that it is wrong.
  const isList = new Set(keys).size < keys.length || /\n\s*[^\s"}\]]/.test(text);
  const lines = text.split("\n").filter((line) => /^\s*"/.test(line) && !/\/\/ wrong/.test(line));
  const examples = /^\s*"/.test(text) && isList ? lines : [text];
  try {
    return { values: examples.map(parseJson) };
  } catch (error) {
    return { problem: `no JSON: ${error.message}` };
  }
}

const describe = (errors) =>
  errors
    .map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
    .join("; ");
