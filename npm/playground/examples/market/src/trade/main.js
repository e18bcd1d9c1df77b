import Vue from "vue";
import { money } from "@/shared";
import BuyScreen from "./BuyScreen.vue";

Vue.filter("money", money.format);

const products = [
  { id: 1, name: "Desk lamp", price: 12900 },
  { id: 2, name: "Armchair", price: 84000 },
];

new Vue({ el: "#buy", render: (h) => h(BuyScreen, { props: { products } }) });
