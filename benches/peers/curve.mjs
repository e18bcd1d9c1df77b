// Draws a curve as SVG, for memory.mjs. The picture needs nothing from elsewhere, and can be read
// on a light and on a dark background.

const [WIDTH, HEIGHT] = [720, 320];
const FRAME = { left: 64, right: 16, top: 40, bottom: 48 };

/**
 * Points `{ at, mebibytes }` from zero on, and a line for the limit, which holds from a point on.
 */
export function curve(points, { title, limit, from }) {
  const end = points.at(-1).at;
  const step = roundStep(Math.max(limit, ...points.map(({ mebibytes }) => mebibytes)) / 5);
  const top = step * Math.ceil(Math.max(limit, ...points.map(({ mebibytes }) => mebibytes)) / step);
  const x = (at) => (FRAME.left + (at / end) * (WIDTH - FRAME.left - FRAME.right)).toFixed(1);
  const y = (value) =>
    (HEIGHT - FRAME.bottom - (value / top) * (HEIGHT - FRAME.top - FRAME.bottom)).toFixed(1);
  const across = Array.from({ length: top / step + 1 }, (_, number) => number * step);
  const along = Array.from({ length: 6 }, (_, number) => Math.round((end * number) / 5));
  const line = points
    .map(({ at, mebibytes }, number) => `${number ? "L" : "M"}${x(at)} ${y(mebibytes)}`)
    .join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${title}">
<style>
  text { font: 12px sans-serif; fill: #333 }
  .title { font-weight: bold }
  .grid { stroke: #ddd }
  .axis { stroke: #666 }
  .limit { stroke: #c2410c; stroke-dasharray: 5 4 }
  .limit-text { fill: #c2410c }
  .curve { stroke: #2563eb; stroke-width: 2; fill: none; stroke-linejoin: round }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd }
    .grid { stroke: #444 }
    .axis { stroke: #aaa }
    .limit { stroke: #fb923c }
    .limit-text { fill: #fb923c }
    .curve { stroke: #60a5fa }
  }
</style>
<text class="title" x="${FRAME.left}" y="20">${title}</text>
${across.map((value) => `<path class="grid" d="M${x(0)} ${y(value)}H${x(end)}"/><text x="${FRAME.left - 8}" y="${Number(y(value)) + 4}" text-anchor="end">${value}</text>`).join("\n")}
<path class="axis" d="M${x(0)} ${y(top)}V${y(0)}H${x(end)}" fill="none"/>
${along.map((value) => `<text x="${x(value)}" y="${HEIGHT - FRAME.bottom + 18}" text-anchor="${value === end ? "end" : "middle"}">${value}</text>`).join("\n")}
<text x="${(FRAME.left + WIDTH - FRAME.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">rebuilds</text>
<text x="16" y="${(HEIGHT + FRAME.top - FRAME.bottom) / 2}" text-anchor="middle" transform="rotate(-90 16 ${(HEIGHT + FRAME.top - FRAME.bottom) / 2})">MiB in memory</text>
<path class="limit" d="M${x(from)} ${y(limit)}H${x(end)}"/>
<text class="limit-text" x="${x(end)}" y="${Number(y(limit)) + (points.at(-1).mebibytes > limit ? 16 : -6)}" text-anchor="end">5 % more than after ${from} rebuilds</text>
<path class="curve" d="${line}"/>
</svg>
`;
}

/** 1, 2 or 5, and zeros. */
function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find((digit) => digit * power >= least);
}
