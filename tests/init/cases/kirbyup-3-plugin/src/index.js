import Vue from 'vue';
import Notes from '~/Notes.vue';

panel.plugin('team/notes', { sections: { notes: Notes } });
log(Vue.version);
