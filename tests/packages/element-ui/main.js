import "core-js/actual/promise";
import Vue from "vue";
import ElementUI, { Button, Message } from "element-ui";
import locale from "element-ui/lib/locale/lang/en";

Vue.config.productionTip = false;
Vue.config.devtools = false;
Vue.use(ElementUI, { locale, size: "small" });
const finish = done.async();
const vm = new Vue({
  data: { name: "", rows: [{ date: "2016-05-03", name: "Tom" }, { date: "2016-05-02", name: "Jack" }], open: true },
  render(h) {
    return h("div", { attrs: { id: "app" } }, [
      h("el-button", { props: { type: "primary" }, on: { click: () => (this.name = "clicked") } }, ["Save"]),
      h("el-input", { props: { value: this.name, clearable: true }, ref: "input" }),
      h("el-select", { props: { value: 2 } }, [1, 2].map((value) => h("el-option", { props: { value, label: "no. " + value } }))),
      h("el-pagination", { props: { total: 50, layout: "prev, pager, next" } }),
      h("el-table", { props: { data: this.rows } }, [
        h("el-table-column", { props: { prop: "date", label: "Date" } }),
        h("el-table-column", { props: { prop: "name", label: "Name", sortable: true } }),
      ]),
      h("el-date-picker", { props: { value: new Date(2020, 1, 29), type: "date" } }),
    ]);
  },
}).$mount("#app");
assert.equal(Button.name, "ElButton");
assert.equal(vm.$el.querySelector("button").className, "el-button el-button--primary el-button--small");
vm.$el.querySelector("button").dispatchEvent(mouse("click"));

function mouse(type) {
  const event = document.createEvent("MouseEvents");
  event.initEvent(type, true, true);
  return event;
}

setTimeout(() => {
  try {
    assert.equal(vm.name, "clicked");
    assert.equal(vm.$el.querySelector("input").value, "clicked");
    assert.equal(vm.$el.querySelectorAll(".el-table__body tbody tr").length, 2);
    assert.equal(vm.$el.querySelectorAll(".el-pager li").length, 5);
    assert.equal(vm.$el.querySelector(".el-date-editor input").value, "2020-02-29");
    Message({ message: "saved", duration: 0 });
    assert.equal(document.querySelector(".el-message__content").textContent, "saved");
    log("ok");
    finish();
  } catch (error) {
    finish(error);
  }
}, 200);
