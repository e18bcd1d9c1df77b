// Puts symbols into the page, where `<use xlink:href="#id">` finds them. The same rules as in
// helpers/ hold: ECMAScript 5 except for `export`, no effects at the top level, strict and sloppy
// alike.

// Puts a symbol into the page as soon as it has a body. A symbol that another script has put there
// already is not added again.
export function add_symbol(id, markup) {
  if (typeof document === "undefined") return;
  if (document.body) return put_symbol(id, markup);
  document.addEventListener("DOMContentLoaded", function () {
    put_symbol(id, markup);
  });
}

function put_symbol(id, markup) {
  var known = document.getElementById(id);
  if (!known || known.nodeName.toLowerCase() !== "symbol") symbols().appendChild(drawing(markup).firstChild);
}

// The SVG that holds all symbols of the page. It takes no room. It is not hidden, because hiding it
// would also hide gradients.
function symbols() {
  var found = document.getElementById("bundle-symbols");
  if (!found) {
    found = drawing("");
    found.setAttribute("id", "bundle-symbols");
    found.setAttribute("aria-hidden", "true");
    found.style.position = "absolute";
    found.style.width = found.style.height = "0";
    found.style.overflow = "hidden";
    document.body.insertBefore(found, document.body.firstChild);
  }
  return found;
}

// Internet Explorer reads markup in elements of HTML only.
function drawing(markup) {
  var parsed = document.createElement("div");
  parsed.innerHTML =
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">' + markup + "</svg>";
  return parsed.firstChild;
}
