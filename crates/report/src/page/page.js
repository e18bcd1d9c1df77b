"use strict";
// The page of `bundle report`. All it knows is the metafile beside it; every name in that is text, and is put in as text.
(function () {
  const metafile = JSON.parse(document.getElementById("metafile").textContent);
  const RUNTIME = "bundle:runtime/";
  const byId = (id) => document.getElementById(id);

  // What is in it.

  const isMap = (path) => path.endsWith(".map");
  const outputs = Object.entries(metafile.outputs).filter(([path]) => !isMap(path));
  const fileOf = (key) => key.split("?")[0];

  /** The package of a module: its name, the folder or `name@version` that it is in, its version where that is known. */
  function packageOf(key) {
    const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/.exec(key);
    if (found) return { name: found[1], folder: found[0], version: (metafile.packages || {})[found[0]] || "" };
    const outside = /^((?:@[^/@]+\/)?[^/@]+)@(\d[^/]*)(?=\/)/.exec(key);
    return outside && { name: outside[1], folder: outside[0], version: outside[2] };
  }

  /** What a module is put together with on the map. */
  function groupOf(key) {
    if (key.startsWith(RUNTIME)) return "run-time helpers";
    const found = packageOf(key);
    if (found) return found.name;
    const file = fileOf(key);
    return file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "own files";
  }

  /** Files with what is known of them: parts of a component are one. */
  const files = new Map();
  for (const [path, output] of outputs) {
    for (const [key, inside] of Object.entries(output.inputs)) {
      // A stylesheet is shown as the partials that it was made of.
      const parts = inside.sources ? Object.entries(inside.sources) : [[fileOf(key), inside.bytesInOutput]];
      for (const [name, bytes] of parts) {
        const group = groupOf(inside.sources ? name : key);
        if (!files.has(name)) files.set(name, { name, group, bytes: 0, keys: new Set(), places: new Map() });
        const file = files.get(name);
        file.bytes += bytes;
        file.keys.add(key);
        file.places.set(path, (file.places.get(path) || 0) + bytes);
      }
    }
  }

  const entryNames = new Map();
  for (const [path, output] of outputs) if (output.entryPoint) entryNames.set(output.entryPoint, output.name || path);

  /** Pages: per entry the scripts and stylesheets that its page loads at first, behind what they need. */
  const pages = outputs.filter(([, output]) => output.entryPoint && !output.worker).map(([path, output]) => {
    const seen = new Set();
    const loaded = [];
    const load = (file) => {
      const found = metafile.outputs[file];
      if (!found || seen.has(file)) return;
      seen.add(file);
      const isAtFirst = (ask) => !ask.external && (ask.kind === "import-statement" || ask.kind === "import-rule");
      (found.imports || []).filter(isAtFirst).forEach((ask) => load(ask.path));
      if (found.cssBundle) load(found.cssBundle);
      loaded.push(file);
    };
    load(path);
    const isStyle = (file) => file.endsWith(".css");
    return { name: output.name || path, styles: loaded.filter(isStyle), scripts: loaded.filter((file) => !isStyle(file)) };
  });

  /** The entries whose pages load an output, and what asks for it later. */
  function usersOf(path, output) {
    const at = pages.filter((page) => page.styles.concat(page.scripts).includes(path)).map((page) => page.name);
    if (at.length) return at.join(", ");
    const by = outputs.filter(([, other]) => other.cssBundle === path).map(([, other]) => other);
    const roots = by.concat(output).flatMap((one) => one.neededFor || []).filter((root) => root.kind === "dynamic-import");
    return roots.length ? "later, by import() of " + [...new Set(roots.map((root) => fileOf(root.path)))].join(", ") : "";
  }

  /** A module as an output has it; a module of another script, as that one has it. */
  function insideOf(path, key) {
    const other = () => outputs.find(([, output]) => !output.worker && output.inputs[key]);
    return metafile.outputs[path].inputs[key] || (other() || [0, { inputs: {} }])[1].inputs[key] || {};
  }

  /** Why it is there: where it does nothing by itself and names of it are used, an import that takes none is no reason. */
  function reasons(path, key) {
    const inside = insideOf(path, key);
    const needs = inside.neededBy || [];
    const isBare = (need) => need.kind === "import-statement" && !(need.names || []).length;
    return inside.hasEffects || needs.every(isBare) ? needs : needs.filter((need) => !isBare(need));
  }

  /** The shortest way from an entry to a file in an output: needs, from the entry on. */
  function chain(path, file) {
    const next = new Map();
    const waiting = [];
    for (const key of file.keys) {
      if (metafile.outputs[path].inputs[key]) {
        next.set(key, null);
        waiting.push(key);
      }
    }
    for (let i = 0; i < waiting.length; i++) {
      const key = waiting[i];
      if (entryNames.has(key)) {
        const steps = [];
        for (let at = next.get(key); at; at = next.get(at.to)) steps.push(at.need);
        return { entry: entryNames.get(key), steps };
      }
      for (const need of reasons(path, key)) {
        if (!next.has(need.path)) {
          next.set(need.path, { need, to: key });
          waiting.push(need.path);
        }
      }
    }
    return null;
  }

  // How it is shown.

  function size(bytes) {
    if (bytes === undefined) return "";
    if (bytes < 1000) return bytes + " B";
    return bytes < 1e6 ? (bytes / 1e3).toFixed(1) + " kB" : (bytes / 1e6).toFixed(2) + " MB";
  }

  const countOf = (number, what) => number + " " + what + (number === 1 ? "" : "s");

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  const link = (text, action) => element("button", { type: "button", className: "link", textContent: text, onclick: action });
  const number = (bytes) => element("td", { className: "number", textContent: typeof bytes === "number" ? size(bytes) : bytes || "" });

  function table(heads, rows) {
    const isNumber = (text) => ["Size", "Size there", "gzip", "Modules", "Copies", "Together", "Scripts", "Styles", "Both"].includes(text);
    const th = (text) => element("th", { textContent: text, scope: "col", className: isNumber(text) ? "number" : "" });
    const head = element("tr", {}, ...heads.map(th));
    return [element("thead", {}, head), element("tbody", {}, ...rows)];
  }

  function hue(text) {
    let hash = 7;
    for (const letter of text) hash = (hash * 31 + letter.codePointAt(0)) % 3600;
    return Math.round(hash / 10);
  }

  // The map.

  function node(name, children) {
    const kept = children.filter((child) => child.bytes > 0).sort((a, b) => b.bytes - a.bytes);
    return { name, children: kept, bytes: kept.reduce((sum, child) => sum + child.bytes, 0) };
  }

  const leaf = (file, bytes) => ({ name: file.name.split("/").pop(), file, bytes });

  function grouped(entries) {
    const groups = new Map();
    for (const [file, bytes] of entries) {
      if (!groups.has(file.group)) groups.set(file.group, []);
      groups.get(file.group).push(leaf(file, bytes));
    }
    return [...groups].map(([name, children]) => node(name, children));
  }

  function tree(isByOutput) {
    if (!isByOutput) return node("all packages", grouped([...files.values()].map((file) => [file, file.bytes])));
    const trees = outputs.map(([path, output]) => {
      const inside = [...files.values()].filter((file) => file.places.has(path));
      const groups = grouped(inside.map((file) => [file, file.places.get(path)]));
      const rest = output.bytes - groups.reduce((sum, group) => sum + group.bytes, 0);
      return node(path, groups.concat({ name: inside.length ? "glue between modules" : "the file", bytes: rest }));
    });
    return node("all outputs", trees);
  }

  /** Rectangles near to squares: rows are filled as long as that makes them squarer. */
  function squares(children, box) {
    const placed = [];
    const left = { ...box };
    let rest = children.reduce((sum, child) => sum + child.bytes, 0);
    let index = 0;
    while (index < children.length && left.width > 1 && left.height > 1) {
      const short = Math.min(left.width, left.height);
      const scale = (left.width * left.height) / rest;
      let sum = 0;
      let worst = Infinity;
      let end = index;
      while (end < children.length) {
        const more = sum + children[end].bytes;
        const depth = (more * scale) / short;
        const ratio = (bytes) => Math.max(depth / ((bytes * scale) / depth), (bytes * scale) / depth / depth);
        const worse = Math.max(ratio(children[index].bytes), ratio(children[end].bytes));
        if (worse > worst) break;
        worst = worse;
        sum = more;
        end++;
      }
      const depth = (sum * scale) / short;
      let along = 0;
      for (; index < end; index++) {
        const length = (children[index].bytes * scale) / depth;
        const isColumn = left.width >= left.height;
        placed.push({
          child: children[index],
          x: left.x + (isColumn ? 0 : along), y: left.y + (isColumn ? along : 0),
          width: isColumn ? depth : length, height: isColumn ? length : depth,
        });
        along += length;
      }
      rest -= sum;
      if (left.width >= left.height) { left.x += depth; left.width -= depth; } else { left.y += depth; left.height -= depth; }
    }
    return placed;
  }

  const TITLE = 17;
  let way = [];

  function draw() {
    const map = byId("map");
    map.replaceChildren();
    const shown = way[way.length - 1];
    fill(map, shown, { x: 0, y: 0, width: map.clientWidth, height: map.clientHeight }, way);
    byId("way").replaceChildren(...way.map((at, depth) => link(at.name + " (" + size(at.bytes) + ")", () => zoom(way.slice(0, depth + 1)))));
  }

  function fill(map, parent, box, path) {
    for (const { child, x, y, width, height } of squares(parent.children, box)) {
      if (width < 3 || height < 3) continue;
      const isGroup = Boolean(child.children);
      const label = child.name + ", " + size(child.bytes);
      const cell = element("button", { type: "button", className: isGroup ? "cell group" : "cell", title: label });
      cell.setAttribute("aria-label", label);
      if (width > 28 && height > 15) cell.textContent = child.name + "  " + size(child.bytes);
      Object.assign(cell.style, { left: x + "px", top: y + "px", width: width + "px", height: height + "px" });
      cell.style.setProperty("--hue", hue(child.file ? child.file.group : child.name));
      if (isGroup) cell.onclick = () => zoom(path.concat(child));
      else if (child.file) cell.onclick = () => select(child.file);
      map.append(cell);
      if (isGroup && width > 40 && height > TITLE + 14) {
        const inner = { x: x + 3, y: y + TITLE, width: width - 6, height: height - TITLE - 3 };
        fill(map, child, inner, path.concat(child));
      }
    }
  }

  function zoom(to) {
    way = to;
    draw();
  }

  function group(isByOutput) {
    byId("by-output").setAttribute("aria-pressed", isByOutput);
    byId("by-package").setAttribute("aria-pressed", !isByOutput);
    zoom([tree(isByOutput)]);
  }

  // One module.

  const where = (ask) => fileOf(ask.path) + (ask.line ? ":" + ask.line : "");

  function line(ask) {
    const file = files.get(fileOf(ask.path));
    const item = element("li", {}, file ? link(where(ask), () => select(file)) : where(ask));
    if (ask.text) item.append(" ", element("code", { textContent: ask.text }));
    return item;
  }

  /** Asks between parts of one component are nobody's concern. */
  function lines(steps, end) {
    const to = steps.slice(1).map((step) => fileOf(step.path)).concat(end);
    return steps.filter((step, i) => fileOf(step.path) !== to[i]).flatMap((step) => [step, ...(step.through || [])]).map(line);
  }

  function select(file) {
    const body = byId("module-body");
    byId("module-title").textContent = file.name;
    const rows = [...file.places].map(([path, bytes]) => element("tr", {}, element("td", { textContent: path }), number(bytes)));
    body.replaceChildren(element("table", {}, ...table(["Output", "Size there"], rows)));
    for (const path of [...file.places.keys()].slice(0, 4)) {
      const found = chain(path, file);
      if (!found) continue;
      body.append(element("h3", { textContent: "How the entry " + found.entry + " comes to it, in " + path }));
      const items = lines(found.steps, file.name).concat(element("li", { textContent: file.name }));
      body.append(element("ol", { className: "chain" }, ...items));
    }
    const asks = new Map();
    for (const path of file.places.keys()) {
      for (const key of file.keys) {
        for (const need of insideOf(path, key).neededBy || []) {
          if (fileOf(need.path) !== file.name && !asks.has(where(need))) asks.set(where(need), need);
        }
      }
    }
    body.append(element("h3", { textContent: "Who imports this (" + asks.size + ")" }));
    const items = [...asks.values()].map((need) => {
      const item = line(need);
      if (need.names && need.names.length) item.append(" ", element("span", { className: "soft", textContent: "uses " + need.names.join(", ") }));
      return item;
    });
    body.append(items.length ? element("ol", { className: "chain" }, ...items) : element("p", { className: "soft", textContent: "No file of the build: it is an entry, or code that bundle adds needs it." }));
    byId("module").hidden = false;
    byId("module").focus();
  }

  // Search and tables.

  function search() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const isFound = (file) => words.every((word) => file.name.toLowerCase().includes(word) || file.group.toLowerCase().includes(word));
    const found = words.length ? [...files.values()].filter(isFound).sort((a, b) => b.bytes - a.bytes) : [];
    byId("found").hidden = !words.length;
    const bytes = found.reduce((sum, file) => sum + file.bytes, 0);
    byId("found-title").textContent = countOf(found.length, "module") + ", " + size(bytes);
    byId("found-list").replaceChildren(...found.slice(0, 100).map((file) =>
      element("li", {}, element("span", { className: "number", textContent: size(file.bytes) }), link(file.name, () => select(file)))));
  }

  function pageRows() {
    const total = (list, field) => list.reduce((bytes, file) => bytes + (metafile.outputs[file][field] || 0), 0);
    const both = (page) => page.scripts.concat(page.styles);
    const sizes = (list) => {
      const gzip = total(list, "gzip");
      return number(list.length ? size(total(list, "bytes")) + (gzip ? " (" + size(gzip) + ")" : "") : "");
    };
    return pages.slice().sort((a, b) => total(both(b), "bytes") - total(both(a), "bytes")).map((page) =>
      element("tr", {}, element("td", { className: "name", textContent: page.name }), sizes(page.scripts), sizes(page.styles), sizes(both(page)),
        element("td", { className: "soft files", textContent: both(page).join(", ") })));
  }

  function outputRows() {
    return outputs.slice().sort((a, b) => b[1].bytes - a[1].bytes).map(([path, output]) => {
      const show = () => {
        group(true);
        const found = way[0].children.find((child) => child.name === path);
        if (found && found.children.length) zoom([way[0], found]);
        byId("map").scrollIntoView({ block: "nearest" });
      };
      return element("tr", {}, element("td", {}, link(path, show)), element("td", { className: "files", textContent: usersOf(path, output) }),
        number(output.bytes), number(output.gzip), number(String(Object.keys(output.inputs).length)));
    });
  }

  function twice() {
    const packages = new Map();
    for (const file of files.values()) {
      const found = file.bytes > 0 && packageOf(file.name);
      if (!found) continue;
      if (!packages.has(found.name)) packages.set(found.name, new Map());
      const folders = packages.get(found.name);
      if (!folders.has(found.folder)) folders.set(found.folder, { ...found, bytes: 0, outputs: new Set() });
      const folder = folders.get(found.folder);
      folder.bytes += file.bytes;
      file.places.forEach((_, path) => folder.outputs.add(path));
    }
    const rows = [...packages.values()].filter((folders) => folders.size > 1).flatMap((folders) => [...folders.values()]);
    if (!rows.length) return [element("p", { className: "soft", textContent: "None." })];
    return [element("table", {}, ...table(["Package", "Version", "Folder", "Size", "Outputs"], rows.map((row) => element("tr", {},
      element("td", { textContent: row.name }), element("td", { textContent: row.version }), element("td", { textContent: row.folder }),
      number(row.bytes), element("td", { textContent: [...row.outputs].join(", ") })))))];
  }

  function copies() {
    const wasted = (file) => file.bytes - Math.max(...file.places.values());
    const isScript = (path) => !path.endsWith(".css");
    const count = (file) => [...file.places].filter(([path, bytes]) => bytes > 0 && isScript(path)).length;
    // What every script has of our own runtime is nothing that anybody could change.
    const isTheirs = (file) => !file.name.startsWith(RUNTIME);
    const found = [...files.values()].filter((file) => isTheirs(file) && count(file) > 1).sort((a, b) => wasted(b) - wasted(a));
    if (!found.length) return [element("p", { className: "soft", textContent: "None." })];
    const rows = found.slice(0, 30).map((file) => element("tr", {}, element("td", {}, link(file.name, () => select(file))),
      number(String(count(file))), number(file.bytes)));
    const head = element("p", { className: "soft", textContent: countOf(found.length, "module") + "; \"splitting\" puts them into scripts that entries share." });
    return [head, element("table", {}, ...table(["Module", "Copies", "Together"], rows))];
  }

  const sum = (pick) => outputs.reduce((bytes, [, output]) => bytes + (pick(output) || 0), 0);
  const gzip = sum((output) => output.gzip);
  const form = metafile.mode ? metafile.mode + (metafile.minified ? ", minified: " : ", not minified: ") : "";
  byId("total").textContent = form + countOf(outputs.length, "file") + ", " + size(sum((output) => output.bytes)) +
    (gzip ? "; scripts and sheets " + size(gzip) + " after gzip" : "") + "; " + countOf(files.size, "module");
  byId("pages").append(...table(["Entry", "Scripts", "Styles", "Both", "Files"], pageRows()));
  byId("outputs").append(...table(["File", "Pages", "Size", "gzip", "Modules"], outputRows()));
  byId("twice").append(...twice());
  byId("copies").append(...copies());
  byId("by-output").onclick = () => group(true);
  byId("by-package").onclick = () => group(false);
  byId("search").oninput = search;
  window.addEventListener("resize", draw);
  group(true);
})();
