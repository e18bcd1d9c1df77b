import "core-js/actual/set";
import { Component, Fragment, createContext, h, render } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";

const Theme = createContext("light");
let setCount;
const effects = [];
function Counter({ start }) {
  const [count, set] = useState(start);
  setCount = set;
  const double = useMemo(() => count * 2, [count]);
  const theme = useContext(Theme);
  useEffect(() => {
    effects.push(count);
  }, [count]);
  return h(Fragment, null, h("b", { class: theme }, count), h("i", null, double));
}
class Page extends Component {
  state = { title: "page" };
  render({ children }, { title }) {
    return h("section", null, h("h1", null, title), children);
  }
}
const app = document.querySelector("#app");
render(h(Theme.Provider, { value: "dark" }, h(Page, null, h(Counter, { start: 1 }))), app);
assert.equal(app.innerHTML, '<section><h1>page</h1><b class="dark">1</b><i>2</i></section>');
setCount(5);
const finish = done.async();
setTimeout(() => {
  try {
    assert.equal(app.querySelector("i").textContent, "10");
    assert.equal(effects[effects.length - 1], 5);
    log("ok");
    finish();
  } catch (error) {
    finish(error);
  }
}, 200);
