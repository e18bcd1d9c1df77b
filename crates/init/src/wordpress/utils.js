// What `bundle init` reads for `@wordpress/scripts/utils`.
const path = require("path");

module.exports = {
  fromProjectRoot: (name) => path.join(process.cwd(), name),
  getArgFromCLI: () => undefined,
  getProjectSourcePath: () => project.source,
  getWebpackEntryPoints(kind) {
    const entries = kind === "module" ? {} : project.entries;
    return kind ? () => entries : entries;
  },
  hasArgInCLI: () => false,
  hasBabelConfig: () => project.babel.presets === undefined,
};
