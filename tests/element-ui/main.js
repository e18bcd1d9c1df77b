// npm's element-ui from its sources: every component mounted (`#mounted`), or many of them used (`#used`). What the page
// shows is compared with what it shows where vue-loader built it.

import Vue from "vue";
import ElementUI from "element-ui/src/index.js";
import { components } from "./components.js";
import { mounted } from "./mounted.js";
import { finish, listen, play, write } from "./stage.js";
import { used } from "./used.js";

const seen = new Set();

/** Tells of each component that it was there. */
function watch() {
  const files = new Map(Object.keys(components).map((file) => [components[file].render, file]));
  Vue.mixin({
    beforeCreate() {
      seen.add(files.get(this.$options.render));
    },
  });
  for (const [render, file] of files) {
    if (components[file].functional) {
      Vue.extend(components[file]).options.render = function (...args) {
        seen.add(file);
        return render.apply(this, args);
      };
    }
  }
}

const over = done.async();
Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.use(ElementUI);
watch();
listen();
const isUsing = location.hash === "#used";
play(isUsing ? used : mounted, () => {
  if (!isUsing) {
    const missing = Object.keys(components).filter((file) => !seen.has(file));
    write(`\n${Object.keys(components).length - missing.length} components mounted, ${missing.length} not: ${missing.join(" ")}`);
  }
  finish();
  over();
});
