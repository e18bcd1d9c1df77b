import { Store } from './store'

const store = new Store()
store.count = 2
log(store.count, Object.keys(store).join())
