// Checks that the commands `cargo xtask …` of documents exist: their words in the usage and in
// the dispatch of xtask, the fixtures and suites that they name. They are not run, because they
// take long. For commands.mjs.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What is wrong with a command. */
export function checkXtask(repository, text) {
  const read = (file) => readFileSync(join(repository, "xtask/src", file), "utf8");
  const source = read("main.rs") + read("usage.txt");
  const words = text
    .split(/\s+/)
    .slice(2)
    .filter((word) => !/^[[(<…]|^[A-Z]+[\]…]*$/.test(word));
  const [command, ...rest] = words.flatMap((word, at) => (at ? [word] : [word.split("|")]));
  return (command ?? []).flatMap((each) => {
    if (!source.includes(`["${each}"`)) return [`there is no cargo xtask ${each}`];
    return rest.flatMap((word) => argument(repository, source, each, word));
  });
}

/** What is wrong with a word after the command. */
function argument(repository, source, command, word) {
  const isSubcommand = ["bench", "conformance"].includes(command);
  if (word.startsWith("-")) return source.includes(word) ? [] : [`xtask has no flag ${word}`];
  if (isSubcommand) {
    return source.includes(`["${command}", "${word}"`) ? [] : [`${command} has no ${word}`];
  }
  const [area, name] = word.split("::");
  const isFixture = existsSync(join(repository, "fixtures", area, name));
  const suites = readdirSync(join(repository, "tests/support"));
  const isSuite = !name && suites.includes(`${area}.rs`);
  return isFixture || isSuite ? [] : [`there are no tests ${word}`];
}
