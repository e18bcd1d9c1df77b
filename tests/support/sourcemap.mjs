// Reads source maps as tools do: with a library, and compares them with the sources on the disk.
//
//   node sourcemap.mjs marks '{ "project": DIR, "scripts": [{ "path": FILE, "format": "iife" }] }'
//   node sourcemap.mjs shape FILE…           every map FILE.map is well formed
//   node sourcemap.mjs lines DIR FILE '{ "label": [LINE, COLUMN] }'
//                                            what PhantomJS reported of the sites of a script
//   node sourcemap.mjs names FILE COUNT
//                                           identifiers of the output map to themselves in the
//                                           source
//
// Marks in sources. Every mark must be right in every script; in minified scripts, every mark whose
// token is left:
//   /*@*/token       some token of the output maps to exactly this place, and is this identifier or
//                    has it as its name
//   "@label"         a string: wherever the output has it, it maps to exactly here
//   /*^label*/code   the page calls site("label", function): the error that it throws has its place
//                    here

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const { SourceMapConsumer, SourceMapGenerator } = createRequire(import.meta.url)("source-map");

const LINE_END = /\r\n|[\n\r\u2028\u2029]/;
const NAME =
  /^(?:[\p{ID_Start}$_]|\\u)(?:[\p{ID_Continue}$\u200c\u200d]|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]+\})*/u;
const problems = [];
let checked = 0;

function check(condition, text) {
  checked += 1;
  if (!condition) problems.push(text);
}

const spelledOut = (name) =>
  name.replace(/\\u\{([0-9a-fA-F]+)\}|\\u([0-9a-fA-F]{4})/g, (_, long, short) =>
    String.fromCodePoint(parseInt(long ?? short, 16)),
  );

/**
 * The identifier, the private name, or the string that stands for a property's name, that a text
 * begins with.
 */
function nameAt(text) {
  const quoted = /^(["'])(.*?)\1/.exec(text);
  if (quoted) return spelledOut(quoted[2]);
  const [sign] = /^#?/.exec(text);
  const found = NAME.exec(text.slice(sign.length));
  return found ? sign + spelledOut(found[0]) : "";
}

class Script {
  constructor(file) {
    this.file = file;
    this.lines = readFileSync(file, "utf8").split("\n");
    this.map = mapOf(file, this.lines);
    this.parts = this.map.sections?.map((section) => section.map) ?? [this.map];
    const flat = this.map.sections ? flattened(this.map) : this.map;
    this.consumer = new SourceMapConsumer(flat);
    this.segments = [];
    this.consumer.eachMapping((segment) => this.segments.push(segment));
    this.contents = flat.sourcesContent;
    this.sources = flat.sources.map((source) => path.posix.join(path.posix.dirname(file), source));
  }

  text({ generatedLine, generatedColumn }) {
    return this.lines[generatedLine - 1].slice(generatedColumn);
  }

  /** Segments of one source, by its path. */
  of(file) {
    const index = this.sources.indexOf(file);
    const source = this.consumer.sources[index];
    return index < 0 ? [] : this.segments.filter((segment) => segment.source === source);
  }
}

/** An index map as one map. The library's own reader of index maps loses names and columns. */
function flattened({ sections }) {
  const all = new SourceMapGenerator();
  for (const { offset, map } of sections) {
    const consumer = new SourceMapConsumer(map);
    consumer.eachMapping(
      ({ generatedLine, generatedColumn, source, originalLine, originalColumn, name }) => {
        const column = generatedColumn + (generatedLine === 1 ? offset.column : 0);
        const generated = { line: generatedLine + offset.line, column };
        if (originalLine === null) all.addMapping({ generated });
        else
          all.addMapping({
            generated,
            source,
            original: { line: originalLine, column: originalColumn },
            name: name ?? undefined,
          });
      },
    );
    consumer.sources.forEach((source, at) => all.setSourceContent(source, map.sourcesContent[at]));
  }
  return all.toJSON();
}

function mapOf(file, lines) {
  const last = lines.filter((line) => line !== "").at(-1);
  const address = /^\/\/# sourceMappingURL=(\S+)$/.exec(last)?.[1] ?? path.basename(file) + ".map";
  if (!address.startsWith("data:"))
    return JSON.parse(readFileSync(path.join(path.dirname(file), decodeURI(address)), "utf8"));
  const [head, body] = address.split(",");
  if (head !== "data:application/json;charset=utf-8;base64") throw new Error(`${file}: ${head}`);
  return JSON.parse(Buffer.from(body, "base64").toString("utf8"));
}

/** What a well-formed map of ours is. */
function shape(file) {
  const script = new Script(file);
  const { map, lines } = script;
  const told = (text) => `${path.basename(file)}: ${text}`;
  check(
    map.version === 3 && map.file === path.basename(file) && !("sourceRoot" in map),
    told("version, file, sourceRoot"),
  );
  // An index map (ECMA-426) has sections in their order, each a map by itself.
  let last = { line: 0, column: -1 };
  for (const { offset } of map.sections ?? []) {
    check(
      offset.line > last.line || (offset.line === last.line && offset.column > last.column),
      told(`the section at ${offset.line}:${offset.column}`),
    );
    last = offset;
  }
  for (const part of script.parts) {
    check(part.version === 3, told("version of a section"));
    check(part.sources.length === part.sourcesContent.length, told("one text a source"));
    check(new Set(part.sources).size === part.sources.length, told("sources are listed once"));
    check(new Set(part.names).size === part.names.length, told("names are listed once"));
    for (const source of part.sources)
      check(!path.isAbsolute(source) && !/^\w+:|\\/.test(source), told(`the source ${source}`));
  }
  const sources = new Map(
    script.consumer.sources.map((source, at) => [source, script.contents[at]?.split(LINE_END)]),
  );
  const used = new Set();
  let before = { generatedLine: 0, generatedColumn: 0 };
  for (const segment of script.segments) {
    const {
      generatedLine: line,
      generatedColumn: column,
      originalLine,
      originalColumn,
      source,
      name,
    } = segment;
    const where = () => told(`${line}:${column} → ${source}:${originalLine}:${originalColumn}`);
    const isLater =
      line > before.generatedLine ||
      (line === before.generatedLine && column > before.generatedColumn);
    check(isLater, `${where()}: places rise`);
    check(
      line <= lines.length && column <= lines[line - 1].length,
      `${where()}: outside the script`,
    );
    before = segment;
    if (source === null || source === undefined || originalLine === null) continue;
    used.add(source);
    const text = sources.get(source);
    const inside =
      !text || (originalLine <= text.length && originalColumn <= text[originalLine - 1].length);
    check(inside, `${where()}: outside the source`);
    if (name !== null && name !== undefined)
      check(nameAt(name) === name, `${where()}: the name ${name}`);
  }
  check(used.size === new Set(script.sources).size, told("every source is mapped to"));
  return script;
}

/** Every mark of a project's files, but of those that were compiled from others. */
function marksOf(folder, inside = "") {
  const marks = [];
  for (const entry of readdirSync(path.join(folder, inside), { withFileTypes: true })) {
    const name = path.posix.join(inside, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith("dist-")) marks.push(...marksOf(folder, name));
    } else if (
      /\.([cm]?[jt]sx?|json|vue)$/.test(entry.name) &&
      !/\.config\.json$|^(case|tsconfig)\.json$/.test(entry.name)
    ) {
      const text = readFileSync(path.join(folder, name), "utf8").replace(/^\ufeff/, "");
      if (/\/\/# sourceMappingURL=\S+\s*$/.test(text)) continue;
      text.split(LINE_END).forEach((line, at) => {
        for (const found of line.matchAll(/\/\*(@|\^(\w+))\*\/|(["'])@([\w ]+)\3/g)) {
          const [all, mark, site, , string] = found;
          const column = found.index + (mark ? all.length : 0);
          marks.push({
            file: path.posix.join(folder, name),
            line: at + 1,
            column,
            site,
            string,
            token: nameAt(line.slice(column)),
          });
        }
      });
    }
  }
  return marks;
}

/** Of marked tokens, how many minifying may take away: a map that says nothing is never wrong. */
const LEAST_KEPT = 0.7;

/**
 * What minifying inlines or drops has no token left; everything else must be as right as without
 * minifying.
 */
const kept = { tokens: 0, of: 0 };

function checkToken(script, mark, isMinified, told) {
  const here = script
    .of(mark.file)
    .filter((s) => s.originalLine === mark.line && s.originalColumn === mark.column);
  const shown = here
    .map((s) => `${JSON.stringify(script.text(s).slice(0, 20))} named ${s.name}`)
    .join(", ");
  const isRight = (s) => (nameAt(script.text(s)) === mark.token ? !s.name : s.name === mark.token);
  // Lowered private members are calls of helpers, without the name.
  if (mark.token.startsWith("#") && path.dirname(script.file).endsWith("-es5")) return;
  if (isMinified) {
    kept.of += 1;
    kept.tokens += here.some(isRight) ? 1 : 0;
  } else {
    check(here.some(isRight), told(`${mark.token}: ${shown || "nothing maps here"}`));
  }
  check(
    here.every((s) => !s.name || s.name === mark.token),
    told(`${mark.token}: another name: ${shown}`),
  );
}

function checkString(script, mark, isMinified, told) {
  let count = 0;
  script.lines.forEach((line, at) => {
    for (const found of line.matchAll(new RegExp(`["']@${mark.string}["']`, "g"))) {
      count += 1;
      const to = script.consumer.originalPositionFor({ line: at + 1, column: found.index });
      const isRight = to.source === script.consumer.sources[script.sources.indexOf(mark.file)];
      check(
        isRight && to.line === mark.line && to.column === mark.column,
        told(`"@${mark.string}" maps to ${to.source}:${to.line}:${to.column}`),
      );
    }
  });
  check(count > 0 || isMinified, told(`"@${mark.string}" is not in the output`));
}

/** Runs a script; the errors of its sites, by label. */
async function thrown({ path: file, format }) {
  const errors = new Map();
  const waiting = [];
  const caught = (label) => (error) => errors.set(label, error);
  globalThis.site = (label, run) => {
    try {
      const result = run();
      if (typeof result?.then === "function") waiting.push(result.then(() => {}, caught(label)));
    } catch (error) {
      caught(label)(error);
    }
  };
  globalThis.log = () => {};
  const text = readFileSync(file, "utf8");
  if (format === "iife") vm.runInThisContext(text, { filename: file });
  if (format === "cjs") {
    const module = { exports: {} };
    const parameters = ["require", "module", "exports"];
    vm.compileFunction(text, parameters, { filename: file })(
      createRequire(file),
      module,
      module.exports,
    );
  }
  if (format === "esm") {
    const copy = file.replace(/\.js$/, ".mjs");
    writeFileSync(copy, text);
    await import(pathToFileURL(copy));
  }
  await Promise.all(waiting);
  return errors;
}

function checkSite(script, mark, error, told) {
  if (!error) return check(false, told(`the site ${mark.site} threw nothing`));
  const stem = path.basename(script.file).replace(/\.js$/, "");
  const frame = String(error.stack)
    .split("\n")
    .find((line) => new RegExp(`/${stem}\\.m?js:\\d+:\\d+\\)?$`).test(line));
  if (!frame) return check(false, told(`the error of ${mark.site} has no place: ${error.stack}`));
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame);
  const to = script.consumer.originalPositionFor({ line: Number(line), column: column - 1 });
  const isRight = to.source === script.consumer.sources[script.sources.indexOf(mark.file)];
  check(
    isRight && to.line === mark.line && to.column === mark.column,
    told(`the error of ${mark.site} is at ${to.source}:${to.line}:${to.column} (${error.message})`),
  );
}

async function marks({ project, scripts }) {
  const all = marksOf(project);
  check(all.length > 0, "no marks");
  for (const request of scripts) {
    const script = shape(request.path);
    script.sources.forEach((file, at) => {
      const content = existsSync(file)
        ? readFileSync(file, "utf8").replace(/^\ufeff/, "")
        : undefined;
      check(
        content === script.contents[at],
        `${path.basename(path.dirname(request.path))}: the text of ${file}`,
      );
    });
    const errors = await thrown(request);
    for (const mark of all) {
      const told = (text) =>
        `${path.basename(path.dirname(request.path))}: ` +
          `${path.relative(project, mark.file)}:${mark.line}:${mark.column} ${text}`;
      if (mark.site) checkSite(script, mark, errors.get(mark.site), told);
      else if (mark.string) checkString(script, mark, request.isMinified, told);
      else checkToken(script, mark, request.isMinified, told);
    }
  }
  check(
    kept.tokens >= LEAST_KEPT * kept.of,
    `of ${kept.of} marked tokens only ${kept.tokens} are there minified`,
  );
}

/** Every n-th identifier of the output that maps to an identifier is that one, or says so. */
function names(file, wanted) {
  const script = shape(file);
  const texts = new Map(
    script.consumer.sources.map((source, at) => [source, script.contents[at].split(LINE_END)]),
  );
  const tokens = script.segments.filter(
    (s) => s.source && s.originalLine && NAME.test(script.text(s)),
  );
  const step = Math.max(1, Math.floor(tokens.length / wanted));
  for (let at = 0; at < tokens.length; at += step) {
    const token = tokens[at];
    const printed = spelledOut(NAME.exec(script.text(token))[0]);
    const written = nameAt(
      texts.get(token.source)[token.originalLine - 1].slice(token.originalColumn),
    );
    const isRight = token.name ? token.name === written && token.name !== printed : true;
    check(
      isRight,
      `${token.generatedLine}:${token.generatedColumn} ${printed} is ${written}, named ` +
        `${token.name}`,
    );
    if (!token.name && printed === written) names.same = (names.same ?? 0) + 1;
    if (token.name) names.named = (names.named ?? 0) + 1;
  }
  console.log(
    `${tokens.length} identifiers map; of those looked at ${names.same} are the same, ` +
      `${names.named ?? 0} are named`,
  );
}

/**
 * Whether places that a browser reported for errors are on the lines of their sites: `{ "label":
 * [line, column] }`. For functions that run later, PhantomJS counts columns from a place before the
 * script. The site "first", whose place is looked up in the map, shows which place that is.
 */
function lines(project, file, { first, ...told }) {
  const script = shape(file);
  const marks = marksOf(project);
  const markOf = (site) => marks.find((mark) => mark.site === site);
  const sourceOf = (mark) => script.consumer.sources[script.sources.indexOf(mark.file)];
  const start = markOf("first");
  const real = script.consumer.generatedPositionFor({
    source: sourceOf(start),
    line: start.line,
    column: start.column,
  });
  const before = first[1] - real.column;
  check(before >= 0 && before < 20, `the error of first is ${before} columns too far`);
  for (const [site, [line, column]] of Object.entries(told)) {
    const mark = markOf(site);
    const to = script.consumer.originalPositionFor({ line, column: column - before });
    const isRight =
      to.source === sourceOf(mark) && to.line === mark.line && to.column === mark.column;
    check(
      isRight,
      `the error of ${site} is at ${to.source}:${to.line}:${to.column}, not at ` +
        `${mark.file}:${mark.line}:${mark.column}`,
    );
  }
}

const [what, ...rest] = process.argv.slice(2);
if (what === "marks") await marks(JSON.parse(rest[0]));
if (what === "shape") rest.forEach(shape);
if (what === "lines") lines(rest[0], rest[1], JSON.parse(rest[2]));
if (what === "names") names(rest[0], Number(rest[1]));
const told = problems.slice(0, 30).join("\n");
console.log(
  problems.length === 0 ? `right: ${checked}` : `${problems.length} of ${checked} wrong:\n${told}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
