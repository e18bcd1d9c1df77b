// Random scripts of components, as far as they matter to a template: the names that `<script
// setup>` gives it, in every possible way.

const IMPORTS = [
  "import Foo from './Foo.vue'", "import { bar as MyComp } from './bar'",
  "import * as NS from './ns'", "import { save } from './save'",
  "import elButton from './button.vue'",
  "import { user, default as item } from './user'",
];
const LINES = [
  "const count = ref(0)",
  "let msg = 'm'",
  "const obj = reactive({ x: 1 })",
  "function fn() { return 1 }",
  "const { b, c: { d: ok } } = useThings()",
  "const LIT = 1",
  "const list = computed(() => [1])",
  "const [a = 1, ...rest] = things()",
  "const vFocus = { inserted() {} }",
  "class Klass {}",
  "let foo = shallowRef(null)",
  "const myComp = () => import('./x.vue')",
  "var local = 2",
];
const PROPS = [
  "const props = defineProps({ a: String, list: Array })",
  "defineProps(['b', 'item'])",
  "const emit = defineEmits(['x'])",
];
const OPTIONS = [
  "export default { props: ['b'], data() { return { c: 1 } } }",
  "export default { name: 'x', computed: { ok() { return 1 } }, methods: { fn() {} } }",
  "import Foo from './Foo.vue'\nexport default { components: { Foo } }",
];

/** Blocks of a file, or null for none. */
export function randomScript(world) {
  const kind = world.weighted({ "no-script": 62, options: 8, setup: 28, both: 2 });
  if (kind === "no-script") return null;
  const language = world.chance(12) ? ' lang="ts"' : "";
  const options = { open: `<script${language}>`, lines: [world.of(OPTIONS)] };
  if (kind === "options") return { setup: false, blocks: [options] };
  const setup = { open: `<script setup${language}>`, lines: setupLines(world) };
  const normal = {
    open: `<script${language}>`,
    lines: ["export default { name: 'x', inheritAttrs: false }"],
  };
  return { setup: true, blocks: kind === "both" ? [normal, setup] : [setup] };
}

function setupLines(world) {
  const some = (lines, percent) => lines.filter(() => world.chance(percent));
  const lines = [
    "import { ref, reactive, computed, shallowRef } from 'vue'",
    ...some(IMPORTS, 40),
    ...some(PROPS, 20),
    ...some(LINES, 35),
  ];
  const declared = lines.join("\n");
  // Props and constants of one name would be a mistake.
  return lines.filter((line) => !(line === PROPS[1] && declared.includes(PROPS[0])));
}
