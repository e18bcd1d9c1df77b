// Writes the measurements as Markdown: everything by program and lane, then the goals. If a tool
// did less in a lane than it was asked for (it warned), its figure has a mark and decides no goal.

const MIB = 1024 * 1024;

/** Goals on one program and lane: bundle's figure divided by a peer's. */
const RATIOS = [
  {
    what: "CPU time",
    of: "cpu",
    peer: "rspack",
    limit: 0.6,
    counts: ({ target }, { vue }) => target === "es5" && !vue,
  },
  // With vue-loader 15, and without what it does with JSX, which is Babel's.
  {
    what: "CPU time",
    of: "cpu",
    peer: "rspack",
    limit: 0.125,
    counts: (lane, { vue }) => Boolean(vue),
  },
  {
    what: "CPU time",
    of: "cpu",
    peer: "esbuild",
    limit: 2.5,
    counts: ({ target, minify }) => target === "esnext" && minify,
  },
  {
    what: "CPU time",
    of: "cpu",
    peer: "esbuild",
    limit: 1.5,
    counts: ({ target, minify }) => target === "esnext" && !minify,
  },
  { what: "peak memory", of: "memory", peer: "rspack", limit: 1, counts: () => true },
  { what: "gzipped size", of: "gzip", peer: "rspack", limit: 1.04, counts: ({ minify }) => minify },
  {
    what: "gzipped size, chunk",
    ours: "bundle-chunk",
    of: "gzip",
    peer: "rspack",
    limit: 1,
    counts: ({ minify }, { vue, modules }) => minify && !vue && modules <= 5000,
  },
];

/** CPU time per module of a large program, divided by that of a small one. */
const GROWTH = { small: "synthetic-1000", large: "synthetic-20000", limit: 1.2 };

/** Both tables, and the footnotes. */
export function markdown(results, { repeat, maps }) {
  const notes = [];
  const mark = (result) => result.warnings.map((text) => `[${1 + place(notes, text)}]`).join(" ");
  const rows = results.map((result) => row(result, bundleBeside(result, results), mark));
  return [
    `CPU seconds of the process tree, the least of ${repeat}; source maps ` +
      `${maps ? "written" : "left out"}. Ratios are bundle / peer.`,
    table(
      [
        "program", "lane", "tool", "CPU s", "wall s", "peak MiB", "bytes", "gzip", "CPU ×",
        "memory ×", "gzip ×", "runs", "warned",
      ],
      rows,
    ),
    table(
      ["goal", "program", "lane", "is", "limit", ""],
      [...ratioRows(results), ...growthRows(results), ...phaseRows()],
    ),
    notes.map((text, at) => `[${at + 1}] ${text}`).join("\n"),
  ].join("\n\n");
}

function place(notes, text) {
  return notes.includes(text) ? notes.indexOf(text) : notes.push(text) - 1;
}

function bundleBeside(result, results, ours = "bundle") {
  return results.find(
    ({ input, lane, tool }) => input === result.input && lane === result.lane && tool === ours,
  );
}

function row(result, ours, mark) {
  const { input, lane, tool, cpu, wall, memory, bytes, gzip, runs, error, isForSizes } = result;
  if (error)
    return [input.name, lane.name, tool, ...Array(8).fill("–"), `**no**: ${error}`, mark(result)];
  const times = isForSizes
    ? ["–", "–", "–"]
    : [cpu.toFixed(2), wall.toFixed(2), (memory / MIB).toFixed(0)];
  const ratio = (of) =>
    tool.startsWith("bundle") || !ours || ours.error || (isForSizes && of !== "gzip")
      ? ""
      : (ours[of] / result[of]).toFixed(2);
  return [
    input.name, lane.name, tool, ...times, bytes, gzip,
    ratio("cpu"),
    ratio("memory"),
    ratio("gzip"),
    runs,
    mark(result),
  ];
}

function ratioRows(results) {
  return RATIOS.flatMap(({ what, ours: name, of, peer, limit, counts }) =>
    results
      .filter(({ tool, lane, input }) => tool === peer && counts(lane, input))
      .flatMap((theirs) => {
        const ours = bundleBeside(theirs, results, name);
        if (!ours || ours.error || theirs.error)
          return [
            [`${what} / ${peer}`, theirs.input.name, theirs.lane.name, "–", limit, "no figure"],
          ];
        const is = ours[of] / theirs[of];
        return [
          [
            `${what} / ${peer}`,
            theirs.input.name,
            theirs.lane.name,
            is.toFixed(limit < 0.5 || of === "gzip" ? 3 : 2),
            limit,
            verdict(is, limit, [ours, theirs]),
          ],
        ];
      }),
  );
}

function growthRows(results) {
  const of = (name) =>
    results.filter(({ input, tool, error }) => input.name === name && tool === "bundle" && !error);
  return of(GROWTH.large).flatMap((large) => {
    const small = of(GROWTH.small).find(({ lane }) => lane === large.lane);
    if (!small) return [];
    const each = ({ cpu, input }) => cpu / input.modules;
    const is = each(large) / each(small);
    return [
      [
        "CPU time a module, 20,000 / 1,000",
        "synthetic",
        large.lane.name,
        is.toFixed(2),
        GROWTH.limit,
        verdict(is, GROWTH.limit, [large, small]),
      ],
    ];
  });
}

/**
 * The command line reads the clock only around whole rebuilds, so the bench of phases shows this
 * goal.
 */
function phaseRows() {
  return [["link + chunk / build", "all", "all", "–", 0.1, "`cargo xtask bench` shows phases"]];
}

function verdict(is, limit, results) {
  const met = is <= limit ? "met" : "**not met**";
  const isPartial = results.some(({ doesLess }) => doesLess);
  return isPartial ? `open (${met} so far): not everything is done yet` : met;
}

/** A table of strings. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
