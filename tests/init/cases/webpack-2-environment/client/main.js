import { shout } from 'tools/shout'
import './main.css'

log(shout('by word'), process.env.LIMIT)
