import words from 'words'
import settings from 'settings'
import './styles/main.scss'
log(words.join(), BUILT_WITH, process.env.NODE_ENV, typeof settings)
