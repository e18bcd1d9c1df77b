import title from '../settings'
import '../styles/index.scss'
log('index', title.title)
