// A document as text that is the same in every browser: an element a line, attributes in order, texts in quotes, and where a
// form's state differs from its attributes, that too, as `.value="…"`. ECMAScript 5: PhantomJS reads this.

/** What an element holds, and then what was logged. */
function shownOf(element, logged) {
  var lines = [];
  addChildren(element, "", lines);
  logged.forEach(function (line) {
    lines.push("log: " + line);
  });
  return withoutIds(lines.join("\n") + "\n");
}

function addChildren(parent, indent, lines) {
  // What a <template> holds is a document of its own, where browsers know that.
  var nodes = (parent.content && parent.content.childNodes) || parent.childNodes;
  for (var i = 0; i < nodes.length; i++) addNode(nodes[i], indent, lines);
}

function addNode(node, indent, lines) {
  if (node.nodeType === 3) lines.push(indent + quoted(node.data));
  if (node.nodeType === 8) lines.push(indent + "<!--" + node.data + "-->");
  if (node.nodeType !== 1) return;
  var inner = [];
  addChildren(node, indent + "  ", inner);
  lines.push(indent + "<" + [nameOf(node)].concat(attributesOf(node), stateOf(node)).join(" ") + ">");
  lines.push.apply(lines, inner);
}

var NAMESPACES = { "http://www.w3.org/2000/svg": "svg:", "http://www.w3.org/1998/Math/MathML": "math:" };

function nameOf(element) {
  return (NAMESPACES[element.namespaceURI] || "") + element.localName;
}

/** By name, but for ids of components: nobody knows which of two comes first. */
function attributesOf(element) {
  var named = [];
  var ids = [];
  Array.prototype.slice.call(element.attributes).forEach(function (attribute) {
    var value = attribute.name === "style" ? tidyStyle(attribute.value) : attribute.value;
    var list = /^data-v-[0-9a-f]{8}$/.test(attribute.name) ? ids : named;
    list.push(attribute.name + (value === "" ? "" : "=" + quoted(value)));
  });
  return named.sort().concat(ids);
}

/** Browsers disagree about spaces and semicolons, and about quotes in url(). */
function tidyStyle(text) {
  var declarations = text.replace(/url\((["']?)(.*?)\1\)/g, "url($2)").split(/;(?![^(]*\))/);
  declarations = declarations.map(function (each) {
    return each.trim();
  });
  return declarations.filter(Boolean).join("; ");
}

function stateOf(element) {
  var state = [];
  var tag = element.localName;
  var isButton = element.type === "checkbox" || element.type === "radio";
  var written = tag === "textarea" ? element.defaultValue : element.getAttribute("value") || "";
  var hasValue = (tag === "input" && !isButton) || tag === "textarea";
  if (hasValue && element.value !== written) state.push(".value=" + quoted(element.value));
  if (isButton && element.checked !== element.hasAttribute("checked")) state.push(".checked=" + element.checked);
  if (tag === "option" && element.selected !== element.hasAttribute("selected")) state.push(".selected=" + element.selected);
  if (element.muted) state.push(".muted");
  return state;
}

function quoted(text) {
  return JSON.stringify(text).replace(/\u00a0/g, "\\u00a0");
}

/** Ids of components follow from paths by somebody's rule: they are counted here. */
function withoutIds(text) {
  var ids = [];
  return text.replace(/(data-v-|--)([0-9a-f]{8})(?![0-9a-f])/g, function (_, before, id) {
    if (ids.indexOf(id) < 0) ids.push(id);
    return before + (ids.indexOf(id) + 1);
  });
}
