import Vue from 'vue'
import Vuetify from 'vuetify'
import './a.scss'
import './b.sass'
log('themed', Vuetify.Vue === Vue)
