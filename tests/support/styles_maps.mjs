// Checks the source maps of stylesheets with marks. A declaration `z-index: N` occurs once in the
// sources, and wherever a stylesheet has it, its mapping must lead there. Usage: node
// styles_maps.mjs FILE…, stylesheets with inline maps. Prints what is wrong, or the number of
// marks.

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
                    `${file}: z-index: ${found[1]} leads to ` +
                      `${at.source}:${at.line}:${at.column}, ${there.slice(0, 30)}`,
                );
            }
        }
    });
}
console.log(wrong.length > 0 ? wrong.join("\n") : marks);
process.exitCode = wrong.length > 0 ? 1 : 0;
