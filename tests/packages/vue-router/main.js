import "core-js/actual/promise";
import Vue from "vue";
import VueRouter from "vue-router";

Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.use(VueRouter);
const page = (name) => ({ render: (h) => h("h1", name) });
const User = {
  props: ["id"],
  render(h) {
    return h("h1", [`user ${this.id} `, h("router-link", { props: { to: { name: "home" } } }, "home")]);
  },
};
const router = new VueRouter({
  mode: "abstract",
  routes: [
    { path: "/", name: "home", component: page("home") },
    { path: "/users/:id(\\d+)", component: User, props: true, meta: { login: true } },
    { path: "*", redirect: "/" },
  ],
});
const visited = [];
router.beforeEach((to, from, next) => {
  visited.push(to.fullPath);
  next();
});
const vm = new Vue({ router, render: (h) => h("div", { attrs: { id: "app" } }, [h("router-view")]) }).$mount("#app");
const finish = done.async();
router
  .push("/users/7?tab=a")
  .then((route) => {
    assert.deepEqual(route.params, { id: "7" });
    assert.equal(route.query.tab, "a");
    return vm.$nextTick();
  })
  .then(() => {
    assert(vm.$el.textContent.indexOf("user 7") === 0, vm.$el.innerHTML);
    return router.push("/nowhere");
  })
  .then(() => vm.$nextTick())
  .then(() => {
    assert.equal(vm.$el.textContent, "home");
    assert.deepEqual(visited.slice(-1), ["/"]);
    log("ok");
  })
  .then(() => finish(), finish);
