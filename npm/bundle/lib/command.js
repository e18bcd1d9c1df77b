// What the command can do without the program: build once. bundle_wasm refuses everything else,
// with the diagnostics of the binary.

"use strict";

const { build } = require("./wasm.js");
const { version } = require("../package.json");

const HELP = `Bundles scripts for pages rendered by a server: today's JavaScript in, classic scripts for old
browsers out

Usage: bundle [build] [OPTIONS] [ENTRY|AREA]...

Options:
      --config <FILE>        Configuration file [default: bundle.config.json here or above]
      --no-config            Read no configuration file
      --mode <MODE>          Mode: development or production [default: production]
      --log-format <FORMAT>  Format of diagnostics: text or json
  -h, --help                 Print help
  -V, --version              Print version

This is the WebAssembly build; the native program has more commands and options.
`;

const COMMANDS = ["init", "inspect", "report", "why", "explain", "completions"];
const VALUES = { "--config": "config", "--mode": "mode", "--log-format": "format" };

/** Does what the words say, and answers with the exit code. */
async function command(words, { name }) {
  const { answer, format, request } = read(words);
  if (answer !== undefined) {
    process.stdout.write(answer);
    return 0;
  }
  const isJson = format === "json";
  const { outputs, kind, diagnostics } = await build({
    ...request,
    cwd: process.cwd(),
    package: name,
    color: !isJson && hasColor(),
  });
  process.stderr.write(diagnostics.map((it) => (isJson ? json(it) : `${it.drawn}\n\n`)).join(""));
  process.stdout.write(
    isJson
      ? outputs
          .map(({ path, ...more }) => `${JSON.stringify({ output: path, ...more })}\n`)
          .join("")
      : table(outputs) + (kind === undefined ? "" : `  ${kind}\n`),
  );
  return diagnostics.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** Words to a request, or to an answer that needs no build. */
function read(words) {
  const request = { entries: [], unsupported: [] };
  const values = {};
  const rest = [...words];
  const isCommand = COMMANDS.includes(rest[0]);
  if (isCommand) request.unsupported.push(`\`bundle ${rest[0]}\``);
  if (rest[0] === "build" || isCommand) rest.shift();
  while (rest.length > 0) {
    const word = rest.shift();
    const [flag, value] = /^(--[^=]+)=([^]*)$/.exec(word)?.slice(1) ?? [word];
    if (word === "-h" || word === "--help") return { answer: HELP };
    if (word === "-V" || word === "--version") return { answer: `bundle ${version}\n` };
    if (word === "--") request.entries.push(...rest.splice(0));
    else if (word === "--no-config") request.noConfig = true;
    else if (VALUES[flag] !== undefined) values[VALUES[flag]] = value ?? rest.shift() ?? "";
    else if (word.startsWith("-")) request.unsupported.push(flag);
    else request.entries.push(word);
  }
  const { format, ...chosen } = values;
  if (!["text", "json", undefined].includes(format))
    request.unsupported.push(`--log-format ${format}`);
  return { format, request: { ...request, ...chosen } };
}

function json({ drawn, ...diagnostic }) {
  return `${JSON.stringify(diagnostic)}\n`;
}

/** As the binary decides it. */
function hasColor() {
  return (
    process.stderr.isTTY === true &&
    (process.env.TERM ?? "dumb") !== "dumb" &&
    !process.env.NO_COLOR
  );
}

function table(outputs) {
  const width = Math.max(0, ...outputs.map(({ path }) => path.length));
  const line = ({ path, bytes, changed }) =>
    `  ${path.padEnd(width)}  ${size(bytes).padStart(9)}${changed ? "" : "  unchanged"}\n`;
  return outputs.map(line).join("");
}

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${(bytes / 1000).toFixed(1)} kB`
    : `${(bytes / 1_000_000).toFixed(2)} MB`;
}

module.exports = { command };
