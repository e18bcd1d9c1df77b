import { celsius } from 'units'
import rows from '@/rows'
import sun from './assets/sun.svg'
import './assets/table.scss'

log(celsius(rows[0]), process.env.BASE_API, sun)
import('./later').then((later) => log(later.default))
