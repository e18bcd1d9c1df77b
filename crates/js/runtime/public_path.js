// `__webpack_public_path__` of modules: the text before the names of files in the output folder.
// The scripts of a build share it on a page; a worker has its own. The same rules as in helpers/
// hold: ECMAScript 5 except for `export`, no effects at the top level, strict and sloppy alike.

// The public path of a project. `value` can be read and set. Until a module has set it, it is what
// `find` returns, which scripts that find files provide. `followers` are called when it is set.
export function public_path(project) {
  var page = page_of_public_path();
  var key = "bundle-public-path:" + project;
  if (!page[key]) page[key] = new_public_path();
  return page[key];
}

function new_public_path() {
  var set_by_module;
  return Object.defineProperty({ find: undefined, followers: [] }, "value", {
    get: function () {
      if (set_by_module !== undefined) return set_by_module;
      return this.find ? this.find() : "";
    },
    set: function (value) {
      set_by_module = value;
      this.followers.forEach(function (follow) {
        follow();
      });
    }
  });
}

function page_of_public_path() {
  if (typeof globalThis === "object") return globalThis;
  if (typeof self === "object") return self;
  return Function("return this")();
}
