import Panel from '@/Panel.vue';
import words from '@/words';
log(Panel.name, typeof Panel.render, Panel.data().words.join(), words.length, PANEL_VERSION);
