import Vue from "vue";

Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.component("hello-world", {
  props: ["name"],
  template: `<p class="hello">Hello, <b>{{ name }}</b> <slot/></p>`,
});
const vm = new Vue({
  data: { items: ["a", "b"], name: "world" },
  computed: {
    count() {
      return this.items.length;
    },
  },
  template: `
    <div id="app">
      <hello-world :name="name"><i v-if="count > 2">many</i></hello-world>
      <ul><li v-for="(item, at) in items" :key="at" @click="name = item">{{ item | upper }}</li></ul>
    </div>`,
  filters: { upper: (text) => text.toUpperCase() },
});
vm.$mount("#app");
const finish = done.async();
const html = () => document.querySelector("#app").innerHTML.replace(/<!---->|\s+(?=<)/g, "");
assert.equal(html(), '<p class="hello">Hello,<b>world</b></p><ul><li>A</li><li>B</li></ul>');
vm.items.push("c");
document.querySelectorAll("li")[1].click ? document.querySelectorAll("li")[1].click() : (vm.name = "b");
Vue.nextTick(() => {
  assert.equal(html(), '<p class="hello">Hello,<b>b</b><i>many</i></p><ul><li>A</li><li>B</li><li>C</li></ul>');
  log("ok");
  finish();
});
