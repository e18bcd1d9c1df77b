// The stylesheets of a program, compiled by npm's `sass` and combined as a browser does it: each
// `import` of a stylesheet is a link, in the order in which the scripts would run. Usage: node
// styles.mjs FOLDER ENTRY, with `sass` among the packages of `tests`. Writes CSS beside each Sass
// file, and prints the links' addresses as JSON.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const sass = createRequire(import.meta.url)("sass");
const [folder, entry] = process.argv.slice(2);
const links = [];
const seen = new Set();

/** Its sheets, then its own: as modules run. */
function visit(file) {
    if (seen.has(file)) return;
    seen.add(file);
    if (/\.css$/.test(file)) return links.push(relative(folder, file));
    if (/\.s[ac]ss$/.test(file)) return links.push(relative(folder, compiled(file)));
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(
        /^import (?:[^"']* from )?["']([^"']+)["']/gm,
    )) {
        visit(found(specifier, dirname(file)));
    }
}

function found(specifier, base) {
    if (specifier.startsWith(".")) return resolve(base, specifier);
    return resolve(folder, "node_modules", specifier);
}

function compiled(file) {
    const config = existsSync(join(folder, "bundle.config.json"))
        ? JSON.parse(readFileSync(join(folder, "bundle.config.json"), "utf8"))
        : {};
    const { css } = sass.compileString(
        (config.sass?.additionalData ?? "") + readFileSync(file, "utf8"),
        {
            url: pathToFileURL(file),
            syntax: file.endsWith(".sass") ? "indented" : "scss",
            loadPaths: (config.sass?.loadPaths ?? []).map((path) => join(folder, path)),
            importers: [packages(config.alias ?? {}), new sass.NodePackageImporter(folder)],
            logger: sass.Logger.silent,
        },
    );
    writeFileSync(`${file}.css`, css);
    return `${file}.css`;
}

/** What sass-loader adds: `~package`, packages by their names, aliases. */
function packages(aliases) {
    return {
        findFileUrl(url) {
            const plain = url.replace(/^~\/?/, "");
            for (const [name, path] of Object.entries(aliases)) {
                if (plain.startsWith(`${name}/`)) {
                    return pathToFileURL(join(folder, path, plain.slice(name.length + 1)));
                }
            }
            return plain.includes(":") ? null : pathToFileURL(join(folder, "node_modules", plain));
        },
    };
}

visit(resolve(folder, entry));
console.log(JSON.stringify(links));
