// Components in use: what each step changes on the page, and what components emit.

import { PICTURE, scene, TREE, USERS } from "./samples.js";

const use = (name, template, data, steps, options = {}) => scene(name, template, data, options, steps);

export const used = [
  use("alert", `<el-alert title="Saved" close-text="Got it" @close="closed = true" />`, { closed: false }, ["click .el-alert__closebtn"]),
  use("autocomplete", `<el-autocomplete v-model="text" :fetch-suggestions="fetch" :trigger-on-focus="false" select-when-unmatched clearable />`, { text: "" }, [
    "type input: S", "press input: ArrowDown", "press input: ArrowDown", "press input: ArrowUp", "press input: Enter", "type input: B", "click li@0", "type input: none", "press input: Enter",
  ], { methods: { fetch: (text, give) => give(["Seoul", "Suwon", "Busan"].filter((town) => town[0] === text[0]).map((value) => ({ value }))) } }),
  use("backtop", `<div class="scrolls" style="height: 100px; overflow: auto"><div style="height: 2000px" /><el-backtop target=".scrolls" /></div>`, {}, ["scroll .scrolls to 900", "click .el-backtop"]),
  use("button", `<div><el-button @click="n++">{{ n }}</el-button><el-button :loading="n > 1" :disabled="n > 2" @click="n++">+</el-button></div>`, { n: 0 }, ["click button@0", "click button@1", "click button@1", "click button@0"]),
  use("calendar", `<el-calendar v-model="day" />`, { day: new Date(2024, 4, 20) }, ["click .el-button@2", "click .el-calendar-table td@8", "click .el-button@0", "click .el-button@1"]),
  use("carousel", `<el-carousel :interval="100000" height="90px"><el-carousel-item v-for="n in 3" :key="n">{{ n }}</el-carousel-item></el-carousel>`, {}, [
    "hover .el-carousel", "click .el-carousel__arrow--right", "click .el-carousel__arrow--left", "hover .el-carousel__indicator@2", "click .el-carousel__indicator@1", "leave .el-carousel",
  ]),
  use("cascader", `<el-cascader v-model="chosen" :options="tree" clearable filterable />`, { chosen: [], tree: TREE }, [
    "click input", "click .el-cascader-node@1", "press .el-cascader-node@1: ArrowRight", "press .el-cascader-node@2: ArrowRight", "click .el-cascader-node@3", "click input", "type input: ea", "press input: ArrowDown", "click .el-cascader__suggestion-item", "hover .el-cascader", "click .el-icon-circle-close",
  ]),
  use("cascader: several", `<el-cascader v-model="chosen" :options="tree" :props="{ multiple: true }" collapse-tags />`, { chosen: [], tree: TREE }, [
    "click input", "click .el-checkbox__original@0", "click .el-cascader-node@0", "click .el-checkbox__original@2", "click .el-tag__close", "press input: Escape",
  ]),
  use("checkbox", `
    <div><el-checkbox v-model="one" @change="changed = $event">One</el-checkbox>{{ one }} {{ changed }}
      <el-checkbox-group v-model="many" :max="2"><el-checkbox v-for="label in ['a', 'b', 'c']" :key="label" :label="label" /></el-checkbox-group>{{ many }}</div>`, { one: false, changed: null, many: ["a"] }, [
    "click label@0", "click label@0", "click label@2", "click label@3", "click label@1", "click label@3",
  ]),
  use("checkbox-button", `<el-checkbox-group v-model="many" :min="1"><el-checkbox-button v-for="label in ['a', 'b']" :key="label" :label="label" /></el-checkbox-group>`, { many: ["a"] }, ["click input@1", "click input@0", "click input@1"]),
  use("collapse", `<el-collapse v-model="open" accordion><el-collapse-item v-for="n in 3" :key="n" :title="'T' + n" :name="n" :disabled="n === 3">{{ n }}</el-collapse-item></el-collapse>`, { open: 1 }, [
    "click .el-collapse-item__header@1", "press .el-collapse-item__header@0: Enter", "press .el-collapse-item__header@0: Space", "click .el-collapse-item__header@2",
  ]),
  use("color-picker", `<el-color-picker v-model="color" show-alpha :predefine="['#ff4500', '#1e90ff']" />`, { color: "#13ce66" }, [
    "click .el-color-picker__trigger", "click .el-color-predefine__color-selector@1", "type .el-color-dropdown__value input: #abcdef", "press .el-color-dropdown__value input: Enter", "click .el-color-dropdown__btn", "click .el-color-picker__trigger", "click .el-color-dropdown__link-btn",
  ]),
  use("date-picker", `<div><el-date-picker v-model="day" value-format="yyyy-MM-dd" />{{ day }}</div>`, { day: "2024-02-29" }, [
    "click input", "click .el-icon-arrow-right", "click .el-date-table td.available@9", "click input", "press input: ArrowDown", "press input: ArrowRight", "press input: Enter", "type input: 2024-13-99", "type input: 2023-12-24", "press input: Enter", "hover .el-date-editor", "click .el-input__icon.el-icon-circle-close",
  ]),
  use("date-picker: headers", `<el-date-picker v-model="day" />`, { day: new Date(2024, 1, 29) }, [
    "click input", "click .el-date-picker__header-label@0", "click .el-year-table .cell@4", "click .el-month-table .cell@6", "click .el-icon-d-arrow-left", "press input: Escape",
  ]),
  use("date-picker: range", `<div><el-date-picker v-model="days" type="daterange" value-format="yyyy-MM-dd" />{{ days }}</div>`, { days: null }, [
    "click .el-range-input@0", "click .is-left td.available@4", "hover .is-right td.available@7", "click .is-right td.available@7", "hover .el-date-editor", "click .el-range__close-icon",
  ]),
  use("date-picker: time", `<el-date-picker v-model="day" type="datetime" />`, { day: new Date(2024, 1, 29, 8, 9, 10) }, [
    "click input", "click .el-date-picker__editor-wrap input@1", "click .el-time-spinner__item@5", "click .el-time-panel__btn.confirm", "click .el-picker-panel__footer button@1",
  ]),
  use("dialog", `<div><el-button @click="on = true">Open</el-button><el-dialog :visible.sync="on" title="T" :before-close="close"><el-input v-model="text" />{{ asked }}<template slot="footer"><button class="ok" @click="on = false">OK</button></template></el-dialog></div>`, { on: false, asked: 0, text: "" }, [
    "click button@0", "type input: in a dialog", "click .el-dialog__headerbtn", "click .el-dialog__headerbtn", "click button@0", "click .ok", "click button@0", "click .el-dialog__wrapper", "press body: Escape",
  ], { methods: { close(done) { this.asked++; if (this.asked % 2 === 0) done(); } } }),
  use("drawer", `<div><button class="open" @click="on = true">Open</button><el-drawer :visible.sync="on" title="T" direction="btt">Body</el-drawer></div>`, { on: false }, [
    "click .open", "click .el-drawer__close-btn", "click .open", "click .el-drawer__container", "click .open", "press body: Escape",
  ]),
  use("dropdown", `<div><el-dropdown trigger="click" @command="said = $event"><span class="more">More</span><el-dropdown-menu slot="dropdown"><el-dropdown-item command="a">A</el-dropdown-item><el-dropdown-item command="b" disabled>B</el-dropdown-item><el-dropdown-item command="c">C</el-dropdown-item></el-dropdown-menu></el-dropdown>{{ said }}</div>`, { said: "" }, [
    "click .more", "click .el-dropdown-menu__item@0", "press .more: Enter", "press .more: ArrowDown", "press .el-dropdown-menu__item@0: ArrowDown", "press .el-dropdown-menu__item@2: Enter", "click .more", "press .el-dropdown-menu: Escape",
  ]),
  use("dropdown: hover", `<el-dropdown><span class="more">More</span><el-dropdown-menu slot="dropdown"><el-dropdown-item>A</el-dropdown-item></el-dropdown-menu></el-dropdown>`, {}, ["hover .more", "leave .more"]),
  use("form", `
    <el-form ref="form" :model="form" :rules="rules" status-icon>
      <el-form-item label="Name" prop="name"><el-input v-model="form.name" /></el-form-item>
      <el-form-item label="Age" prop="age"><el-input v-model.number="form.age" /></el-form-item>
      <el-form-item v-for="(one, index) in form.mails" :key="index" :prop="'mails.' + index" :rules="{ type: 'email', message: 'no mail', trigger: 'blur' }"><el-input v-model="form.mails[index]" /></el-form-item>
      <button class="send" type="button" @click="$refs.form.validate((valid, fields) => (sent = valid))">Send</button><button class="reset" type="button" @click="$refs.form.resetFields()">Reset</button>{{ sent }}
    </el-form>`, { sent: null, form: { name: "", age: 1, mails: ["a@b.c"] }, rules: { name: [{ required: true, message: "needed" }, { min: 3, max: 5, message: "3 to 5", trigger: "blur" }], age: [{ type: "number", message: "no number" }] } }, [
    "click .send", "type input@0: ab", "click .send", "type input@0: abc", "type input@1: x", "click .send", "type input@1: 12", "type input@2: mail", "click .send", "click .reset",
  ]),
  use("image-viewer", `<el-image src="${PICTURE}" :preview-src-list="['${PICTURE}', '${PICTURE}#2']" />`, {}, [
    "click img", "click .el-image-viewer__next", "click .el-icon-zoom-in", "click .el-icon-refresh-right", "press body: ArrowLeft", "press body: ArrowUp", "press body: Space", "press body: Escape",
  ]),
  use("input", `<div><el-input v-model="text" clearable maxlength="5" show-word-limit @clear="cleared = true" /><el-input v-model.trim="text" type="textarea" autosize /><el-input v-model="text" show-password />{{ text }} {{ cleared }}</div>`, { text: "", cleared: false }, [
    "type input@0: text", "hover .el-input", "click .el-input__clear", "type textarea:   more\nlines ", "click input@1", "click .el-icon-view", "press input@1: Enter",
  ]),
  use("input-number", `<div><el-input-number v-model="n" :min="1" :max="10" :step="3" step-strictly @change="(now, before) => (said = before + ' to ' + now)" />{{ n }} {{ said }}</div>`, { n: 4, said: "" }, [
    "click .el-input-number__increase", "click .el-input-number__increase", "click .el-input-number__decrease", "type input: 100", "change input", "press input: ArrowDown", "press input: ArrowUp",
  ]),
  use("menu", `<el-menu default-active="2" unique-opened @select="(index, path) => (said = path)"><el-submenu v-for="n in 2" :key="n" :index="'s' + n"><template slot="title">S{{ n }}</template><el-menu-item v-for="m in 2" :key="m" :index="n + '-' + m">{{ n }}-{{ m }}</el-menu-item></el-submenu><el-menu-item index="2">Two {{ said }}</el-menu-item></el-menu>`, { said: "" }, [
    "click .el-submenu__title@0", "click .el-menu-item@1", "click .el-submenu__title@1", "click .el-menu-item@4", "hover .el-menu-item@4",
  ]),
  use("menu: horizontal", `<el-menu mode="horizontal" default-active="1"><el-menu-item index="1">One</el-menu-item><el-submenu index="2"><template slot="title">Two</template><el-menu-item index="2-1">2-1</el-menu-item><el-menu-item index="2-2">2-2</el-menu-item></el-submenu></el-menu>`, {}, [
    "press .el-menu-item@0: ArrowRight", "press .el-submenu: ArrowDown", "press .el-menu--popup .el-menu-item@0: ArrowDown", "press .el-menu--popup .el-menu-item@1: Enter", "hover .el-submenu", "click .el-menu--popup .el-menu-item@0", "leave .el-submenu",
  ]),
  use("message", `<button @click="$message({ message: 'no ' + ++n, showClose: true, duration: 0, onClose: (vm) => (said = vm.message) })">{{ said }}</button>`, { n: 0, said: "" }, ["click button", "click button", "click .el-message__closeBtn@0", "press body: Escape"]),
  use("message-box", `<div><button class="ask" @click="ask">Ask</button>{{ said }}</div>`, { said: "" }, [
    "click .ask", "click .el-button--primary", "type .el-message-box input: a@b", "press .el-message-box input: Enter", "click .ask", "press body: Escape", "click .ask", "click .el-message-box__btns button@0", "click .ask", "click .el-message-box__headerbtn",
  ], { methods: { ask() { this.$prompt("Mail", "Title", { inputPattern: /@/, inputErrorMessage: "no mail", distinguishCancelAndClose: true }).then(({ value }) => (this.said = value)).catch((why) => (this.said = why)); } } }),
  use("notification", `<button class="tell" @click="$notify({ title: 'T', message: 'M', duration: n ? 100 : 0, onClick: () => n++ })">{{ n }}</button>`, { n: 0 }, ["click .tell", "click .el-notification", "click .el-notification__closeBtn", "click .tell"]),
  use("page-header, tag, link", `<div><el-page-header content="x" @back="said = 'back'" /><el-tag closable @close="said = 'closed'" @click="said = 'tag'">A</el-tag><el-link disabled @click="said = 'link'">L</el-link><el-link @click="said = 'two'">M</el-link>{{ said }}</div>`, { said: "" }, ["click .el-page-header__left", "click .el-tag", "click .el-tag__close", "click .el-link@0", "click .el-link@1"]),
  use("pagination", `<el-pagination layout="total, sizes, prev, pager, next, jumper" :total="400" :current-page.sync="at" :page-size.sync="size" :page-sizes="[10, 20]" />`, { at: 5, size: 10 }, [
    "click .btn-next", "click .btn-prev", "click .number@0", "hover .btn-quicknext", "click .btn-quicknext", "type .el-pagination__jump input: 30", "change .el-pagination__jump input", "click .el-pagination__sizes input", "click .el-select-dropdown__item@1",
  ]),
  use("popconfirm", `<div><el-popconfirm title="Sure?" @confirm="said = 'yes'" @cancel="said = 'no'"><el-button slot="reference">Delete</el-button></el-popconfirm>{{ said }}</div>`, { said: "" }, ["click .el-button", "click .el-popconfirm__action button@0", "click .el-popover__reference", "click .el-popconfirm__action button@1"]),
  use("popover", `<div><el-popover v-model="on" trigger="hover" content="C" :open-delay="10"><b slot="reference">R</b></el-popover><el-popover trigger="focus" content="F"><input slot="reference" /></el-popover><el-tooltip content="tip" effect="light"><i>T</i></el-tooltip>{{ on }}</div>`, { on: false }, ["hover b", "leave b", "click input", "click b", "hover i", "leave i"]),
  use("radio", `<div><el-radio-group v-model="one" @change="said = $event"><el-radio v-for="n in 3" :key="n" :label="n" :disabled="n === 2">{{ n }}</el-radio></el-radio-group><el-radio-group v-model="two"><el-radio-button v-for="n in 3" :key="n" :label="n" /></el-radio-group>{{ one }} {{ two }} {{ said }}</div>`, { one: 1, two: 2, said: "" }, [
    "click .el-radio@2", "click .el-radio@1", "press .el-radio@2: ArrowRight", "click .el-radio-button input@2", "press .el-radio-button@2: ArrowLeft",
  ]),
  use("rate", `<el-rate v-model="stars" show-text />`, { stars: 2 }, ["hover .el-rate__item@3", "click .el-rate__item@3", "leave .el-rate", "press .el-rate: ArrowLeft", "press .el-rate: ArrowUp"]),
  use("select", `<div><el-select v-model="value" clearable><el-option v-for="n in 4" :key="n" :value="n" :label="'No ' + n" :disabled="n === 2" /></el-select>{{ value }}</div>`, { value: 1 }, [
    "click input", "press input: ArrowDown", "press input: ArrowDown", "press input: ArrowUp", "press input: Enter", "click input", "hover .el-select-dropdown__item@2", "click .el-select-dropdown__item@2", "hover .el-select .el-input", "click .el-icon-circle-close", "press input: Enter", "press input: Escape",
  ]),
  use("select: several", `<div><el-select v-model="value" multiple filterable allow-create default-first-option><el-option-group v-for="group in ['x', 'y']" :key="group" :label="group"><el-option v-for="n in 2" :key="n" :value="group + n" /></el-option-group></el-select>{{ value }}</div>`, { value: ["x1"] }, [
    "click .el-select__input", "click .el-select-dropdown__item@2", "type .el-select__input: new", "press .el-select__input: Enter", "type .el-select__input: y", "press .el-select__input: ArrowDown", "press .el-select__input: Enter", "click .el-tag__close@0", "press .el-select__input: Backspace",
  ]),
  use("slider", `<div><el-slider v-model="n" :step="5" show-input @change="said = $event" />{{ n }} {{ said }}<el-slider v-model="two" range :min="10" /></div>`, { n: 30, two: [20, 60], said: "" }, [
    "press .el-slider__button-wrapper@0: ArrowRight", "press .el-slider__button-wrapper@0: ArrowDown", "click .el-input-number__increase", "press .el-slider__button-wrapper@2: ArrowLeft", "hover .el-slider__button-wrapper@1", "click .el-slider__runway@0", "drag .el-slider__button-wrapper@1: 60",
  ]),
  use("steps, progress", `<div><el-steps :active="n" process-status="finish"><el-step v-for="i in 3" :key="i" :title="'S' + i" /></el-steps><el-progress :percentage="n * 25" /><button @click="n++">next</button></div>`, { n: 0 }, ["click button", "click button"]),
  use("switch", `<div><el-switch v-model="on" active-value="yes" inactive-value="no" active-text="a" inactive-text="b" :disabled="n > 1" @change="n++" />{{ on }} {{ n }}</div>`, { on: "no", n: 0 }, ["click .el-switch", "press .el-switch__input: Enter", "click .el-switch"]),
  use("table", `
    <el-table :data="users" row-key="id" highlight-current-row @row-click="(row, column) => (said = row.name)" :span-method="({ rowIndex, columnIndex }) => (rowIndex === 0 && columnIndex === 3 ? [2, 1] : undefined)">
      <el-table-column type="selection" /><el-table-column type="expand"><template slot-scope="scope">More of {{ scope.row.name }}</template></el-table-column>
      <el-table-column prop="name" label="Name" sortable /><el-table-column prop="age" label="Age" sortable :formatter="(row) => row.age + ' years'" />
      <el-table-column prop="town" label="Town" :filters="[{ text: 'Seoul', value: 'Seoul' }]" :filter-method="(value, row) => row.town === value" />
      <p slot="append">{{ said }}</p>
    </el-table>`, { users: USERS, said: "" }, [
    "click tbody .el-checkbox__original@1", "click thead .el-checkbox__original", "click .el-table__expand-icon@0", "click thead th@2", "click thead .descending@1", "hover tbody tr@1", "click tbody td.el-table_1_column_3@0", "click .el-table__column-filter-trigger", "click .el-table-filter .el-checkbox__original@0", "click .el-table-filter__bottom button@0",
  ]),
  use("table: tree", `<el-table :data="rows" row-key="id" :tree-props="{ children: 'below' }"><el-table-column prop="id" label="Id" /></el-table>`, { rows: [{ id: 1, below: [{ id: 11 }, { id: 12, below: [{ id: 121 }] }] }, { id: 2 }] }, ["click .el-table__expand-icon@0", "click .el-table__expand-icon@1", "click .el-table__expand-icon@0"]),
  use("tabs", `<div><el-tabs v-model="tab" closable addable type="border-card" :before-leave="(to) => to !== '3'" @tab-remove="(name) => (tabs = tabs.filter((each) => each !== name))" @tab-add="tabs.push('new')"><el-tab-pane v-for="name in tabs" :key="name" :label="'T' + name" :name="name" :lazy="name === '2'"><input :value="name" /></el-tab-pane></el-tabs>{{ tab }}</div>`, { tab: "1", tabs: ["1", "2", "3"] }, [
    "click .el-tabs__item@1", "click .el-tabs__item@2", "press .el-tabs__item@1: ArrowLeft", "press .el-tabs__item@0: Delete", "click .el-tabs__new-tab", "click .el-icon-close@0", "click .el-tabs__item@1",
  ]),
  use("time-picker", `<div><el-time-picker v-model="time" value-format="HH:mm:ss" arrow-control />{{ time }}</div>`, { time: "08:09:10" }, ["click input", "click .el-time-spinner__arrow.el-icon-arrow-down@0", "press input: ArrowRight", "press input: ArrowDown", "click .el-time-panel__btn.cancel", "click input", "press input: Enter"]),
  use("time-select", `<el-time-select v-model="time" :picker-options="{ start: '08:30', step: '00:30', end: '11:00', maxTime: '10:30' }" />`, { time: "" }, ["click input", "click .time-select-item@2", "press input: ArrowDown", "press input: Enter"]),
  use("transfer", `<div><el-transfer v-model="right" :data="users" :props="{ key: 'id', label: 'name' }" filterable target-order="unshift" />{{ right }}</div>`, { right: [2], users: USERS }, [
    "click .el-transfer-panel__list .el-checkbox__original@0", "click .el-transfer__button@1", "type .el-transfer-panel input@1: ha", "click .el-transfer-panel__header .el-checkbox__original@1", "click .el-transfer__button@0",
  ]),
  use("tree", `<el-tree ref="tree" :data="tree" show-checkbox node-key="value" :filter-node-method="(text, data) => data.label.indexOf(text) >= 0" accordion><template slot-scope="scope">{{ scope.node.label }}</template></el-tree>`, { tree: TREE }, [
    "click .el-tree-node__content@0", "click .el-checkbox__original@1", "press .el-tree-node@0: ArrowDown", "press .el-tree-node@1: ArrowUp", "press .el-tree-node@0: ArrowLeft", "press .el-tree-node@0: Enter", "click .el-tree-node__expand-icon@4", ["filter", (vm) => vm.$refs.tree.filter("mint")], ["set the keys", (vm) => vm.$refs.tree.setCheckedKeys(["water"])],
  ]),
  use("tree: loaded later", `<el-tree lazy :load="load" :props="{ isLeaf: 'end' }" @node-click="(data) => (said = data.label)" />`, { said: "" }, ["click .el-tree-node__content@0", "click .el-tree-node__content@1"], { methods: { load: (node, give) => setTimeout(() => give(node.level > 1 ? [] : [{ label: `L${node.level}` }, { label: "end", end: true }]), 50) } }),
  use("upload", `<el-upload action="/nowhere" :file-list="files" list-type="picture" :on-preview="(file) => (said = file.name)" :before-remove="() => said !== ''" :http-request="() => {}"><button class="choose">{{ said }}</button></el-upload>`, { said: "", files: [{ name: "a.png", url: PICTURE }, { name: "b.png", url: PICTURE }] }, ["click .el-icon-close@0", "click .el-upload-list__item-name@1", "click .el-icon-close@0", "press .el-upload-list__item: Delete"]),
];
