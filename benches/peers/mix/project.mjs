// The shop as a project of Laravel Mix 6, configured as its documentation says for Vue 2: `mix
// watch`, separate scripts for packages, and the maps that Mix chooses (`eval`, inside scripts).
// Notifications are off. Addresses in stylesheets are left as they are, because the shop's
// stylesheets have none.

import { writeFileSync } from "node:fs";
import { delimiter, join, relative } from "node:path";

const PROGRAMS = join(import.meta.dirname, "node_modules");

/** Writes webpack.mix.js, and gives the command and its environment. */
export function mix(source, out, entries) {
  const scripts = Object.entries(entries).map(
    ([name, file]) => `  .js(${JSON.stringify(relative(source, file))}, "js/${name}.js")`,
  );
  writeFileSync(
    join(source, "webpack.mix.js"),
    `const mix = require("laravel-mix");

mix
  .setPublicPath(${JSON.stringify(relative(source, out))})
${scripts.join("\n")}
  .vue({ version: 2, runtimeOnly: true })
  .sass("src/styles/base.scss", "css")
  .alias({ "@": ${JSON.stringify(join(source, "src"))} })
  .extract()
  .sourceMaps()
  .options({ processCssUrls: false })
  .disableNotifications();
`);
  return {
    command: [process.execPath, join(PROGRAMS, "laravel-mix/bin/cli.js"), "watch", "--no-progress"],
    // As npx has it for its users.
    env: { PATH: [join(PROGRAMS, ".bin"), process.env.PATH].join(delimiter) },
  };
}
