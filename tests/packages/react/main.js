import "core-js/actual/map";
import "core-js/actual/set";
import "core-js/actual/symbol";
import { createElement } from "react";
import ReactDOM from "react-dom";
import { act } from "react-dom/test-utils";
import { App } from "./app.jsx";

const app = document.querySelector("#app");
act(() => {
  ReactDOM.render(createElement(App, { title: "react", className: "x" }), app);
});
assert.equal(app.querySelector("h1").textContent, "react & 1");
assert.equal(app.querySelector("h1").className, "x");
act(() => {
  const event = document.createEvent("MouseEvents");
  event.initEvent("click", true, true);
  app.querySelector("button").dispatchEvent(event);
});
assert.equal(app.querySelector("ul").innerHTML, "<li>a</li><li>b1</li><li>last</li>");
assert.equal(ReactDOM.unmountComponentAtNode(app), true);
log("ok");
