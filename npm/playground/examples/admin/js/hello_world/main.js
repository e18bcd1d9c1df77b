import HelloWorld from "./HelloWorld.vue";

// `Vue` is a global of the page: the header includes it.
Vue.component("hello-world", HelloWorld);
