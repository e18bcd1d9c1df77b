// Every component on a page of its own, or within the parent that it needs. A scene is named for the components that it is about.
// Templates are compiled on the page: their expressions are ES5, for PhantomJS.

import { components } from "./components.js";
import { PICTURE, scene, TREE, USERS } from "./samples.js";

/** Mounted, and opened then by a click on what this selects. */
const opened = (name, template, selector, data, options) =>
  scene(name, template, data, options, [`click ${selector}`]);

/** What only a parent uses otherwise, by its file. */
const part = (file, attributes = "") => scene(file, `<component :is="part" ${attributes} />`, { part: components[file] });

/** With a service, called when the page is there. */
const called = (name, mounted) => scene(name, "<p>page</p>", {}, { mounted });

export const mounted = [
  scene("alert", `
    <div>
      <el-alert title="Saved" type="success" show-icon center />
      <el-alert type="error" effect="dark" close-text="Got it" description="Why it went wrong"><b slot="title">Not saved</b></el-alert>
    </div>`),
  scene("aside, container, footer, header, main", `
    <el-container>
      <el-header height="40px">Header</el-header>
      <el-container><el-aside width="20%">Aside</el-aside><el-main>Main</el-main></el-container>
      <el-footer>Footer</el-footer>
    </el-container>`),
  opened("autocomplete, autocomplete-suggestions", `
    <el-autocomplete v-model="text" :fetch-suggestions="fetch" placeholder="A town">
      <i slot="suffix" class="el-icon-edit" /><template slot-scope="scope"><b>{{ scope.item.value }}</b></template>
    </el-autocomplete>`, "input", { text: "" }, { methods: { fetch: (text, give) => give([{ value: "Seoul" }, { value: "Busan" }]) } }),
  scene("avatar", `<div><el-avatar icon="el-icon-user" size="large" /><el-avatar :size="50" shape="square">M</el-avatar><el-avatar src="${PICTURE}" fit="contain" alt="picture" /></div>`),
  scene("backtop", `<div style="height: 100px; overflow: auto" class="scrolls"><div style="height: 2000px" /><el-backtop target=".scrolls" :visibility-height="0">up</el-backtop></div>`, {}, {}, ["scroll .scrolls to 500"]),
  scene("badge", `<div><el-badge :value="120" :max="99" type="primary"><button>mail</button></el-badge><el-badge is-dot :hidden="false" /><el-badge value="new" /></div>`),
  scene("breadcrumb, breadcrumb-item", `
    <el-breadcrumb separator-class="el-icon-arrow-right"><el-breadcrumb-item :to="{ path: '/' }">Home</el-breadcrumb-item><el-breadcrumb-item>Members</el-breadcrumb-item></el-breadcrumb>`),
  scene("button, button-group", `
    <el-button-group>
      <el-button type="primary" icon="el-icon-edit" round>Edit</el-button><el-button loading size="mini">Wait</el-button>
      <el-button disabled plain native-type="submit" circle /><el-button type="text" autofocus>Text</el-button>
    </el-button-group>`),
  scene("calendar", `<el-calendar v-model="day" :first-day-of-week="7"><template slot="dateCell" slot-scope="scope">{{ scope.data.day.slice(8) }} {{ scope.data.isSelected ? "*" : "" }}</template></el-calendar>`, { day: new Date(2024, 4, 20) }),
  scene("calendar of a range", `<el-calendar :range="['2024-03-04', '2024-03-24']" />`),
  scene("card", `<el-card shadow="hover" :body-style="{ padding: '3px' }"><h2 slot="header">Title</h2>Body</el-card>`),
  scene("carousel, carousel-item", `
    <el-carousel :interval="400" arrow="always" height="150px" type="card"><el-carousel-item v-for="n in 4" :key="n" :name="'no' + n" :label="'No ' + n">{{ n }}</el-carousel-item></el-carousel>`),
  opened("cascader, cascader-panel, cascader-menu, cascader-node", `<el-cascader v-model="chosen" :options="tree" :props="{ multiple: true }" filterable collapse-tags clearable />`, "input", { chosen: [["fruit", "apple"], ["fruit", "pear"]], tree: TREE }),
  scene("cascader-panel", `<el-cascader-panel v-model="chosen" :options="tree" :props="{ checkStrictly: true }"><template slot-scope="scope">{{ scope.data.label }} {{ scope.node.level }}</template></el-cascader-panel>`, { chosen: ["fruit", "apple"], tree: TREE }),
  scene("checkbox, checkbox-group, checkbox-button", `
    <div>
      <el-checkbox v-model="one" indeterminate border size="small">One</el-checkbox><el-checkbox v-model="yes" true-label="yes" false-label="no" name="yes" />
      <el-checkbox-group v-model="many" :min="1" :max="2"><el-checkbox label="a" /><el-checkbox label="b" disabled /></el-checkbox-group>
      <el-checkbox-group v-model="many" fill="#f00" text-color="#0f0"><el-checkbox-button label="a">A</el-checkbox-button><el-checkbox-button label="c" /></el-checkbox-group>
    </div>`, { one: false, yes: "yes", many: ["a"] }),
  scene("collapse, collapse-item", `
    <el-collapse v-model="open"><el-collapse-item title="First" name="1">one</el-collapse-item><el-collapse-item name="2" disabled><i slot="title">Second</i>two</el-collapse-item></el-collapse>`, { open: ["1"] }),
  opened("color-picker, alpha-slider, hue-slider, picker-dropdown, predefine, sv-panel", `<el-color-picker v-model="color" show-alpha :predefine="['#ff4500', 'hsv(51, 100, 98)']" />`, ".el-color-picker__trigger", { color: "rgba(19, 206, 102, 0.8)" }),
  opened("date-picker: date", `<el-date-picker v-model="day" type="date" :picker-options="options" placeholder="Day" />`, "input", {
    day: new Date(2024, 1, 29),
    options: { shortcuts: [{ text: "Today", onClick: (picker) => picker.$emit("pick", new Date()) }], disabledDate: (date) => date.getDate() % 7 === 0, firstDayOfWeek: 1 },
  }),
  opened("date-picker: datetime", `<el-date-picker v-model="day" type="datetime" value-format="yyyy/MM/dd HH:mm" />`, "input", { day: "2024/02/29 10:20" }),
  opened("date-picker: month", `<el-date-picker v-model="day" type="month" />`, "input", { day: new Date(2024, 1, 29) }),
  opened("date-picker: year", `<el-date-picker v-model="day" type="year" />`, "input", { day: new Date(2024, 1, 29) }),
  opened("date-picker: week", `<el-date-picker v-model="day" type="week" format="yyyy WW" />`, "input", { day: new Date(2024, 1, 29) }),
  opened("date-picker: dates", `<el-date-picker v-model="days" type="dates" />`, "input", { days: [new Date(2024, 1, 29), new Date(2024, 1, 3)] }),
  opened("date-picker: daterange", `<el-date-picker v-model="days" type="daterange" range-separator="to" start-placeholder="from" unlink-panels />`, ".el-range-input", { days: [new Date(2024, 1, 3), new Date(2024, 2, 29)] }),
  opened("date-picker: datetimerange", `<el-date-picker v-model="days" type="datetimerange" :default-time="['12:00:00', '08:00:00']" />`, ".el-range-input", { days: null }),
  opened("date-picker: monthrange", `<el-date-picker v-model="days" type="monthrange" />`, ".el-range-input", { days: [new Date(2024, 1, 3), new Date(2024, 6, 29)] }),
  opened("time-picker", `<el-time-picker v-model="time" :picker-options="{ selectableRange: '09:30:00 - 20:30:00' }" arrow-control />`, "input", { time: new Date(2024, 1, 29, 10, 20, 30) }),
  opened("time-picker: range", `<el-time-picker v-model="times" is-range />`, ".el-range-input", { times: [new Date(2024, 1, 29, 10, 20, 30), new Date(2024, 1, 29, 11, 20, 30)] }),
  opened("time-select", `<el-time-select v-model="time" :picker-options="{ start: '08:30', step: '00:45', end: '18:30', minTime: '10:00' }" />`, "input", { time: "11:30" }),
  scene("dialog", `<el-dialog title="Title" visible center width="30%" top="1vh" append-to-body>Body<span slot="footer"><el-button>OK</el-button></span></el-dialog>`),
  scene("divider", `<div><el-divider content-position="left">text</el-divider><el-divider direction="vertical" class="mine" /></div>`),
  scene("drawer", `<el-drawer title="Title" visible direction="ltr" size="40%" :with-header="true" append-to-body><p>Body</p></el-drawer>`),
  opened("dropdown, dropdown-menu, dropdown-item", `
    <el-dropdown split-button type="primary" trigger="click" size="mini">
      Menu<el-dropdown-menu slot="dropdown"><el-dropdown-item icon="el-icon-plus" command="a">A</el-dropdown-item><el-dropdown-item divided disabled>B</el-dropdown-item></el-dropdown-menu>
    </el-dropdown>`, ".el-dropdown__caret-button"),
  scene("empty, img-empty", `<div><el-empty description="Nothing" :image-size="90"><button>Add</button></el-empty><el-empty image="${PICTURE}" /></div>`),
  scene("form, form-item, label-wrap", `
    <el-form :model="form" :rules="rules" label-width="auto" label-position="left" status-icon size="small">
      <el-form-item label="Name" prop="name"><el-input v-model="form.name" /></el-form-item>
      <el-form-item prop="town" error="No such town"><template slot="label">Town <i>*</i></template><el-input v-model="form.town" /><template slot="error" slot-scope="scope"><em>{{ scope.error }}</em></template></el-form-item>
    </el-form>`, { form: { name: "", town: "" }, rules: { name: [{ required: true, message: "needed" }] } }),
  scene("icon, link, spinner", `<p><el-icon name="edit" /><el-link href="#there" type="danger" icon="el-icon-view">Link</el-link><el-link disabled :underline="false">None</el-link><el-spinner :radius="40" stroke-color="#123" /></p>`),
  scene("image", `<el-image src="${PICTURE}" fit="cover" :preview-src-list="['${PICTURE}']"><i slot="placeholder">wait</i></el-image>`),
  opened("image-viewer", `<el-image src="${PICTURE}" :preview-src-list="['${PICTURE}', '${PICTURE}#2']" :z-index="3000" />`, "img"),
  scene("input", `
    <div>
      <el-input v-model="text" clearable maxlength="10" show-word-limit prefix-icon="el-icon-search"><template slot="prepend">http://</template><el-button slot="append" icon="el-icon-search" /></el-input>
      <el-input type="textarea" v-model="text" :rows="3" show-word-limit maxlength="20" resize="none" /><el-input type="textarea" v-model="text" :autosize="{ minRows: 2, maxRows: 4 }" />
      <el-input v-model="text" show-password disabled size="mini" suffix-icon="el-icon-date" tabindex="3" label="secret" />
    </div>`, { text: "some text" }),
  scene("input-number", `<div><el-input-number v-model="n" :min="1" :max="3" controls-position="right" label="how many" /><el-input-number v-model="n" :precision="2" :step="0.1" disabled :controls="false" /></div>`, { n: 3 }),
  scene("loading", `<div v-loading="true" element-loading-text="Wait" element-loading-spinner="el-icon-loading" element-loading-background="rgba(0, 0, 0, 0.8)">content</div>`),
  part("loading/src/loading"),
  scene("menu, menu-item, menu-item-group, submenu", `
    <el-menu default-active="1-2" :default-openeds="['1']" background-color="#545c64" text-color="#fff" active-text-color="#ffd04b">
      <el-submenu index="1"><template slot="title"><i class="el-icon-location" />One</template>
        <el-menu-item-group title="Group"><el-menu-item index="1-1">1-1</el-menu-item><el-menu-item index="1-2">1-2</el-menu-item></el-menu-item-group>
        <el-submenu index="1-4"><template slot="title">1-4</template><el-menu-item index="1-4-1">1-4-1</el-menu-item></el-submenu></el-submenu>
      <el-menu-item index="2" disabled><i class="el-icon-menu" /><span slot="title">Two</span></el-menu-item>
    </el-menu>`),
  scene("menu: horizontal", `<el-menu mode="horizontal" default-active="1"><el-menu-item index="1">One</el-menu-item><el-submenu index="2"><template slot="title">Two</template><el-menu-item index="2-1">2-1</el-menu-item></el-submenu></el-menu>`),
  scene("menu: collapsed", `<el-menu collapse><el-menu-item index="1"><i class="el-icon-menu" /><span slot="title">One</span></el-menu-item><el-submenu index="2"><template slot="title"><i /></template><el-menu-item index="2-1">2-1</el-menu-item></el-submenu></el-menu>`),
  called("message-box", function () {
    this.$prompt("Your mail", "Title", { inputPattern: /@/, inputErrorMessage: "no mail", type: "warning", center: true, distinguishCancelAndClose: true }).catch(() => {});
  }),
  called("message", function () {
    this.$message({ message: "Said", type: "warning", showClose: true, duration: 0, center: true });
    this.$message({ message: this.$createElement("b", "node"), duration: 0, iconClass: "mine" });
    this.$message({ message: "<i>raw</i>", dangerouslyUseHTMLString: true, duration: 0 });
  }),
  called("notification", function () {
    this.$notify({ title: "Title", message: "Told", type: "info", duration: 0, position: "bottom-left" });
    this.$notify({ title: "Raw", message: "<b>raw</b>", dangerouslyUseHTMLString: true, duration: 0, customClass: "mine" });
  }),
  scene("page-header", `<el-page-header content="Details" title="back" />`),
  scene("pagination, pager", `<el-pagination background layout="sizes, prev, pager, next, jumper, ->, total, slot" :total="400" :current-page="5" :page-sizes="[10, 20]" :pager-count="5"><b>mine</b></el-pagination>`),
  opened("popconfirm", `<el-popconfirm title="Sure?" icon="el-icon-info" icon-color="red" confirm-button-text="Yes"><el-button slot="reference">Delete</el-button></el-popconfirm>`, "button"),
  opened("popover", `<el-popover title="Title" content="Content" trigger="click" placement="right" width="200" popper-class="mine"><button slot="reference">More</button></el-popover>`, "button"),
  scene("progress", `<div><el-progress :percentage="70" :format="format" /><el-progress type="circle" :percentage="100" status="success" /><el-progress type="dashboard" :percentage="30" :color="colors" /><el-progress :percentage="50" text-inside :stroke-width="24" define-back-color="#eee" /></div>`, { colors: [{ color: "#f56c6c", percentage: 20 }, { color: "#e6a23c", percentage: 40 }] }, { methods: { format: (n) => `${n} of 100` } }),
  scene("radio, radio-group, radio-button", `
    <div><el-radio v-model="one" label="1" border size="mini">One</el-radio><el-radio v-model="one" label="2" disabled />
      <el-radio-group v-model="two" size="small" fill="#f00"><el-radio-button label="a">A</el-radio-button><el-radio-button label="b" disabled /></el-radio-group></div>`, { one: "1", two: "a" }),
  scene("rate", `<div><el-rate v-model="stars" show-text :texts="['a', 'b', 'c', 'd', 'e']" :colors="['#99A9BF', '#F7BA2A', '#FF9900']" /><el-rate :value="3.7" disabled show-score score-template="{value} points" /></div>`, { stars: 2 }),
  scene("result, icon-error, icon-info, icon-success, icon-warning", `<div><el-result v-for="icon in ['success', 'warning', 'info', 'error']" :key="icon" :icon="icon" :title="icon" sub-title="below"><template slot="extra"><button>Back</button></template></el-result></div>`),
  opened("select, select-dropdown, option, option-group", `
    <el-select v-model="value" multiple filterable clearable collapse-tags placeholder="Choose"><el-option-group label="Fruit"><el-option value="a" label="Apple" /><el-option value="p" label="Pear"><b>pear</b></el-option></el-option-group><el-option-group label="Other" disabled><el-option value="x" /></el-option-group></el-select>`, "input", { value: ["a", "p"] }),
  scene("skeleton, skeleton-item, img-placeholder", `<div><el-skeleton :rows="3" animated /><el-skeleton :count="2"><template slot="template"><el-skeleton-item variant="image" /><el-skeleton-item variant="h3" /></template></el-skeleton><el-skeleton :loading="false">Loaded</el-skeleton></div>`),
  scene("slider, slider button", `<div><el-slider v-model="n" show-input :step="10" show-stops :marks="{ 0: 'none', 50: { style: { color: 'red' }, label: 'half' } }" /><el-slider v-model="two" range :format-tooltip="function (n) { return n + '%'; }" vertical height="200px" /></div>`, { n: 30, two: [20, 60] }),
  scene("statistic", `<div><el-statistic :value="4154.564" :precision="2" group-separator="," title="Growth" prefix="+"><template slot="suffix">%</template></el-statistic><el-statistic :value="deadline" time-indices format="HH:mm:ss" title="Left" /></div>`, { deadline: Date.now() + 60000 }),
  scene("steps, step", `<div><el-steps :active="1" finish-status="success" align-center><el-step title="One" icon="el-icon-edit" description="first" /><el-step title="Two" status="error" /><el-step><b slot="title">Three</b></el-step></el-steps><el-steps simple :active="0" direction="horizontal"><el-step title="A" /><el-step title="B" /></el-steps></div>`),
  scene("switch", `<div><el-switch v-model="on" active-text="on" inactive-text="off" active-color="#13ce66" :width="60" /><el-switch :value="100" :active-value="100" :inactive-value="0" disabled active-icon-class="el-icon-sunny" /></div>`, { on: false }),
  scene("table", `
    <el-table :data="users" border stripe show-summary row-key="id" default-expand-all :default-sort="{ prop: 'age', order: 'descending' }" height="250" :row-class-name="function (scope) { return 'row-' + scope.row.id; }" highlight-current-row>
      <el-table-column type="selection" width="40" /><el-table-column type="index" /><el-table-column type="expand"><template slot-scope="scope">More of {{ scope.row.name }}</template></el-table-column>
      <el-table-column label="Person"><el-table-column prop="name" label="Name" fixed show-overflow-tooltip /><el-table-column prop="age" label="Age" sortable align="right" /></el-table-column>
      <el-table-column prop="town" label="Town" :filters="[{ text: 'Seoul', value: 'Seoul' }]" :filter-method="function (value, row) { return row.town === value; }" />
      <el-table-column label="Do" fixed="right" width="100"><template slot="header" slot-scope="scope">{{ scope.column.label }}!</template><template slot-scope="scope"><el-button size="mini">{{ scope.$index }}</el-button></template></el-table-column>
    </el-table>`, { users: USERS }),
  opened("filter-panel", `<el-table :data="users"><el-table-column prop="town" label="Town" :filters="[{ text: 'Seoul', value: 'Seoul' }, { text: 'Busan', value: 'Busan' }]" :filter-multiple="true" /></el-table>`, ".el-table__column-filter-trigger", { users: USERS }),
  scene("table without rows", `<el-table :data="[]" empty-text="Nobody"><el-table-column prop="name" label="Name" /><template slot="append"><p>end</p></template></el-table>`),
  scene("tabs, tab-pane, tab-nav, tab-bar", `
    <div><el-tabs v-model="tab" stretch><el-tab-pane label="One" name="1">one</el-tab-pane><el-tab-pane name="2" lazy><i slot="label">Two</i>two</el-tab-pane><el-tab-pane label="Three" name="3" disabled>three</el-tab-pane></el-tabs>
      <el-tabs type="card" editable value="a" tab-position="left"><el-tab-pane label="A" name="a">a</el-tab-pane></el-tabs></div>`, { tab: "1" }),
  scene("tag", `<p><el-tag closable type="success" effect="dark">A</el-tag><el-tag size="mini" hit color="#123456" disable-transitions>B</el-tag></p>`),
  scene("timeline, timeline-item", `<el-timeline reverse><el-timeline-item timestamp="2024-05-15" placement="top" type="primary" icon="el-icon-more" size="large">A</el-timeline-item><el-timeline-item color="#0bbd87" hide-timestamp><i slot="dot">o</i>B</el-timeline-item></el-timeline>`),
  scene("transfer, transfer-panel", `<el-transfer v-model="right" :data="users" :props="{ key: 'id', label: 'name' }" filterable :titles="['Here', 'There']" :button-texts="['to here', 'to there']" :format="{ noChecked: '\${total}', hasChecked: '\${checked}/\${total}' }" :left-default-checked="[1]"><template slot-scope="scope">{{ scope.option.id }} {{ scope.option.name }}</template><button slot="left-footer">foot</button></el-transfer>`, { right: [2], users: USERS }),
  scene("tree, tree-node", `<el-tree :data="tree" show-checkbox node-key="value" :default-checked-keys="['apple']" default-expand-all draggable highlight-current><span slot-scope="scope"><b>{{ scope.node.label }}</b> {{ scope.data.value }}</span></el-tree>`, { tree: TREE }),
  scene("upload, upload-list, upload-dragger", `
    <div><el-upload action="/nowhere" drag multiple :file-list="files"><i class="el-icon-upload" /><em slot="tip">small ones</em></el-upload>
      <el-upload action="/nowhere" list-type="picture-card" :file-list="files" :limit="3" accept="image/*"><i class="el-icon-plus" /></el-upload>
      <el-upload action="/nowhere" list-type="picture" :file-list="files" :auto-upload="false"><el-button slot="trigger">Choose</el-button><el-button>Send</el-button></el-upload></div>`, { files: [{ name: "a.png", url: PICTURE }, { name: "b.png", status: "uploading", percentage: 40, url: PICTURE }] }),
];
