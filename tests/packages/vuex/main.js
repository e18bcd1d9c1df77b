import "core-js/actual/promise";
import "core-js/actual/object/assign";
import Vue from "vue";
import Vuex, { mapGetters, mapMutations, mapState } from "vuex";

Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.use(Vuex);
const cart = {
  namespaced: true,
  state: () => ({ items: [] }),
  getters: { total: (state) => state.items.reduce((sum, { price }) => sum + price, 0) },
  mutations: { add: (state, item) => state.items.push(item) },
  actions: {
    buy({ commit }, item) {
      return Promise.resolve(item).then((bought) => commit("add", bought));
    },
  },
};
const store = new Vuex.Store({ strict: true, state: { user: "fred" }, modules: { cart } });
const vm = new Vue({
  store,
  computed: { ...mapState(["user"]), ...mapGetters("cart", ["total"]) },
  methods: { ...mapMutations("cart", ["add"]) },
  render(h) {
    return h("div", `${this.user} ${this.total}`);
  },
}).$mount("#app");
const finish = done.async();
vm.add({ price: 3 });
store
  .dispatch("cart/buy", { price: 4 })
  .then(() => vm.$nextTick())
  .then(() => {
    assert.equal(vm.$el.textContent, "fred 7");
    assert.equal(store.state.cart.items.length, 2);
    log("ok");
  })
  .then(() => finish(), finish);
