import Vue, { computed, ref, watch } from "vue";

Vue.config.productionTip = false;
Vue.config.devtools = false;
const finish = done.async();
const Counter = {
  setup(_, { emit }) {
    const count = ref(1);
    const double = computed(() => count.value * 2);
    watch(count, (now) => emit("changed", now));
    return { count, double };
  },
  render(h) {
    return h("button", { on: { click: () => this.count++ } }, `${this.count} ${this.double}`);
  },
};
const changes = [];
const vm = new Vue({
  render: (h) => h("div", { attrs: { id: "app" } }, [h(Counter, { ref: "counter", on: { changed: (now) => changes.push(now) } })]),
}).$mount("#app");
assert.equal(vm.$el.innerHTML, "<button>1 2</button>");
vm.$refs.counter.count = 5;
vm.$nextTick(() => {
  assert.equal(document.querySelector("#app").innerHTML, "<button>5 10</button>");
  assert.deepEqual(changes, [5]);
  log("ok");
  finish();
});
