import App from './App.vue'
import { words } from '@/words'
log(App.name, words.length, process.env.BASE_URL, process.env.VUE_APP_TITLE)
