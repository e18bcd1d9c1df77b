import Vue from 'vue';
import _ from 'lodash';
import $ from 'jquery';

log(Vue.name, _.name, $.fn);
export const version = '1.2';
setTimeout(() => log(window.Widget.version));
