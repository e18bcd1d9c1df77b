import Vue from "vue";
import Counter from "./Counter.vue";

new Vue({ render: (h) => h(Counter) }).$mount("#app");
