// Where the files of a build are at run time. This is a module of its own for scripts that only
// start workers, and the first part of the module that lets scripts meet on a page. The same rules
// as in helpers/ hold: ECMAScript 5 except for `export`, no effects at the top level, strict and
// sloppy alike.

// Returns the object that gives a script the addresses of its files. It is called while the script
// runs, because later nothing shows which script that was. `name`: the project; `file`: the
// script's own file; `path`: the configured URL of the output folder.
export function addresses(name, file, path) {
  var own = own_script(file);
  return {
    address: function (wanted) {
      return folder(typeof BUNDLE_PUBLIC_PATH === "undefined" ? undefined : BUNDLE_PUBLIC_PATH, name, file, path, own) + wanted;
    }
  };
}

// The address of the output folder. A worker uses its own address, because addresses relative to
// the page are not valid there. A page uses the configured address, the one that the page
// specifies, or the address of this script.
function folder(said, name, file, path, own) {
  var from = worker_address();
  if (ends_with(from, "/" + file)) return from.slice(0, -file.length);
  if (said && typeof said === "object") said = said[name];
  said = path || said;
  if (said) return /\/$/.test(said) ? said : said + "/";
  if (own) from = own.src.split(/[?#]/)[0];
  if (ends_with(from, "/" + file)) return from.slice(0, -file.length);
  return from.slice(0, from.lastIndexOf("/") + 1) + file.split("/").slice(1).map(function () {
    return "../";
  }).join("");
}

// The address of the worker that runs; empty on a page.
function worker_address() {
  if (typeof document === "object" || typeof self !== "object" || typeof location !== "object" || !location) return "";
  return String(location.href).split(/[?#]/)[0];
}

function ends_with(text, end) {
  return text.length >= end.length && text.slice(-end.length) === end;
}

// The script that runs. A page can put any element with the name `currentScript` into `document`,
// so only a script counts. Internet Explorer does not show which script runs: there it is the last
// one with the name.
function own_script(file) {
  var script, all, i;
  if (typeof document !== "object" || !document) return undefined;
  script = document.currentScript;
  if (script && String(script.tagName).toUpperCase() === "SCRIPT" && script.src) return script;
  all = document.getElementsByTagName("script");
  for (i = all.length - 1; i >= 0; i--) {
    if (ends_with((all[i].src || "").split(/[?#]/)[0], "/" + file)) return all[i];
  }
  return undefined;
}
