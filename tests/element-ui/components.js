// Every .vue file of npm's element-ui 2.15.14.
import alertMain from "element-ui/packages/alert/src/main.vue";
import asideMain from "element-ui/packages/aside/src/main.vue";
import autocompleteAutocompleteSuggestions from "element-ui/packages/autocomplete/src/autocomplete-suggestions.vue";
import autocompleteAutocomplete from "element-ui/packages/autocomplete/src/autocomplete.vue";
import avatarMain from "element-ui/packages/avatar/src/main.vue";
import backtopMain from "element-ui/packages/backtop/src/main.vue";
import badgeMain from "element-ui/packages/badge/src/main.vue";
import breadcrumbBreadcrumbItem from "element-ui/packages/breadcrumb/src/breadcrumb-item.vue";
import breadcrumbBreadcrumb from "element-ui/packages/breadcrumb/src/breadcrumb.vue";
import buttonButtonGroup from "element-ui/packages/button/src/button-group.vue";
import buttonButton from "element-ui/packages/button/src/button.vue";
import calendarDateTable from "element-ui/packages/calendar/src/date-table.vue";
import calendarMain from "element-ui/packages/calendar/src/main.vue";
import cardMain from "element-ui/packages/card/src/main.vue";
import carouselItem from "element-ui/packages/carousel/src/item.vue";
import carouselMain from "element-ui/packages/carousel/src/main.vue";
import cascaderPanelCascaderMenu from "element-ui/packages/cascader-panel/src/cascader-menu.vue";
import cascaderPanelCascaderNode from "element-ui/packages/cascader-panel/src/cascader-node.vue";
import cascaderPanelCascaderPanel from "element-ui/packages/cascader-panel/src/cascader-panel.vue";
import cascaderCascader from "element-ui/packages/cascader/src/cascader.vue";
import checkboxCheckboxButton from "element-ui/packages/checkbox/src/checkbox-button.vue";
import checkboxCheckboxGroup from "element-ui/packages/checkbox/src/checkbox-group.vue";
import checkboxCheckbox from "element-ui/packages/checkbox/src/checkbox.vue";
import collapseCollapseItem from "element-ui/packages/collapse/src/collapse-item.vue";
import collapseCollapse from "element-ui/packages/collapse/src/collapse.vue";
import colorPickerComponentsAlphaSlider from "element-ui/packages/color-picker/src/components/alpha-slider.vue";
import colorPickerComponentsHueSlider from "element-ui/packages/color-picker/src/components/hue-slider.vue";
import colorPickerComponentsPickerDropdown from "element-ui/packages/color-picker/src/components/picker-dropdown.vue";
import colorPickerComponentsPredefine from "element-ui/packages/color-picker/src/components/predefine.vue";
import colorPickerComponentsSvPanel from "element-ui/packages/color-picker/src/components/sv-panel.vue";
import colorPickerMain from "element-ui/packages/color-picker/src/main.vue";
import containerMain from "element-ui/packages/container/src/main.vue";
import datePickerBasicDateTable from "element-ui/packages/date-picker/src/basic/date-table.vue";
import datePickerBasicMonthTable from "element-ui/packages/date-picker/src/basic/month-table.vue";
import datePickerBasicTimeSpinner from "element-ui/packages/date-picker/src/basic/time-spinner.vue";
import datePickerBasicYearTable from "element-ui/packages/date-picker/src/basic/year-table.vue";
import datePickerPanelDateRange from "element-ui/packages/date-picker/src/panel/date-range.vue";
import datePickerPanelDate from "element-ui/packages/date-picker/src/panel/date.vue";
import datePickerPanelMonthRange from "element-ui/packages/date-picker/src/panel/month-range.vue";
import datePickerPanelTimeRange from "element-ui/packages/date-picker/src/panel/time-range.vue";
import datePickerPanelTimeSelect from "element-ui/packages/date-picker/src/panel/time-select.vue";
import datePickerPanelTime from "element-ui/packages/date-picker/src/panel/time.vue";
import datePickerPicker from "element-ui/packages/date-picker/src/picker.vue";
import dialogComponent from "element-ui/packages/dialog/src/component.vue";
import dividerMain from "element-ui/packages/divider/src/main.vue";
import drawerMain from "element-ui/packages/drawer/src/main.vue";
import dropdownDropdownItem from "element-ui/packages/dropdown/src/dropdown-item.vue";
import dropdownDropdownMenu from "element-ui/packages/dropdown/src/dropdown-menu.vue";
import dropdownDropdown from "element-ui/packages/dropdown/src/dropdown.vue";
import emptyImgEmpty from "element-ui/packages/empty/src/img-empty.vue";
import emptyIndex from "element-ui/packages/empty/src/index.vue";
import footerMain from "element-ui/packages/footer/src/main.vue";
import formFormItem from "element-ui/packages/form/src/form-item.vue";
import formForm from "element-ui/packages/form/src/form.vue";
import formLabelWrap from "element-ui/packages/form/src/label-wrap.vue";
import headerMain from "element-ui/packages/header/src/main.vue";
import iconIcon from "element-ui/packages/icon/src/icon.vue";
import imageImageViewer from "element-ui/packages/image/src/image-viewer.vue";
import imageMain from "element-ui/packages/image/src/main.vue";
import inputNumberInputNumber from "element-ui/packages/input-number/src/input-number.vue";
import inputInput from "element-ui/packages/input/src/input.vue";
import linkMain from "element-ui/packages/link/src/main.vue";
import loadingLoading from "element-ui/packages/loading/src/loading.vue";
import mainMain from "element-ui/packages/main/src/main.vue";
import menuMenuItemGroup from "element-ui/packages/menu/src/menu-item-group.vue";
import menuMenuItem from "element-ui/packages/menu/src/menu-item.vue";
import menuMenu from "element-ui/packages/menu/src/menu.vue";
import menuSubmenu from "element-ui/packages/menu/src/submenu.vue";
import messageBoxMain from "element-ui/packages/message-box/src/main.vue";
import messageMain from "element-ui/packages/message/src/main.vue";
import notificationMain from "element-ui/packages/notification/src/main.vue";
import pageHeaderMain from "element-ui/packages/page-header/src/main.vue";
import paginationPager from "element-ui/packages/pagination/src/pager.vue";
import popconfirmMain from "element-ui/packages/popconfirm/src/main.vue";
import popoverMain from "element-ui/packages/popover/src/main.vue";
import progressProgress from "element-ui/packages/progress/src/progress.vue";
import radioRadioButton from "element-ui/packages/radio/src/radio-button.vue";
import radioRadioGroup from "element-ui/packages/radio/src/radio-group.vue";
import radioRadio from "element-ui/packages/radio/src/radio.vue";
import rateMain from "element-ui/packages/rate/src/main.vue";
import resultIconError from "element-ui/packages/result/src/icon-error.vue";
import resultIconInfo from "element-ui/packages/result/src/icon-info.vue";
import resultIconSuccess from "element-ui/packages/result/src/icon-success.vue";
import resultIconWarning from "element-ui/packages/result/src/icon-warning.vue";
import resultIndex from "element-ui/packages/result/src/index.vue";
import selectOptionGroup from "element-ui/packages/select/src/option-group.vue";
import selectOption from "element-ui/packages/select/src/option.vue";
import selectSelectDropdown from "element-ui/packages/select/src/select-dropdown.vue";
import selectSelect from "element-ui/packages/select/src/select.vue";
import skeletonImgPlaceholder from "element-ui/packages/skeleton/src/img-placeholder.vue";
import skeletonIndex from "element-ui/packages/skeleton/src/index.vue";
import skeletonItem from "element-ui/packages/skeleton/src/item.vue";
import sliderButton from "element-ui/packages/slider/src/button.vue";
import sliderMain from "element-ui/packages/slider/src/main.vue";
import spinnerSpinner from "element-ui/packages/spinner/src/spinner.vue";
import statisticMain from "element-ui/packages/statistic/src/main.vue";
import stepsStep from "element-ui/packages/steps/src/step.vue";
import stepsSteps from "element-ui/packages/steps/src/steps.vue";
import switchComponent from "element-ui/packages/switch/src/component.vue";
import tableFilterPanel from "element-ui/packages/table/src/filter-panel.vue";
import tableTable from "element-ui/packages/table/src/table.vue";
import tabsTabBar from "element-ui/packages/tabs/src/tab-bar.vue";
import tabsTabNav from "element-ui/packages/tabs/src/tab-nav.vue";
import tabsTabPane from "element-ui/packages/tabs/src/tab-pane.vue";
import tabsTabs from "element-ui/packages/tabs/src/tabs.vue";
import tagTag from "element-ui/packages/tag/src/tag.vue";
import timelineItem from "element-ui/packages/timeline/src/item.vue";
import timelineMain from "element-ui/packages/timeline/src/main.vue";
import transferMain from "element-ui/packages/transfer/src/main.vue";
import transferTransferPanel from "element-ui/packages/transfer/src/transfer-panel.vue";
import treeTreeNode from "element-ui/packages/tree/src/tree-node.vue";
import treeTree from "element-ui/packages/tree/src/tree.vue";
import uploadIndex from "element-ui/packages/upload/src/index.vue";
import uploadUploadDragger from "element-ui/packages/upload/src/upload-dragger.vue";
import uploadUploadList from "element-ui/packages/upload/src/upload-list.vue";
import uploadUpload from "element-ui/packages/upload/src/upload.vue";

/** Each component by its file in element-ui/packages. */
export const components = {
  "alert/src/main": alertMain,
  "aside/src/main": asideMain,
  "autocomplete/src/autocomplete-suggestions": autocompleteAutocompleteSuggestions,
  "autocomplete/src/autocomplete": autocompleteAutocomplete,
  "avatar/src/main": avatarMain,
  "backtop/src/main": backtopMain,
  "badge/src/main": badgeMain,
  "breadcrumb/src/breadcrumb-item": breadcrumbBreadcrumbItem,
  "breadcrumb/src/breadcrumb": breadcrumbBreadcrumb,
  "button/src/button-group": buttonButtonGroup,
  "button/src/button": buttonButton,
  "calendar/src/date-table": calendarDateTable,
  "calendar/src/main": calendarMain,
  "card/src/main": cardMain,
  "carousel/src/item": carouselItem,
  "carousel/src/main": carouselMain,
  "cascader-panel/src/cascader-menu": cascaderPanelCascaderMenu,
  "cascader-panel/src/cascader-node": cascaderPanelCascaderNode,
  "cascader-panel/src/cascader-panel": cascaderPanelCascaderPanel,
  "cascader/src/cascader": cascaderCascader,
  "checkbox/src/checkbox-button": checkboxCheckboxButton,
  "checkbox/src/checkbox-group": checkboxCheckboxGroup,
  "checkbox/src/checkbox": checkboxCheckbox,
  "collapse/src/collapse-item": collapseCollapseItem,
  "collapse/src/collapse": collapseCollapse,
  "color-picker/src/components/alpha-slider": colorPickerComponentsAlphaSlider,
  "color-picker/src/components/hue-slider": colorPickerComponentsHueSlider,
  "color-picker/src/components/picker-dropdown": colorPickerComponentsPickerDropdown,
  "color-picker/src/components/predefine": colorPickerComponentsPredefine,
  "color-picker/src/components/sv-panel": colorPickerComponentsSvPanel,
  "color-picker/src/main": colorPickerMain,
  "container/src/main": containerMain,
  "date-picker/src/basic/date-table": datePickerBasicDateTable,
  "date-picker/src/basic/month-table": datePickerBasicMonthTable,
  "date-picker/src/basic/time-spinner": datePickerBasicTimeSpinner,
  "date-picker/src/basic/year-table": datePickerBasicYearTable,
  "date-picker/src/panel/date-range": datePickerPanelDateRange,
  "date-picker/src/panel/date": datePickerPanelDate,
  "date-picker/src/panel/month-range": datePickerPanelMonthRange,
  "date-picker/src/panel/time-range": datePickerPanelTimeRange,
  "date-picker/src/panel/time-select": datePickerPanelTimeSelect,
  "date-picker/src/panel/time": datePickerPanelTime,
  "date-picker/src/picker": datePickerPicker,
  "dialog/src/component": dialogComponent,
  "divider/src/main": dividerMain,
  "drawer/src/main": drawerMain,
  "dropdown/src/dropdown-item": dropdownDropdownItem,
  "dropdown/src/dropdown-menu": dropdownDropdownMenu,
  "dropdown/src/dropdown": dropdownDropdown,
  "empty/src/img-empty": emptyImgEmpty,
  "empty/src/index": emptyIndex,
  "footer/src/main": footerMain,
  "form/src/form-item": formFormItem,
  "form/src/form": formForm,
  "form/src/label-wrap": formLabelWrap,
  "header/src/main": headerMain,
  "icon/src/icon": iconIcon,
  "image/src/image-viewer": imageImageViewer,
  "image/src/main": imageMain,
  "input-number/src/input-number": inputNumberInputNumber,
  "input/src/input": inputInput,
  "link/src/main": linkMain,
  "loading/src/loading": loadingLoading,
  "main/src/main": mainMain,
  "menu/src/menu-item-group": menuMenuItemGroup,
  "menu/src/menu-item": menuMenuItem,
  "menu/src/menu": menuMenu,
  "menu/src/submenu": menuSubmenu,
  "message-box/src/main": messageBoxMain,
  "message/src/main": messageMain,
  "notification/src/main": notificationMain,
  "page-header/src/main": pageHeaderMain,
  "pagination/src/pager": paginationPager,
  "popconfirm/src/main": popconfirmMain,
  "popover/src/main": popoverMain,
  "progress/src/progress": progressProgress,
  "radio/src/radio-button": radioRadioButton,
  "radio/src/radio-group": radioRadioGroup,
  "radio/src/radio": radioRadio,
  "rate/src/main": rateMain,
  "result/src/icon-error": resultIconError,
  "result/src/icon-info": resultIconInfo,
  "result/src/icon-success": resultIconSuccess,
  "result/src/icon-warning": resultIconWarning,
  "result/src/index": resultIndex,
  "select/src/option-group": selectOptionGroup,
  "select/src/option": selectOption,
  "select/src/select-dropdown": selectSelectDropdown,
  "select/src/select": selectSelect,
  "skeleton/src/img-placeholder": skeletonImgPlaceholder,
  "skeleton/src/index": skeletonIndex,
  "skeleton/src/item": skeletonItem,
  "slider/src/button": sliderButton,
  "slider/src/main": sliderMain,
  "spinner/src/spinner": spinnerSpinner,
  "statistic/src/main": statisticMain,
  "steps/src/step": stepsStep,
  "steps/src/steps": stepsSteps,
  "switch/src/component": switchComponent,
  "table/src/filter-panel": tableFilterPanel,
  "table/src/table": tableTable,
  "tabs/src/tab-bar": tabsTabBar,
  "tabs/src/tab-nav": tabsTabNav,
  "tabs/src/tab-pane": tabsTabPane,
  "tabs/src/tabs": tabsTabs,
  "tag/src/tag": tagTag,
  "timeline/src/item": timelineItem,
  "timeline/src/main": timelineMain,
  "transfer/src/main": transferMain,
  "transfer/src/transfer-panel": transferTransferPanel,
  "tree/src/tree-node": treeTreeNode,
  "tree/src/tree": treeTree,
  "upload/src/index": uploadIndex,
  "upload/src/upload-dragger": uploadUploadDragger,
  "upload/src/upload-list": uploadUploadList,
  "upload/src/upload": uploadUpload,
};
