import Vue from 'vue';
import _ from 'lodash';
import $ from 'jquery';
import { days } from 'locale/de';
import { total } from 'shop/cart/total';
import { rows } from 'shop/cart-rows';

log(Vue.name, _.name, $.fn, days, total, rows);
export const version = '1.2';
setTimeout(() => log(window.Widget.version));
