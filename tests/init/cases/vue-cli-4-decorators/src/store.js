// The first proposal calls it with a descriptor.
function doubled(prototype, key, descriptor) {
  let value = descriptor.initializer()
  return {
    get: () => value * 2,
    set: (next) => {
      value = next
    },
  }
}

export class Store {
  @doubled count = 1
}
