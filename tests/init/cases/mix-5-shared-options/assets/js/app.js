import { hello } from '~/words'
import lang from 'lang/en.json'
log(hello, lang.admin)
