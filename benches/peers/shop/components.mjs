// The components of the shop: single files with scoped SCSS, whose templates of several kinds show
// the store.

import { chances } from "./modules.mjs";

/** Templates inside the root element, and what their script needs. */
const SHOWN = [
  ({ word }) => `    <ul v-if="rows.length" class="list">
      <li v-for="(row, at) in rows" :key="row.id" :class="['line', { odd: at % 2, dear: row.price > limit }]" @click="select(row)">
        <strong>{{ row.name | capital }}</strong> <span class="price">{{ money(row.price) }}</span>
        <em v-if="row === selected">${word()}</em>
      </li>
    </ul>
    <p v-else class="empty">no ${word()}</p>`,
  ({ word, number }) => `    <el-row :gutter="${number(20)}">
      <el-col v-for="row in rows" :key="row.id" :span="6">
        <el-tag :type="row.price > limit ? 'danger' : 'success'" size="small">{{ row.kind }}</el-tag>
        <el-button type="text" :disabled="row.price < ${number(900)}" @click.stop="select(row)">{{ row.name }}</el-button>
      </el-col>
    </el-row>
    <p v-show="selected" class="${word()} chosen">{{ selected && selected.name }}</p>`,
  ({ word }) => `    <form class="form" @submit.prevent="select(null)">
      <label for="${word()}">${word()}</label> <el-input v-model.trim="query" size="mini" placeholder="${word()}" :maxlength="20" />
      <input v-model.number="limit" type="number" min="0" :title="\`up to \${limit}\`">
      <template v-if="query">
        <span v-for="word in words" :key="word" class="word">{{ word }}</span>
      </template>
      <span v-else class="hint"><slot name="hint">type a ${word()}</slot></span>
    </form>`,
  ({ word }) => `    <table class="table">
      <caption>{{ total }} ${word()}</caption>
      <tr v-for="row of rows" :key="row.id" v-bind="{ title: row.name }"><td>{{ row.id }}</td><td :style="{ color: row.price > limit ? '#b91c1c' : null }">{{ money(row.price) }}</td><td>{{ date(row) }}</td></tr>
    </table>
    <el-link type="primary" @click="limit += 1">${word()}</el-link>`,
];

const STYLES = [
  ({ number, word }) => `  @include card("primary", $lifted: ${number(2) === 0});

  .list {
    margin: 0;
    padding-left: space(${1 + number(5)});
  }
  .line {
    @include row(${1 + number(3)});
    &.odd { background: colour("quiet", ${30 + number(20)}%); }
    &.dear .price { color: colour("danger"); font-weight: bold; }
    &:hover { text-decoration: underline; }
  }
  .${word()} + .chosen { display: block; }`,
  ({ number }) => `  margin: space(${number(6)}) 0;
  @include from("middle") {
    padding: space(${1 + number(4)});
  }
  ::v-deep .el-tag { margin-right: space(${1 + number(4)}); }
  .word, .hint {
    font-size: ${10 + number(8)}px;
    &::before { content: "›"; color: colour("accent"); }
  }
  input[type="number"] { width: calc(#{space(${10 + number(9)})} + 2em); }`,
  ({ number }) => `  border-top: ${1 + number(3)}px solid colour("accent", ${number(30)}%);
  @for $step from 1 through 3 {
    .step-#{$step} { padding-left: space($step * ${1 + number(3)}); }
  }
  .table {
    border-collapse: collapse;
    td {
      padding: space(1) space(${1 + number(3)});
      border-bottom: 1px solid colour("quiet");
      user-select: none;
    }
    caption { transform: translateX(${number(9)}px); transition: color 0.2s; }
  }`,
];

/** A component that shows rows, and others in it. */
export function component(name, { random, uses }) {
  const chance = chances(random);
  const { word, number } = chance;
  const kind = `${word()}-${number(100)}`;
  const children = uses.map(
    ({ name: child }) =>
      `    <${child} class="inside" :rows="rows.slice(1)" :label="\`\${label} ${word()}\`"><i slot="hint">${word()}</i></${child}>`,
  );
  return `<template>
  <section :class="['${kind}', { busy: !rows.length }]" :data-label="label">
    <h${2 + number(3)} class="title">{{ title }}</h${"§"}>
${SHOWN[random(SHOWN.length)](chance)}
${children.join("\n")}
  </section>
</template>

<script>
import moment from "moment";
${uses.map(({ name: child, from }) => `import ${child} from "${from}";\n`).join("")}
export default {
  name: "${name}",
  components: { ${uses.map(({ name: child }) => child).join(", ")} },
  filters: {
    capital: (text = "") => text.slice(0, 1).toUpperCase() + text.slice(1),
  },
  props: {
    rows: { type: Array, default: () => [] },
    label: { type: String, default: "${word()}" },
    limit0: { type: [Number, String], default: ${number(4000)} },
  },
  data() {
    return { query: "", selected: null, limit: Number(this.limit0), opened: [${number(9)}, ${number(9)}] };
  },
  computed: {
    words() {
      return this.query.split(/\\s+/).filter((word) => word.length > ${1 + number(2)});
    },
    total: ({ rows }) => rows.reduce((sum, { price }) => sum + price, 0),
    title: {
      get() {
        const [first] = this.rows;
        return \`${word()} \${first?.name ?? "–"} (\${this.rows.length})\`;
      },
    },
  },
  watch: {
    rows: {
      immediate: true,
      handler(rows) {
        this.selected = rows.find(({ price }) => price > this.limit) ?? null;
      },
    },
  },
  methods: {
    money(price, { currency = "KRW" } = {}) {
      return \`\${price.toLocaleString("en-US")} \${currency}\`;
    },
    date({ at }) {
      return moment.utc(at).add(${number(30)}, "days").format("${["D MMMM YYYY", "ddd D.M.", "YYYY-MM-DD"][number(3)]}");
    },
    select(row) {
      this.selected = row;
      this.$emit("select", { ...row, label: this.label });
    },
  },
};
</script>

<style lang="scss" scoped>
@use "@/styles/mixins" as *;

.${kind} {
${STYLES[random(STYLES.length)](chance)}
  &.busy { opacity: 0.${1 + number(8)}; }
}
.title { color: colour("${["primary", "accent", "danger"][number(3)]}", ${number(10)}%); letter-spacing: ${number(3)}px; }
</style>
`.replace(/<h(\d)( class="title">.*?)<\/h§>/, "<h$1$2</h$1>");
}

/** What a route shows: components over a module of the store. */
export function page(area, { at, random, uses }) {
  const { word, number } = chances(random);
  const module = `${area[0].toUpperCase()}${area.slice(1)}Stores${at}`;
  return `<template>
  <main class="page">
    <h1>${word()} <small v-text="summary"></small></h1>
    <p v-if="id">item {{ id }}: {{ selected ? selected.name : "–" }}</p>
    <time v-for="date in dates" :key="date" class="date">{{ date }} </time>
${uses.map(({ name }) => `    <${name} :rows="visible" label="${word()}" @select="choose" />`).join("\n")}
    <router-link v-for="to in links" :key="to" :to="to">{{ to }} </router-link>
  </main>
</template>

<script>
import { mapActions, mapGetters, mapMutations, mapState } from "vuex";
${uses.map(({ name, from }) => `import ${name} from "${from}";\n`).join("")}
export default {
  components: { ${uses.map(({ name }) => name).join(", ")} },
  props: { id: { type: String, default: "" } },
  data: () => ({ links: ["/", "/items/${number(9)}", "/summary"] }),
  computed: {
    ...mapGetters("${module}", ["visible", "summary", "dates"]),
    ...mapState("${module}", ["selected"]),
  },
  methods: {
    ...mapMutations("${module}", ["select"]),
    ...mapActions("${module}", ["reload"]),
    choose({ id }) {
      this.select(id);
    },
  },
};
</script>

<style lang="scss" scoped>
@use "@/styles/mixins" as *;

.page {
  padding: space(${2 + number(4)});
  .date { color: colour("quiet"); }
  > h1 small { font-size: ${50 + number(30)}%; }
  ::v-deep .inside { margin-left: space(${1 + number(4)}); }
}
</style>
`;
}

/** The frame of an area. */
export function root(area, { random }) {
  const { word, number } = chances(random);
  return `<template>
  <div id="app" class="${area}">
    <header class="head"><strong>${area}</strong> <nav><router-link to="/" exact>${word()}</router-link> <router-link to="/summary">${word()}</router-link></nav></header>
    <router-view />
    <footer class="foot">{{ route }}</footer>
  </div>
</template>

<script>
export default {
  name: "App",
  computed: {
    route() {
      const { path, params } = this.$route;
      return [path, ...Object.keys(params)].join(" ");
    },
  },
};
</script>

<style lang="scss" scoped>
@use "@/styles/mixins" as *;

.head {
  @include row(${1 + number(4)});
  border-bottom: 2px solid colour("primary");
}
.foot { margin-top: space(${number(9)}); font-size: ${10 + number(4)}px; }
</style>
`;
}
