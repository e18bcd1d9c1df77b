import Vue from 'vue';
import './picker.css';
log('picker with', Vue.name);
export const pick = (list) => list[0];
setTimeout(() => log(window.Picker ? Picker.pick([1, 2]) : 'a global of the script'));
