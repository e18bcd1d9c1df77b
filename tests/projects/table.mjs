// The results of run.mjs as Markdown: one table, and below it what failed and why.

/** One row for each project. */
export function table(results, { own }) {
  const heads = ["project", "tool", "result", "lines by hand", "warnings", "time", "bytes", "gzip"];
  const ownHeads = own ? ["own time", "own bytes", "own gzip"] : [];
  const rows = results.map((result) => [
    result.name,
    result.tool,
    verdict(result),
    String(result.lines),
    counts(result.build?.warnings),
    ...measures(result.build),
    ...(own ? measures(result.own) : []),
  ]);
  const passed = results.filter(({ failed }) => !failed).length;
  const all = [...heads, ...ownHeads];
  const lines = [all, all.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return [...lines, "", `${passed} of ${results.length} projects pass.`, ""].join("\n");
}

/** What failed, and what a person had to change. */
export function details(results) {
  return results.flatMap((result) => {
    const lines = [];
    if (result.failed === "init") lines.push(`init: ${result.init.failed}`);
    if (result.failed === "build") {
      lines.push(`build: ${result.build.failed}`, `errors: ${counts(result.build.errors ?? {})}`);
    }
    lines.push(...result.errors.slice(0, 5).map((error) => `page: ${error.slice(0, 400)}`));
    if (result.own?.failed) lines.push(`own tool: ${result.own.failed}`);
    if (result.reason) lines.push(`by hand: ${result.reason}`);
    const items = lines.map((line) => `- ${line.replace(/\n\s*/g, " ")}`);
    return lines.length ? [`### ${result.name}`, "", ...items, ""] : [];
  }).join("\n");
}

function verdict({ failed, fails }) {
  if (failed) return `fails: ${failed}${fails ? " (known)" : ""}`;
  return fails ? "passes (known to fail)" : "passes";
}

function counts(byCode = {}) {
  return Object.entries(byCode).map(([code, count]) => `${code} ${count}`).join(", ");
}

function measures(measured) {
  if (!measured || measured.failed) return [seconds(measured?.ms), "", ""];
  return [seconds(measured.ms), kilobytes(measured.bytes), kilobytes(measured.gzip)];
}

function seconds(ms) {
  return ms === undefined ? "" : `${(ms / 1000).toFixed(1)} s`;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
