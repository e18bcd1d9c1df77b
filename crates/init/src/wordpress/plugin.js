// What `bundle init` reads for `@wordpress/dependency-extraction-webpack-plugin/lib/util` where it
// is not installed.
const camelCaseDash = (text) => text.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const globals = {
  "@babel/runtime/regenerator": "regeneratorRuntime",
  jquery: "jQuery",
  lodash: "lodash",
  "lodash-es": "lodash",
  moment: "moment",
  react: "React",
  "react-dom": "ReactDOM",
  "react/jsx-runtime": "ReactJSXRuntime",
};
const handles = {
  "@babel/runtime/regenerator": "wp-polyfill",
  "lodash-es": "lodash",
  "react/jsx-runtime": "react-jsx-runtime",
};
const bundled = ["dataviews", "icons", "interface", "sync", "undo-manager"];
const nameOf = (request) =>
  request.startsWith("@wordpress/") ? request.slice("@wordpress/".length) : undefined;

module.exports = {
  camelCaseDash,
  defaultRequestToExternal(request) {
    const name = nameOf(request);
    if (name && !bundled.includes(name)) return ["wp", camelCaseDash(name)];
    return globals[request];
  },
  defaultRequestToHandle(request) {
    const name = nameOf(request);
    return name ? `wp-${name}` : handles[request];
  },
};
