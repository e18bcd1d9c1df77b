// What the source maps of stylesheets say of marks: a declaration `z-index: N` stands once in the sources, and wherever it is in a sheet, its
// mapping leads to it. Usage: node styles_maps.mjs FILE…, sheets with their maps in them. Prints what is wrong, or how many marks there were.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { SourceMapConsumer } = createRequire(import.meta.url)("source-map");
let marks = 0;
const wrong = [];

for (const file of process.argv.slice(2)) {
    const text = readFileSync(file, "utf8");
    const [, encoded] = /sourceMappingURL=data:[^,]*,(\S+)/.exec(text) ?? [];
    if (encoded === undefined) {
        wrong.push(`${file} has no map`);
        continue;
    }
    const map = new SourceMapConsumer(JSON.parse(Buffer.from(encoded, "base64").toString()));
    text.split("\n").forEach((line, index) => {
        for (const found of line.matchAll(/z-index: ?(\d{3})/g)) {
            marks++;
            const at = map.originalPositionFor({ line: index + 1, column: found.index });
            const source = at.source === null ? "" : map.sourceContentFor(at.source);
            const there = (source.split("\n")[at.line - 1] ?? "").slice(at.column);
            if (!new RegExp(`^z-index: ?${found[1]}\\b`).test(there)) {
                wrong.push(
                    `${file}: z-index: ${found[1]} leads to ${at.source}:${at.line}:${at.column}, ${there.slice(0, 30)}`,
                );
            }
        }
    });
}
console.log(wrong.length > 0 ? wrong.join("\n") : marks);
process.exitCode = wrong.length > 0 ? 1 : 0;
