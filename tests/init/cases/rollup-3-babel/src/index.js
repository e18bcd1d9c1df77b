import { h } from './h'

const name = (value) => `${value}`
const kept = (value, { kind }) => {
  log(kind)
}
@kept class Page {}
log(<p id={name('x')} />, String(name).includes('=>'))
